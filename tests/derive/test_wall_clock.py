"""Clocks on the wall: round times, midnights, and nights with an hour more or less."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.wall_clock import (
    DAY,
    HOUR,
    MINUTE,
    clock_spans,
    late_days,
    least_step,
    round_times,
    shown_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
)


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def _clock(shown: float) -> str:
    return f"{datetime.fromtimestamp(shown, UTC):%d %H:%M}"


def test_round_times_are_those_of_the_wall() -> None:
    """In a zone of a quarter hour the hours are round there, not in UTC."""
    start, end = _at("2026-03-14T10:00"), _at("2026-03-14T12:00")
    spans = clock_spans(start, end, ZoneInfo("Asia/Kathmandu"))
    found = list(round_times(start, end, HOUR, spans))
    assert [_clock(shown) for _, shown in found] == ["14 16:00", "14 17:00"]
    assert found[0][0] == _at("2026-03-14T10:15")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-29", ["29 00:00", "29 01:00", "29 03:00", "29 04:00"]),
        ("2026-10-25", ["25 01:00", "25 02:00", "25 02:00", "25 03:00"]),
    ],
    ids=["forward", "back"],
)
def test_a_changed_clock_skips_or_repeats_an_hour(day: str, expected: list[str]) -> None:
    """The hour that no clock showed is no tick, the one that came twice is two."""
    start = _at(f"{day}T00:00") - HOUR
    spans = clock_spans(start, start + 3 * HOUR, BERLIN)
    assert [span.ahead for span in spans] in ([HOUR, 2 * HOUR], [2 * HOUR, HOUR])
    assert spans[0].end == _at(f"{day}T01:00")
    assert [_clock(shown) for _, shown in round_times(start, start + 3 * HOUR, HOUR, spans)] == expected


@given(
    st.sampled_from(ZONES),
    st.integers(0, 2 * 10**9),
    st.integers(2, 30 * DAY),
)
def test_spans_agree_with_the_zone(name: str, start: int, length: int) -> None:
    """What the spans show is what the zone shows, at every moment asked for."""
    zone = ZoneInfo(name)
    spans = clock_spans(start, start + length, zone)
    for part in range(8):
        moment = start + length * part // 8
        local = datetime.fromtimestamp(moment, zone).replace(tzinfo=UTC)
        assert shown_at(moment, spans) == local.timestamp()


@pytest.mark.parametrize(
    ("zone", "evening", "begins"),
    [
        ("Africa/Cairo", "2026-04-23 20:00", ["24 01:00"]),
        ("Europe/Berlin", "2026-03-28 20:00", []),
        ("America/Sao_Paulo", "2018-11-03 22:00", ["04 01:00"]),
    ],
)
def test_a_day_may_begin_without_a_midnight(zone: str, evening: str, begins: list[str]) -> None:
    """Where clocks go forward over midnight, the day begins when they have."""
    start = _at(evening)
    spans = clock_spans(start, start + 12 * HOUR, ZoneInfo(zone))
    assert [_clock(shown) for _, shown in late_days(start, start + 12 * HOUR, spans)] == begins
    assert list(late_days(start, start + MINUTE, spans)) == []


def test_a_step_is_one_that_clocks_have() -> None:
    """The next longer round distance is taken, the longest where there is none."""
    assert least_step(2 * MINUTE) == 5 * MINUTE
    assert least_step(HOUR) == HOUR
    assert least_step(10**12) == least_step(10**9)
