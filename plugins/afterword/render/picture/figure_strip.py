"""Durations on one axis of time: what a table says in numbers, drawn.

The axis is logarithmic from about its unit on, a minute since incidents last minutes or days, and begins at zero, which has a place on it. Places are
percentages of the width, so that the drawing fits any screen and its dots stay round.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from afterword.derive.timing.figures import format_duration
from afterword.derive.timing.statistics import Spread

MARGIN = 1.5
"""Percent of the width that stay free at both ends, for dots that lie there."""

FEW = 12
"""Up to so many durations a small strip shows each; of more, how they are spread."""

NEAR = 0.87
"""Behind this part of the width a label would run into that of the end."""

MARKED = 3
"""From so many dots on the median is drawn among them; before, it says nothing that they do not."""

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
_TICKS = (
    (timedelta(minutes=1), "1 min"),
    (timedelta(minutes=10), "10 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=6), "6 h"),
    (timedelta(days=1), "1 d"),
    (timedelta(days=7), "7 d"),
    (timedelta(days=30), "30 d"),
    (timedelta(days=90), "90 d"),
    (timedelta(days=365), "1 y"),
    (timedelta(days=3652), "10 y"),
    (timedelta(days=36525), "100 y"),
)
_BINS = 80
_MOST_STACKED = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A round duration of the axis; `at` is its place in percent, `label` is empty where there is no room for one."""

    label: str
    at: str
    last: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from zero to `end`, for all drawings of a page and of those that are compared with it; nothing is told apart below `unit`."""

    end: timedelta
    ticks: tuple[Tick, ...]
    unit: timedelta = MINUTE

    @classmethod
    def up_to(cls, longest: timedelta, unit: timedelta = MINUTE) -> Axis:
        """Make an axis on which a duration has its place, ending at a round one."""
        ends = [length for length, _ in _TICKS if length > unit]
        end = next((each for each in ends if each >= longest), longest)
        return cls(
            end,
            tuple(
                Tick(
                    label if _share(length, end, unit) < NEAR or length == end else "",
                    _place(length, end, unit),
                    length == end,
                )
                for length, label in _TICKS
                if unit <= length <= end
            ),
            unit,
        )

    def place(self, duration: timedelta) -> str:
        """Give the place of a duration in percent of the width."""
        return _place(duration, self.end, self.unit)

    def share(self, duration: timedelta) -> float:
        """Give how far along the axis a duration lies, from 0 to 1."""
        return _share(duration, self.end, self.unit)

    def words(self, duration: timedelta) -> str:
        """Write a duration as finely as the axis tells apart: what is known by the day alone has no hours."""
        return f"{round(duration / DAY):,} d" if self.unit == DAY else format_duration(duration)


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident, or several side by side; `level` counts from the bottom."""

    at: str
    level: int


@dataclass(frozen=True, slots=True)
class Strip:
    """What a drawing shows: dots for single incidents, else `hills` (the path of their numbers) or `line` and `band`.

    `line` leads from the shortest to the longest, `band` from the 10th to the 90th percentile: first place and length. `high` is the 90th
    percentile; what there are too few incidents for is empty.
    """

    median: str
    high: str
    dots: tuple[Dot, ...] = ()
    hills: str = ""
    line: tuple[str, str] | None = None
    band: tuple[str, str] | None = None


def wide_strip(spread: Spread, axis: Axis) -> Strip:
    """Draw a figure over the whole archive: each incident where they can be told apart, else how many lie where."""
    bins: Counter[int] = Counter()
    for duration, count in Counter(spread.durations).items():
        bins[_bin(duration, axis)] += count
    if max(bins.values()) <= _MOST_STACKED:
        dots = tuple(
            Dot(_written(_inside((number + 0.5) / _BINS)), level)
            for number, count in sorted(bins.items())
            for level in range(count)
        )
        return Strip(*_marks(spread, axis), dots=dots)
    return Strip(*_marks(spread, axis), hills=_hills(bins))


def small_strip(spread: Spread, axis: Axis) -> Strip:
    """Draw one group among others, in a line."""
    if spread.count <= FEW or spread.low is None or spread.high is None:
        places = dict.fromkeys(axis.place(each) for each in spread.durations)
        median = axis.place(spread.median) if spread.count >= MARKED else ""
        return Strip(median, _marks(spread, axis)[1], dots=tuple(Dot(at, 0) for at in places))
    return Strip(
        *_marks(spread, axis),
        line=_between(spread.shortest, spread.longest, axis),
        band=_between(spread.low, spread.high, axis),
    )


def axis_for(spreads: Iterable[Spread | None], unit: timedelta = MINUTE) -> Axis:
    """Make the axis on which all of some figures have their place."""
    return Axis.up_to(max((each.longest for each in spreads if each), default=timedelta()), unit)


def _marks(spread: Spread, axis: Axis) -> tuple[str, str]:
    return axis.place(spread.median), axis.place(spread.high) if spread.high is not None else ""


def _between(first: timedelta, last: timedelta, axis: Axis) -> tuple[str, str]:
    start, end = axis.share(first), axis.share(last)
    return _written(_inside(start)), _written((100 - 2 * MARGIN) * (end - start))


def _hills(bins: Counter[int]) -> str:
    """Give a path in a field of 100 by 100, a step for each bin that holds something."""
    tallest = max(bins.values())
    width = (100 - 2 * MARGIN) / _BINS
    return "".join(
        f"M{_written(MARGIN + number * width)} 100V{round(100 - 96 * count / tallest - 4)}h{width:.2f}V100z"
        for number, count in sorted(bins.items())
    )


def _bin(duration: timedelta, axis: Axis) -> int:
    return min(int(axis.share(duration) * _BINS), _BINS - 1)


def _place(duration: timedelta, end: timedelta, unit: timedelta) -> str:
    return _written(_inside(_share(duration, end, unit)))


def _share(duration: timedelta, end: timedelta, unit: timedelta) -> float:
    return math.log1p(duration / unit) / math.log1p(end / unit)


def _inside(share: float) -> float:
    return MARGIN + (100 - 2 * MARGIN) * share


def _written(percent: float) -> str:
    return f"{percent:.1f}"
