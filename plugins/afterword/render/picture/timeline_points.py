"""Where points and labels of a timeline's picture go, so that none lies on another; lengths are pixels of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.derive.timing.course import Told
from afterword.model.value import plain_value

POINT = 13.0
"""The room of one point; a point that is nearer to the one before goes into the next row."""

ROWS = 3
"""Where that many points are not enough, they become one with a number on it."""

_CLUSTER = 25.0


@dataclass(slots=True)
class Point:
    """One event, or several that would lie on each other; `row` counts from 0, downwards."""

    x: float
    row: int
    told: list[Told]

    @property
    def room(self) -> float:
        """Give the width that must stay free around it."""
        return POINT if len(self.told) == 1 else max(_CLUSTER, label_width(len(self.told)) + 3)


def label_width(count: int) -> float:
    """Give the width of the number on a point that shows so many events, with its frame."""
    return 10.0 + 6 * len(str(count))


def points_of(
    told: Sequence[Told], places: Sequence[float], rows: int, space: float = 1.0
) -> tuple[Point, ...]:
    """Set events, in the order of time, into rows, each in exactly one point; `space` widens the room of each."""
    points: list[Point] = []
    free = [float("-inf")] * rows
    for each, x in zip(told, places, strict=True):
        last = points[-1] if points else None
        if last is not None and len(last.told) > 1 and x < last.x + last.room * space:
            last.told.append(each)
            continue
        row = next((row for row in range(rows) if x >= free[row]), None)
        if row is not None:
            points.append(Point(x, row, [each]))
            free[row] = x + POINT * space
            continue
        cluster = Point(points[-rows].x, 0, [each])
        while points and _lies_under(points[-1], cluster, space):
            cluster.told[:0] = points.pop().told
        points.append(cluster)
        free = [cluster.x + _CLUSTER * space] * rows
    return tuple(points)


def _lies_under(point: Point, cluster: Point, space: float) -> bool:
    return point.x >= cluster.x or (len(point.told) == 1 and point.x > cluster.x - 0.8 * _CLUSTER * space)


@plain_value()
class Flag:
    """A label that stands to the right of its pole, `level` rows above the band."""

    x: float
    level: int


def flags(places: Sequence[float], widths: Sequence[float]) -> tuple[Flag, ...]:
    """Raise labels, in the order of time, until none lies on another or is crossed by the pole of one behind it."""
    made: list[Flag] = []
    for x, width in zip(reversed(places), reversed(widths), strict=True):
        behind = [flag.level for flag in made if flag.x <= x + width]
        made.append(Flag(x, max(behind, default=-1) + 1))
    return tuple(reversed(made))


def margin_for(places: Sequence[float], widths: Sequence[float], width: float, least: float) -> float:
    """Give the room on the right of `width` that keeps labels within it; `places` are parts, from 0 to 1, of what is left of the width."""
    needed = [width - (width - wide) / place for place, wide in zip(places, widths, strict=True) if place > 0]
    return max((least, *needed))
