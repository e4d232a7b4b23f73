"""Figures beside the targets that the policy sets for a severity (`policy` of the settings)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from afterword.derive.timing.figures import IncidentFigures, format_duration
from afterword.model.figure_kinds import CUSTOMER_IMPACT, FIGURES, FigureKind
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """A duration beside its target; `about` where one of its two times is approximate."""

    target: timedelta
    duration: timedelta
    about: bool = False

    @property
    def within(self) -> bool:
        """Tell whether the target is kept: what takes just as long as it is."""
        return self.duration <= self.target

    @property
    def words(self) -> str:
        """Say it: `within 5 min`, `over 5 min by 3 min`; of an approximate figure always by how much, `within 5 min by about 1 min`."""
        target = format_duration(self.target)
        if self.within and not self.about:
            return f"within {target}"
        if self.duration == self.target:
            return f"about {target}, as aimed at"
        difference = format_duration(abs(self.duration - self.target), about=self.about)
        return f"{'within' if self.within else 'over'} {target} by {difference}"


@dataclass(frozen=True, slots=True)
class Untold:
    """A figure that has a target and is absent, with what its timeline lacks."""

    kind: FigureKind
    target: timedelta
    reason: str

    @property
    def words(self) -> str:
        """Say it: `unknown, no event is marked [DETECTED]. The target is 5 min.`"""
        return f"unknown, {self.reason}. The target is {format_duration(self.target)}."


def targets_of(record: Postmortem, settings: Settings) -> Mapping[str, timedelta]:
    """Give the targets of a record's severity and kind by the figure's id; a retold incident was handled under nobody's policy here."""
    if record.header.retold_from:
        return {}
    return settings.requirement(record.header.severity, record.header.kind).targets


def untold(record: Postmortem, incident: IncidentFigures, settings: Settings) -> Iterator[Untold]:
    """Yield the figures of an incident that have a target and are absent.

    None of a kind of record that needs no anchors, nor the customer impact that the header's `duration` stands for.
    """
    if record.header.kind in settings.policy.kinds_without_anchors:
        return
    targets = targets_of(record, settings)
    for kind in FIGURES:
        stated = (
            kind.id == CUSTOMER_IMPACT and incident.incident is None and record.header.duration is not None
        )
        if kind.id in targets and not stated and incident.figure(kind.id) is None:
            yield Untold(kind, targets[kind.id], why_absent(kind, incident))


def why_absent(kind: FigureKind, incident: IncidentFigures) -> str:
    """Say why an incident has not this figure: which mark is missing, or cannot be used."""
    start = next((mark for mark in kind.start if mark in incident.anchors), None)
    missing = []
    if start is None:
        missing.append(" or ".join(f"[{mark}]" for mark in kind.start))
    if kind.end not in incident.anchors:
        missing.append(f"[{kind.end}]")
    if missing or start is None:
        return f"no event is marked {', and none '.join(missing)}"
    for mark in (start, kind.end):
        event = incident.anchors[mark]
        if event.is_placeholder:
            return f"the event of [{mark}] is still to be written"
        if event.at is None:
            return f"the time of [{mark}] cannot be read"
        if not event.counts:
            return f"[{mark}] runs backwards in time"
    return f"[{kind.end}] is earlier than [{start}]"
