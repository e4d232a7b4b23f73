"""The timeline of a record and the figures it gives (docs/format.md, section 4)."""

from __future__ import annotations

from datetime import date, datetime

from afterword.model.markup import Node, RichText
from afterword.model.placeholders import is_placeholder
from afterword.model.span import Span
from afterword.model.value import plain_value

ANCHORS = (
    "TRIGGER",
    "IMPACT",
    "SIGNAL",
    "DETECTED",
    "ESCALATED",
    "MITIGATING",
    "MITIGATED",
    "RESOLVED",
    "CLOSED",
)
"""The marks that stand at most once per incident, in the order in which an incident goes through them."""

DECISION = "DECISION"
"""The mark that may stand any number of times."""


@plain_value()
class Mark:
    """A word in square brackets at the start of an event; `incident` is None where it names none."""

    name: str
    incident: str | None
    span: Span


@plain_value()
class TimelineEvent:
    """One row or item of the timeline.

    `at` and `until` are in UTC, None where the time could not be read, has no zone, or stands beside a placeholder. `local_at` and `local_until` are the same moments
    in the timeline's shown zone. `written` is the time as the author wrote it, `counts` is False for an event that runs backwards: it
    keeps its place and stands in no figure. `clock_written` is the clock time with its zone as the author wrote it where that zone is not
    read, empty otherwise: the moments then are in the zone that holds without it. `day` is the day that the event is told of where its moment is not known. `aside` holds the links, images and footnotes that its time and marks were written with. `columns` holds the other cells, by head; `details` the blocks that stand below an item's or
    a heading's first paragraph. A mark behind `[INC-142]` names that incident, too.
    """

    written: str
    text: RichText
    span: Span
    time_span: Span
    at: datetime | None = None
    until: datetime | None = None
    local_at: datetime | None = None
    local_until: datetime | None = None
    approximate: bool = False
    until_approximate: bool = False
    marks: tuple[Mark, ...] = ()
    incident: str | None = None
    columns: tuple[tuple[str, RichText], ...] = ()
    counts: bool = True
    details: tuple[Node, ...] = ()
    clock_written: str = ""
    day: date | None = None
    aside: tuple[Node, ...] = ()

    @property
    def shown_at(self) -> datetime | None:
        """Give the moment as readers see it: in the timeline's shown zone, in UTC where there is none, None where it is not read."""
        return self.local_at or self.at

    @property
    def shown_until(self) -> datetime | None:
        """Give the end of a range in the same way, None where there is none."""
        return self.local_until or self.until

    @property
    def shown_day(self) -> date | None:
        """Give the day below which readers see it, None where it has none of its own."""
        moment = self.shown_at
        return moment.date() if moment else self.day

    @property
    def about(self) -> bool:
        """Tell whether one of its times is approximate."""
        return self.approximate or self.until_approximate

    @property
    def is_placeholder(self) -> bool:
        """Tell whether it is still to be written, and holds the place of an event."""
        return self.at is None and is_placeholder(self.text.text)

    def has(self, mark: str) -> bool:
        """Tell whether the event carries a mark of this name."""
        return any(each.name == mark for each in self.marks)


@plain_value()
class Timeline:
    """All events in the order of the source; `zone` is the zone shown, None where there is none; `heads` are those of the
    other columns.

    `zone_unread` is what the section's heading, a line of it or the column's head says in place of a zone where that is not read, and all events are
    shown in the zone that holds without it; empty otherwise. `blocks` are the positions, in the section's blocks, of the tables, lists and date headings that the events were read from.
    """

    events: tuple[TimelineEvent, ...] = ()
    zone: str | None = None
    heads: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()
    zone_unread: str = ""
