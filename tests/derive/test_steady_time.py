"""Dates of commits that never run backwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.steady_time import steady


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ([], ()),
        ([5], (5,)),
        ([10, 20, 20, 30], (10, 20, 20, 30)),
        ([10, 20, 5, 30], (10, 20, 20, 30)),
        ([10, 99, 20, 30], (10, 10, 20, 30)),
        ([10, 20, 15, 30], (10, 20, 20, 30)),
        ([99, 10, 20, 30], (10, 10, 20, 30)),
        ([10, 20, 30, 5], (10, 20, 30, 30)),
    ],
)
def test_a_clock_that_was_wrong_moves_no_other_commit(said: list[int], taken: tuple[int, ...]) -> None:
    """A time far too early or too late takes that of the commit before it, at the very start that of the first that fits."""
    assert steady(said) == taken


@given(st.lists(st.integers(0, 50), max_size=30))
def test_times_never_fall_and_right_ones_stay(said: list[int]) -> None:
    """Whatever the clocks said, times never fall; where they never did, all stay."""
    taken = steady(said)
    assert list(taken) == sorted(taken) and len(taken) == len(said)
    assert steady(taken) == taken
