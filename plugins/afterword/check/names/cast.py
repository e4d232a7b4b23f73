"""The cast of stories about protocols, Alice and Bob among them, who are no people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from afterword.check.language.words import word_set

_LEADS = word_set("alice bob carol charlie eve mallory trent trudy")
_CAST = _LEADS | word_set(
    "carlos chuck craig dan dave david erin faythe frank grace heidi ivan judy mallet mike oscar peggy rupert sybil trudy victor walter wendy"
)
_PARTS = re.compile(
    r"\b(?:attackers?|adversary|victims?|eavesdroppers?|senders?|receivers?|recipients?)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:contracts?|wallets?|(?<!connection )(?<!thread )(?<!worker )(?<!node )(?<!database )pools?)\b",
    re.IGNORECASE,
)
_PROPS = re.compile(
    r"\b(?:users?|keys?|messages?|tokens?|transactions?|signs|signatures?|deposits?|accounts?|withdraws|swaps?|deploys)\b",
    re.IGNORECASE,
)
_OPERATES = re.compile(
    r"\b(\w+) (?:then |also |later |quickly |immediately |manually |accidentally )?"
    r"(?:restarted|rebooted|paged|pinged|escalated|acknowledged|rolled|rotated|merged|pushed|investigated|upgraded|patched|scaled|forgot|should(?:'ve| have))\b",
    re.IGNORECASE,
)
"""What those do, or are blamed for, who run a system; no story about a protocol tells it."""


def players(told: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the names that play a part, of names in small letters and the text each stands in.

    One of the leads has to stand beside a part, such as the attacker, or beside what is sent or signed where that is to a contract or one more of the cast is told of.
    Where one of them runs a system, all are people: many an incident is about users, keys or messages.
    """
    named = [(name, text) for name, text in told if name in _CAST]
    if not any(name in _LEADS for name, _ in named):
        return frozenset()
    if any(subject.lower() == name for name, text in named for subject in _OPERATES.findall(text)):
        return frozenset()
    several = len({name for name, _ in named}) > 1
    for name, text in named:
        if name not in _LEADS:
            continue
        if _PARTS.search(text) or (_PROPS.search(text) and (several or _PLACES.search(text))):
            return _CAST
    return frozenset()
