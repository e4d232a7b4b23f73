"""`incidents.csv`: the incidents that a tracker knows, as a spreadsheet or a script writes them (docs/health.md)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import TypeVar

from afterword.model.finding import Finding, Nature
from afterword.model.incident import IncidentList, ListedIncident
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.beside.unusable import Unusable, refuse
from afterword.parse.source.text import decode, is_binary, visible
from afterword.parse.values import scalars, vocabulary
from afterword.parse.values.readers import Read, Reader, listed, quoted, suggestion
from afterword.parse.values.yaml_nodes import YamlNode
from afterword.parse.values.zones import read_zone

RULE = "incident-list"
COLUMNS = ("id", "severity", "closed", "class")
MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 1_000
MAX_ID = 64

_SEPARATORS = (",", ";", "\t")
_OTHER_HEADS = {"failure_class": "class", "failure class": "class"}
_LOCAL_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row with the place of each."""

    cells: tuple[str, ...]
    places: tuple[Span, ...]


def read_incident_list(
    raw: bytes, path: str, settings: Settings, size: int | None = None
) -> tuple[IncidentList, tuple[Finding, ...]]:
    """Read a list from its bytes; `size` is that of the file where only its beginning was read. The findings have their `path`.

    Where the file is too large, or nothing says which column holds the ids, no incident is given: half a list would make a figure that is none.
    """
    findings: list[Finding] = []
    try:
        incidents = tuple(_read(raw, len(raw) if size is None else size, settings, findings))
    except Unusable as why:
        incidents = ()
        findings.append(why.finding(RULE))
    return IncidentList(path, incidents), tuple(replace(each, path=path, edits=()) for each in findings)


def _read(raw: bytes, size: int, settings: Settings, findings: list[Finding]) -> Iterator[ListedIncident]:
    if size > MAX_BYTES:
        refuse(f"the list has {size:,} bytes, expected at most {MAX_BYTES:,}")
    if is_binary(raw):
        refuse("no text in UTF-8", "save it as CSV UTF-8; a spreadsheet's own format and UTF-16 are not read")
    text, found = decode(raw)
    findings += (replace(each, rule=RULE) for each in found)
    rows = iter(_rows(text))
    head = next(rows, None)
    if head is None:
        refuse("the list is empty, expected a first row id,severity,closed,class")
    columns = _columns(head, findings)
    zone = read_zone(settings.timezone or "")
    known: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            refuse(f"the list has more than {MAX_ROWS:,} rows", place=row.places[0])
        incident = _incident(row, head, columns, settings, zone.info if zone else None, findings)
        if incident is None:
            continue
        first = known.setdefault(incident.id.casefold(), incident.span.line)
        if first != incident.span.line:
            findings.append(
                Finding(
                    RULE,
                    f"incident {quoted(incident.id)} stands twice, the row on line {first} is read",
                    incident.span,
                    Nature.UNREADABLE,
                )
            )
            continue
        yield incident


def _rows(text: str) -> Iterator[_Row]:
    """Yield the rows that hold something, the head first."""
    lines = list(io.StringIO(text, newline=""))
    # What some spreadsheets write to say which separator they used.
    marked = lines[0].strip().lower() if lines else ""
    begin = 1 if marked.startswith("sep=") else 0
    separator = marked[4:5] if begin and marked[4:5] in _SEPARATORS else _separator(lines[begin : begin + 20])
    reader = csv.reader(lines[begin:], delimiter=separator)
    while True:
        first = begin + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            refuse(f"a row cannot be read: {error}", place=Span.at(first + 1, 1, 1))
        if not any(cell.strip() for cell in cells):
            continue
        place = Span.at(first + 1, 1, 1)
        if len(cells) > MAX_COLUMNS:
            refuse(f"a row has {len(cells)} columns, expected at most {MAX_COLUMNS}", place=place)
        written = lines[first : begin + reader.line_num]
        if len(written) > 1 and begin + reader.line_num == len(lines) and "".join(written).count('"') % 2:
            refuse("a quotation mark opens a cell that nothing closes", place=place)
        yield _Row(
            tuple(visible(cell).strip() for cell in cells),
            tuple(_places(written, first + 1, separator, len(cells))),
        )


def _separator(lines: Sequence[str]) -> str:
    """Choose the separator under which the first row that says anything has most of the columns; spreadsheets of many countries write semicolons."""
    head = next((line for line in lines if line.strip(" ,;\t\r\n")), "")
    return max(_SEPARATORS, key=lambda each: sum(_head(cell) in COLUMNS for cell in head.split(each)))


def _places(lines: Sequence[str], number: int, separator: str, count: int) -> Iterator[Span]:
    """Yield where the cells of a row stand, quotation marks included; a cell of several lines ends with its first."""
    if len(lines) == 1 and '"' not in lines[0]:
        start = 1
        for cell in lines[0].rstrip("\r\n").split(separator):
            yield _span(number, start, start + len(cell))
            start += len(cell) + 1
        return
    column = start = last = 1
    line, started = number, number
    quoted_cell = False
    ends: list[Span] = []
    for text in lines:
        for letter in text.rstrip("\r\n"):
            if letter == '"':
                quoted_cell = not quoted_cell
            elif letter == separator and not quoted_cell:
                ends.append(_span(started, start, column if line == started else start + 1))
                started, start = line, column + 1
            column += 1
        line, last, column = line + 1, column, 1
    ends.append(_span(started, start, last if started == line - 1 else start + 1))
    yield from (ends + [ends[-1]] * count)[:count]


def _span(line: int, start: int, end: int) -> Span:
    return Span.at(line, start, max(end - start, 1))


def _head(cell: str) -> str:
    name = " ".join(cell.strip().strip('"').strip().lower().split())
    return _OTHER_HEADS.get(name, name)


def _columns(head: _Row, findings: list[Finding]) -> Mapping[str, int]:
    """Find the columns by their heads; unknown ones are kept, a missing one is a finding."""
    found: dict[str, int] = {}
    for number, cell in enumerate(head.cells):
        name = _head(cell)
        if name in COLUMNS and name in found:
            message = f"the column {quoted(name)} stands twice, the first is read"
            findings.append(Finding(RULE, message, head.places[number], Nature.UNREADABLE))
        elif name in COLUMNS:
            found[name] = number
    unknown = tuple(_head(cell) for cell in head.cells if cell and _head(cell) not in COLUMNS)
    for name in COLUMNS:
        if name in found:
            continue
        near = next((each for each in unknown if f"'{name}'" in suggestion(each, COLUMNS)), None)
        hint = (
            f"write {name} in the place of {near}"
            if near
            else "the first row names the columns: id, severity, closed, class"
        )
        if name == "id":
            refuse("no column is headed id", hint, head.places[0])
        nature = Nature.HINT if name == "class" else Nature.UNREADABLE
        findings.append(Finding(RULE, f"no column is headed {name}", head.places[0], nature, hint))
    return found


def _incident(
    row: _Row,
    head: _Row,
    columns: Mapping[str, int],
    settings: Settings,
    zone: tzinfo | None,
    findings: list[Finding],
) -> ListedIncident | None:
    def cell(name: str) -> tuple[str, Span]:
        at = columns.get(name, len(row.cells))
        return (row.cells[at], row.places[at]) if at < len(row.cells) else ("", row.places[-1])

    def read(reader: Reader[_T], name: str) -> _T | None:
        text, place = cell(name)
        if not text:
            return None
        if len(text) > MAX_CELL:
            message = f"{name} has {len(text):,} characters, expected at most {MAX_CELL:,}"
            findings.append(Finding(RULE, message, place, Nature.UNREADABLE))
            return None
        result: Read[_T] = reader(YamlNode("scalar", place, text), name, settings)
        # A tracker's own spelling is nobody's slip: it is read, and not told of.
        found = (each for each in result.findings if each.rule != "severity-spelling")
        findings.extend(replace(each, rule=RULE) for each in found)
        return result.value

    if len(row.cells) > len(head.cells) and any(row.cells[len(head.cells) :]):
        message = f"the row has {len(row.cells)} cells, expected {len(head.cells)} as the head has"
        hint = "a cell that holds the separator stands in quotation marks"
        findings.append(Finding(RULE, message, row.places[len(head.cells)], Nature.UNREADABLE, hint))
    name, place = cell("id")
    if not name or len(name) > MAX_ID:
        problem = "the row has no id" if not name else f"id {quoted(name)} is longer than {MAX_ID} characters"
        findings.append(Finding(RULE, f"{problem}, it is not counted", place, Nature.UNREADABLE))
        return None
    if "severity" in columns and not cell("severity")[0]:
        message = f"incident {quoted(name)} has no severity, expected such as {listed(tuple(each.id for each in settings.severities))}"
        findings.append(Finding(RULE, message, cell("severity")[1], Nature.UNREADABLE))
    others = {
        title: value
        for number, (title, value) in enumerate(zip(head.cells, row.cells, strict=False))
        if number not in columns.values() and title
    }
    return ListedIncident(
        name,
        read(vocabulary.severity, "severity"),
        read(lambda node, name, settings: _day(node, name, settings, zone), "closed"),
        read(vocabulary.failure_class, "class") or "",
        others,
        place,
    )


def _day(node: YamlNode, name: str, settings: Settings, zone: tzinfo | None) -> Read[date]:
    """Read the day of the close: a day, or a time; one without a zone is taken for the archive's."""
    local = _LOCAL_TIME.fullmatch(node.text)
    if local:
        return scalars.date(replace(node, text=local[1]), name, settings)
    if len(node.text) <= len("2026-03-14"):
        return scalars.date(node, name, settings)
    read = scalars.moment(node, name, settings)
    if read.value is None:
        return Read(None, read.findings)
    try:
        return Read((read.value.astimezone(zone) if zone else read.value).date(), read.findings)
    except OverflowError:  # the first and the last day of the calendar
        return Read(read.value.date(), read.findings)
