"""How a share is written, so that every page and every text writes the same one alike."""

from __future__ import annotations

import math

PERCENT = "\u00a0%"
"""A number and its sign stay on one line."""


def share_words(percent: float | None, target: float | None = None) -> str:
    """Write a share in whole percent, `14 %`; nothing where there is none.

    One that is neither none nor all never looks so, and one that lies beside the target never looks as if it lay on it or beyond: it gets a decimal, `89.7 %`.
    """
    if percent is None:
        return ""
    whole = round(percent)
    if 0 < percent < 100:
        whole = min(max(whole, 1), 99)
    if target is None or (whole > target) - (whole < target) == (percent > target) - (percent < target):
        return f"{whole}{PERCENT}"
    tenths = math.floor(percent * 10) if percent < target else math.ceil(percent * 10)
    return f"{tenths / 10:.1f}{PERCENT}"
