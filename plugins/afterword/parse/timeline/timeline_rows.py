"""The rows of a timeline as written, from tables, lists and headings; nothing is placed on a calendar here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Section
from afterword.model.span import Span
from afterword.parse.markdown.flatten import Flat, flatten, inline_nodes, plain, rich, trim
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.tables import read_table
from afterword.parse.timeline.timeline_entries import DayLine, Rows, WrittenEvent, bad_date, bad_time
from afterword.parse.timeline.timeline_table import take_table
from afterword.parse.values.loose_dates import loose_day, loose_time
from afterword.parse.values.times import is_date_shape, leading_date, looks_like_time, read_date, read_time
from afterword.parse.values.zones import Zone

_SEPARATOR = re.compile(r"\s*(?:[-–—:](?!>))?\s*")
_PAUSE = re.compile(r"\s*[-–—:,(]")
_FURTHER_DAY = re.compile(r"(?<!\d{4})\s?[-–—]\s?\d{1,2}(?:st|nd|rd|th)?(?P<year>,?\s+\d{4})?(?![\w:])")
"""The rest of `29-30 October`: more days than the one that a heading's events follow."""

_LONGEST_DAY_LINE = 80
_NO_EVENT = "begin it with its time, or write what is no event as a paragraph"
_FIRST_WORD = re.compile(r"\s*\S+")


def read_rows(
    section: Section,
    lexicon: Lexicon,
    lines: Sequence[str],
    first_day: date | None,
    home: Zone | None,
) -> Rows:
    """Read the tables and lists of a section, or, where none holds a time, its sub-headings that begin with one.

    `first_day` is the header's: a finding about a day without a year takes its year for what it proposes, and one about
    an abbreviation the zone `home`, which holds otherwise.
    """
    rows = Rows(first_day=first_day, home=home)
    for index, block in enumerate(section.blocks):
        if block.kind is Kind.TABLE:
            taken = take_table(read_table(block, lines), lexicon, lines, rows)
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
        rows.findings.append(bad_date(flat.span(0, len(flat.text)), flat.text, meant, rows.first_day))
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
        text, day = flat.text[: meant.length], meant.day
        further = _FURTHER_DAY.match(flat.text, meant.length)
        if further:
            day = loose_day(text + (further["year"] or ""), rows.first_day) or day
            text = flat.text[: further.end()]
        rows.entries.append(DayLine(day))
        begin = len(text) - len(text.lstrip())
        finding = bad_date(flat.span(begin, len(text)), text.strip(), day, rows.first_day)
        # One day cannot stand for several without loss: which one the events begin on is the author's to write.
        rows.findings.append(replace(finding, edits=()) if further else finding)


def _is_timeline(block: Node, lines: Sequence[str]) -> bool:
    texts = (plain(inline_nodes(item), lines) for item in block.children)
    return any(looks_like_time(text) or leading_date(text) for text in texts)


def _list(block: Node, lines: Sequence[str], rows: Rows) -> bool:
    for item in block.children:
        nodes = inline_nodes(item)
        below = item.children[1:] if nodes else item.children
        flat = flatten(nodes, lines)
        nested: list[Node] = []
        details: list[Node] = []
        for node in below:
            (nested if node.kind is Kind.LIST and _all_times(node, lines) else details).append(node)
        # A day below which something else is told is an event of its own.
        day = read_date(flat.text) if not details else None
        if day is None and not details and (day := loose_day(flat.text, rows.first_day)):
            rows.findings.append(bad_date(flat.span(0, len(flat.text)), flat.text, day, rows.first_day))
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
            text,
            span,
            flat,
            time_span,
            flat.text[: reading.length].strip(),
            reading,
            details=details,
            nodes=nodes,
        )
    leading = leading_date(flat.text)
    meant = None if leading else loose_time(flat.text, rows.first_day, whole=False)
    word = _FIRST_WORD.match(flat.text)
    length = leading[1] if leading else meant.length if meant else word.end() if word else 0
    begin = len(flat.text[:length]) - len(flat.text[:length].lstrip())
    place = flat.span(begin, length) if flat.text else Span(span.line, span.column, span.line, span.column)
    finding = bad_time(place, flat.text[:length].strip(), meant, rows.first_day)
    rows.findings.append(replace(finding, hint=finding.hint or _NO_EVENT))
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
        nodes=nodes,
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
                nodes=(*event.nodes, *following[0].children),
            )
        rows.entries.append(event)
        rows.blocks.extend(range(index, index + 1 + len(following)))
        index += 1 + len(following)


def _until_heading(blocks: Sequence[Node], start: int) -> Iterator[Node]:
    for block in blocks[start:]:
        if block.kind is Kind.HEADING:
            return
        yield block
