"""A scale for moments that lie minutes apart, and then days: long gaps are shortened, everything else is drawn to one scale."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP_SHARE = 0.1
"""The part of the width that a shortened gap takes, however long it is."""

MOST_GAPS = 5

_LEAST_JUMP = 3.0
"""How much longer than the next gap one must be to be told from the incident's own pace."""

_CROWDED = 90
"""Events are crowded where a quarter of the gaps between them take less of the width than this part of it."""

_LEAST_SHARE = 1.5 * GAP_SHARE
"""A gap that takes less of the width is hardly shorter when it is shortened."""

_LEAST_TO_SCALE = 2
"""Of a single stretch between two events there is no pace to be told."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, in seconds since 1970, and of the picture's width, from 0 to 1."""

    start: float
    end: float
    left: float
    right: float
    shortened: bool


@dataclass(frozen=True, slots=True)
class TimeScale:
    """All stretches without a break between them; `per_second` is the width of a second wherever nothing is shortened."""

    stretches: tuple[Stretch, ...]
    per_second: float

    @property
    def start(self) -> float:
        """Give the first moment."""
        return self.stretches[0].start

    @property
    def end(self) -> float:
        """Give the last moment."""
        return self.stretches[-1].end

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Give the shortened stretches."""
        return tuple(stretch for stretch in self.stretches if stretch.shortened)

    def place(self, moment: float) -> float:
        """Give the place of a moment, from 0 to 1; one outside lies at the nearer end."""
        stretch = self.stretches[0]
        for following in self.stretches:
            if following.start > moment:
                break
            stretch = following
        share = (moment - stretch.start) / (stretch.end - stretch.start)
        return stretch.left + min(max(share, 0.0), 1.0) * (stretch.right - stretch.left)


def time_scale(moments: Iterable[float]) -> TimeScale | None:
    """Make the scale of some moments, None where they do not differ.

    Where events are crowded, the longest gaps are shortened: as many as together take half of what is drawn to scale, and each of which is
    three times as long as the longest of the others.
    """
    ordered = sorted(set(moments))
    lengths = [later - earlier for earlier, later in itertools.pairwise(ordered)]
    if not lengths:
        return None
    longest = sorted(range(len(lengths)), key=lambda position: (-lengths[position], position))
    shortened = frozenset(longest[: _how_many([lengths[position] for position in longest])])
    to_scale = sum(length for position, length in enumerate(lengths) if position not in shortened)
    per_second = (1 - GAP_SHARE * len(shortened)) / to_scale
    stretches: list[Stretch] = []
    begin, left = 0, 0.0
    for position, length in enumerate(lengths):
        if position not in shortened:
            continue
        if begin < position:
            right = left + (ordered[position] - ordered[begin]) * per_second
            stretches.append(Stretch(ordered[begin], ordered[position], left, right, False))
            left = right
        stretches.append(Stretch(ordered[position], ordered[position] + length, left, left + GAP_SHARE, True))
        begin, left = position + 1, left + GAP_SHARE
    if begin < len(lengths):
        stretches.append(Stretch(ordered[begin], ordered[-1], left, 1.0, False))
    return TimeScale(tuple(stretches), per_second)


def _how_many(lengths: Sequence[float]) -> int:
    """Tell how many of the gaps, the longest first, are shortened: as long as the others are crowded by a few that are of another size."""
    rest = sum(lengths)
    count = 0
    dominating = 0.0
    for position, (length, following) in enumerate(itertools.pairwise(lengths), start=1):
        left = len(lengths) - count
        if lengths[count + 3 * left // 4] * _CROWDED > rest or position > MOST_GAPS:
            break
        if len(lengths) - position < _LEAST_TO_SCALE or length < rest * _LEAST_SHARE:
            break
        dominating += length
        if dominating * 2 >= rest and length >= following * _LEAST_JUMP:
            count, rest, dominating = position, rest - dominating, 0.0
    return count
