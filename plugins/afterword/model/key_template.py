"""Templates of keys and addresses: the last `#` stands for digits, every other one for itself (`PAY-#`, `##`, `https://tracker.example/PAY-#`)."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = r"([0-9]{1,18})"


def digits_in(template: str, text: str) -> str:
    """Give the digits that stand for `#` in a template, without regard to case; empty where it does not fit."""
    pattern = _pattern(template)
    found = pattern.fullmatch(text) if pattern else None
    return found[1] if found else ""


def filled(template: str, digits: str) -> str:
    """Give a template with digits in the place of its last `#`."""
    before, _, after = template.rpartition("#")
    return f"{before}{digits}{after}"


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str] | None:
    before, mark, after = template.rpartition("#")
    return re.compile(re.escape(before) + _DIGITS + re.escape(after), re.IGNORECASE) if mark else None
