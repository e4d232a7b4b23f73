"""The timeline section as events in UTC, with their marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from afterword.model.finding import Finding, Nature
from afterword.model.header import Header
from afterword.model.markup import POINTING, Kind, Node, RichText
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.timeline import Timeline, TimelineEvent
from afterword.parse.markdown.flatten import plain, rich
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.timeline.timeline_clock import Calendar, Placed, shown_zone
from afterword.parse.timeline.timeline_entries import WrittenEvent, zone_finding
from afterword.parse.timeline.timeline_marks import MarkedText, check_anchors, read_marks
from afterword.parse.timeline.timeline_rows import read_rows
from afterword.parse.values.zones import Zone, ZoneFault, find_zone, read_zone

_TIMES_IN = re.compile(
    r"(?:\b(?:all|these)\s+(?:\w+\s+){0,2}|^\W*(?:the\s+)?)time(?:s|stamps)\b:?(?P<where>(?:\s+(?!(?:unless|except|but)\b)[^\s.!?;]+){1,6})",
    re.IGNORECASE,
)
"""The words about all times that may name their zone; behind `unless` is that of some of them."""

_STATED = 3
"""The first sources of zones are what a row itself says: the offset, the cell, the column's head."""


def read_timeline(
    section: Section, header: Header, settings: Settings, lexicon: Lexicon, lines: Sequence[str]
) -> tuple[Timeline | None, tuple[Finding, ...]]:
    """Read the events of the timeline section; None where it holds none.

    `lines` are all lines of the file. The header's and the archive's zones are used where they can be read; where they cannot, that is
    reported with them.
    """
    own, archives = read_zone(header.timezone or ""), read_zone(settings.timezone or "")
    rows = read_rows(section, lexicon, lines, header.date, own or archives)
    findings = list(rows.findings)
    if not rows.has_events:
        findings.extend(_unread(section))
        return None, tuple(findings)
    noted, place = _noted_zone(section, rows.blocks, own or archives, lines)
    unread = rows.zone_unread
    if isinstance(noted, ZoneFault):
        unread = unread or noted.name
        findings.append(zone_finding(noted, rich(place.children, lines), lines))
        noted = None
    defaults = (noted, own, archives)
    calendar = Calendar(header.date, defaults)
    marks = {
        position: read_marks(entry.text, header.incidents, lexicon, lines)
        for position, entry in enumerate(rows.entries)
        if isinstance(entry, WrittenEvent)
    }
    placed = calendar.place(
        rows.entries, {position for position, read in marks.items() if is_placeholder(read.text.text)}
    )
    findings.extend(calendar.findings)
    shown = shown_zone(placed, defaults)
    events: list[TimelineEvent] = []
    for each, marked in zip(placed, marks.values(), strict=True):
        findings.extend(marked.findings)
        events.append(_event(each, marked, shown))
    findings.extend(check_anchors(events, header.incidents))
    fallback = shown is not None and not any(any(each.levels[:_STATED]) for each in placed)
    timeline = Timeline(
        tuple(events),
        shown.name if shown else None,
        tuple(rows.heads),
        tuple(rows.blocks),
        unread if fallback else "",
    )
    return timeline, tuple(sorted(findings, key=lambda finding: (finding.span, finding.rule)))


def _noted_zone(
    section: Section, taken: Collection[int], home: Zone | None, lines: Sequence[str]
) -> tuple[Zone | ZoneFault | None, Node]:
    """Give the zone of the heading's parenthesis, else of a line such as `All times in UTC` between the events, with what says it."""
    found = find_zone(section.note, home) if section.note else None
    if found is not None:
        return found, section.heading
    for index, block in enumerate(section.blocks):
        if block.kind is Kind.PARAGRAPH and index not in taken:
            said = _TIMES_IN.search(plain(block.children, lines))
            found = find_zone(said["where"], home) if said else None
            if found is not None:
                return found, block
    return None, section.heading


def _event(placed: Placed, marked: MarkedText, shown: Zone | None) -> TimelineEvent:
    source, reading = placed.source, placed.source.reading
    return TimelineEvent(
        source.written,
        marked.text,
        source.span,
        source.time_span,
        placed.at,
        placed.until,
        _local(placed.at, shown),
        _local(placed.until, shown),
        reading.start.approximate if reading else False,
        reading.until.approximate if reading and reading.until else False,
        marked.marks,
        marked.incident,
        source.columns,
        placed.counts,
        source.details,
        placed.clock_written,
        placed.day,
        _left_out(source.nodes, marked.text),
    )


def _left_out(nodes: Iterable[Node], text: RichText) -> tuple[Node, ...]:
    """Give the links, images and footnotes among what an event was read from that its text does not hold."""
    pointing = tuple(_pointing(nodes))
    kept = {node.span for node in _pointing(text.nodes)} if pointing else ()
    return tuple(node for node in pointing if node.span not in kept)


def _pointing(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind in POINTING:
            yield node
        else:
            yield from _pointing(node.children)


def _local(moment: datetime | None, shown: Zone | None) -> datetime | None:
    return moment.astimezone(shown.info) if moment and shown else None


def _unread(section: Section) -> list[Finding]:
    """Report a timeline that is told without times at the start of rows or items: nothing is computed from it."""
    written = [block for block in section.blocks if block.kind is not Kind.HTML_BLOCK]
    if not written:
        return []
    message = "no row or item begins with a time, expected a table or a list such as `- 14:02 Batch starts`"
    hint = "write each event as `- 14:02 …`, or as a row whose first cell is its time"
    return [Finding("timeline-form", message, written[0].span, Nature.WARNING, hint)]
