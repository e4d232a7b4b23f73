"""Calendars as bytes, read back by parsers that are not ours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afterword.parse.source.text import visible
from afterword.render.feeds.calendar_file import CalendarEvent, calendar_file, event_lines
from tests.render.ics_lines import properties

CHANGED = datetime(2026, 3, 14, 12, 30, 5, 999, tzinfo=UTC)


def an_event(summary: str, on: date = date(2026, 4, 1), description: str = "") -> CalendarEvent:
    """Draw an event."""
    return CalendarEvent("2026-03-14-x.a1@example.org", on, summary, description, "Action item", CHANGED, 2)


def a_calendar(*events: CalendarEvent) -> bytes:
    """Write events as a calendar."""
    return calendar_file("Ours", "All that is due", map(event_lines, events))


def test_an_event_is_of_a_whole_day() -> None:
    """Start and end are days, and what is told of its changes is exact."""
    (event,) = icalendar.Calendar.from_ical(a_calendar(an_event("Mend; it, now"))).events
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 4, 1), date(2026, 4, 2))
    assert (event["SUMMARY"], event["SEQUENCE"], event["TRANSP"]) == ("Mend; it, now", 2, "TRANSPARENT")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2026, 3, 14, 12, 30, 5, tzinfo=UTC)
    assert event.subcomponents == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
@example('a\\nb;c,d\\\\n"e"\' : BEGIN:VEVENT\r\nEND:VCALENDAR')
@example("\x00\x07\x1b[31m\u202eevil\u2066 \x85 \u2028 \ufeff")
@example("ä" * 200 + "👩‍👩‍👧‍👦" * 60 + "שלום עולם " * 30)
@example("\ud800 half a pair")
def test_any_text_comes_back(text: str) -> None:
    """Whatever stands in a record, the lines hold to the standard and another parser reads the same words."""
    content = a_calendar(an_event(text, description=text))
    properties(content)
    (event,) = icalendar.Calendar.from_ical(content).events
    shown = visible(text.replace("\r\n", "\n").translate(dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n")))
    expected = shown.encode("utf-8", "replace").decode()
    assert str(event["DESCRIPTION"]) == expected
    assert vobject.readOne(content.decode()).validate()


@pytest.mark.parametrize("width", range(55, 72))
def test_folding_never_cuts_a_character(width: int) -> None:
    """Wherever the 75 octets end, a character of four bytes stays whole."""
    content = a_calendar(an_event("x" * width + "😀" * 40))
    assert ("SUMMARY", "x" * width + "😀" * 40) in properties(content)


def test_the_last_day_of_the_calendar_has_no_end() -> None:
    """There is no day after it; an event without an end lasts one day."""
    (event,) = icalendar.Calendar.from_ical(a_calendar(an_event("x", date.max))).events
    assert event["DTSTART"].dt == date.max
    assert "DTEND" not in event
    (early,) = icalendar.Calendar.from_ical(a_calendar(an_event("x", date(7, 1, 2)))).events
    assert early["DTSTART"].dt == date(7, 1, 2)


def test_a_calendar_without_events_is_one() -> None:
    """It holds a zone, since a calendar has to hold something."""
    content = a_calendar()
    assert ("BEGIN", "VTIMEZONE") in properties(content)
    read = icalendar.Calendar.from_ical(content)
    assert read.events == []
    assert str(read["X-WR-CALNAME"]) == "Ours"
