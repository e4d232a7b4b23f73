"""What was meant by a word that is none of those known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from heapq import nlargest

from afterword.parse.source.edits import one_edit

LONGEST = 160
MOST_COMPARED = 20
_NUMBERED = re.compile(r"[^\W\d_]*[-_ ]?([0-9]+)")


def nearest(
    word: str, known: Iterable[str], cutoff: float = 0.6, means: Mapping[str, str] | None = None
) -> str | None:
    """Give the known word that is most like a word; None where none is, where several are equally so, or the word is too long to be one.

    In a word that is hardly more than a number another digit is no slip: `sev9` is no `sev4`. `cutoff` is difflib's ratio, 0 to 1. Measuring it is
    slow, and an archive may know ten thousand words: of many, only those that share most pairs of letters with the word are measured. Words that
    by `means` lead to the same are one.
    """
    length = len(word)
    if length > LONGEST:
        return None
    near = [each for each in known if 2 * min(len(each), length) >= cutoff * (len(each) + length)]
    number = _number(word)
    if number:
        near = [each for each in near if _number(each) == number or len(_number(each)) != len(number)]
    if len(near) > MOST_COMPARED:
        pairs = {word[at : at + 2] for at in range(length)}
        near = nlargest(MOST_COMPARED, near, key=lambda each: (sum(pair in each for pair in pairs), each))
    close = get_close_matches(word, near, n=MOST_COMPARED, cutoff=cutoff)
    if not close:
        return None
    likeness = {each: SequenceMatcher(None, each, word).ratio() for each in close}
    equal = [each for each in close if likeness[each] == likeness[close[0]]]
    # `opne` shares as many letters with `done` as with `open`.
    return the_one([each for each in equal if one_edit(word, each)] or equal, means)


def the_one(words: Iterable[str], means: Mapping[str, str] | None = None) -> str | None:
    """Give the word where there is one, or where all lead to the same by `means`; None where several may be meant."""
    found = list(words)
    meant = {(means or {}).get(each, each) for each in found}
    return found[0] if len(meant) == 1 else None


def _number(word: str) -> str:
    """Give the number of a word that is hardly more than that, such as `sev4` and `P1`, else nothing."""
    found = _NUMBERED.fullmatch(word)
    return found[1] if found else ""
