"""The timeline as rows of tables below its picture: one zone, a line for each new day, marks set off from the text."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from markupsafe import Markup

from afterword.derive.timing.course import row_id
from afterword.derive.words.plain_text import plain_text
from afterword.derive.words.written import says_nothing
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Postmortem, Section
from afterword.model.timeline import ANCHORS, Timeline, TimelineEvent
from afterword.model.value import plain_value
from afterword.render.page.markup import NOTHING, MarkupWriter
from afterword.render.picture.timeline_picture import TimelinePicture, timeline_picture
from afterword.render.picture.timeline_times import shortest, shown_time
from afterword.render.words.direction import isolated

_Numbered: TypeAlias = tuple[int, TimelineEvent]


@plain_value()
class MarkBadge:
    """A mark as it is shown; `anchor` tells those that figures are computed from."""

    name: str
    incident: str
    anchor: bool


@plain_value()
class EventRow:
    """One event.

    `new_day` is set where the day differs from that of the row before, `unwritten` is a placeholder's. `iso` is empty without a readable time, `iso_until` without the
    readable end of a range. `point` is the id of its place in the picture, empty where it has none.
    """

    id: str
    time: str
    iso: str
    iso_until: str
    about: bool
    new_day: date | None
    marks: tuple[MarkBadge, ...]
    incident: str
    text: Markup
    aside: tuple[Markup, ...]
    columns: tuple[Markup, ...]
    details: Markup
    counts: bool
    unwritten: bool
    point: str


@plain_value()
class TimelineTable:
    """A table of events that stand together; `part` counts the tables of the section from 1, `heads` are those of further columns."""

    part: int
    heads: tuple[str, ...]
    rows: tuple[EventRow, ...]
    width: int


@plain_value()
class TimelineView:
    """The picture of the whole timeline, None where there is none, and its tables by the position of the block in whose place each stands.

    The picture stands above the block at position `above`. None stands at what an earlier table has taken in; a day with other text between
    it and its events has no position and stays as it was written. `zone` is empty where none is known, as written where it is not read;
    `can_switch` tells whether there are times that other zones can show.
    """

    picture: TimelinePicture | None
    above: int
    tables: Mapping[int, TimelineTable | None]
    zone: str
    can_switch: bool


def timeline_view(
    record: Postmortem, timeline: Timeline, section: Section, writer: MarkupWriter
) -> TimelineView | None:
    """Lay the events out in the order of the source, None where there are none; what nothing stands between is one table."""
    picture = timeline_picture(record, timeline)
    points = picture.points if picture else {}
    stretches = list(_stretches(timeline, section))
    if not stretches:
        return None
    tables: dict[int, TimelineTable | None] = {}
    for part, (positions, events) in enumerate(stretches, start=1):
        heads = timeline.heads
        if len(stretches) > 1:
            heads = tuple(_told(heads, events))
        rows = tuple(_rows(events, heads, record, timeline, points, writer))
        tables |= dict.fromkeys(positions)
        tables[positions[0]] = TimelineTable(part, heads, rows, 2 + len(heads))
    above = stretches[0][0][0]
    if len(stretches) > 1:
        # A heading above the first table is about that part alone.
        before = enumerate(section.blocks[:above])
        above = next((position for position, block in before if block.kind is Kind.HEADING), above)
    return TimelineView(
        picture,
        above,
        tables,
        timeline.zone_unread or timeline.zone or "",
        any(row.iso for table in tables.values() if table for row in table.rows),
    )


def _stretches(timeline: Timeline, section: Section) -> Iterator[tuple[list[int], list[_Numbered]]]:
    """Give the blocks that stand together, to the last one that holds an event, with their events."""
    events = deque(enumerate(timeline.events, start=1))
    for run in _runs(timeline.blocks, section.blocks):
        end = section.blocks[run[-1]].span.end_line
        mine: list[_Numbered] = []
        while events and events[0][1].span.line <= end:
            mine.append(events.popleft())
        if mine:
            last = mine[-1][1]
            reach = last.details[-1].span if last.details else last.span
            yield [each for each in run if section.blocks[each].span.line <= reach.end_line], mine


def _runs(positions: Sequence[int], blocks: Sequence[Node]) -> Iterator[list[int]]:
    """Divide positions, in their order, where something is said between two of them."""
    run: list[int] = []
    for position in positions:
        if run and not all(map(says_nothing, blocks[run[-1] + 1 : position])):
            yield run
            run = []
        run.append(position)
    if run:
        yield run


def _told(heads: Iterable[str], events: Sequence[_Numbered]) -> Iterator[str]:
    """Yield the heads below which one of the events says something."""
    wanted: Counter[str] = Counter()
    for _, event in events:
        wanted |= Counter(head for head, _ in event.columns)
    for head in heads:
        if wanted[head]:
            wanted[head] -= 1
            yield head


def _below(heads: Iterable[str], event: TimelineEvent) -> Iterator[RichText | None]:
    """Yield what an event says below each head; below one that several columns have, what is written in them in turn."""
    waiting: defaultdict[str, deque[RichText]] = defaultdict(deque)
    for head, cell in event.columns:
        waiting[head].append(cell)
    for head in heads:
        yield waiting[head].popleft() if waiting[head] else None


def _rows(
    events: Iterable[_Numbered],
    heads: Sequence[str],
    record: Postmortem,
    timeline: Timeline,
    points: Mapping[int, str],
    writer: MarkupWriter,
) -> Iterator[EventRow]:
    several = len(set(record.header.incidents)) > 1
    is_zone_read = not timeline.zone_unread
    day: date | None = None
    for number, event in events:
        moment = event.shown_at
        until = event.shown_until
        today = event.shown_day or day
        new_day, day = (today if today != day else None), today
        is_read = is_zone_read and not event.clock_written
        yield EventRow(
            row_id(number),
            shown_time(event),
            shortest(moment) if moment and is_read else "",
            shortest(until) if until and is_read else "",
            event.about,
            new_day,
            tuple(
                MarkBadge(mark.name, (mark.incident or "") if several else "", mark.name in ANCHORS)
                for mark in event.marks
            ),
            "" if any(mark.incident for mark in event.marks) else event.incident or "",
            isolated(event.text.text, writer.inlines(event.text.nodes)),
            tuple(_aside(node, writer) for node in event.aside),
            tuple(
                writer.inlines(cell.nodes) if cell is not None else NOTHING for cell in _below(heads, event)
            ),
            writer.blocks(event.details),
            event.counts,
            event.is_placeholder,
            points.get(number, ""),
        )


def _aside(node: Node, writer: MarkupWriter) -> Markup:
    """Write what stood on a time or mark; these are shown in words of ours, so a link is a sign behind the event."""
    if node.kind is Kind.LINK:
        title = node.title or f"the link on {plain_text([node]).strip()}"
        node = replace(node, children=(Node(Kind.TEXT, node.span, text="↗"),), title=title)
    return writer.inlines((node,))
