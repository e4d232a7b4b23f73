"""Scales: order is kept whatever is shortened, and only what crowds the rest is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.time_scale import GAP_SHARE, MOST_GAPS, TimeScale, time_scale

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MOMENTS = st.lists(st.integers(-(10**10), 10**11), min_size=2, max_size=60, unique=True)


def _scale(moments: list[float]) -> TimeScale:
    made = time_scale(moments)
    assert made is not None
    return made


def _gaps(*lengths: float) -> list[float]:
    """Give the shortened gaps of events that follow one another at these distances."""
    return [gap.end - gap.start for gap in _scale(list(itertools.accumulate(lengths, initial=0))).gaps]


@given(MOMENTS)
def test_no_gap_changes_the_order(moments: list[float]) -> None:
    """Later moments stand to the right of earlier ones, the first at 0 and the last at 1."""
    scale = _scale(moments)
    places = [scale.place(moment) for moment in sorted(moments)]
    assert all(earlier < later for earlier, later in itertools.pairwise(places))
    assert places[0] == 0
    assert places[-1] == pytest.approx(1)


@given(MOMENTS)
def test_stretches_cover_the_whole_without_a_break(moments: list[float]) -> None:
    """Each stretch begins where the one before ends, and all that are not shortened have one scale."""
    scale = _scale(moments)
    for one, other in itertools.pairwise(scale.stretches):
        assert (one.end, one.right) == (other.start, other.left)
    for stretch in scale.stretches:
        width = stretch.right - stretch.left
        expected = GAP_SHARE if stretch.shortened else (stretch.end - stretch.start) * scale.per_second
        assert width == pytest.approx(expected, abs=1e-9)
    assert len(scale.gaps) <= MOST_GAPS


@given(MOMENTS)
def test_nothing_is_told_within_a_shortened_gap(moments: list[float]) -> None:
    """A gap reaches from one event to the next."""
    scale = _scale(moments)
    for gap in scale.gaps:
        assert not [moment for moment in moments if gap.start < moment < gap.end]


def test_moments_that_do_not_differ_have_no_scale() -> None:
    """One time, even of several events, has no length."""
    assert time_scale([]) is None
    assert time_scale([5.0, 5.0]) is None


def test_days_of_silence_are_shortened() -> None:
    """Minutes, then three days, then minutes: the days take a tenth."""
    assert _gaps(*[MINUTE] * 20, 3 * DAY, *[MINUTE] * 5) == [3 * DAY]


def test_several_nights_are_shortened_together() -> None:
    """Four nights between five hours of work: none is half of the whole, all of them are."""
    hour = [5 * MINUTE] * 12
    assert _gaps(*hour, 20 * HOUR, *hour, 20 * HOUR, *hour, 21 * HOUR, *hour) == [
        20 * HOUR,
        20 * HOUR,
        21 * HOUR,
    ]


@pytest.mark.parametrize(
    "lengths",
    [
        (5 * MINUTE, DAY),
        (10 * MINUTE, 30 * MINUTE, 10 * MINUTE, 30 * MINUTE, 40 * MINUTE),
        (8 * HOUR, 4 * HOUR, 2 * HOUR, HOUR, 30 * MINUTE, 20 * MINUTE),
        tuple([MINUTE] * 100),
        (*[3.0] * 200, MINUTE),
    ],
    ids=["two gaps", "room for all", "no other pace", "evenly crowded", "too short to matter"],
)
def test_what_does_not_crowd_the_rest_is_to_scale(lengths: tuple[float, ...]) -> None:
    """Nothing is shortened where that would not tell more."""
    assert _gaps(*lengths) == []
