"""What an index knows of each term: the records that have it, how much it counts in each, and where it stands there."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from afterword.search.lunr_index import BOOSTS

MOST = 15
"""The largest weight: all are written with one hexadecimal digit."""

SATURATION = 6.0
LENGTH_SHARE = 0.25
USUAL_LENGTH = 600
"""Terms of a record whose length changes no weight."""

ROOM = 64
"""The places of a field begin at a multiple of this, so that a word more in one field rarely moves the places of the next ones."""

HEX = "0123456789abcdef"

Posting = tuple[int, list[int]]
"""What one record has of a term: its weight from 1 to `MOST`, and its places, counted in terms: the first as `-1 - place`, each further one as what it is more than the one before it."""


def postings_of(fields: Mapping[str, Sequence[str]]) -> dict[str, Posting]:
    """Give the posting of each term of a record, from the terms of its fields.

    The weight is that of BM25F (Robertson, Zaragoza and Taylor, 2004) without the rarity of the term: occurrences, each counted as its field
    counts, saturated, by the record's length. That is compared with `USUAL_LENGTH`: an average would change all weights with every record.
    """
    found: dict[str, list[int]] = {}  # what a term counts, its last place, and what is written of its places
    begin, length = 0, 0
    for name, terms in fields.items():
        boost = BOOSTS[name]
        for place, term in enumerate(terms, start=begin):
            if told := found.get(term):
                told.append(place - told[1])
                told[0] += boost
                told[1] = place
            else:
                found[term] = [boost, place, -1 - place]
        length += len(terms)
        begin = ((begin + len(terms)) // ROOM + 1) * ROOM
    level = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    return {
        term: (1 + int((MOST - 1) * count / (count + level) + 0.5), places)
        for term, (count, _, *places) in found.items()
    }


@dataclass(slots=True)
class Postings:
    """All records that have a term, in their order: their rows, a weight for each, and the places of one behind those of the other, written as those of a `Posting`."""

    rows: array[int] = field(default_factory=lambda: array("i"))
    weights: bytearray = field(default_factory=bytearray)
    places: array[int] = field(default_factory=lambda: array("i"))

    def remove(self, row: int) -> None:
        """Take a record out, where it is there."""
        at, begin, end = self._find(row)
        if at < len(self.rows) and self.rows[at] == row:
            del self.rows[at], self.weights[at], self.places[begin:end]

    def put(self, row: int, posting: Posting) -> None:
        """Put a record at its place among the others, of which none is the same."""
        at, begin, _ = self._find(row)
        weight, places = posting
        self.rows.insert(at, row)
        self.weights.insert(at, weight)
        self.places[begin:begin] = array("i", places)

    def _find(self, row: int) -> tuple[int, int, int]:
        """Give where a record is or would be, and the begin and end of its places."""
        at = bisect_left(self.rows, row)
        begins = [place for place, value in enumerate(self.places) if value < 0]
        begins += (len(self.places), len(self.places))
        return at, begins[at], begins[at + 1]
