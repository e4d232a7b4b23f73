"""The written times of a timeline as moments: dates carried from row to row, zones chosen, clock changes resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from afterword.model.finding import Finding, Nature
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.timeline.timeline_entries import DayLine, WrittenEvent
from afterword.parse.values.times import YEARS, Stamp, written
from afterword.parse.values.zones import UTC, Zone, read_zone, zone_fault

NEXT_DAY = timedelta(hours=12)
"""A time that is so much earlier than the one above, and states no date, is of the next day."""

MAX_UNREAD_ZONES = 100
"""Each zone that is not read is reported once; more of them are no zones at all."""


@plain_value()
class Placed:
    """An event with its moments in UTC, None where they could not be read; `levels` are its zones in order of precedence.

    `day` is the one that the event is told of where its moment is not known.
    """

    source: WrittenEvent
    at: datetime | None = None
    until: datetime | None = None
    counts: bool = True
    levels: tuple[Zone | None, ...] = ()
    clock_written: str = ""
    day: date | None = None

    @property
    def zone(self) -> Zone | None:
        """Give the zone in force: the first that is stated."""
        return next((zone for zone in self.levels if zone is not None), None)


def shown_zone(events: Sequence[Placed], defaults: Sequence[Zone | None]) -> Zone | None:
    """Give the first of the sources of zones that all events share, else UTC, None where there is no zone at all."""
    readable = [event.levels for event in events if event.levels]
    if not readable:
        return next((zone for zone in defaults if zone is not None), None)
    for source in range(len(readable[0])):
        level = [levels[source] for levels in readable]
        first = level[0]
        if first is not None and all(zone is not None and zone.name == first.name for zone in level):
            return first
    return UTC if any(event.zone for event in events) else None


@dataclass(slots=True)
class Calendar:
    """Places events one after the other; `defaults` are the zones of the section's heading, the header and the archive."""

    first_day: date | None
    defaults: tuple[Zone | None, ...]
    findings: list[Finding] = field(default_factory=list)
    _stated: date | None = None
    _above: datetime | None = None
    _above_written: str = ""
    _above_unread: str = ""
    _refused: set[str] = field(default_factory=set)
    _missing_said: bool = False

    def place(
        self, entries: Sequence[WrittenEvent | DayLine], placeholders: Collection[int] = ()
    ) -> list[Placed]:
        """Give all events in their order with the moments that could be read.

        `placeholders` are the positions of entries that hold the place of an event: a template's time is no moment, and no other is compared
        with it.
        """
        placed: list[Placed] = []
        for position, entry in enumerate(entries):
            if isinstance(entry, DayLine):
                self._stated = entry.day
            else:
                placed.append(self._event(entry, position in placeholders))
        return placed

    def _event(self, event: WrittenEvent, is_placeholder: bool) -> Placed:
        self._stated = event.day or self._stated
        if event.reading is None:
            return Placed(event, day=self._stated)
        start, until = event.reading.start, event.reading.until
        both = until is None or start.half == until.half
        if start.half:
            self._twelve_hours(event, start, sure=both)
        levels = self._levels(event, start)
        if until is not None:
            self._twelve_hours(event, until, sure=both)
            end_levels = self._levels(event, until)
            if levels[:2] == (None, None):
                levels = (*end_levels[:2], *levels[2:])
        bare = Placed(event, levels=levels, clock_written=_clock_written(event, start, until))
        own = bare.zone
        if own is None and not self._missing_said:
            self._missing_said = True
            self.findings.append(_zone_missing(event.time_span))
        if is_placeholder:
            self._stated = start.date or self._stated
            return replace(bare, day=self._stated)
        zone = own or UTC
        stated = start.date or self._stated
        day = stated or (self._above.astimezone(zone.info).date() if self._above else self.first_day)
        if day is None or day.year not in YEARS:
            return bare
        self._stated = None
        moment, note = _resolve(day, start.clock, zone, self._above)
        if stated is None and self._above is not None and self._above - moment >= NEXT_DAY:
            day += timedelta(days=1)
            moment, note = _resolve(day, start.clock, zone, self._above)
        self._clock_change(event, start, day, moment, zone, note)
        # Compared with the row above, whether that counts or not: one wrong time is one finding, not one for each row below it.
        # Nor is a time whose zone is not read compared with one of another: that it is wrong is said already.
        unread = start.zone if start.zone and read_zone(start.zone) is None else ""
        counts = self._above is None or moment >= self._above or unread != self._above_unread
        if self._above is not None and not counts:
            self.findings.append(_backwards(event, moment, self._above, self._above_written, zone))
        self._above, self._above_written, self._above_unread = moment, event.written, unread
        end = self._end(event, moment, until, zone) if until is not None else None
        if own is None:
            return Placed(event, None, None, counts, levels, bare.clock_written, day)
        return Placed(event, moment, end, counts, levels, bare.clock_written)

    def _end(self, event: WrittenEvent, start: datetime, until: Stamp, zone: Zone) -> datetime | None:
        """Place the end of a range: on the stated date, else on the start's day or the next."""
        own = next((each for each in self._levels(event, until)[:2] if each is not None), None)
        zone = own or zone
        day = until.date or start.astimezone(zone.info).date()
        moment, note = _resolve(day, until.clock, zone, start)
        if moment < start and until.date is None:
            day += timedelta(days=1)
            moment, note = _resolve(day, until.clock, zone, start)
        self._clock_change(event, until, day, moment, zone, note)
        if moment < start:
            message = "range ends before it starts, the end is not read"
            self.findings.append(Finding("time-backwards", message, event.time_span, Nature.WARNING))
            return None
        return moment

    def _levels(self, event: WrittenEvent, stamp: Stamp) -> tuple[Zone | None, ...]:
        offset = read_zone(stamp.offset) if stamp.offset else None
        cell = read_zone(stamp.zone) if stamp.zone else None
        is_new = stamp.zone not in self._refused and len(self._refused) < MAX_UNREAD_ZONES
        if stamp.zone and cell is None and is_new:
            self._refused.add(stamp.zone)
            home = next((zone for zone in self.defaults if zone is not None), None)
            self.findings.append(zone_fault(stamp.zone, home).finding(event.time.span(*stamp.zone_at)))
        return (offset, cell, event.head_zone, *self.defaults)

    def _twelve_hours(self, event: WrittenEvent, stamp: Stamp, *, sure: bool) -> None:
        """Report a time with AM or PM; not `sure` where the other end of its range has neither, and may mean the same half of the day."""
        if stamp.half:
            span = event.time.span(*stamp.clock_at)
            clock = written(stamp.clock)
            said = event.time.text[slice(*stamp.clock_at)]
            message = f"'{said}' is a twelve-hour time, expected '{clock}'"
            edits = event.time.written_over(*stamp.clock_at, clock) if sure else ()
            self.findings.append(
                Finding("twelve-hour-time", message, span, Nature.WARNING, f"write {clock}", edits=edits)
            )

    def _clock_change(
        self, event: WrittenEvent, stamp: Stamp, day: date, moment: datetime, zone: Zone, note: str
    ) -> None:
        if not note:
            return
        clock = written(stamp.clock)
        local = moment.astimezone(zone.info)
        offset = _offset(local)
        if note == "skipped":
            message = f"{clock} does not exist on {day} in {zone.name}, it is read as {written(local.time())}"
            hint = "write the time that the clocks showed"
        else:
            message = f"{clock} comes twice on {day} in {zone.name}, it is read as the {note}, {offset}"
            hint = f"write the offset, such as {day} {clock}{offset}"
        self.findings.append(
            Finding("dst-time", message, event.time.span(*stamp.clock_at), Nature.HINT, hint)
        )


def _resolve(day: date, clock: time, zone: Zone, floor: datetime | None) -> tuple[datetime, str]:
    """Give the moment of a local time, and `first`, `second` or `skipped` where the clocks were changed around it."""
    local = datetime.combine(day, clock, tzinfo=zone.info)
    if zone.info is dt.UTC:
        return local, ""
    first = local.astimezone(dt.UTC)
    second = local.replace(fold=1).astimezone(dt.UTC)
    if first == second:
        return first, ""
    if first.astimezone(zone.info).replace(tzinfo=None) != local.replace(tzinfo=None):
        return first, "skipped"
    if floor is not None and first < floor <= second:
        return second, "second"
    return first, "first"


def _clock_written(event: WrittenEvent, start: Stamp, until: Stamp | None) -> str:
    """Give the clock time with its zone as written where a zone is not read: readers must not take it for one in another zone."""
    if not start.zone and until is None:
        return ""
    zones = (start.zone, until.zone if until else "")
    if event.reading is None or all(not zone or read_zone(zone) for zone in zones):
        return ""
    return event.time.text[start.clock_at[0] : event.reading.length].strip()


def _offset(local: datetime) -> str:
    text = local.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def _zone_missing(span: Span) -> Finding:
    message = "time has no zone, expected one in the column's head, the section's heading or `timezone`"
    hint = "write Time (UTC) as the column's head, or `timezone: Europe/Berlin` in the front matter"
    return Finding("zone-missing", message, span, Nature.UNREADABLE, hint)


def _backwards(event: WrittenEvent, moment: datetime, above: datetime, said: str, zone: Zone) -> Finding:
    local, before = moment.astimezone(zone.info), above.astimezone(zone.info)
    seconds = (
        ":%S"
        if (local.second or before.second) and local.replace(second=0) == before.replace(second=0)
        else ""
    )
    form = "%H:%M" + seconds if local.date() == before.date() else "%Y-%m-%d %H:%M" + seconds
    read = "" if local.strftime(form) in event.written else f" (read as {local.strftime(form)})"
    behind = f"'{said}'"
    if before.strftime("%H:%M") not in said:
        # Written in another zone: the two can only be compared in one.
        behind += f" ({before.strftime(form)} in {zone.name})"
    message = (
        f"'{event.written}'{read} runs backwards: it is before {behind} above it, and counts in no figure"
    )
    hint = "correct the one of the two times that is wrong, put the row where it belongs, or write its date"
    return Finding("time-backwards", message, event.time_span, Nature.WARNING, hint)
