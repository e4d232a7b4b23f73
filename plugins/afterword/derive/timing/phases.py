"""The phases of an incident, from one anchor to the next: undetected, detected, mitigating, resolving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from afterword.model.timeline import TimelineEvent

STARTS = ("IMPACT", "TRIGGER")
"""The marks that an incident begins with: the first that the timeline has counts, as it does for the figures."""

AFFECTED = "affected"
"""The phase before any other anchor than DETECTED: without that one nobody can tell when it was noticed."""

PHASES = {"DETECTED": "detected", "MITIGATING": "mitigating", "MITIGATED": "resolving", "RESOLVED": ""}
"""What an incident is after each anchor; where anchors are absent, the phase goes on until the next that is there."""


@dataclass(frozen=True, slots=True)
class Phase:
    """The time between two anchors; `about` where one of the two is approximate."""

    name: str
    start: datetime
    end: datetime
    about: bool

    @property
    def duration(self) -> timedelta:
        """Give how long it lasted."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Phases:
    """The phases in the order of time; `backwards` are pairs of marks whose second comes before the first, so that no phase lies between them."""

    phases: tuple[Phase, ...] = ()
    backwards: tuple[tuple[str, str], ...] = ()


def phases_between(anchors: Mapping[str, TimelineEvent]) -> Phases:
    """Divide an incident by its anchors; those without a time that counts are as if they were not there."""
    phases: list[Phase] = []
    backwards: list[tuple[str, str]] = []
    begin = next((mark for mark in STARTS if mark in anchors), None)
    held: tuple[str, str, datetime, bool] | None = None
    for mark, name in ((begin, AFFECTED), *PHASES.items()):
        event = anchors.get(mark) if mark else None
        if mark is None or event is None or event.at is None or not event.counts:
            continue
        if held is not None:
            held_mark, held_name, start, about = held
            if event.at < start:
                backwards.append((held_mark, mark))
                if phases:
                    continue
            else:
                shown = "undetected" if held_name == AFFECTED and mark == "DETECTED" else held_name
                phases.append(Phase(shown, start, event.at, about or event.approximate))
        held = (mark, name, event.at, event.approximate)
    return Phases(tuple(phases), tuple(backwards))
