"""The timeline as rows of a table beside its picture: one zone, a line for each new day, marks set off from the text."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from afterword.derive.timing.course import row_id
from afterword.model.record import Postmortem
from afterword.model.timeline import ANCHORS, Timeline
from afterword.model.value import plain_value
from afterword.render.page.markup import NOTHING, MarkupWriter
from afterword.render.picture.timeline_picture import TimelinePicture, timeline_picture
from afterword.render.picture.timeline_times import shortest, shown_time
from afterword.render.words.direction import isolated


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
    columns: tuple[Markup, ...]
    details: Markup
    counts: bool
    unwritten: bool
    point: str


@plain_value()
class TimelineView:
    """The picture, None where there is none, and the whole table.

    `zone` is empty where none is known, as written where it is not read; `can_switch` tells whether there are times that other zones can
    show. `heads` are those of further columns.
    """

    zone: str
    can_switch: bool
    heads: tuple[str, ...]
    rows: tuple[EventRow, ...]
    width: int
    picture: TimelinePicture | None


def timeline_view(record: Postmortem, timeline: Timeline, writer: MarkupWriter) -> TimelineView:
    """Lay the events out in the order of the source."""
    several = len(set(record.header.incidents)) > 1
    picture = timeline_picture(record, timeline)
    points = picture.points if picture else {}
    rows: list[EventRow] = []
    day: date | None = None
    is_zone_read = not timeline.zone_unread
    for number, event in enumerate(timeline.events, start=1):
        moment = event.shown_at
        until = event.shown_until
        today = moment.date() if moment else day
        new_day, day = (today if today != day else None), today
        cells = dict(event.columns)
        is_read = is_zone_read and not event.clock_written
        rows.append(
            EventRow(
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
                tuple(
                    writer.inlines(cells[head].nodes) if head in cells else NOTHING for head in timeline.heads
                ),
                writer.blocks(event.details),
                event.counts,
                event.is_placeholder,
                points.get(number, ""),
            )
        )
    return TimelineView(
        timeline.zone_unread or timeline.zone or "",
        any(row.iso for row in rows),
        timeline.heads,
        tuple(rows),
        2 + len(timeline.heads),
        picture,
    )
