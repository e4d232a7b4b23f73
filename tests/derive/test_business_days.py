"""Days and deadlines (docs/format.md, section 8)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from afterword.derive.timing.calendar import (
    business_days_after,
    business_days_between,
    days_after,
    deadline,
    first_draft_due,
    local_day,
    record_day,
)
from afterword.model.settings import Settings
from tests.derive.drawn_records import a_record, day, timeline

EASTER = frozenset({day("2026-04-03"), day("2026-04-06")})
"""A Friday and a Monday."""


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-03-16", 0, "2026-03-16"),
        ("2026-03-16", 4, "2026-03-20"),
        ("2026-03-16", 5, "2026-03-23"),
        ("2026-03-14", 0, "2026-03-14"),
        ("2026-03-14", 1, "2026-03-16"),
        ("2026-03-15", 5, "2026-03-20"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-01", 5, "2026-04-10"),
    ],
)
def test_business_days_pass_over_weekends_and_holidays(start: str, n: int, end: str) -> None:
    """The close's day is day 0 even on a weekend; Saturdays, Sundays and holidays do not count."""
    assert business_days_after(day(start), n, EASTER) == day(end)
    assert business_days_between(day(start), day(end), EASTER) == n


def test_business_days_between_counts_as_one_by_one() -> None:
    """Counting by weeks gives what counting day by day gives, from every day of the week, holidays on weekends included."""
    holidays = {*EASTER, day("2026-04-04")}
    for first in range(7):
        start = date.fromordinal(day("2026-03-25").toordinal() + first)
        for length in range(25):
            end = date.fromordinal(start.toordinal() + length)
            days = [date.fromordinal(start.toordinal() + n) for n in range(1, length + 1)]
            counted = [each for each in days if each.weekday() < 5 and each not in holidays]
            assert business_days_between(start, end, holidays) == len(counted)


def test_end_before_start_has_no_business_days() -> None:
    """Publication before the close is on day 0."""
    assert business_days_between(day("2026-03-20"), day("2026-03-16")) == 0


def test_calendar_has_an_end() -> None:
    """A day at the end of the calendar, as some write for never, is no overflow."""
    assert days_after(date.max, 30) == date.max
    assert days_after(day("2026-03-14"), 30) == day("2026-04-13")
    assert business_days_after(date.max, 5) == date.max
    closing = a_record(closed="9999-12-31T23:30:00+00:00", timezone="Europe/Berlin")
    assert deadline(closing, Settings()) == date.max


@pytest.mark.parametrize(
    ("severity", "end"),
    [
        ("sev0", "2026-03-20"),
        ("sev1", "2026-03-20"),
        ("sev2", "2026-03-24"),
        ("sev3", None),
        ("near-miss", None),
        (None, None),
    ],
)
def test_deadline_follows_the_policy(severity: str | None, end: str | None) -> None:
    """Five business days from close at sev0 and sev1, seven at sev2, none elsewhere."""
    record = a_record(severity=severity, closed="2026-03-13T12:00:00+00:00")
    assert deadline(record, Settings()) == (day(end) if end else None)


def test_no_close_and_retold_have_no_deadline() -> None:
    """Without a close there is no deadline, and none for an incident of others."""
    assert deadline(a_record(), Settings()) is None
    retold = a_record(closed="2026-03-13T12:00:00+00:00", retold_from="https://status.example/1")
    assert (deadline(retold, Settings()), first_draft_due(retold, Settings())) == (None, None)


def test_first_draft_is_due_on_the_third_business_day() -> None:
    """A first draft is due within three business days where there is a deadline."""
    closed = "2026-03-13T12:00:00+00:00"
    assert first_draft_due(a_record(closed=closed), Settings()) == day("2026-03-18")
    assert first_draft_due(a_record(closed=closed, severity="sev3"), Settings()) is None


def test_close_falls_on_its_local_day() -> None:
    """Day 0 is the close's day in the record's zone, else the archive's, else the timeline's, else as it was written."""
    late = datetime.fromisoformat("2026-03-13T23:30:00+00:00")
    berlin = Settings(timezone="Europe/Berlin")
    assert local_day(late, berlin, a_record()) == day("2026-03-14")
    assert local_day(late, berlin, a_record(timezone="America/New_York")) == day("2026-03-13")
    shown = timeline("23:30 RESOLVED", zone="UTC+02:00")
    assert local_day(late, Settings(), a_record(timeline=shown)) == day("2026-03-14")
    assert local_day(late, berlin, a_record(timeline=timeline("23:30 RESOLVED"))) == day("2026-03-14")
    assert local_day(late, Settings(), a_record()) == day("2026-03-13")
    assert local_day(late, Settings(timezone="Nowhere/Else"), a_record()) == day("2026-03-13")


def test_day_of_a_record_without_a_date_is_in_its_id() -> None:
    """The header's date counts, else the day that the id begins with, else there is none."""
    assert record_day(a_record(date="2026-03-13")) == day("2026-03-13")
    assert record_day(a_record(date=None)) == day("2026-03-14")
    assert record_day(a_record("0000-00-00-undated", date=None)) is None
