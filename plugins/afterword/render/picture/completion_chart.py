"""Completion by quarter of publication, drawn as columns beside the targets.

Places are percentages of the drawing's width and height, so that it fits any screen; what it says stands in a table as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.derive.promises.completion import Completion, QuarterOfPromises
from afterword.derive.timing.calendar import quarter_label

MOST_QUARTERS = 12
"""The latest are shown; the JSON beside the page has all."""

TOP = 4.0
BOTTOM = 82.0
"""Where 100 % and 0 % lie, in percent of the height; below stand the quarters."""

_GAP = 0.28
"""The part of a quarter's room that stays free."""


@dataclass(frozen=True, slots=True)
class Column:
    """The share of one quarter at one target, `series` being the target's place; `young` where its records are too young to tell, `partly` where some are."""

    x: str
    y: str
    width: str
    height: str
    series: int
    young: bool
    partly: bool


@dataclass(frozen=True, slots=True)
class QuarterMark:
    """A quarter below the axis; `year` is said where it changes."""

    x: str
    label: str
    year: str


@dataclass(frozen=True, slots=True)
class TargetMark:
    """A target: the days, the percent, and the height at which its line lies."""

    days: int
    percent: float
    y: str
    series: int


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter in the table; `found` is None where no record was published in it."""

    label: str
    found: QuarterOfPromises | None


@dataclass(frozen=True, slots=True)
class CompletionChart:
    """The drawing with its table, whose lines have the latest quarter first; `earlier` quarters are left out."""

    columns: tuple[Column, ...]
    quarters: tuple[QuarterMark, ...]
    targets: tuple[TargetMark, ...]
    lines: tuple[QuarterLine, ...]
    earlier: int

    @property
    def is_telling(self) -> bool:
        """Tell whether there is anything to draw: a quarter whose records are old enough."""
        return any(not column.young for column in self.columns)


def completion_chart(quarters: Sequence[QuarterOfPromises]) -> CompletionChart | None:
    """Draw the latest quarters, those between them without a record included; None where nothing was published."""
    if not quarters:
        return None
    found = {each.quarter: each for each in quarters}
    first, last = quarters[0].quarter, quarters[-1].quarter
    shown = range(max(first, last - MOST_QUARTERS + 1), last + 1)
    width = 100 / len(shown)
    columns: list[Column] = []
    marks = []
    for place, quarter in enumerate(shown):
        if quarter in found:
            columns += _columns(found[quarter].completions, place * width, width)
        year, number = divmod(quarter, 4)
        changes = place == 0 or number == 0
        marks.append(
            QuarterMark(_written((place + 0.5) * width), f"Q{number + 1}", str(year) if changes else "")
        )
    targets = tuple(
        TargetMark(each.days, each.target, _written(_height(each.target)), series)
        for series, each in enumerate(quarters[-1].completions)
    )
    return CompletionChart(
        tuple(columns),
        tuple(marks),
        targets,
        tuple(QuarterLine(quarter_label(quarter), found.get(quarter)) for quarter in reversed(shown)),
        sum(quarter < shown[0] for quarter in found),
    )


def _columns(completions: Sequence[Completion], start: float, room: float) -> Iterator[Column]:
    width = min(room * (1 - _GAP) / max(len(completions), 1), 6.0)
    begin = start + (room - width * len(completions)) / 2
    for series, each in enumerate(completions):
        young = each.percent is None and each.too_young > 0
        if each.percent is None and not young:
            continue
        top = _height(100.0 if each.percent is None else each.percent)
        yield Column(
            _written(begin + series * width),
            _written(top),
            _written(width * 0.92),
            _written(max(BOTTOM - top, 0.6)),
            series,
            young,
            not young and each.too_young > 0,
        )


def _height(percent: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(max(percent, 0.0), 100.0) / 100


def _written(percent: float) -> str:
    return f"{percent:.2f}"
