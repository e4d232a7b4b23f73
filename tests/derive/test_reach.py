"""How far people look, back and ahead."""

from __future__ import annotations

import pytest

from afterword.derive.promises.reach import Reach
from tests.derive.drawn_records import day


@pytest.mark.parametrize(
    ("text", "as_of", "first"),
    [
        ("7d", "2026-03-14", "2026-03-07"),
        (" 2 W ", "2026-03-14", "2026-02-28"),
        ("7", "2026-03-14", "2026-03-07"),
        ("7 days", "2026-03-14", "2026-03-07"),
        ("2 Weeks", "2026-03-14", "2026-02-28"),
        ("1month", "2026-03-31", "2026-02-28"),
        ("0d", "2026-03-14", "2026-03-14"),
        ("1m", "2026-03-31", "2026-02-28"),
        ("1m", "2026-01-15", "2025-12-15"),
        ("1y", "2024-02-29", "2023-02-28"),
        ("9999y", "2026-03-14", "0001-01-01"),
        ("9999w", "0001-01-05", "0001-01-01"),
        ("2026-03-01", "2026-03-14", "2026-03-01"),
    ],
)
def test_a_time_leads_to_a_day(text: str, as_of: str, first: str) -> None:
    """Days, weeks, calendar months and years, and a day itself; never before the calendar begins."""
    assert Reach.read(text).before(day(as_of)) == day(first)


@pytest.mark.parametrize(
    ("text", "as_of", "last"),
    [
        ("7", "2026-02-25", "2026-03-04"),
        ("2w", "2026-02-25", "2026-03-11"),
        ("1m", "2026-01-31", "2026-02-28"),
        ("1y", "2026-12-31", "2027-12-31"),
        ("9999y", "2026-03-14", "9999-12-31"),
        ("9999w", "9999-12-01", "9999-12-31"),
        ("2026-04-01", "2026-03-14", "2026-04-01"),
    ],
)
def test_it_leads_ahead_too(text: str, as_of: str, last: str) -> None:
    """In the same units, and never beyond the calendar."""
    assert Reach.read(text).after(day(as_of)) == day(last)


@pytest.mark.parametrize(
    "text", ["", "d", "-7d", "+7", "1.5w", "2026", "99999d", "7 moons", "2026-02-30", "٧d"]
)
def test_anything_else_is_refused(text: str) -> None:
    """Four digits without a unit are more likely a year than days."""
    with pytest.raises(ValueError):
        Reach.read(text)
