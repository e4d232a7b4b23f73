"""Median and percentiles of durations."""

from __future__ import annotations

import statistics
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.statistics import percentile, spread

DURATIONS = st.lists(st.integers(0, 10_000 * 86400).map(lambda each: timedelta(seconds=each)), min_size=1)


def minutes(*amounts: float) -> tuple[timedelta, ...]:
    """Give durations of so many minutes."""
    return tuple(timedelta(minutes=each) for each in amounts)


@pytest.mark.parametrize(
    ("amounts", "percent", "expected"),
    [
        ((7,), 90, 7),
        ((1, 3), 50, 2),
        ((1, 2, 10), 50, 2),
        # Place (10 - 1) * 0.9 = 8.1: a tenth of the way from the ninth to the tenth.
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 19), 90, 10),
        # Place (4 - 1) * 0.1 = 0.3: three tenths of the way from the first to the second.
        ((10, 20, 30, 40), 10, 13),
    ],
)
def test_percentiles_by_hand(amounts: tuple[float, ...], percent: int, expected: float) -> None:
    """A percentile lies between the two values around its place, in proportion."""
    assert percentile(minutes(*amounts), percent) == timedelta(minutes=expected)


def test_nothing_has_no_spread() -> None:
    """Of no durations there is no median, and it is not zero."""
    assert spread([]) is None


def test_a_high_percentile_needs_ten_values() -> None:
    """Of nine values there is no 90th percentile, of ten there is; the median is there from the first on."""
    few, enough = spread(minutes(*range(9))), spread(minutes(*range(10)))
    assert few and enough
    assert (few.median, few.high, few.low) == (timedelta(minutes=4), None, None)
    assert (enough.median, enough.high) == (timedelta(minutes=4.5), timedelta(minutes=8.1))


@given(DURATIONS)
def test_percentiles_are_those_of_the_standard_library(durations: list[timedelta]) -> None:
    """Median and 90th percentile are what others compute, lie within the values, and in their order."""
    told = spread(reversed(durations))
    assert told is not None
    assert told.shortest <= told.median <= told.longest
    seconds = [each.total_seconds() for each in durations]
    assert told.median.total_seconds() == pytest.approx(statistics.median(seconds))
    if told.high is not None and told.low is not None:
        assert told.low <= told.median <= told.high <= told.longest
        tenths = statistics.quantiles(seconds, n=10, method="inclusive")
        assert told.high.total_seconds() == pytest.approx(tenths[8], abs=1e-5)
        assert told.low.total_seconds() == pytest.approx(tenths[0], abs=1e-5)


@given(DURATIONS, st.integers(2, 5))
def test_order_and_repetition_do_not_move_the_median(durations: list[timedelta], times: int) -> None:
    """The same values several times over have the same median."""
    once, often = spread(durations), spread(durations * times)
    assert once and often and once.median == often.median
