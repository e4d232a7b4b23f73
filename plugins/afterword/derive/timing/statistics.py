"""Median and percentiles of durations: the one place that computes them.

A percentile is type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), 361-365: between the
two values around the place (n - 1) p, in proportion. Spreadsheets (`PERCENTILE.INC`), R and NumPy take it where nothing else is said, so that a
reader who computes a number again gets the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

ENOUGH = 10
"""From so many values on there is a 90th percentile: of fewer, a tenth is not one value, and it would lie between the two longest."""

HIGH = 90
LOW = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """How durations are spread, `durations` being all of them, the shortest first. There is at least one, and no mean."""

    durations: tuple[timedelta, ...]

    @property
    def count(self) -> int:
        """Give how many durations there are."""
        return len(self.durations)

    @property
    def median(self) -> timedelta:
        """Give the middle one; of an even number, what lies half-way between the two in the middle."""
        return percentile(self.durations, 50)

    @property
    def high(self) -> timedelta | None:
        """Give the 90th percentile, None where there are too few values to have one."""
        return percentile(self.durations, HIGH) if self.count >= ENOUGH else None

    @property
    def low(self) -> timedelta | None:
        """Give the 10th percentile, None where there are too few values to have one."""
        return percentile(self.durations, LOW) if self.count >= ENOUGH else None

    @property
    def shortest(self) -> timedelta:
        """Give the shortest one."""
        return self.durations[0]

    @property
    def longest(self) -> timedelta:
        """Give the longest one."""
        return self.durations[-1]


def spread(durations: Iterable[timedelta]) -> Spread | None:
    """Sort durations for questions about them; None where there are none, which is no zero."""
    ordered = tuple(sorted(durations))
    return Spread(ordered) if ordered else None


def percentile(ordered: Sequence[timedelta], percent: int) -> timedelta:
    """Give a percentile of durations that are sorted, the shortest first, and not none."""
    place, rest = divmod((len(ordered) - 1) * percent, 100)
    if not rest:
        return ordered[place]
    return ordered[place] + (ordered[place + 1] - ordered[place]) * rest / 100
