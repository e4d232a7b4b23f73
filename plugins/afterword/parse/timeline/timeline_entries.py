"""What a timeline says before it has a calendar: its events and days as written, and what is wrong with how they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Node, RichText
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.markdown.flatten import Flat, flatten
from afterword.parse.source.edits import written_over
from afterword.parse.values.loose_dates import LooseTime
from afterword.parse.values.readers import quoted
from afterword.parse.values.times import YEARS, TimeReading, leading_date
from afterword.parse.values.zones import Zone, ZoneFault

_CLOCK = re.compile(r"\d\s?[:h]\s?\d\d", re.IGNORECASE)
_SAME_YEAR = timedelta(days=120)
_YEAR = re.compile(r"\s*(\d{4})-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class DayLine:
    """A row, item or heading that is only a date: what follows happened on it."""

    day: date


@plain_value()
class WrittenEvent:
    """One event before its time has a place on the calendar.

    `reading` None: no readable time, which has been reported. `day` is a date that the row states beside its clock time. `time` is
    the text that `reading` counts its characters in. `nodes` are all inline nodes that time and text were read from.
    """

    text: RichText
    span: Span
    time: Flat
    time_span: Span
    written: str
    reading: TimeReading | None
    day: date | None = None
    head_zone: Zone | None = None
    columns: tuple[tuple[str, RichText], ...] = ()
    details: tuple[Node, ...] = ()
    nodes: tuple[Node, ...] = ()


@dataclass(slots=True)
class Rows:
    """All that a section's blocks say, in the order of the source."""

    entries: list[WrittenEvent | DayLine] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    first_day: date | None = None
    zone_unread: str = ""
    home: Zone | None = None

    @property
    def has_events(self) -> bool:
        """Tell whether any event was found."""
        return any(isinstance(entry, WrittenEvent) for entry in self.entries)


def bad_time(
    span: Span, text: str, meant: LooseTime | None, near: date | None, *, alone: bool = False
) -> Finding:
    """Report what stands where a time is expected; `meant` says how to write it, `near` is the day that a year was taken from.

    Where the text does not stand `alone`, numbers at its start may be those of a sentence: `1430 requests failed`.
    """
    said = f"{quoted(text)} is not a time" if text else "no time"
    message = f"{said}, expected a form such as 14:02, 2026-03-14 14:02 or 14:02–14:10"
    year = _YEAR.match(text)
    if year and int(year[1]) not in YEARS:
        message = f"the year of {quoted(text)} is not read, expected one from {YEARS[0]} to {YEARS[-1]}"
    day = leading_date(text)
    hint = f"write its time behind the day, as in {day[0]} 14:02" if day else None
    is_clock = meant is not None and ":" in meant.write
    if meant and is_clock:
        hint = f"write {meant.write}"
    sure = is_clock and (alone or _CLOCK.search(text) is not None)
    if meant is not None and meant.day is not None:
        sure = sure and _is_sure(text, meant.day, near)
    edits = written_over(span, text, meant.write) if meant and sure else ()
    return Finding("bad-time", message, span, Nature.UNREADABLE, hint, edits=edits)


def bad_date(span: Span, text: str, meant: date | None, near: date | None) -> Finding:
    """Report what stands where a day is expected; `meant` is the day it can only mean, `near` the one that its year was taken from."""
    message = f"{quoted(text)} is not a date, expected a form such as 2026-03-14"
    hint = f"write {meant}" if meant else None
    colon = ":" if text.rstrip().endswith(":") else ""
    edits = written_over(span, text, f"{meant}{colon}") if meant and _is_sure(text, meant, near) else ()
    return Finding("bad-time", message, span, Nature.UNREADABLE, hint, edits=edits)


def _is_sure(text: str, day: date, near: date | None) -> bool:
    """Tell whether a day's year is written, or is the only one that fits: what follows a December may be of the next."""
    return str(day.year) in text or (near is not None and abs(day - near) <= _SAME_YEAR)


def zone_finding(fault: ZoneFault, text: RichText, lines: Sequence[str]) -> Finding:
    """Report a zone that is not read at its place in a head or heading."""
    flat = flatten(text.nodes, lines)
    start = flat.text.rfind(fault.name)
    span = flat.span(start, start + len(fault.name)) if start >= 0 else text.span
    return fault.finding(span)
