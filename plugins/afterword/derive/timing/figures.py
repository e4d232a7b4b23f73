"""Durations of incidents, from the anchors of their timelines (docs/format.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from afterword.model.figure_kinds import CUSTOMER_IMPACT, FIGURES, FigureKind
from afterword.model.record import Postmortem
from afterword.model.timeline import ANCHORS, TimelineEvent
from afterword.model.value import plain_value


@plain_value()
class Figure:
    """A duration between two anchors; `about` where one of the two times is approximate."""

    kind: FigureKind
    duration: timedelta
    about: bool
    start: TimelineEvent
    end: TimelineEvent


@plain_value()
class IncidentFigures:
    """What the timeline says of one incident.

    `incident` is None where the record has no or one incident. `anchors` are the events by mark, also those whose time cannot be used.
    `negative` are the figures that would be below zero: they are absent from `figures`, and a finding. `key` tells incidents apart over
    the archive.
    """

    incident: str | None
    anchors: Mapping[str, TimelineEvent]
    figures: tuple[Figure, ...]
    negative: tuple[Figure, ...]
    key: str

    def figure(self, figure_id: str) -> Figure | None:
        """Give the figure of an id, None where it is absent."""
        return next((figure for figure in self.figures if figure.kind.id == figure_id), None)


def incident_figures(record: Postmortem) -> tuple[IncidentFigures, ...]:
    """Derive anchors and figures per incident: one for each id in `incidents`, a single one where there are fewer than two.

    An anchor that names no incident belongs to all; of several the one that names the incident counts, then the first, then
    a placeholder. Where the
    header lists no incident, names in marks make no difference.
    """
    ids = _incidents(record)
    if len(ids) > 1:
        return tuple(_figures(_anchors(record, incident), incident, _key(incident)) for incident in ids)
    if ids:
        return (_figures(_anchors(record, ids[0]), None, _key(ids[0])),)
    return (_figures(_anchors(record, None), None, f"record {record.id}"),)


def customer_impact(record: Postmortem) -> timedelta | None:
    """Tell how long customers were affected: by the timeline, of several incidents the longest, else by the header's `duration`."""
    found = [_figure(_CUSTOMER_IMPACT, anchors) for anchors in _anchors_of_each(record)]
    durations = [figure.duration for figure in found if figure and figure.duration >= timedelta()]
    return max(durations, default=record.header.duration)


def close_time(record: Postmortem) -> datetime | None:
    """Tell when the incident was closed: the header's `closed`, else `[CLOSED]`, else `[RESOLVED]`; of several incidents the last.

    An event that runs backwards counts here: it keeps its date (docs/format.md, section 4), and a deadline asks for no more.
    """
    if record.header.closed is not None:
        return record.header.closed
    closes = []
    for anchors in _anchors_of_each(record):
        event = anchors.get("CLOSED") or anchors.get("RESOLVED")
        if event is not None and event.at is not None:
            closes.append(event.at)
    return max(closes, default=None)


def format_duration(duration: timedelta, *, about: bool = False) -> str:
    """Write a duration for readers in its two largest units, rounded: `45 s`, `22 min`, `1 h 22 min`, `3 d 4 h`; `about 22 min` of an approximate one."""
    if about:
        return f"about {format_duration(duration)}"
    seconds = round(abs(duration).total_seconds())
    sign = "-" if duration < timedelta() else ""
    if 0 < seconds < 60:
        return f"{sign}{seconds} s"
    minutes = (seconds + 30) // 60
    if minutes < 24 * 60:
        return sign + _two_units(minutes, 60, "h", "min")
    return sign + _two_units((minutes + 30) // 60, 24, "d", "h")


def _two_units(amount: int, size: int, large: str, small: str) -> str:
    whole, rest = divmod(amount, size)
    if not whole:
        return f"{rest} {small}"
    return f"{whole} {large} {rest} {small}" if rest else f"{whole} {large}"


def _key(incident: str) -> str:
    return f"incident {incident.casefold()}"


def _incidents(record: Postmortem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.header.incidents))


def _anchors_of_each(record: Postmortem) -> list[dict[str, TimelineEvent]]:
    """Give the anchors of each incident of a record."""
    return [_anchors(record, incident) for incident in _incidents(record) or (None,)]


def _figures(anchors: Mapping[str, TimelineEvent], shown: str | None, key: str) -> IncidentFigures:
    found = [figure for kind in FIGURES if (figure := _figure(kind, anchors))]
    figures = tuple(figure for figure in found if figure.duration >= timedelta())
    negative = tuple(figure for figure in found if figure.duration < timedelta())
    return IncidentFigures(shown, anchors, figures, negative, key)


def _figure(kind: FigureKind, anchors: Mapping[str, TimelineEvent]) -> Figure | None:
    """Give a figure, also one below zero; None where one of its ends is missing or has no time that counts."""
    end = anchors.get(kind.end)
    start = next((anchors[mark] for mark in kind.start if mark in anchors), None) if end else None
    if start is None or end is None or not (start.counts and end.counts):
        return None
    if start.at is None or end.at is None:
        return None
    return Figure(kind, end.at - start.at, start.approximate or end.approximate, start, end)


def _anchors(record: Postmortem, incident: str | None) -> dict[str, TimelineEvent]:
    named: dict[str, TimelineEvent] = {}
    common: dict[str, TimelineEvent] = {}
    marked = [event for event in record.timeline.events if event.marks] if record.timeline else []
    if any(event.at is None for event in marked):
        marked.sort(key=lambda event: event.is_placeholder)
    for event in marked:
        for mark in event.marks:
            if mark.name not in ANCHORS:
                continue
            of = mark.incident or event.incident
            if incident is None or of is None:
                common.setdefault(mark.name, event)
            elif of.casefold() == incident.casefold():
                named.setdefault(mark.name, event)
    found = {**common, **named}
    return {mark: found[mark] for mark in ANCHORS if mark in found}


_CUSTOMER_IMPACT = next(kind for kind in FIGURES if kind.id == CUSTOMER_IMPACT)
