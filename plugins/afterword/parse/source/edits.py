"""One word written in the place of another, and how far two words are from each other."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.model.finding import Edit
from afterword.model.span import Span

LONG = 6
"""Letters of a word that is known again with a letter wrong, missing or too many. Of shorter ones only with two in the wrong order: `none` is no slip in `done`."""


def written_over(
    span: Span, shown: str, text: str, start: int = 0, end: int | None = None
) -> tuple[Edit, ...]:
    """Give the edit that writes `text` over the characters `start` to `end` of a stretch that reads `shown`.

    None where the stretch is not written as it reads, on one line: what stands between its characters, marks or escapes, would be lost.
    """
    if span.line != span.end_line or span.end_column - span.column != len(shown):
        return ()
    last = len(shown) if end is None else end
    return (Edit(Span.at(span.line, span.column + start, last - start), text),)


def only_near(word: str, known: Iterable[str]) -> str | None:
    """Give the one known word that a word can only be, with other letter case, other blanks, or one slip of the pen; None where there are several or none.

    A digit is never a slip: `sev5` is no `sev4`.
    """
    folded = {_folded(each): each for each in known}
    written = _folded(word)
    if written in folded:
        return folded[written]
    near = [each for each in folded if one_edit(written, each) and _digits(written) == _digits(each)]
    if len(near) != 1:
        return None
    is_swap = sorted(written) == sorted(near[0])
    return folded[near[0]] if is_swap or min(len(written), len(near[0])) >= LONG else None


def _folded(word: str) -> str:
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def one_edit(first: str, second: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours makes one word of the other; equal words are none apart."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    if len(one) == len(two):
        return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
    return one[1:] == two or one == two[1:]
