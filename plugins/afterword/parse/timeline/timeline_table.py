"""The rows of a timeline's table: which column is the time, which the event, and what each row says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from afterword.model.finding import Finding
from afterword.model.markup import RichText
from afterword.model.value import plain_value
from afterword.model.words import TIMELINE_HEADS
from afterword.parse.markdown.columns import alias_findings
from afterword.parse.markdown.flatten import Flat, flatten
from afterword.parse.markdown.lexicon import Lexicon, final_parenthesis
from afterword.parse.markdown.tables import CellView, RowView, TableView, cell_count_findings
from afterword.parse.timeline.timeline_entries import (
    DayLine,
    Rows,
    WrittenEvent,
    bad_date,
    bad_time,
    zone_finding,
)
from afterword.parse.values.loose_dates import loose_day, loose_time
from afterword.parse.values.times import leading_date, looks_like_time, read_date, read_time
from afterword.parse.values.zones import Zone, ZoneFault, find_zone


@plain_value()
class _Columns:
    time: int
    date: int | None
    event: int | None
    others: tuple[int, ...]


def take_table(table: TableView, lexicon: Lexicon, lines: Sequence[str], rows: Rows) -> bool:
    """Add the rows of a table, and tell whether it is one of a timeline."""
    columns = _columns(table, lexicon)
    if columns is None:
        return False
    zone = _head_zone(table.heads[columns.time], lines, rows)
    if zone is None and columns.date is not None:
        zone = _head_zone(table.heads[columns.date], lines, rows)
    rows.findings.extend(_aliases(table, columns, lexicon, lines))
    heads = [head.text.strip() for head in table.heads]
    _add_heads([heads[index] for index in columns.others], rows)
    for row in table.rows:
        stated = [cell for cell in row.cells if cell.text]
        if not stated:
            continue
        if len(stated) == 1 and (day := read_date(stated[0].text)):
            rows.entries.append(DayLine(day))
            continue
        if len(row.cells) != len(table.heads):
            rows.findings.extend(cell_count_findings(TableView(table.heads, (row,), table.span)))
        event = _row(row, columns, zone, heads, lines, rows)
        _add_heads([head for head, _ in event.columns], rows)
        rows.entries.append(event)
    return True


def _add_heads(heads: Iterable[str], rows: Rows) -> None:
    """Add the heads that are not known; one that stands over several columns is there as often."""
    seen: Counter[str] = Counter()
    for head in heads:
        seen[head] += 1
        if seen[head] > rows.heads.count(head):
            rows.heads.append(head)


def _cells(
    row: RowView, columns: _Columns, heads: Sequence[str], *, with_date: bool
) -> Iterator[tuple[str, RichText]]:
    """Yield the cells of a row that say neither when nor what: those of other columns, and those that no head stands over."""
    dates = (columns.date,) if with_date and columns.date is not None else ()
    for index in (*dates, *columns.others, *range(len(heads), len(row.cells))):
        cell = row.cell(index)
        if cell is not None and cell.node.children:
            yield heads[index] if index < len(heads) else "", cell.rich


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


def _aliases(
    table: TableView, columns: _Columns, lexicon: Lexicon, lines: Sequence[str]
) -> tuple[Finding, ...]:
    places = {"time": columns.time, "event": columns.event}
    named = {
        name: index
        for name, index in places.items()
        if index is not None and lexicon.head(TIMELINE_HEADS, table.heads[index].text) == name
    }
    return alias_findings(table.heads, named, TIMELINE_HEADS, lines)


def _has_times(table: TableView, column: int) -> bool:
    cells = (row.cell(column) for row in table.rows)
    return any(cell is not None and looks_like_time(cell.text) for cell in cells)


def _has_dates(table: TableView, column: int) -> bool:
    cells = (row.cell(column) for row in table.rows)
    return all(cell is None or not cell.text or read_date(cell.text) for cell in cells)


def _head_zone(head: RichText, lines: Sequence[str], rows: Rows) -> Zone | None:
    found = find_zone(final_parenthesis(head.text) or _without_name(head.text), rows.home)
    if isinstance(found, ZoneFault):
        rows.findings.append(zone_finding(found, head, lines))
        rows.zone_unread = found.name
        return None
    return found


def _without_name(head: str) -> str:
    """Give the words of a head behind or before its name, as in `Time UTC` and `Time [UTC]`; one word alone names the column."""
    words = head.split()
    return " ".join(words[1:]) or "" if len(words) > 1 else ""


def _row(
    row: RowView,
    columns: _Columns,
    zone: Zone | None,
    heads: Sequence[str],
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
    cells = tuple(_cells(row, columns, heads, with_date=day is None))
    if reading is None:
        meant = loose_time(flat.text.strip(), rows.first_day, whole=True)
        rows.findings.append(bad_time(span, flat.text.strip(), meant, rows.first_day, alone=True))
        leading = leading_date(flat.text)
        day = leading[0] if leading else meant.day if meant and meant.day else day
    event = row.cell(columns.event)
    return WrittenEvent(
        event.rich if event else RichText(span=span),
        row.span,
        flat,
        span,
        flat.text.strip(),
        reading,
        day,
        zone,
        cells,
        nodes=tuple(node for each in (cell, event) if each for node in each.node.children),
    )


def _row_day(cell: CellView | None, rows: Rows) -> date | None:
    if cell is None or not cell.text:
        return None
    day = read_date(cell.text)
    if day is None:
        day = loose_day(cell.text, rows.first_day)
        rows.findings.append(bad_date(cell.span, cell.text, day, rows.first_day))
    return day
