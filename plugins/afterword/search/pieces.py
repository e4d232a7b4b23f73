"""The large search index: the postings of all terms, cut into pieces of which a question loads few.

Where the cuts are follows from the terms and the number of their records alone, so that an index which was edited is the same as one made anew,
and an edit moves few of them.
"""

from __future__ import annotations

import base64
import json
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from operator import sub

from afterword.search.files import IndexFile, json_bytes
from afterword.search.front_coding import front_coded, uncoded
from afterword.search.postings import HEX, Posting, Postings

FORMAT = 1
NAME = "search/postings.json"
FOLDER = "search/postings"

LARGEST = 2_500
"""Postings of a piece at most, unless one term has more: 2 KB as they are sent."""

OWN = 100
"""The places of a term with more postings are a file of their own: they are asked for by one term, and weigh twice what the postings weigh."""

OF_A_TERM = 3
"""A term weighs as much as so many postings."""

DEEPEST = 40
"""Letters of a beginning at most: files are named by them."""

Edits = Mapping[int, Posting | None]
"""What records now have of one term, by row: their posting, None where they have it no more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The terms from one beginning to that of the next piece, as files: `postings` by which records are found, `places` for phrases, and by terms the places of those that have a file of their `own`.

    `version` is four signs that tell this content from another: files are asked for with them, so that no old one is taken out of a browser's cache.
    """

    postings: bytes
    places: bytes
    own: Mapping[str, bytes]
    version: str

    @classmethod
    def holding(cls, postings: bytes, places: bytes, own: Mapping[str, bytes]) -> Piece:
        """Give the piece with these files."""
        digest = blake2b(postings, digest_size=3)
        for each in (places, *own.values()):
            digest.update(each)
        return cls(postings, places, own, base64.urlsafe_b64encode(digest.digest()).decode())

    @classmethod
    def of(cls, terms: Mapping[str, Postings]) -> Piece:
        """Write the postings of sorted terms.

        `postings` is a list: the terms (`front_coding`), of each how many records have it, the rows of these, each as what it is more than the
        one before it, and the weights, a hexadecimal digit each. `places` is a list of the places of all terms that have no file of their own.
        """
        rows: list[int] = []
        places: list[int] = []
        own = {}
        for term, found in terms.items():
            rows += found.rows[:1]
            rows += map(sub, found.rows[1:], found.rows)
            if has_own(term, len(found.rows)):
                own[term] = json_bytes(found.places.tolist())
            else:
                places += found.places
        weights = b"".join(found.weights for found in terms.values())
        told = [
            front_coded(terms),
            [len(found.rows) for found in terms.values()],
            rows,
            "".join(map(HEX.__getitem__, weights)),
        ]
        return cls.holding(json_bytes(told), json_bytes(places), own)

    def terms(self) -> dict[str, Postings]:
        """Read the postings again."""
        coded, counts, deltas, weights = json.loads(self.postings)
        shared = array("i", json.loads(self.places))
        begins = [at for at, value in enumerate(shared) if value < 0]
        begins.append(len(shared))
        found = {}
        at, record = 0, 0
        for term, count in zip(uncoded(coded), counts, strict=True):
            end = at + count
            if term in self.own:
                places = array("i", json.loads(self.own[term]))
            else:
                places = shared[begins[record] : begins[record + count]]
                record += count
            found[term] = Postings(
                array("i", accumulate(deltas[at:end])),
                bytearray(int(each, 16) for each in weights[at:end]),
                places,
            )
            at = end
        return found

    def content(self) -> bytes:
        """Give all files as one text, a line each."""
        return b"\n".join((json_bytes([*self.own]), self.postings, self.places, *self.own.values()))

    @classmethod
    def read(cls, content: bytes) -> Piece:
        """Make a piece of its `content`. Raises ValueError where that is none."""
        names, postings, places, *own = content.split(b"\n")
        return cls.holding(postings, places, dict(zip(json.loads(names), own, strict=True)))


def has_own(term: str, postings: int) -> bool:
    """Tell whether the places of a term are a file of their own, as the page's scripts do."""
    return postings > OWN and len(compared(term)) <= 2 * DEEPEST


def compared(term: str) -> bytes:
    """Give what terms are sorted by: the units of UTF-16, as the page's scripts compare them."""
    return term.encode("utf-16-be", "surrogatepass")


def cuts(terms: Sequence[str], counts: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Cut sorted terms into pieces: the beginning of each, which no term before it reaches, and the positions where its terms begin and end.

    What begins alike and is too large for one piece is divided by the next letter, and neighbours that are small together make one piece.
    """
    weighed = [0, *accumulate(counts[term] + OF_A_TERM for term in terms)]

    def divided(begin: int, end: int, depth: int, start: str) -> Iterator[tuple[str, int, int]]:
        if weighed[end] - weighed[begin] <= LARGEST or end - begin == 1 or depth == DEEPEST:
            yield start, begin, end
            return
        open_from: tuple[str, int] | None = None
        at = begin
        for name, size in Counter(term[: depth + 1] for term in terms[begin:end]).items():
            upto = at + size
            name = start if at == begin else name
            if open_from and weighed[upto] - weighed[open_from[1]] > LARGEST:
                yield *open_from, at
                open_from = None
            if weighed[upto] - weighed[at] > LARGEST:
                yield from divided(at, upto, depth + 1, name)
            else:
                open_from = open_from or (name, at)
            at = upto
        if open_from:
            yield *open_from, end

    if terms:
        yield from divided(0, len(terms), 0, "")


def edited(
    pieces: Mapping[str, Piece], counts: Mapping[str, int], edits: Mapping[str, Edits]
) -> dict[str, Piece]:
    """Give the pieces of an edited index: of those that were there, a piece with the same bounds and no edited term as it was, the others made again.

    `counts` says of each term of the new index how many records have it.
    """
    terms = sorted(counts, key=compared)
    starts, changed = [*pieces], sorted(map(compared, edits))
    old = [compared(start) for start in starts]
    bounds = {*zip(starts, [*starts[1:], None], strict=True)} if starts else set()
    read = cache(lambda start: pieces[start].terms())
    cut = [*cuts(terms, counts)]
    made = {}
    for (start, begin, end), upto in zip(cut, [*(start for start, _, _ in cut[1:]), None], strict=True):
        low = compared(start)

        def below(keys: Sequence[bytes], upto: str | None = upto) -> int:
            return len(keys) if upto is None else bisect_left(keys, compared(upto))

        if (start, upto) in bounds and bisect_left(changed, low) == below(changed):
            made[start] = pieces[start]
            continue
        held: dict[str, Postings] = {}
        for each in starts[max(bisect_right(old, low) - 1, 0) : below(old)]:
            held |= read(each)
        made[start] = Piece.of(
            {term: _edited(held.get(term), edits.get(term, {})) for term in terms[begin:end]}
        )
    return made


def _edited(postings: Postings | None, edits: Edits) -> Postings:
    postings = postings or Postings()
    for row, posting in edits.items():
        postings.remove(row)
        if posting:
            postings.put(row, posting)
    return postings


def index_files(pieces: Mapping[str, Piece], rows: str, base: str) -> Iterator[IndexFile]:
    """Yield the files of pieces by their beginnings, and `<base>search/postings.json`: `rows`, the mark of the records, `starts`, the sorted beginnings (`front_coding`), and `versions`, four signs for each."""
    for start, piece in pieces.items():
        yield IndexFile(f"{base}{FOLDER}/t-{file_name(start)}.json", piece.postings)
        yield IndexFile(f"{base}{FOLDER}/p-{file_name(start)}.json", piece.places)
        for term, places in piece.own.items():
            yield IndexFile(f"{base}{FOLDER}/w-{file_name(term)}.json", places)
    told = {
        "format": FORMAT,
        "rows": rows,
        "starts": front_coded(pieces),
        "versions": "".join(piece.version for piece in pieces.values()),
    }
    yield IndexFile(base + NAME, json_bytes(told))


def file_name(start: str) -> str:
    """Give what files of a beginning or term are called: by itself, where other than plain letters and digits occur by the numbers of UTF-16."""
    return start if start.isascii() else f"_{start.encode('utf-16-be', 'surrogatepass').hex()}"
