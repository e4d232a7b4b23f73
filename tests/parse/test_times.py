"""Times and zones as written."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from afterword.parse.values.times import leading_date, looks_like_time, read_date, read_time
from afterword.parse.values.zones import Zone, ZoneFault, find_zone, read_zone

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "clock", "day"),
    [
        ("14:02", time(14, 2), None),
        ("9:05", time(9, 5), None),
        (" 14:02:31 ", time(14, 2, 31), None),
        ("2026-03-14 14:02", time(14, 2), DAY),
        ("2026-03-14, 14:02", time(14, 2), DAY),
        ("2026-03-14T14:02:31.250", time(14, 2, 31), DAY),
        ("2:05 PM", time(14, 5), None),
        ("12:30 a.m.", time(0, 30), None),
        ("12 pm", time(12), None),
        ("9:02a", time(9, 2), None),
        ("12:29P", time(12, 29), None),
        ("2026-03-14 2:05p", time(14, 5), DAY),
        ("13:06 PM", time(13, 6), None),
    ],
)
def test_a_cell_holds_a_time(text: str, clock: time, day: date | None) -> None:
    """All forms of one point of time are read."""
    reading = read_time(text, whole=True)
    assert reading is not None
    assert (reading.start.clock, reading.start.date, reading.until) == (clock, day, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25:61",
        "14:7",
        "24:00",
        "14.02",
        "2026-02-30 14:02",
        "14:02 or so",
        "soon",
        "0001-01-01 10:00",
        "14:025",
    ],
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    """Hours, dates and words that do not exist give nothing."""
    assert read_time(text, whole=True) is None


@pytest.mark.parametrize(
    ("text", "offset", "zone"),
    [
        ("2026-03-14T14:02Z", "Z", ""),
        ("2026-03-14T14:02-05:00", "-05:00", ""),
        ("2026-03-14 14:02:00 -0500", "-0500", ""),
        ("2026-03-14 14:02:31-05:00", "-05:00", ""),
        ("2026-03-14 14:02:31.250-05:00", "-05:00", ""),
        ("14:02+02:00", "+02:00", ""),
        ("14:02 UTC+2", "UTC+2", ""),
        ("14:02 UTC", "", "UTC"),
        ("14:02 Europe/Berlin", "", "Europe/Berlin"),
        ("14:02 (CET)", "", "CET"),
        ("14:02+01:00 Europe/Berlin", "+01:00", "Europe/Berlin"),
    ],
)
def test_offset_and_zone_are_told_apart(text: str, offset: str, zone: str) -> None:
    """An offset has precedence over a name, so both are kept."""
    reading = read_time(text, whole=True)
    assert reading is not None
    assert (reading.start.offset, reading.start.zone, reading.until) == (offset, zone, None)


@pytest.mark.parametrize(
    "text",
    [
        "14:05-14:10",
        "14:05 – 14:10",
        "14:05 to 14:10",
        "2026-03-14 14:05-14:10",
        "14:05—14:10 UTC",
        "2026-03-14T14:05-14:10",
    ],
)
def test_ranges_are_no_offsets(text: str) -> None:
    """A hyphen between two clock times makes a range."""
    reading = read_time(text, whole=True)
    assert reading is not None
    assert reading.until is not None
    assert (reading.start.clock, reading.until.clock) == (time(14, 5), time(14, 10))


def test_both_ends_of_a_range_may_be_approximate() -> None:
    """The tilde belongs to the time it stands before."""
    reading = read_time("14:05 – ~14:10", whole=True)
    assert reading is not None
    assert reading.until is not None
    assert (reading.start.approximate, reading.until.approximate) == (False, True)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("14:02 API returned errors", "14:02"),
        ("14:02 UTC API down", "14:02 UTC"),
        ("14:02 CEST API down", "14:02 CEST"),
        ("14:02: API down", "14:02"),
        ("14:02 - 15 pods restarted", "14:02"),
        ("14:02 read/write split", "14:02"),
        ("14:02 CI/CD pipeline fails", "14:02"),
        ("14:02 Redis/Postgres down", "14:02"),
        ("14:02 US/EU traffic drops", "14:02"),
        ("14:02 Europe/Asia link is down", "14:02"),
        ("14:02 Europe/Berln office", "14:02 Europe/Berln"),
        ("14:02 US/Pacific office", "14:02 US/Pacific"),
        ("14:02 EST/EDT office", "14:02 EST/EDT"),
        ("14:02 utc API down", "14:02 utc"),
        ("14:02 +5 pods added", "14:02"),
        ("14:02 +1200 errors a second", "14:02"),
        ("14:02 +0200 restart", "14:02 +0200"),
        ("14:02 +02:00 restart", "14:02 +02:00"),
        ("2026-03-14 14:02 +1030 restart", "2026-03-14 14:02 +1030"),
        ("14:02 - 14:10 restarts", "14:02 - 14:10"),
        ("~2026-03-14 14:02 start", "~2026-03-14 14:02"),
    ],
)
def test_in_a_list_the_words_behind_a_time_are_the_event(text: str, taken: str) -> None:
    """Only what is known as a zone, or meant as one, is taken from the event's first words."""
    reading = read_time(text, whole=False)
    assert reading is not None
    assert text[: reading.length] == taken


def test_dates_alone() -> None:
    """A date may name its weekday; one that does not exist is none."""
    assert read_date("Saturday, 2026-03-14:") == DAY
    assert read_date("2026-02-30") is None
    assert leading_date("2026-03-14 released") == (DAY, 10)
    assert looks_like_time("25:61") and not looks_like_time("2026-03-14")


@pytest.mark.parametrize(
    ("text", "name", "hours"),
    [
        ("Z", "UTC", 0),
        ("gmt", "UTC", 0),
        ("+00:00", "UTC", 0),
        ("+0530", "UTC+05:30", 5.5),
        ("utc-3", "UTC-03:00", -3),
    ],
)
def test_offsets_are_zones(text: str, name: str, hours: float) -> None:
    """UTC, GMT, Z and offsets are read in any case."""
    zone = read_zone(text)
    assert zone is not None
    assert (zone.name, zone.info.utcoffset(None)) == (name, timedelta(hours=hours))


@pytest.mark.parametrize(
    "text",
    ["CET", "EST", "Singapore", "PST8PDT", "Europe/", "Europe/Berlyn", "../etc/passwd", "+15:00", "", "/"],
)
def test_other_names_are_no_zones(text: str) -> None:
    """Abbreviations, also those that the IANA list keeps, and names that do not exist are not read."""
    assert read_zone(text) is None


def test_iana_names_are_found_in_any_case() -> None:
    """The list's own spelling is what is shown."""
    zone = read_zone("europe/berlin")
    assert zone is not None
    assert zone.name == "Europe/Berlin"


def test_a_note_names_its_zone_among_words() -> None:
    """The first zone of a note is taken; a known abbreviation is reported with what to write instead."""
    found = find_zone("all times Europe/Berlin")
    assert isinstance(found, Zone)
    assert found.name == "Europe/Berlin"
    fault = find_zone("all times PST")
    assert isinstance(fault, ZoneFault)
    assert (fault.rule, fault.hint) == (
        "zone-abbreviation",
        "write the zone's name, such as America/Los_Angeles",
    )
    misspelt = find_zone("Europe/Berlyn")
    assert isinstance(misspelt, ZoneFault)
    assert (misspelt.rule, misspelt.hint) == ("bad-timezone", "did you mean 'Europe/Berlin'?")
    assert find_zone("all times approximate") is None
    assert find_zone("read/write") is None
