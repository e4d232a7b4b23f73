"""Timelines and the figures they give, as JSON."""

from __future__ import annotations

from datetime import timedelta

from afterword.convert.values import Object, columns, moment, span_object, utc
from afterword.derive.timing.figures import Figure, IncidentFigures, incident_figures
from afterword.derive.timing.targets import AgainstTarget, targets_of
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.timeline import Timeline, TimelineEvent


def timeline_object(timeline: Timeline | None) -> Object:
    """Give the events in the order of the source, and the zone of their local times."""
    return {
        "timeline_zone": timeline.zone if timeline else None,
        "events": [_event(event) for event in timeline.events] if timeline else [],
    }


def figure_objects(record: Postmortem, settings: Settings) -> list[Object]:
    """Give the durations by incident, with the marks they run from and to and the policy's target; one that cannot be told is left out."""
    targets = targets_of(record, settings)
    return [
        {
            "incident": incident.incident,
            "id": figure.kind.id,
            "seconds": int(figure.duration.total_seconds()),
            "about": figure.about,
            "from": _start(figure, incident),
            "to": figure.kind.end,
            **_target(figure, targets.get(figure.kind.id)),
        }
        for incident in incident_figures(record)
        for figure in incident.figures
    ]


def _start(figure: Figure, incident: IncidentFigures) -> str:
    return next(mark for mark in figure.kind.start if mark in incident.anchors)


def _target(figure: Figure, target: timedelta | None) -> Object:
    if target is None:
        return {"target": None, "within_target": None}
    within = AgainstTarget(target, figure.duration, figure.about).within
    return {"target": int(target.total_seconds()), "within_target": within}


def _event(event: TimelineEvent) -> Object:
    named = {mark.incident for mark in event.marks if mark.incident}
    # Marks of one event may name several incidents: then only the marks can say which.
    common = named.pop() if len(named) == 1 else None
    return {
        "at": utc(event.at),
        "until": utc(event.until),
        "local": moment(event.local_at),
        "local_until": moment(event.local_until),
        "written": event.written,
        "approximate": event.approximate,
        "until_approximate": event.until_approximate,
        "counts": event.counts,
        "marks": [mark.name for mark in event.marks],
        "mark_incidents": [mark.incident for mark in event.marks],
        "incident": event.incident or common,
        "text": event.text.text,
        "columns": columns(event.columns),
        "span": span_object(event.span),
    }
