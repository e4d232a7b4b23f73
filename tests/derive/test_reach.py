"""How far back a digest looks."""

from __future__ import annotations

import pytest

from afterword.derive.reach import Reach
from tests.derive.drawn_records import day


@pytest.mark.parametrize(
    ("text", "as_of", "first"),
    [
        ("7d", "2026-03-14", "2026-03-07"),
        (" 2 W ", "2026-03-14", "2026-02-28"),
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


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "-7d", "7 days", "1.5w", "99999d", "2026-02-30", "٧d"])
def test_anything_else_is_refused(text: str) -> None:
    """A number without a unit could be anything."""
    with pytest.raises(ValueError):
        Reach.read(text)
