"""Names that say who does an action, which is where a name belongs."""

from __future__ import annotations

import re

from afterword.check.language.narrative import Passage

_FAR = 80
"""How many characters to either side are looked at."""
_OPENS = re.compile(r"[\s*_\[(]*(?:(?:owner|by|who)[:\s]+)?[\s@]*", re.IGNORECASE)
_BEFORE_WORK = re.compile(r"[\])*_]*(?:\s*[:–—-]\s|\s+to\s|\s+will\s)")
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,40}$")
_ENDS_ASIDE = re.compile(r"[^()\[\]]{0,60}[)\]]\W*$")
_LAST = re.compile(r"(?:[–—:]|->|→|=>|\s-)\s*[*_@]*$")


def is_owner(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the characters `start` to `end` of a passage among the actions say whose the action is.

    So they do alone, in a final parenthesis, behind a final dash, and before `:` or `to` at the beginning.
    """
    if passage.section != "actions":
        return False
    before, behind = passage.text[max(0, start - _FAR) : start], passage.text[end : end + _FAR]
    if _OPENS.fullmatch(before) and (not behind.strip(" .)]*_") or _BEFORE_WORK.match(behind)):
        return True
    if _ASIDE.search(before) and _ENDS_ASIDE.match(behind):
        return True
    return bool(_LAST.search(before)) and not behind.strip(" .)]*_")
