"""A figure by quarter as small columns: how it goes can be seen before a number is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.derive.health.health_figure import HealthFigure
from afterword.derive.timing.calendar import quarter_label
from afterword.render.words.share_words import share_words

GAP = 0.25
"""Of the width of a column, the part between it and the next."""

FLAT = 2.0
"""Percent of the height that a column of nothing has: it is known, and a quarter without a column is not."""

HEADROOM = 1.25
"""How much higher than the highest column or target a drawing of small shares is; a few percent would not be seen at full scale."""


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter that has a share; places and lengths are percent of the drawing."""

    x: str
    y: str
    height: str
    tone: str
    title: str
    running: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The drawing of a figure: `width` is that of each column, `target` where its line lies, empty without one; `top` is what the full height means."""

    columns: tuple[Column, ...]
    width: str
    target: str
    top: str
    first: str
    last: str


def columns(figure: HealthFigure, quarters: Sequence[int], running: int) -> Columns:
    """Draw a figure over all of `quarters`, which follow each other; the one that is not over is `running`."""
    top = _top(figure, quarters)
    step = 100 / len(quarters)
    drawn = []
    for place, quarter in enumerate(quarters):
        share = figure.quarters.get(quarter)
        if share is None or share.percent is None:
            continue
        height = max(100 * share.percent / top, FLAT)
        met = figure.met(share)
        drawn.append(
            Column(
                _written(step * (place + GAP / 2)),
                _written(100 - height),
                _written(height),
                "" if met is None else "met" if met else "missed",
                f"{quarter_label(quarter)}: {share_words(share.percent, figure.target)} ({share.kept} of {share.counted})",
                quarter == running,
            )
        )
    target = "" if figure.target is None else _written(100 - 100 * figure.target / top)
    return Columns(
        tuple(drawn),
        _written(step * (1 - GAP)),
        target,
        f"{top:g} %",
        quarter_label(quarters[0]),
        quarter_label(quarters[-1]),
    )


def _top(figure: HealthFigure, quarters: Sequence[int]) -> float:
    """Give what the full height is: all, but of what should be few, a round number above the highest."""
    if not figure.fewer:
        return 100.0
    shares = (figure.quarters.get(quarter) for quarter in quarters)
    highest = max(
        [figure.target or 0.0, *(share.percent for share in shares if share and share.percent is not None)]
    )
    return next((top for top in (20.0, 40.0, 60.0) if top >= highest * HEADROOM), 100.0)


def _written(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
