"""The terms that an index holds: folded words without the commonest, brought down to what their forms share.

The page's scripts make the same terms of a question (`question.js`). lunr's own stemmers in Python and JavaScript differ from each other, and
Pagefind's from both; one definition of ours is why the engines find the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from afterword.search.folding import folded

STOP_WORDS = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his how i if in into is it its of on or our "  # noqa: SIM905
    "she so than that the their them then there these they this those to was we were what when where which who why will "
    "with would you your".split()
)

_STEMMED = re.compile(r"[a-z]{4,40}")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = ("ation", "ment", "ness", "ly")
_AGAIN = ("at", "ur")
_LEAST = 4
"""Letters that an ending must leave: `rotation` is no `rot`."""


def terms(text: str) -> list[str]:
    """Give the terms of a text in its order, each as often as it occurs."""
    return terms_of(folded(text).split())


def terms_of(words: Iterable[str]) -> list[str]:
    """Give the terms of folded words."""
    return [stem(word) for word in words if word not in STOP_WORDS]


def joined(key: str) -> str:
    """Give a ticket key, an id or an error code as one term, `pay1234` for PAY-1234: so it is found as typed."""
    return folded(key).replace(" ", "")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take the endings of English forms off a folded word: `connections` and `connected` are `connect`, other languages' words mostly stay."""
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
