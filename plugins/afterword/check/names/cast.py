"""The cast of stories about protocols, Alice and Bob among them, who are no people."""

from __future__ import annotations

import re
from collections.abc import Iterable


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEADS = _set("alice bob carol charlie eve mallory trent trudy")
_CAST = _LEADS | _set(
    "carlos chuck craig dan dave david erin faythe frank grace heidi ivan judy mallet mike oscar peggy rupert sybil trudy victor walter wendy"
)
_PARTS = re.compile(
    r"\b(?:attackers?|adversary|victims?|eavesdroppers?|senders?|receivers?|recipients?|contracts?|wallets?)\b",
    re.IGNORECASE,
)
_PROPS = re.compile(
    r"\b(?:users?|keys?|messages?|tokens?|transactions?|signs|signatures?|deposits?|accounts?)\b",
    re.IGNORECASE,
)


def players(told: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the names that play a part, of names in small letters and the text each stands in.

    One of the leads has to stand beside a part, such as the attacker, or two of the cast and beside one of them what is sent or signed.
    """
    named = [(name, text) for name, text in told if name in _CAST]
    if not any(name in _LEADS for name, _ in named):
        return frozenset()
    several = len({name for name, _ in named}) > 1
    for name, text in named:
        if name in _LEADS and (_PARTS.search(text) or (several and _PROPS.search(text))):
            return _CAST
    return frozenset()
