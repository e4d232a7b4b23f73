"""One figure of an archive's health: a share in each quarter, with what is left out of it and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from afterword.derive.timing.calendar import quarter_of

TOO_YOUNG = "too young"
NO_CLOSE = "without a close"
NOT_DUE = "not due yet"
NO_DAY = "undated"
"""Nothing tells when it was published."""
NOT_FINAL = "not final yet"
NOT_COMMITTED = "not in git"
CAME_LATER = "in git after publication"


class Basis(StrEnum):
    """Whose quarter something counts in."""

    CLOSE = "close"
    INCIDENT = "incident"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the `counted` are so; `left_out` are the others by the reason, and `untold` those of the counted that do not say."""

    kept: int = 0
    counted: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    untold: int = 0

    @property
    def percent(self) -> float | None:
        """Give the share in percent, None where nothing is counted: that is no zero."""
        return 100 * self.kept / self.counted if self.counted else None

    def __add__(self, other: Share) -> Share:
        """Sum up two quarters."""
        left_out = self.left_out or other.left_out
        if self.left_out and other.left_out:
            left_out = dict(sorted((Counter(self.left_out) + Counter(other.left_out)).items()))
        return Share(
            self.kept + other.kept, self.counted + other.counted, left_out, self.untold + other.untold
        )


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """One figure by the quarter, which is counted from the year 0.

    `target` is in percent, None where there is none; with `fewer` it is good to be below it, and the fewer the better. `absent` says why nothing is known
    at all, and is empty where it is. `days` is the N of a figure within N days, else None.
    """

    id: str
    label: str
    basis: Basis
    quarters: Mapping[int, Share]
    target: float | None = None
    fewer: bool = False
    days: int | None = None
    absent: str = ""

    @property
    def whole(self) -> Share:
        """Give the share over all quarters."""
        return self.over(self.quarters)

    def met(self, share: Share) -> bool | None:
        """Tell whether a share reaches the target; None where one of them is missing."""
        if self.target is None or share.percent is None:
            return None
        return share.percent < self.target if self.fewer else share.percent >= self.target

    def over(self, quarters: Iterable[int]) -> Share:
        """Sum up some quarters."""
        total = Share()
        for quarter in quarters:
            total += self.quarters.get(quarter, Share())
        return total


class Counting:
    """Counts by quarter."""

    def __init__(self) -> None:
        self._counts: dict[int, list[int]] = {}
        self._left_out: dict[int, Counter[str]] = {}

    def count(self, day: date | None, *, kept: bool, untold: bool = False) -> None:
        """Count one in the quarter of a day; what has no day counts nowhere."""
        if day is not None:
            counts = self._counts.setdefault(quarter_of(day), [0, 0, 0])
            counts[0] += kept
            counts[1] += 1
            counts[2] += untold

    def leave_out(self, day: date | None, why: str) -> None:
        """Leave one out in the quarter of a day."""
        if day is not None:
            self._left_out.setdefault(quarter_of(day), Counter())[why] += 1

    @property
    def quarters(self) -> Mapping[int, Share]:
        """Give what was counted, the earliest quarter first."""
        shares = {}
        for quarter in sorted({*self._counts, *self._left_out}):
            kept, counted, untold = self._counts.get(quarter, (0, 0, 0))
            left_out: Mapping[str, int] = self._left_out.get(quarter, {})
            shares[quarter] = Share(kept, counted, dict(sorted(left_out.items())), untold)
        return shares


def merged(one: Mapping[int, Share], other: Mapping[int, Share]) -> Mapping[int, Share]:
    """Sum up what was counted in two ways, by quarter."""
    return {
        quarter: one.get(quarter, Share()) + other.get(quarter, Share()) for quarter in sorted({*one, *other})
    }
