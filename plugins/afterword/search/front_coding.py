"""Sorted words in one text, each by what it does not share with the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def front_coded(words: Iterable[str]) -> str:
    """Write words with a space between them; the first sign of each says how many letters it shares with the one before it, up to 35, in base 36."""
    return " ".join(_coded(words))


def _coded(words: Iterable[str]) -> Iterator[str]:
    before = ""
    for word in words:
        shared = sum(1 for _ in takewhile(_same, zip(word, before, strict=False)))
        shared = min(shared, len(_DIGITS) - 1)
        yield _DIGITS[shared] + word[shared:]
        before = word


def _same(pair: tuple[str, str]) -> bool:
    # Beyond U+FFFF a letter is two of JavaScript's.
    return pair[0] == pair[1] <= "\uffff"


def uncoded(text: str) -> list[str]:
    """Read the words again."""
    words: list[str] = []
    before = ""
    for each in text.split(" ") if text else ():
        before = before[: int(each[0], 36)] + each[1:]
        words.append(before)
    return words
