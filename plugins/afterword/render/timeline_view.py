"""The timeline as rows of a table: one zone, a line for each new day, marks set off from the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from afterword.model.record import Postmortem
from afterword.model.timeline import ANCHORS, Timeline, TimelineEvent
from afterword.render.markup import MarkupWriter


@dataclass(frozen=True, slots=True)
class MarkBadge:
    """A mark as it is shown; `anchor` tells those that figures are computed from."""

    name: str
    incident: str
    anchor: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; `new_day` is set where the day differs from that of the row before, `iso` is empty without a readable time."""

    time: str
    iso: str
    about: bool
    new_day: date | None
    marks: tuple[MarkBadge, ...]
    incident: str
    text: Markup
    columns: tuple[Markup, ...]
    details: Markup
    counts: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The whole table; `zone` is empty where none is known, as written where it is not read, `heads` are those of further columns."""

    zone: str
    heads: tuple[str, ...]
    rows: tuple[EventRow, ...]
    width: int


def timeline_view(record: Postmortem, timeline: Timeline, writer: MarkupWriter) -> TimelineView:
    """Lay the events out in the order of the source."""
    several = len(set(record.header.incidents)) > 1
    rows: list[EventRow] = []
    day: date | None = None
    for event in timeline.events:
        moment = event.local_at or event.at
        new_day = moment.date() if moment and moment.date() != day else None
        day = moment.date() if moment else day
        cells = dict(event.columns)
        rows.append(
            EventRow(
                event_time(event),
                _shortest(moment) if moment and not (timeline.zone_unread or event.clock_written) else "",
                event.approximate or event.until_approximate,
                new_day,
                tuple(
                    MarkBadge(mark.name, (mark.incident or "") if several else "", mark.name in ANCHORS)
                    for mark in event.marks
                ),
                "" if any(mark.incident for mark in event.marks) else event.incident or "",
                writer.inlines(event.text.nodes),
                tuple(
                    writer.inlines(cells[head].nodes) if head in cells else Markup()
                    for head in timeline.heads
                ),
                writer.blocks(event.details),
                event.counts,
            )
        )
    return TimelineView(
        timeline.zone_unread or timeline.zone or "", timeline.heads, tuple(rows), 2 + len(timeline.heads)
    )


def event_time(event: TimelineEvent) -> str:
    """Give the time of an event as readers see it: in the timeline's zone, with the end of a range, or as the author wrote it."""
    moment = event.local_at or event.at
    if moment is None:
        return event.written
    if event.clock_written:
        return event.clock_written
    until = event.local_until or event.until
    if until is None:
        return _clock(moment)
    later = f"{until:%Y-%m-%d} " if until.date() != moment.date() else ""
    return f"{_clock(moment)}–{later}{_clock(until)}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _shortest(moment: datetime) -> str:
    """Write a time for programs, without what it does not tell: seconds of a full minute, an offset of none."""
    written = moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
    return written.removesuffix("+00:00") + "Z" if written.endswith("+00:00") else written
