"""Action items (docs/format.md, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from afterword.model.markup import RichText
from afterword.model.span import Span
from afterword.model.value import plain_value


class Status(StrEnum):
    """The states of an action; a candidate is an idea and counts in no rate."""

    CANDIDATE = "candidate"
    OPEN = "open"
    IN_PROGRESS = "in progress"
    IN_REVIEW = "in review"
    DONE = "done"
    CANCELLED = "cancelled"


UNFINISHED = frozenset({Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW})
"""The states in which an action is still owed."""

CLOSED = frozenset({Status.DONE, Status.CANCELLED})
"""The states in which nothing more is to be done."""


@plain_value()
class Ticket:
    """The name of an action in a tracker; `url` is empty where neither the cell nor the settings give one."""

    key: str
    url: str = ""


@plain_value()
class ActionItem:
    """One row of the action table; what is absent or could not be read is None or empty.

    `closed` is the day of `Closed`, else the day behind `done` or `cancelled`. `spans` gives the place of each cell by its field's name.
    """

    id: str
    text: RichText
    span: Span
    owner: str = ""
    due: date | None = None
    ticket: Ticket | None = None
    category: str | None = None
    status: Status | None = None
    priority: str | None = None
    closed: date | None = None
    done_when: RichText = field(default_factory=RichText)
    notes: RichText = field(default_factory=RichText)
    others: tuple[tuple[str, RichText], ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def is_commitment(self) -> bool:
        """Tell whether the action was promised: all but candidates."""
        return self.status is not Status.CANDIDATE

    @property
    def is_unfinished(self) -> bool:
        """Tell whether the action is promised and still owed; an unreadable status counts as open."""
        return self.status is None or self.status in UNFINISHED

    def place_of(self, cell: str) -> Span:
        """Give the place of a cell by its field's name, that of the row where there is no such cell."""
        return self.spans.get(cell, self.span)

    def place_of_day(self, cell: str) -> Span:
        """Give the place of a day that stands in its own cell, or behind the status where that cell is missing or empty."""
        place = self.spans.get(cell)
        return self.place_of("status") if place is None or place.is_empty else place
