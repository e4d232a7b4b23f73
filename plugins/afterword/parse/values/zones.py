"""Time zones as authors write them: UTC, offsets and IANA names are read, abbreviations are recognised and refused."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC as UTC_INFO
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache

from afterword.model.finding import Finding, Nature
from afterword.model.span import Span
from afterword.parse.source.edits import written_over
from afterword.parse.source.guesses import nearest
from afterword.parse.values.readers import quoted

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "ACDT": ("Australia/Adelaide",),
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "AEDT": ("Australia/Sydney",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AKDT": ("America/Anchorage",),
    "AKST": ("America/Anchorage",),
    "AST": ("America/Halifax",),
    "AWST": ("Australia/Perth",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "CDT": ("America/Chicago",),
    "CEST": ("Europe/Berlin",),
    "CET": ("Europe/Berlin",),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "CST6CDT": ("America/Chicago",),
    "CT": ("America/Chicago",),
    "EDT": ("America/New_York",),
    "EEST": ("Europe/Athens",),
    "EET": ("Europe/Athens",),
    "EST": ("America/New_York",),
    "EST5EDT": ("America/New_York",),
    "ET": ("America/New_York",),
    "HKT": ("Asia/Hong_Kong",),
    "HST": ("Pacific/Honolulu",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "MDT": ("America/Denver",),
    "MEST": ("Europe/Berlin",),
    "MEZ": ("Europe/Berlin",),
    "MESZ": ("Europe/Berlin",),
    "MSK": ("Europe/Moscow",),
    "MST": ("America/Denver", "America/Phoenix"),
    "MST7MDT": ("America/Denver",),
    "MT": ("America/Denver",),
    "NZDT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "PDT": ("America/Los_Angeles",),
    "PST": ("America/Los_Angeles",),
    "PST8PDT": ("America/Los_Angeles",),
    "PT": ("America/Los_Angeles",),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "WEST": ("Europe/Lisbon",),
    "WET": ("Europe/Lisbon",),
}
"""Abbreviations in use, with zones that may be meant: most belong to several, and none says where summer time begins."""

KEPT_BY_IANA = frozenset(
    {"GMT0", "UCT", "Zulu", "W-SU", "PRC", "ROC", "ROK", "NZ"}
    | {
        "Cuba",
        "Egypt",
        "Eire",
        "GB",
        "Hongkong",
        "Iceland",
        "Iran",
        "Israel",
        "Jamaica",
        "Japan",
        "Kwajalein",
        "Libya",
    }
    | {"Navajo", "Poland", "Portugal", "Singapore", "Turkey", "Universal", "Greenwich"}
)
"""Names without a `/` that the IANA list keeps from older times, beside those of `ABBREVIATIONS`: none is read."""

_OTHER_NAMES_OF_UTC = frozenset(
    {"uct", "zulu", "universal", "greenwich", "gmt0", "utc time", "coordinated universal time"}
)

OFFSET = r"(?:UTC|GMT)[+\-−](?:0?\d|1[0-4])(?::?(?:00|15|30|45))?"
_OFFSET = re.compile(
    r"(?P<base>UTC|GMT)?(?P<sign>[+\-−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?", re.IGNORECASE
)
_IANA = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)+")
_CAPITALS = re.compile(r"[A-Z]{2,5}")
_WORD = re.compile(r"[^\s,;()\[\]]+")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone under the name that is shown: `UTC`, `UTC+02:00` or an IANA name."""

    name: str
    info: tzinfo


@dataclass(frozen=True, slots=True)
class ZoneFault:
    """A text that stands where a zone is expected and is none: what is wrong, and a way out."""

    name: str
    rule: str
    message: str
    hint: str

    def finding(self, span: Span) -> Finding:
        """Report the fault at its place."""
        nature = Nature.WARNING if self.rule == "zone-abbreviation" else Nature.UNREADABLE
        edits = written_over(span, self.name, UTC.name) if is_utc(self.name) else ()
        return Finding(self.rule, self.message, span, nature, self.hint, edits=edits)


UTC = Zone("UTC", UTC_INFO)


def read_zone(text: str) -> Zone | None:
    """Give the zone that a whole text names, None where it names none that is read."""
    text = text.strip()
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    offset = _OFFSET.fullmatch(text)
    if offset:
        return _fixed(offset)
    if _IANA.fullmatch(text):
        name = _names().get(text.lower())
        return Zone(name, zoneinfo.ZoneInfo(name)) if name else None
    return None


def is_utc(name: str) -> bool:
    """Tell whether a name that is not read can only mean UTC."""
    return name.casefold() in _OTHER_NAMES_OF_UTC


def find_zone(text: str, home: Zone | None = None) -> Zone | ZoneFault | None:
    """Give the first zone named in a note such as `all times UTC`, or what stands in its place.

    A single word of two to five capitals is taken for an abbreviation; among other words only a known one is. `home` is the zone that
    holds otherwise: a fault proposes it where it has the abbreviation.
    """
    words = list(_WORD.finditer(text))
    for word in words:
        zone = read_zone(word.group().rstrip(".:"))
        if zone:
            return zone
    for word in words:
        name = word.group().rstrip(".:")
        if name in ABBREVIATIONS or is_meant_as_zone(name):
            return zone_fault(name, home)
        if len(words) == 1 and (_CAPITALS.fullmatch(name) or name in KEPT_BY_IANA):
            return zone_fault(name, home)
    return None


def zone_fault(name: str, home: Zone | None) -> ZoneFault:
    """Say why a text is not read as a zone, and what to write instead: `home`, the zone that holds otherwise, where it may be meant."""
    if "/" in name:
        close = nearest(name.lower(), _names())
        hint = (
            f"did you mean '{_names()[close]}'?"
            if close
            else "write UTC, an offset such as +02:00, or a name such as Europe/Berlin"
        )
        return ZoneFault(name, "bad-timezone", f"{quoted(name)} is not a time zone of the IANA list", hint)
    message = f"{quoted(name)} may mean several zones and is not read, expected UTC, an offset such as +02:00 or a name such as Europe/Berlin"
    return ZoneFault(name, "zone-abbreviation", message, abbreviation_hint(name, home))


def abbreviation_hint(name: str, home: Zone | None) -> str:
    """Say what to write in the place of an abbreviation: `home` where that is what its clocks show in winter or summer."""
    if is_utc(name):
        return f"write {UTC.name}"
    meant = ABBREVIATIONS.get(name.upper(), ())
    if home is not None and "/" in home.name and (home.name in meant or name.upper() in _clock_names(home)):
        return f"write {home.name}, the zone that holds here otherwise"
    return f"write the zone's name, such as {' or '.join(meant) or 'Europe/Berlin'}"


def _clock_names(zone: Zone) -> set[str | None]:
    return {datetime(2026, month, 1, tzinfo=zone.info).tzname() for month in (1, 7)}


def is_meant_as_zone(name: str) -> bool:
    """Tell whether a word with a `/` is an IANA name, or meant as one: `Europe/Berln` and `EST/EDT` are, `TCP/IP` and `US/EU` are not."""
    if not _IANA.fullmatch(name):
        return False
    if name.lower() in _names():
        return True
    first, *_, last = name.split("/")
    if first in ABBREVIATIONS:
        return last in ABBREVIATIONS
    return first.lower() in _areas() and last.lower() not in _areas() and not last.isupper()


def _fixed(offset: re.Match[str]) -> Zone | None:
    hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return None
    sign = "+" if offset["sign"] == "+" else "-"
    delta = timedelta(hours=hours, minutes=minutes)
    if not delta:
        return UTC
    return Zone(f"UTC{sign}{hours:02}:{minutes:02}", timezone(delta if sign == "+" else -delta))


def zone_names() -> tuple[str, ...]:
    """Give the names that are read: `UTC`, then those of the IANA list that have a `/`, sorted."""
    return (UTC.name, *_names().values())


@cache
def _areas() -> frozenset[str]:
    return frozenset(name.partition("/")[0] for name in _names())


@cache
def _names() -> dict[str, str]:
    """Give the IANA names with a `/`, by their lower case: file systems differ in whether they heed it."""
    return {name.lower(): name for name in sorted(zoneinfo.available_timezones()) if "/" in name}
