"""The rows of a timeline as written, from tables, lists and headings; nothing is placed on a calendar here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Section
from afterword.model.span import Span
from afterword.model.words import TIMELINE_HEADS
from afterword.parse.flatten import Flat, flatten, inline_nodes, plain, rich, trim
from afterword.parse.lexicon import Lexicon, final_parenthesis
from afterword.parse.loose_dates import LooseTime, loose_day, loose_time
from afterword.parse.tables import CellView, RowView, TableView, cell_count_findings, read_table
from afterword.parse.times import (
    YEARS,
    TimeReading,
    is_date_shape,
    leading_date,
    looks_like_time,
    read_date,
    read_time,
)
from afterword.parse.values import quoted
from afterword.parse.zones import Zone, ZoneFault, find_zone

_SEPARATOR = re.compile(r"\s*(?:[-–—:](?!>))?\s*")
_PAUSE = re.compile(r"\s*[-–—:,(]")
_LONGEST_DAY_LINE = 80
_FIRST_WORD = re.compile(r"\s*\S+")
_YEAR = re.compile(r"\s*(\d{4})-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class DayLine:
    """A row, item or heading that is only a date: what follows happened on it."""

    day: date


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """One event before its time has a place on the calendar.

    `reading` None: no readable time, which has been reported. `day` is a date that the row states beside its clock time. `time` is
    the text that `reading` counts its characters in.
    """

    text: RichText
    span: Span
    time: Flat
    time_span: Span
    written: str
    reading: TimeReading | None
    day: date | None = None
    head_zone: Zone | None = None
    columns: tuple[tuple[str, RichText], ...] = ()
    details: tuple[Node, ...] = ()


@dataclass(slots=True)
class Rows:
    """All that a section's blocks say, in the order of the source."""

    entries: list[WrittenEvent | DayLine] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    first_day: date | None = None
    zone_unread: str = ""

    @property
    def has_events(self) -> bool:
        """Tell whether any event was found."""
        return any(isinstance(entry, WrittenEvent) for entry in self.entries)


def read_rows(
    section: Section, lexicon: Lexicon, lines: Sequence[str], first_day: date | None = None
) -> Rows:
    """Read the tables and lists of a section, or, where none holds a time, its sub-headings that begin with one.

    `first_day` is the header's: a finding about a day without a year takes its year for what it proposes.
    """
    rows = Rows(first_day=first_day)
    for index, block in enumerate(section.blocks):
        if block.kind is Kind.TABLE:
            taken = _table(read_table(block, lines), lexicon, lines, rows)
        elif block.kind is Kind.LIST:
            taken = _is_timeline(block, lines) and _list(block, lines, rows)
        else:
            taken = _day_line(block, lines, rows)
        if taken:
            rows.blocks.append(index)
    if rows.has_events:
        return rows
    by_heading = Rows(first_day=first_day)
    _headings(section.blocks, lines, by_heading)
    return by_heading if by_heading.has_events else Rows(findings=rows.findings)


def bad_time(span: Span, text: str, meant: LooseTime | None = None) -> Finding:
    """Report what stands where a time is expected; `meant` says how to write it."""
    said = f"{quoted(text)} is not a time" if text else "no time"
    message = f"{said}, expected a form such as 14:02, 2026-03-14 14:02 or 14:02–14:10"
    year = _YEAR.match(text)
    if year and int(year[1]) not in YEARS:
        message = f"the year of {quoted(text)} is not read, expected one from {YEARS[0]} to {YEARS[-1]}"
    hint = f"write {meant.write}" if meant and any(char == ":" for char in meant.write) else None
    return Finding("bad-time", message, span, Nature.UNREADABLE, hint)


def _day_line(block: Node, lines: Sequence[str], rows: Rows) -> bool:
    """Take a sub-heading, or a paragraph used as one, that is only a date."""
    span = block.span
    if block.kind not in (Kind.HEADING, Kind.PARAGRAPH) or span.end_line != span.line:
        return False
    if span.end_column - span.column > _LONGEST_DAY_LINE:
        return False
    flat = flatten(block.children, lines)
    day = read_date(flat.text)
    meant = None if day else loose_day(flat.text, rows.first_day)
    if day or meant:
        rows.entries.append(DayLine(day or meant or date.min))
    if meant or (not day and is_date_shape(flat.text)):
        rows.findings.append(_bad_date(flat.span(0, len(flat.text)), flat.text, meant))
    elif not day and block.kind is Kind.HEADING:
        _day_before_words(flat, rows)
    return day is not None


def _day_before_words(flat: Flat, rows: Rows) -> None:
    """Set the day by a heading such as `2026-03-14: the first outage`, whose words stay on the page."""
    leading = leading_date(flat.text)
    if leading and not looks_like_time(flat.text):
        rows.entries.append(DayLine(leading[0]))
        return
    meant = loose_time(flat.text, rows.first_day, whole=False)
    if meant and meant.day and meant.write == meant.day.isoformat() and _PAUSE.match(flat.text, meant.length):
        rows.entries.append(DayLine(meant.day))
        text = flat.text[: meant.length]
        begin = len(text) - len(text.lstrip())
        rows.findings.append(_bad_date(flat.span(begin, meant.length), text.strip(), meant.day))


def _bad_date(span: Span, text: str, meant: date | None = None) -> Finding:
    message = f"{quoted(text)} is not a date, expected a form such as 2026-03-14"
    return Finding("bad-time", message, span, Nature.UNREADABLE, f"write {meant}" if meant else None)


@dataclass(frozen=True, slots=True)
class _Columns:
    time: int
    date: int | None
    event: int | None
    others: tuple[int, ...]


def _columns(table: TableView, lexicon: Lexicon) -> _Columns | None:
    """Find the columns of a table, None where it is no timeline: no head says so and no first cell is a time."""
    fields = [lexicon.head(TIMELINE_HEADS, head.text) for head in table.heads]
    if not fields:
        return None
    day: int | None = None
    if "time" in fields:
        time = fields.index("time")
        day = next((index for index in reversed(range(time)) if fields[index] == "date"), None)
        if day is None and "date" in fields and _has_dates(table, fields.index("date")):
            day = fields.index("date")
    elif fields[0] == "date" and _has_times(table, 1) and not _has_times(table, 0):
        day, time = 0, 1
    elif _has_times(table, 0):
        time = 0
    else:
        return None
    taken = {time, day}
    free = [index for index in range(len(fields)) if index not in taken]
    event = next((index for index in free if fields[index] == "event"), None)
    if event is None:
        event = next((index for index in free if index > time), free[0] if free else None)
    return _Columns(time, day, event, tuple(index for index in free if index != event))


def _has_times(table: TableView, column: int) -> bool:
    cells = (row.cell(column) for row in table.rows)
    return any(cell is not None and looks_like_time(cell.text) for cell in cells)


def _has_dates(table: TableView, column: int) -> bool:
    cells = (row.cell(column) for row in table.rows)
    return all(cell is None or not cell.text or read_date(cell.text) for cell in cells)


def _table(table: TableView, lexicon: Lexicon, lines: Sequence[str], rows: Rows) -> bool:
    columns = _columns(table, lexicon)
    if columns is None:
        return False
    zone = _head_zone(table.heads[columns.time], lines, rows)
    if zone is None and columns.date is not None:
        zone = _head_zone(table.heads[columns.date], lines, rows)
    others = [(index, table.heads[index].text.strip()) for index in columns.others]
    rows.heads.extend(head for _, head in others if head not in rows.heads)
    for row in table.rows:
        stated = [cell for cell in row.cells if cell.text]
        if not stated:
            continue
        if len(stated) == 1 and (day := read_date(stated[0].text)):
            rows.entries.append(DayLine(day))
            continue
        rows.findings.extend(cell_count_findings(TableView(table.heads, (row,), table.span)))
        rows.entries.append(_row(row, columns, zone, others, lines, rows))
    return True


def _head_zone(head: RichText, lines: Sequence[str], rows: Rows) -> Zone | None:
    found = find_zone(final_parenthesis(head.text) or _without_name(head.text))
    if isinstance(found, ZoneFault):
        rows.findings.append(zone_finding(found, head, lines))
        rows.zone_unread = found.name
        return None
    return found


def _without_name(head: str) -> str:
    """Give the words of a head behind or before its name, as in `Time UTC` and `Time [UTC]`; one word alone names the column."""
    words = head.split()
    return " ".join(words[1:]) or "" if len(words) > 1 else ""


def zone_finding(fault: ZoneFault, text: RichText, lines: Sequence[str]) -> Finding:
    """Report a zone that is not read at its place in a head or heading."""
    flat = flatten(text.nodes, lines)
    start = flat.text.rfind(fault.name)
    span = flat.span(start, start + len(fault.name)) if start >= 0 else text.span
    return fault.finding(span)


def _row(
    row: RowView,
    columns: _Columns,
    zone: Zone | None,
    others: Sequence[tuple[int, str]],
    lines: Sequence[str],
    rows: Rows,
) -> WrittenEvent:
    cell = row.cell(columns.time)
    flat = flatten(cell.node.children, lines) if cell else Flat("", ())
    span = cell.span if cell else row.span
    reading = read_time(flat.text, whole=True)
    if reading:
        span = flat.span(reading.start.start, reading.length)
    day = _row_day(row.cell(columns.date), rows)
    if reading is None:
        meant = loose_time(flat.text.strip(), rows.first_day, whole=True)
        rows.findings.append(bad_time(span, flat.text.strip(), meant))
        leading = leading_date(flat.text)
        day = leading[0] if leading else meant.day if meant and meant.day else day
    event = row.cell(columns.event)
    cells = ((head, row.cell(index)) for index, head in others)
    return WrittenEvent(
        event.rich if event else RichText(span=span),
        row.span,
        flat,
        span,
        flat.text.strip(),
        reading,
        day,
        zone,
        tuple((head, other.rich) for head, other in cells if other is not None and other.text),
    )


def _row_day(cell: CellView | None, rows: Rows) -> date | None:
    if cell is None or not cell.text:
        return None
    day = read_date(cell.text)
    if day is None:
        day = loose_day(cell.text, rows.first_day)
        rows.findings.append(_bad_date(cell.span, cell.text, day))
    return day


def _is_timeline(block: Node, lines: Sequence[str]) -> bool:
    texts = (plain(inline_nodes(item), lines) for item in block.children)
    return any(looks_like_time(text) or leading_date(text) for text in texts)


def _list(block: Node, lines: Sequence[str], rows: Rows) -> bool:
    for item in block.children:
        nodes = inline_nodes(item)
        below = item.children[1:] if nodes else item.children
        flat = flatten(nodes, lines)
        day = read_date(flat.text)
        if day is None and (day := loose_day(flat.text, rows.first_day)):
            rows.findings.append(_bad_date(flat.span(0, len(flat.text)), flat.text, day))
        nested: list[Node] = []
        details: list[Node] = []
        for node in below:
            (nested if node.kind is Kind.LIST and _all_times(node, lines) else details).append(node)
        if day:
            rows.entries.append(DayLine(day))
        else:
            rows.entries.append(_timed(flat, nodes, item.span, tuple(details), lines, rows))
        for node in nested:
            _list(node, lines, rows)
    return True


def _all_times(block: Node, lines: Sequence[str]) -> bool:
    return all(looks_like_time(plain(inline_nodes(item), lines)) for item in block.children)


def _timed(
    flat: Flat,
    nodes: tuple[Node, ...],
    span: Span,
    details: tuple[Node, ...],
    lines: Sequence[str],
    rows: Rows,
) -> WrittenEvent:
    """Read an item or heading that begins with its time."""
    reading = read_time(flat.text, whole=False)
    if reading is not None:
        separator = _SEPARATOR.match(flat.text, reading.length)
        begin = separator.end() if separator else reading.length
        time_span = flat.span(reading.start.start, reading.length)
        text = trim(nodes, flat, begin, len(flat.text), lines)
        return WrittenEvent(
            text, span, flat, time_span, flat.text[: reading.length].strip(), reading, details=details
        )
    leading = leading_date(flat.text)
    meant = None if leading else loose_time(flat.text, rows.first_day, whole=False)
    word = _FIRST_WORD.match(flat.text)
    length = leading[1] if leading else meant.length if meant else word.end() if word else 0
    begin = len(flat.text[:length]) - len(flat.text[:length].lstrip())
    place = flat.span(begin, length) if flat.text else Span(span.line, span.column, span.line, span.column)
    rows.findings.append(bad_time(place, flat.text[:length].strip(), meant))
    written = ""
    text = rich(nodes, lines) if nodes else RichText(span=place)
    if leading:
        separator = _SEPARATOR.match(flat.text, length)
        text = trim(nodes, flat, separator.end() if separator else length, len(flat.text), lines)
        written = flat.text[:length].strip()
    return WrittenEvent(
        text,
        span,
        flat,
        place,
        written,
        None,
        leading[0] if leading else meant.day if meant else None,
        details=details,
    )


def _headings(blocks: Sequence[Node], lines: Sequence[str], rows: Rows) -> None:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if _day_line(block, lines, rows):
            rows.blocks.append(index)
            index += 1
            continue
        flat = flatten(block.children, lines) if block.kind is Kind.HEADING else None
        if flat is None or not looks_like_time(flat.text):
            index += 1
            continue
        following = list(_until_heading(blocks, index + 1))
        event = _timed(flat, block.children, block.span, tuple(following), lines, rows)
        if not event.text and following and following[0].kind is Kind.PARAGRAPH:
            text = rich(following[0].children, lines)
            event = WrittenEvent(
                text,
                block.span.to(following[0].span),
                event.time,
                event.time_span,
                event.written,
                event.reading,
                event.day,
                details=tuple(following[1:]),
            )
        rows.entries.append(event)
        rows.blocks.extend(range(index, index + 1 + len(following)))
        index += 1 + len(following)


def _until_heading(blocks: Sequence[Node], start: int) -> Iterator[Node]:
    for block in blocks[start:]:
        if block.kind is Kind.HEADING:
            return
        yield block
