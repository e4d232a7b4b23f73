"""Days and times in other notations than the format's: they are not read, but a finding can say how to write them."""

from __future__ import annotations

import re
from datetime import date

from afterword.model.value import plain_value
from afterword.parse.values.times import YEARS, read_time
from afterword.parse.values.times import written as in_24_hours

_LONGEST = 60
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,?\s+(?P<year{0}>\d{{4}})(?![:\d]))?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*)?"
_LOOSE_DATE = re.compile(
    rf"\s*{_WEEKDAY}(?:"
    rf"{_MONTH.format(1)}\s+{_DAY.format(1)}{_YEAR.format(1)}"
    rf"|{_DAY.format(2)}\s+{_MONTH.format(2)}{_YEAR.format(2)}"
    r"|(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<mark2>[-/.])(?P<second>\d{1,2})(?P=mark2)(?P<last>\d{4})"
    r")(?![\w/])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:\s*[,:–—-])?\s*(?:at\s+)?", re.IGNORECASE)
_LOOSE_CLOCK = re.compile(
    rf"[\[(]?\s*{_WEEKDAY}(?P<about>(?:[~≈]|(?:approx(?:imately)?|about|around|roughly|circa|ca?)\b\.?)\s*)?"
    r"(?P<hour>[01]?\d|2[0-3])\s?(?:[:.h]|(?=\d\d\b))\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d|:\d)"
    r"(?P<doubt>\s?\?)?(?:\s?(?:hrs?|hours|h|uhr|o'clock)\b\.?)?(?P<half>\s?[ap]\.?m\b\.?)?(?P<rest>[^\])]{0,30})[\])]?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d))?(Z?)")
_JOINT = re.compile(r"\s*(?:→|->|=>|…|\.{2,3}|\b(?:bis|until|till|through)\b)\s*", re.IGNORECASE)


@plain_value()
class LooseTime:
    """What a text that is no time can only mean: how to write it, the day it names, and how many characters it takes."""

    write: str
    day: date | None
    length: int


def loose_day(text: str, near: date | None = None) -> date | None:
    """Give the day that a whole text in another notation can only mean; `near` gives the year where none is written."""
    found = _LOOSE_DATE.fullmatch(text.strip().rstrip(":")) if len(text) <= _LONGEST else None
    return _day(found, near) if found else None


def loose_time(text: str, near: date | None, *, whole: bool) -> LooseTime | None:
    """Give what a text means that is, or (where not `whole`) begins with, a time in another notation, None where that is not plain."""
    if whole and len(text) > _LONGEST:
        return None
    text = text[:_LONGEST]
    compact = _COMPACT.match(text.strip())
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        stamp = f"{year}-{month}-{day} {hour}:{minute}{':' + second if second else ''}{zone}"
        return _checked(stamp, None, compact.end())
    found = _LOOSE_DATE.match(text)
    named = _day(found, near) if found else None
    if found and named is None:
        return None
    between = _BETWEEN.match(text, found.end()) if found else None
    start = between.end() if between else 0
    clock = _LOOSE_CLOCK.match(text, start)
    if clock is None:
        return LooseTime(named.isoformat(), named, found.end()) if found and named else None
    rest = clock["rest"] if whole else ""
    approximate = "~" if clock["about"] or clock["doubt"] else ""
    written = f"{int(clock['hour']):02}:{clock['minute']}{':' + clock['second'] if clock['second'] else ''}"
    half = clock["half"] or ""
    stamp = f"{named.isoformat() + ' ' if named else ''}{approximate}{written}{half}{_JOINT.sub('–', rest).rstrip()}"
    end = clock.start("rest")
    end += text.startswith(("]", ")"), end)
    return _checked(stamp, named, len(text) if whole else end)


def _checked(stamp: str, named: date | None, length: int) -> LooseTime | None:
    """Give what was meant, its clock times in 24 hours; None where one end of a range alone is said to be of the afternoon."""
    reading = read_time(stamp, whole=True)
    if reading is None or (reading.until and reading.until.half != reading.start.half):
        return None
    for each in (reading.until, reading.start):
        if each and each.half:
            begin, end = each.clock_at
            stamp = f"{stamp[:begin]}{in_24_hours(each.clock)}{stamp[end:]}"
    return LooseTime(stamp, named, length)


def _day(found: re.Match[str], near: date | None) -> date | None:
    if found["y"]:
        parts = (int(found["y"]), int(found["m"]), int(found["d"]))
    elif found["last"]:
        first, second = int(found["first"]), int(found["second"])
        if first <= 12 and second <= 12 and first != second and found["mark2"] != ".":
            return None
        parts = (int(found["last"]), second, first) if second <= 12 else (int(found["last"]), first, second)
    else:
        which = "1" if found["month1"] else "2"
        year = found[f"year{which}"]
        if not year and near is None:
            return None
        month = _MONTHS.index(found[f"month{which}"][:3].lower()) + 1
        parts = (int(year) if year else near.year if near else 0, month, int(found[f"day{which}"]))
    try:
        day = date(*parts)
    except ValueError:
        return None
    return day if day.year in YEARS else None
