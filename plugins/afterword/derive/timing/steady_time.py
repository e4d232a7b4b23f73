"""Dates of commits that do not run backwards, whatever the clocks of their authors said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def steady(seconds: Sequence[int]) -> tuple[int, ...]:
    """Give times in the order of history so that none is before the one ahead of it, changing as few of them as can be.

    A time that does not fit takes that of the nearest earlier commit whose time does: one clock that was wrong, be it by years into the past or the
    future, moves no commit but its own. Of two that exclude each other the earlier commit is believed.
    """
    trusted = _trusted(seconds)
    made: list[int] = []
    last = next((time for time, fits in zip(seconds, trusted, strict=True) if fits), 0)
    for time, fits in zip(seconds, trusted, strict=True):
        last = time if fits else last
        made.append(last)
    return tuple(made)


def _trusted(seconds: Sequence[int]) -> Sequence[bool]:
    """Tell which times form the longest sequence that never falls; it is sought from the end, so that ties go to the earlier commits."""
    ends: list[int] = []
    last_of: list[int] = []
    after: list[int] = [-1] * len(seconds)
    for index in range(len(seconds) - 1, -1, -1):
        length = bisect_right(ends, -seconds[index])
        after[index] = last_of[length - 1] if length else -1
        if length == len(ends):
            ends.append(-seconds[index])
            last_of.append(index)
        else:
            ends[length] = -seconds[index]
            last_of[length] = index
    trusted = [False] * len(seconds)
    index = last_of[-1] if last_of else -1
    while index >= 0:
        trusted[index] = True
        index = after[index]
    return trusted
