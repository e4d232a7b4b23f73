"""Readers of single values: days, moments, zones, durations, numbers, addresses, ids."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from urllib.parse import urlsplit

from afterword.model.settings import Settings
from afterword.parse.source.edits import only_near
from afterword.parse.values.identity import is_id
from afterword.parse.values.loose_dates import loose_day, loose_time
from afterword.parse.values.readers import Read, Reader, of_text, quoted, suggestion, wrong
from afterword.parse.values.times import read_time, written
from afterword.parse.values.yaml_nodes import YamlNode
from afterword.parse.values.zones import ABBREVIATIONS, UTC, abbreviation_hint, is_utc, read_zone, zone_names

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
"""Years outside are slips of the pen, and arithmetic on days near the calendar's ends would overflow."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DATE = re.compile(r"([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})(?!.*(?<![+-])[0-9]{4})([T ].*)?")
_MIDNIGHT = re.compile(r"[T ]+00?:00(?::00(?:\.0+)?)?[ ]*(?:Z|UTC|\+00:?00)?")
_DATETIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?[ ]*(.*)"
)
_DURATION_PART = re.compile(
    r"[ ]*([0-9]{1,6}(?:\.[0-9]{1,3})?)[ ]*"
    r"(weeks|week|w|days|day|d|hours|hour|hrs|hr|h|minutes|minute|mins|min|m|seconds|second|secs|sec|s)(?![a-z])[ ,]*",
    re.IGNORECASE,
)
_DURATION = re.compile(rf"(?:{_DURATION_PART.pattern})+", re.IGNORECASE)
_DURATION_JOINT = re.compile(r"\s+and\s+|\s*&\s*|\.(?![0-9])", re.IGNORECASE)
_ISO_AMOUNT = r"([0-9]{1,6}(?:[.,][0-9]{1,9})?)"
_ISO_DURATION = re.compile(
    rf"P(?:{_ISO_AMOUNT}W)?(?:{_ISO_AMOUNT}D)?(?:T(?=[0-9])(?:{_ISO_AMOUNT}H)?(?:{_ISO_AMOUNT}M)?(?:{_ISO_AMOUNT}S)?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:[,_ ][0-9]{3}){1,4})(?:\.[0-9]{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""BCP 47 would have a language of four to eight letters, and there is none: `english` is no tag, and no rule of language would run."""
_INCIDENT = re.compile(r"[^\s\[\]<>|,`\"']{1,64}")
_SITE_FILES = ("html", "xml", "gz")
"""Extensions of what a site holds beside attachments."""
MAX_ALIAS = 250
"""Bytes of an alias: file systems hold hardly more in one name."""
_ALIAS_PATH = re.compile(r"[^\\:\x00-\x1f<>\"|?*#]+\.md")
_UNIT_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")


def _date(
    text: str, node: YamlNode, name: str, settings: Settings, named: dt.date | None = None
) -> Read[dt.date]:
    found = _DATE.fullmatch(text)
    if found is None:
        days = loose_days(text)
        settled = named in days and len(days) > 1
        message = f"{name} {quoted(text)} is no date, expected YYYY-MM-DD"
        if len(days) != 1 and not settled:
            hint = " or ".join(f"{day}" for day in days)
            return wrong(
                node, "bad-date", message, f"write {hint}, as it is meant" if hint else "such as 2026-03-14"
            )
        write = str(named if settled else days[0])
        hint = f"write {write}{', as the name of the file has it' if settled else ''}"
        return wrong(node, "bad-date", message, hint, write if _is_day_alone(text) else None)
    day = _day(*(int(part) for part in found.groups()))
    if day is None:
        return wrong(
            node, "bad-date", f"{name} {quoted(text)} is no day of the calendar, expected YYYY-MM-DD"
        )
    return Read(day)


def _is_day_alone(text: str) -> bool:
    """Tell whether a text in another notation says no more than a day, so that nothing is lost with it."""
    found = _LOOSE_DATE.fullmatch(text)
    behind = found.group(4) if found else None
    return not behind or _MIDNIGHT.fullmatch(behind) is not None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def loose_days(text: str) -> tuple[dt.date, ...]:
    """Give the days that a text in another notation may mean: of two, the first has the day before the month."""
    if len(text) > 40:
        return ()
    found = _LOOSE_DATE.fullmatch(text)
    if found is None:
        for pattern in ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y"):
            try:
                return (dt.datetime.strptime(text, pattern).date(),)
            except ValueError:
                continue
        return ()
    first, second, third = (int(part) for part in found.groups()[:3])
    if len(found.group(1)) == 4:
        meant = [_day(first, second, third)]
    elif len(found.group(3)) != 4:
        return ()
    else:
        # Nobody who writes dots has the month first.
        dotted = text[found.end(1)] == "."
        day_first = _day(third, second, first)
        meant = [day_first, None if dotted and day_first else _day(third, first, second)]
    return tuple(dict.fromkeys(day for day in meant if day is not None))


def _moment(text: str, node: YamlNode, name: str, settings: Settings) -> Read[dt.datetime]:
    example = "such as 2026-03-14T16:40Z or 2026-03-14 17:40 Europe/Berlin"
    found = _DATETIME.fullmatch(text)
    if found is None:
        message = f"{name} {quoted(text)} is no time with a zone, expected YYYY-MM-DD hh:mm and a zone"
        write = _loose_moment(text)
        named = dt.date.fromisoformat(text) if _is_day(text) else loose_day(text)
        if write is None and named is not None:
            return wrong(
                node,
                "bad-datetime",
                message,
                f"write {named} with time and zone, {example}".replace("2026-03-14", str(named)),
            )
        return wrong(node, "bad-datetime", message, f"write {write}" if write else example, write)
    day, hour, minute, second, zone_text = found.groups()
    zone = read_zone(zone_text)
    if zone is None:
        what = f"the zone {quoted(zone_text)} is not known" if zone_text.strip() else "no zone is given"
        message = f"{name} {quoted(text)}: {what}, expected Z, an offset such as +01:00, or an IANA name"
        home = read_zone(settings.timezone or "")
        hint = abbreviation_hint(zone_text, home) if zone_text.upper() in ABBREVIATIONS else example
        return wrong(node, "bad-datetime", message, hint)
    try:
        date = dt.date.fromisoformat(day)
        moment = dt.datetime.combine(date, dt.time(int(hour), int(minute), int(second or 0)), zone.info)
    except ValueError:
        date = dt.date.min
    if not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
        return wrong(node, "bad-datetime", f"{name} {quoted(text)} is no moment of the calendar", example)
    return Read(moment)


def _is_day(text: str) -> bool:
    found = _DATE.fullmatch(text)
    return found is not None and _day(*(int(part) for part in found.groups())) is not None


def _loose_moment(text: str) -> str | None:
    """Give a moment as the format has it that is in another notation, with its zone; None where that is not plain."""
    reading = read_time(text, whole=True)
    if reading is None and (meant := loose_time(text, None, whole=True)):
        reading = read_time(meant.write, whole=True)
    if reading is None or reading.until or reading.start.date is None or reading.start.approximate:
        return None
    start = reading.start
    zone = read_zone(start.offset or start.zone)
    if zone is None:
        return None
    return (
        f"{start.date} {written(start.clock)} {zone.name}"
        if zone is not UTC
        else f"{start.date} {written(start.clock)}Z"
    )


def _zone(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    zone = read_zone(text)
    if zone is not None and (zone is UTC or "/" in zone.name):
        return Read(zone.name)
    if text.upper() in ABBREVIATIONS:
        message = f"{name} {quoted(text)} may mean several zones and is not read, expected UTC or a name such as Europe/Berlin"
        hint = abbreviation_hint(text, read_zone(settings.timezone or ""))
        return wrong(node, "bad-timezone", message, hint)
    last = {zone.rpartition("/")[2]: zone for zone in reversed(zone_names())}
    near = (
        f" (did you mean '{UTC.name}'?)"
        if is_utc(text)
        else suggestion(text, zone_names(), 0.8) or suggestion(text, last, 0.8)
    )
    message = f"{name} {quoted(text)} is not read as a time zone, expected UTC or a name such as Europe/Berlin{near}"
    same = only_near(text, (each for each in zone_names() if "/" in each)) if "/" in text else None
    return wrong(node, "bad-timezone", message, write=UTC.name if is_utc(text) else same)


def _duration(text: str, node: YamlNode, name: str, settings: Settings) -> Read[dt.timedelta]:
    iso = _ISO_DURATION.fullmatch(text)
    seconds = 0.0
    if iso is not None and any(iso.groups()):
        amounts = (float((amount or "0").replace(",", ".")) for amount in iso.groups())
        seconds = sum(amount * unit for amount, unit in zip(amounts, _UNIT_SECONDS.values(), strict=True))
    else:
        position = 0
        while position < len(text):
            part = _DURATION_PART.match(text, position)
            if part is None:
                message = f"{name} {quoted(text)} is no duration, expected such as 1h 22m or PT1H22M"
                hint = f"write {text}m if minutes are meant" if _is_digits(text) else None
                joined = " ".join(_DURATION_JOINT.sub(" ", text).split())
                write = joined if joined != text and _DURATION.fullmatch(joined) else None
                return wrong(node, "bad-duration", message, f"write {write}" if write else hint, write)
            seconds += float(part.group(1)) * _UNIT_SECONDS[part.group(2)[0].lower()]
            position = part.end()
    if seconds > 10_000 * 86400:
        return wrong(node, "bad-duration", f"{name} {quoted(text)} is longer than 10,000 days")
    return Read(dt.timedelta(seconds=round(seconds)))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _number(text: str, node: YamlNode, name: str, settings: Settings) -> Read[float]:
    if not _NUMBER.fullmatch(text):
        return wrong(node, "wrong-type", f"{name} {quoted(text)} is no number, expected such as 1200 or 12.5")
    return Read(float(re.sub("[,_ ]", "", text)))


def _count(text: str, node: YamlNode, name: str, settings: Settings) -> Read[int]:
    if not _NUMBER.fullmatch(text) or "." in text or text.startswith("-"):
        return wrong(node, "wrong-type", f"{name} {quoted(text)} is no count, expected a whole number")
    return Read(int(re.sub("[,_ ]", "", text)))


def _percent(text: str, node: YamlNode, name: str, settings: Settings) -> Read[float]:
    bare = text.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(bare) or bare.startswith("-"):
        return wrong(node, "wrong-type", f"{name} {quoted(text)} is no percentage, expected such as 12.5 %")
    return Read(float(re.sub("[,_ ]", "", bare)))


def _boolean(text: str, node: YamlNode, name: str, settings: Settings) -> Read[bool]:
    word = text.casefold()
    if word in _YES or word in _NO:
        return Read(word in _YES)
    return wrong(node, "wrong-type", f"{name} {quoted(text)} is neither true nor false")


def _language(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if _LANGUAGE.fullmatch(text) and len(text) <= 35:
        return Read(text)
    tag = text.replace("_", "-")
    hint = f"write {tag}" if _LANGUAGE.fullmatch(tag) else None
    return wrong(
        node,
        "bad-language",
        f"{name} {quoted(text)} is no language tag, expected such as en or pt-BR",
        hint,
        tag if hint else None,
    )


def _url(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if good and not re.search(r"[\s<>\"\\^`{|}]", text):
        return Read(text)
    return wrong(node, "bad-url", f"{name} {quoted(text)} is no web address, expected https://…")


def _currency(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if _CURRENCY.fullmatch(text.upper()) and text.isascii():
        return Read(text.upper())
    return wrong(node, "wrong-type", f"{name} {quoted(text)} is no currency, expected a code such as EUR")


def _incident(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if _INCIDENT.fullmatch(text):
        return Read(text)
    return wrong(node, "bad-id", f"{name} {quoted(text)} is no incident id, expected such as INC-142")


def _record_id(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if is_id(text):
        return Read(text)
    stem = text.rpartition("/")[2].removesuffix(".md").lower()
    hint = f"write {stem}" if is_id(stem) else None
    message = f"{name} {quoted(text)} is no record id, expected YYYY-MM-DD-slug"
    return wrong(node, "bad-id", message, hint, stem if hint else None)


def _alias(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if is_id(text):
        return Read(text)
    if text.startswith("/") or ".." in text.split("/") or not _ALIAS_PATH.fullmatch(text):
        message = f"{name} {quoted(text)} is neither a record id nor a relative .md path below the archive"
        return wrong(node, "bad-id", message)
    if len(text.encode("utf-8", "replace")) > MAX_ALIAS:
        return wrong(node, "bad-id", f"{name} {quoted(text)} has more than {MAX_ALIAS} bytes")
    for part in text.removesuffix(".md").split("/"):
        # A redirect is a folder: in the place of a file it would stop the build.
        _, dot, extension = part.rpartition(".")
        if dot and extension.lower() in (*_SITE_FILES, *settings.attachment_types):
            message = f"{name} {quoted(text)} is no former page, '{part}' is the name of another kind of file"
            return wrong(node, "bad-id", message)
    return Read(text)


date: Reader[dt.date] = of_text("a date", _date)


def date_of_file(named: dt.date) -> Reader[dt.date]:
    """Make a reader of the day that the file's name has, too: of two that a text may mean, it is that one."""
    return of_text("a date", partial(_date, named=named))


moment: Reader[dt.datetime] = of_text("a time with a zone", _moment)
zone: Reader[str] = of_text("a time zone", _zone)
duration: Reader[dt.timedelta] = of_text("a duration", _duration)
number: Reader[float] = of_text("a number", _number)
count: Reader[int] = of_text("a whole number", _count)
percent: Reader[float] = of_text("a percentage", _percent)
boolean: Reader[bool] = of_text("true or false", _boolean)
language: Reader[str] = of_text("a language tag", _language)
url: Reader[str] = of_text("a web address", _url)
currency: Reader[str] = of_text("a currency code", _currency)
incident: Reader[str] = of_text("an incident id", _incident)
record_id: Reader[str] = of_text("a record id", _record_id)
alias: Reader[str] = of_text("a record id or path", _alias)
