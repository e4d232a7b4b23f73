"""What pages say of tickets: how each stands, what of it is told otherwise, and when trackers were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from afterword.derive.promises.drift import Counterpart, DriftKind
from afterword.derive.timing.calendar import format_day
from afterword.model.archive import Archive


@dataclass(frozen=True, slots=True)
class Asked:
    """A tracker, the day on which it was asked last, and what kept a later run from it; `as_of` is None where no run has reached it."""

    name: str
    as_of: date | None
    problem: str


def asked_trackers(archive: Archive, as_of: date) -> tuple[Asked, ...]:
    """Give the trackers of the settings that the snapshot knows, in their order; what was asked after a day says nothing of it."""
    known = archive.tickets.trackers
    found = (known.get(tracker.name) for tracker in archive.settings.trackers)
    return tuple(
        Asked(each.name, each.as_of, each.problem)
        for each in found
        if each is not None and (each.as_of is None or each.as_of <= as_of)
    )


def drift_words(found: Counterpart | None) -> tuple[str, ...]:
    """Say what a ticket tells otherwise than its action."""
    return tuple(each.words for each in found.contradictions) if found else ()


def ticket_lines(found: Counterpart | None) -> Iterator[str]:
    """Say how a ticket stands, for a line below its key, where nothing contradicts it."""
    if found is None or found.contradictions:
        return
    if found.state is not None:
        word = found.state.state or str(found.state.status or "")
        if word:
            yield f"{word}, {format_day(found.as_of, with_year=False)}"
    elif any(each.kind is DriftKind.UNASKED for each in found.drifts):
        yield "not asked yet"
