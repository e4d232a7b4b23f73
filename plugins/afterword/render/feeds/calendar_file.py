"""Calendars as programs read them: iCalendar (RFC 5545).

Written here rather than by a package: a calendar holds all that is owed in an archive, and every package that was tried takes a millisecond or more for an
event (docs/decisions/0013-feeds.md). Readers that are not ours judge it in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from afterword.model.value import plain_value
from afterword.parse.source.text import is_visible, visible

LONGEST_LINE = 75
"""Octets of a line, its end left out (RFC 5545, section 3.1)."""

_LINE_END = re.compile(r"\r\n?|[\n\u2028\u2029\x85]")
_ODD_ENDS = ("\r", "\x85", "\u2028", "\u2029")
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Afterword//Afterword//EN", "CALSCALE:GREGORIAN")
_REFRESH = ("REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H")
_NO_EVENT = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""What stands in a calendar without events: one has to hold something (RFC 5545, section 3.6), and a zone shows nothing."""


@plain_value()
class CalendarEvent:
    """Something of a whole day; it stays the same event for as long as its `uid` does.

    `revision` rises with each change, `changed` is when the last was made. `url` is a whole URL or empty.
    """

    uid: str
    day: date
    summary: str
    description: str
    category: str
    changed: datetime
    revision: int = 0
    url: str = ""


def calendar_file(name: str, about: str, events: Iterable[bytes]) -> bytes:
    """Give a calendar of events, which `event_lines` has written; `about` says what is in it."""
    head = (
        *_HEAD,
        *_REFRESH,
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"DESCRIPTION:{_text(about)}",
        f"X-WR-CALDESC:{_text(about)}",
    )
    content = b"".join(events) or _folded(_NO_EVENT)
    return _folded(head) + content + _folded(("END:VCALENDAR",))


def event_lines(event: CalendarEvent) -> bytes:
    """Write an event; it takes nobody's time (TRANSP), and rings no alarm: whoever wants one sets it for the calendar."""
    changed = _moment(event.changed)
    end = _day(event.day + timedelta(days=1)) if event.day < date.max else ""
    times = (
        f"DTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{event.revision}\r\n"
        f"DTSTART;VALUE=DATE:{_day(event.day)}\r\n"
    )
    texts = (
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        *((f"URL:{event.url}",) if event.url else ()),
        f"CATEGORIES:{_text(event.category)}",
    )
    # What is never too long is not folded: half of a calendar.
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            _folded((f"UID:{_text(event.uid)}",)),
            times.encode(),
            f"DTEND;VALUE=DATE:{end}\r\n".encode() if end else b"",
            _folded(texts),
            b"STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
    )


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{_day(at)}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def _text(text: str) -> str:
    """Escape a text (RFC 5545, section 3.3.11), without what no calendar may hold."""
    if any(end in text for end in _ODD_ENDS):
        text = _LINE_END.sub("\n", text)
    if not is_visible(text):
        text = visible(text)
    # A chain of replacements, which is several times as quick as a table.
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(lines: Iterable[str]) -> bytes:
    return b"".join([_fold(line.encode("utf-8", "replace")) for line in lines])


def _fold(line: bytes) -> bytes:
    """End a line, and go on in the next where it is too long, never within a character."""
    if len(line) <= LONGEST_LINE:
        return line + b"\r\n"
    parts = []
    start, room = 0, LONGEST_LINE
    while len(line) - start > room:
        cut = start + room
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(line[start:cut])
        start, room = cut, LONGEST_LINE - 1
    return b"\r\n ".join((*parts, line[start:])) + b"\r\n"
