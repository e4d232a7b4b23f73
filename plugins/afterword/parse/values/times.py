"""The times of a timeline as written: dates, clock times, ranges, offsets; nothing is placed on a calendar here."""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache

from afterword.model.value import plain_value
from afterword.parse.values.zones import ABBREVIATIONS, OFFSET, is_meant_as_zone

_SHORT = 24
YEARS = range(1900, 3000)
"""Years that are read: no arithmetic on them leaves the calendar."""

_DATE = r"(?P<date>\d{4}-\d{2}-\d{2})"
_CLOCK = (
    r"(?P<clock>(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?!\d)(?::(?P<second>\d{2})(?!\d)(?:[.,]\d{1,9})?)?(?:\s?(?P<half>[ap]\.?m\b\.?)|(?P<short_half>[ap])\b)?"
    r"|\s?(?P<bare_half>[ap]\.?m\b\.?)))"
)
_STAMP = re.compile(
    rf"(?P<about>[~≈]\s*)?(?:{_DATE}(?P<join>T|,?\s+))?(?P<about2>[~≈]\s*)?{_CLOCK}", re.IGNORECASE
)
_DATE_ONLY = re.compile(rf"(?:[A-Za-z]{{2,9}}\.?,?\s+)?{_DATE}(?:\s*\([A-Za-z]+\))?\s*:?")
_DATE_START = re.compile(rf"{_DATE}(?!\d)")
_SHAPE = re.compile(r"[~≈]?\s*(?:\d{4}-\d{1,2}-\d{1,2}[T ,]+)?\d{1,2}:\d{1,2}(?!\d)")
_JOINT = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b)\s*(?=[~≈\d])", re.IGNORECASE)
_ISO_MINUS = re.compile(r"[-−](?:0\d|1[0-4])(?::?(?:00|15|30|45))?(?![\d:])")
_STAMP_MINUS = re.compile(r"[-−](?:0\d|1[0-2]):(?:00|15|30|45)(?![\d:])")
"""An offset behind a date and a time to the second, `2026-03-14 14:02:31-05:00`: programs write so, and nobody a range."""

_LONG_MINUS = re.compile(r"\s?[-−](?:0\d|1[0-4])(?:00|15|30|45)(?![\w:])")
_PLUS = re.compile(r"\s?\+(?:0?\d|1[0-4])(?::?(?:00|15|30|45))?(?![\w:])")
_PLAIN_PLUS = re.compile(
    r"\+(?:0?\d|1[0-4])(?::?(?:00|15|30|45))?(?![\w:])|\s?\+(?:0\d(?::?(?:00|15|30|45))?|1[0-4]:(?:00|15|30|45))(?![\w:])"
)
"""An offset that an event's own words cannot be: `14:02 +5 pods` and `14:02 +1200 errors` begin with none."""

_ZONE = re.compile(
    rf"\s*(?P<open>[(\[])?(?P<name>{OFFSET}(?![\w:])|(?i:UTC|GMT|Z)\b|[A-Z]{{3}}[0-9][A-Z]{{3}}\b|[A-Za-z][A-Za-z_]+(?:/[A-Za-z0-9_+\-]+)+|[A-Z]{{2,5}}\b)(?(open)[)\]])"
)


@plain_value()
class Stamp:
    """One point of time as written: `date` None where it takes the one above; `offset` and `zone` are texts, empty where not given.

    `half` tells that the clock was written with AM or PM. `start`, `end` are its place in the text, zone left out; `zone_at` is the zone's.
    """

    clock: time
    date: date | None = None
    offset: str = ""
    zone: str = ""
    approximate: bool = False
    half: bool = False
    start: int = 0
    end: int = 0
    clock_at: tuple[int, int] = (0, 0)
    zone_at: tuple[int, int] = (0, 0)


@plain_value()
class TimeReading:
    """A time or a range at the start of a text, and how many characters it takes."""

    start: Stamp
    until: Stamp | None
    length: int


def read_time(text: str, *, whole: bool) -> TimeReading | None:
    """Read the time or range that a text begins with, None where it begins with none that exists.

    `whole`: the text is a cell and must hold nothing else. Otherwise an abbreviation behind the time is taken for a zone only where
    it is known as one, for the event's own words follow.
    """
    if len(text) <= _SHORT:
        return _short_time(text, whole)
    return _read_time(text, whole)


@lru_cache(maxsize=4096)
def _short_time(text: str, whole: bool) -> TimeReading | None:
    """Read a cell once: there are no more than 1,440 minutes in a day, and a dozen of them in each record."""
    return _read_time(text, whole)


def _read_time(text: str, whole: bool) -> TimeReading | None:
    start = _stamp(text, _blanks(text, 0), whole=whole)
    if start is None:
        return None
    first, position = start
    until: Stamp | None = None
    joint = _JOINT.match(text, position)
    if joint:
        second = _stamp(text, joint.end(), whole=whole)
        if second is not None:
            until, position = second
    if whole and text[position:].strip():
        return None
    return TimeReading(first, until, position)


def read_date(text: str) -> date | None:
    """Read a text that is only a date, with or without its weekday."""
    match = _DATE_ONLY.fullmatch(text.strip())
    return _date(match["date"]) if match else None


def is_date_shape(text: str) -> bool:
    """Tell whether a text is only a date, one that exists or not."""
    return bool(_DATE_ONLY.fullmatch(text.strip()))


def leading_date(text: str) -> tuple[date, int] | None:
    """Read the date that a text begins with, and how many characters it takes."""
    blanks = _blanks(text, 0)
    match = _DATE_START.match(text, blanks)
    found = _date(match["date"]) if match else None
    return (found, match.end()) if match and found else None


def looks_like_time(text: str) -> bool:
    """Tell whether a text begins with what is meant as a time, readable or not."""
    return bool(_SHAPE.match(text.lstrip()) or _STAMP.match(text.lstrip()))


def written(clock: time) -> str:
    """Write a clock time in the form that the format asks for."""
    return clock.strftime("%H:%M:%S") if clock.second else clock.strftime("%H:%M")


def _stamp(text: str, position: int, *, whole: bool) -> tuple[Stamp, int] | None:
    match = _STAMP.match(text, position)
    if match is None:
        return None
    clock = _clock(match)
    day = _date(match["date"]) if match["date"] else None
    if clock is None or (match["date"] and day is None):
        return None
    end = match.end()
    offset, zone, zone_at = "", "", (end, end)
    minus = _LONG_MINUS
    if match["join"] in ("T", "t"):
        minus = _ISO_MINUS
    elif day is not None and match["second"] is not None:
        minus = _STAMP_MINUS
    plus = _PLUS if whole or day is not None else _PLAIN_PLUS
    numeric = minus.match(text, end) or _LONG_MINUS.match(text, end) or plus.match(text, end)
    after = end
    if numeric:
        offset, after = numeric.group().strip(), numeric.end()
        zone_at = (after - len(offset), after)
    named = _ZONE.match(text, after)
    if named and _is_zone(named["name"], whole=whole):
        name = named["name"]
        if name.upper() == "Z" or (not offset and name[-1].isdigit() and "/" not in name):
            offset = offset or name
        else:
            zone = name
        if zone_at[0] == zone_at[1]:
            zone_at = named.span("name")
        after = named.end()
    half = bool(_half(match))
    approximate = bool(match["about"] or match["about2"])
    return Stamp(
        clock, day, offset, zone, approximate, half, match.start(), end, match.span("clock"), zone_at
    ), after


def _is_zone(name: str, *, whole: bool) -> bool:
    """Tell a zone from the first word of an event: `API`, in a list, is none, and neither are `CI/CD` and `read/write`."""
    if whole or name == "Z" or name.upper() in ("UTC", "GMT"):
        return True
    if "/" in name:
        return name[0].isupper() and is_meant_as_zone(name)
    return name[-1].isdigit() or name in ABBREVIATIONS


def _half(match: re.Match[str]) -> str:
    """Give the half of the day behind a clock time: `pm`, `p.m.` or, without a blank before it, `p`."""
    return match["half"] or match["short_half"] or match["bare_half"] or ""


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    half = _half(match).lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _blanks(text: str, position: int) -> int:
    return position + len(text[position:]) - len(text[position:].lstrip())
