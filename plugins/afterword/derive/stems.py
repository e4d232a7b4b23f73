"""Words as they are compared between texts that nobody wrote to be alike: without endings, and without those that tell nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\w+://\S+|@[\w-]+")
"""Where something is, and what somebody is called there."""
_SHORTEST = 3
_STEM = 4
"""Letters that an ending leaves: `bring` and `feed` are whole."""

_HTTP_STATUS = re.compile(r"[45]\d\d")
_VOWEL = re.compile(r"[aeiouy]")

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
    return [found for found in map(stem, _words(text)) if found]


def spelled_stems(text: str) -> Iterator[tuple[str, str]]:
    """Yield the same words, each as it is compared and as it is written."""
    for word in _words(text):
        found = stem(word)
        if found:
            yield found, word


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text or "@" in text else text)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Give a word as it is compared, `expir` for `expires`, `expired` and `expiring`; empty for one that tells nothing.

    Endings are cut by a few rules for English: what matters is that two texts lose the same, not that a word is left.
    """
    small = word.lower()
    if small[0].isdigit():
        return small if _HTTP_STATUS.fullmatch(small) else ""
    if len(small) < _SHORTEST or small in _EMPTY:
        return ""
    if not small.isascii():
        return small
    return _uninflected(_singular(small))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _STEM + 1:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and len(word) >= _STEM and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _uninflected(word: str) -> str:
    for ending in ("ing", "ed"):
        kept = word.removesuffix(ending)
        if kept != word and len(kept) >= _STEM - 1 and _VOWEL.search(kept):
            word = kept[:-1] if kept[-1] == kept[-2] and kept[-1] not in "lsz" else kept
            break
    return word[:-1] if word.endswith("e") and len(word) > _STEM else word
