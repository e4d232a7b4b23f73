"""Words as they are compared between texts that nobody wrote to be alike: without endings, and without those that tell nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\w+://\S+|@[\w-]+")
"""Where something is, and what somebody is called there."""
_SHORTEST = 3
_HTTP_STATUS = re.compile(r"[45]\d\d")
_STEMMED = re.compile(r"[a-z]{4,40}")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = ("ation", "ment", "ness", "ly")
_AGAIN = ("at", "ur")
_LEAST = 4
"""Letters that an ending must leave: `rotation` is no `rot`."""

_EMPTY = frozenset(
    """a about above across actual actually after again against ago all almost along already also although always among an and another any
    are around as at away back be became because become been before began behind being below best better between both but by call called came
    can cannot case cause caused change changed clear come complete could current currently day days despite did different does doing done
    down due during each early either else end enough especially even event ever every except few first follow followed following for found
    from full further gave get give given go going good got great had half happen happened happening has have having he her here high him his
    hour hours how however i if immediate immediately impact in incident include included including initial initially instead into is issue
    issues it its itself just keep kept knew know known large last late later least led left less let like likely little long look low made
    main make makes making many may me mean meant might minute minutes month months more most much must my need needed neither never new next
    no non none nor not note nothing notice noticed now number of off often old on once one only onto or other others our out outage over own
    part people per perform place point possible post postmortem previous previously problem problems put quite rather reason recent recently
    related remain resolve resolved result resulted right root said same saw say second see seem seen several shall she should show since
    single small so some someone something soon start started state still stop stopped such summary sure take taken team than that the their
    them themselves then there therefore these they thing things think this those though three through thus time times to together told too
    took toward towards tried try turn two under unclear understand until up upon us use used useful user users using usual usually very via
    want wanted was way we week weeks well went were what when where whether which while who whole whom whose why will wish with within
    one two three four five six seven eight nine ten eleven twelve twenty half third quarter monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december utc gmt morning afternoon evening night today
    yesterday tomorrow whoever whatever wherever somebody anybody nobody everybody anyone nearly anew alone beside beyond meanwhile whenever
    without work worked working would wrong year years yet you your""".split()  # noqa: SIM905
)
"""English words that any account of an incident may hold; in other languages only what is frequent in the archive is left out."""


def stems(text: str) -> list[str]:
    """Give the words of a text that may tell it from others, as they are compared."""
    return stems_of(words_in(text))


def stems_of(words: Iterable[str]) -> list[str]:
    """Give those of some words that may tell a text from others, as they are compared."""
    return [found for found in map(_telling, words) if found]


def spelled(words: Iterable[str]) -> Mapping[str, str]:
    """Give the same by their stems, each as it is written first, in small letters where it ever is."""
    found: dict[str, str] = {}
    for word in dict.fromkeys(words):
        stem = _telling(word)
        if stem and (stem not in found or (word.islower() and not found[stem].islower())):
            found[stem] = word
    return found


def words_in(text: str) -> list[str]:
    """Give the words of a text as they are written, without addresses."""
    return _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text or "@" in text else text)


@lru_cache(maxsize=65_536)
def _telling(word: str) -> str:
    """Give a word as it is compared; empty for one that tells nothing."""
    small = word.lower()
    if small[0].isdigit():
        return small if _HTTP_STATUS.fullmatch(small) else ""
    return "" if len(small) < _SHORTEST or small in _EMPTY else stem(small)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take the endings of English forms off a folded word: `connections` and `connected` are `connect`, other languages' words mostly stay.

    The search's page does the same (`question.js`). What matters is that two texts lose the same, not that a word is left.
    """
    if not _STEMMED.fullmatch(word):
        return word
    word = _verb(_singular(word))
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word.removesuffix(ending)
            break
    else:
        if word.endswith(("sion", "tion")) and len(word) > 5:
            word = word[:-3]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    for ending in _AGAIN:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word.removesuffix(ending)
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and word[-2] not in "sui" else word


def _verb(word: str) -> str:
    if word.endswith("ied"):
        return f"{word[:-3]}y"
    if word.endswith("eed"):
        return word
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest):
            double = rest[-1] == rest[-2] and rest[-1] not in "aeioulsz"
            return rest[:-1] if double else rest
    return word
