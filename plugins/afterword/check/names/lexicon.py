"""Which words are given names, common words and brands; the lists are read when the first capitalised word asks for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
)
_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "er",
    "r",
    "ers",
    "ion",
    "ions",
    "ment",
    "ments",
    "al",
    "able",
    "ness",
)


def folded(name: str) -> str:
    """Give a name in small letters without accents: Søren and Soren are one name."""
    name = name.lower()
    if name.isascii():
        return name
    name = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(letter for letter in name if not unicodedata.combining(letter))


def stems(word: str) -> Iterator[str]:
    """Give what a word may be without a regular ending: restarted gives restart, stopping stop, notices notice."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) < 3 or stem == word:
            continue
        yield stem
        if ending[0] in "aei":
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
        if stem[-1] == "i":
            yield f"{stem[:-1]}y"


@cache
def _listed(name: str) -> frozenset[str]:
    words: list[str] = []
    for line in (files(__package__) / f"{name}.txt").read_text("utf-8").splitlines():
        first, *rest = line.split(" ")
        if first != "#":
            words.extend(first if end == "." else first + end for end in rest)
    return frozenset(words)


def is_given(name: str) -> bool:
    """Tell whether a folded word is listed as a given name."""
    return name in _listed("given")


def is_listed_word(name: str) -> bool:
    """Tell whether a folded name is also a common word, as it stands."""
    return name in _listed("words")


@lru_cache(maxsize=1 << 16)
def is_word(word: str) -> bool:
    """Tell whether a folded word is a common English one, or one with a regular ending."""
    words = _listed("words")
    return word in words or any(is_word(stem) for stem in stems(word))


@lru_cache(maxsize=1 << 14)
def is_rare_word(word: str) -> bool:
    """Tell whether a folded word is an English one that `is_word` does not know, or one with a regular ending."""
    rarer = _listed("rarer")
    return word in rarer or any(stem in rarer or is_word(stem) for stem in stems(word))


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is an English one, common or rare, as it stands or as a plural; other endings make surnames, too."""
    return any(
        form in _listed("words") or form in _listed("rarer")
        for form in (word, word.removesuffix("s"))
        if form
    )


def is_brand(word: str) -> bool:
    """Tell whether a folded word is a brand, a tool or a product."""
    return word in _listed("brands")
