"""The course of a record's incidents, ready to be drawn: lanes, phases, events and one scale for all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from afterword.derive.timing.figures import IncidentFigures, incident_figures
from afterword.derive.timing.phases import Phases, phases_between
from afterword.derive.timing.time_scale import TimeScale, time_scale
from afterword.derive.timing.wall_clock import DAY, ClockSpan, clock_spans, shown_at
from afterword.model.record import Postmortem
from afterword.model.timeline import DECISION, Timeline, TimelineEvent

MOST_LANES = 8

_CLOCK = re.compile(r"[\d:.,~ –-]+")


@dataclass(frozen=True, slots=True)
class Told:
    """An event with a time.

    `number` is that of its row, from 1; `anchors` are those of its marks that the figures count from; `incident` is the one it belongs to where
    that has no lane of its own, empty otherwise.
    """

    number: int
    event: TimelineEvent
    at: datetime
    anchors: tuple[str, ...]
    incident: str = ""

    @property
    def is_decision(self) -> bool:
        """Tell whether something was decided."""
        return self.event.has(DECISION)


@dataclass(frozen=True, slots=True)
class Lane:
    """What belongs to one incident; `incident` is None for the only one, and for what belongs to all of several."""

    incident: str | None
    phases: Phases
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many events and incidents the picture does not show, and why."""

    unwritten: int = 0
    unreadable: int = 0
    backwards: int = 0
    other_zone: int = 0
    incidents: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """All lanes, what belongs to all of them last; `clocks` are those of the zone shown, `zone_name` is what readers are told."""

    lanes: tuple[Lane, ...]
    scale: TimeScale
    clocks: tuple[ClockSpan, ...]
    zone_name: str
    zone_is_read: bool
    left_out: LeftOut

    @property
    def has_several_days(self) -> bool:
        """Tell whether the course begins and ends on different days of its zone."""
        return shown_at(self.scale.start, self.clocks) // DAY != shown_at(self.scale.end, self.clocks) // DAY


def course_of(record: Postmortem, timeline: Timeline) -> Course | None:
    """Bring a timeline into lanes; None where fewer than two events have times that differ, and nothing can be drawn to scale."""
    zone = _most_used_zone(timeline)
    kept: list[tuple[int, TimelineEvent, datetime]] = []
    unwritten = unreadable = backwards = other_zone = 0
    for number, event in enumerate(timeline.events, start=1):
        if event.is_placeholder:
            unwritten += 1
        elif event.at is None:
            unreadable += 1
        elif not event.counts:
            backwards += 1
        elif _unread_zone(event) != zone:
            other_zone += 1
        else:
            kept.append((number, event, event.at))
    if len(kept) < 2:
        return None
    moments = [at.timestamp() for _, _, at in kept]
    moments += [event.until.timestamp() for _, event, _ in kept if event.until]
    scale = time_scale(moments)
    if scale is None:
        return None
    lanes, hidden = _lanes(incident_figures(record), kept)
    local = next((event.local_at for _, event, _ in kept if event.local_at), None)
    return Course(
        lanes,
        scale,
        clock_spans(scale.start, scale.end, (local and local.tzinfo) or UTC),
        zone or timeline.zone_unread or timeline.zone or "",
        not (zone or timeline.zone_unread),
        LeftOut(unwritten, unreadable, backwards, other_zone, hidden),
    )


def row_id(number: int) -> str:
    """Give the id of an event's row, by its place in the timeline."""
    return f"t-{number}"


def point_id(number: int) -> str:
    """Give the id of the point that shows an event, or several of which this is the first."""
    return f"tp-{number}"


def _when(told: Told) -> tuple[datetime, int]:
    return told.at, told.number


def _lanes(
    incidents: Sequence[IncidentFigures], kept: Sequence[tuple[int, TimelineEvent, datetime]]
) -> tuple[tuple[Lane, ...], int]:
    in_picture = {id(event) for _, event, _ in kept}
    marks: Mapping[int, dict[str, None]] = defaultdict(dict)
    for incident in incidents:
        for mark, event in incident.anchors.items():
            marks[id(event)][mark] = None
    told = [Told(number, event, at, tuple(marks.get(id(event), ()))) for number, event, at in kept]
    phases = [
        phases_between({mark: event for mark, event in each.anchors.items() if id(event) in in_picture})
        for each in incidents
    ]
    if len(incidents) == 1:
        return (Lane(None, phases[0], tuple(sorted(told, key=_when))),), 0
    of_lane: Mapping[str, list[Told]] = defaultdict(list)
    names = {str(each.incident).casefold() for each in incidents}
    for each in told:
        of_lane[_owner(each.event, names)].append(each)
    lanes = [
        Lane(
            each.incident,
            divided,
            tuple(sorted(of_lane.get(str(each.incident).casefold(), ()), key=_when)),
        )
        for each, divided in zip(incidents, phases, strict=True)
    ]
    lanes = [lane for lane in lanes if lane.told or lane.phases.phases]
    shown = lanes[:MOST_LANES]
    # What belongs to an incident without a lane of its own is told all the same.
    rest = [replace(told, incident=lane.incident or "") for lane in lanes[MOST_LANES:] for told in lane.told]
    common = sorted([*of_lane.get("", ()), *rest], key=_when)
    if common:
        shown.append(Lane(None, Phases(), tuple(common)))
    return tuple(shown), max(0, len(lanes) - MOST_LANES)


def _owner(event: TimelineEvent, names: set[str]) -> str:
    """Give the one incident that an event belongs to, nothing where it belongs to several or to all."""
    named = {mark.incident.casefold() for mark in event.marks if mark.incident}
    if event.incident:
        named.add(event.incident.casefold())
    return named.pop() if len(named) == 1 and named <= names else ""


def _unread_zone(event: TimelineEvent) -> str:
    """Give what the author wrote for a zone where that is not read: such times can be compared with their like alone."""
    return _CLOCK.sub(" ", event.clock_written).strip() if event.clock_written else ""


def _most_used_zone(timeline: Timeline) -> str:
    used = Counter(_unread_zone(event) for event in timeline.events if event.at and event.counts)
    return max(used, key=lambda zone: (used[zone], zone == "")) if used else ""
