"""Which word of the archive was meant by one that it does not have."""

from __future__ import annotations

from collections.abc import Iterable

PIECES = 3
"""Into so many pieces a word is cut of which a near word has at least one: two slips spoil two, but where neighbours change places across a cut."""

SHORTEST = 4
"""Letters of a word that is corrected: of a shorter one nearly every other is near."""

_TWO_SLIPS = 8


def meant(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """Give the known word that is nearest, of equally near ones the most frequent; None where none is near.

    One letter may be missing, too much, another, or changed places with its neighbour; of eight letters on, two.
    """
    if len(word) < SHORTEST:
        return None
    most = 2 if len(word) >= _TWO_SLIPS else 1
    best: tuple[int, bool, int, str] | None = None
    for other, records in known:
        if abs(len(other) - len(word)) > most or other.isdecimal() or word.isdecimal():
            continue
        slips = distance(word, other, most)
        if slips <= most:
            rank = (slips, other[0] != word[0], -records, other)
            best = min(best, rank) if best else rank
    return best[3] if best else None


def distance(one: str, other: str, most: int) -> int:
    """Count the slips between two words (Damerau and Levenshtein, neighbours changing places counted as one); above `most` any larger number."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, before, row = before, row, [at]
        for place, letter_of_other in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != letter_of_other))
            if last and place > 1 and letter == other[place - 2] and one[at - 2] == letter_of_other:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def pieces(word: str) -> tuple[str, ...]:
    """Cut a word into pieces of about one length."""
    return tuple(word[len(word) * at // PIECES : len(word) * (at + 1) // PIECES] for at in range(PIECES))
