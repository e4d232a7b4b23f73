"""The large search index between two builds: an edit costs what it changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from afterword.derive.search_documents import SearchDocument
from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.operations.program import program_marks
from afterword.operations.site_search.search_shares import Share, Shares, digest
from afterword.search.pieces import Piece, compared, cuts, edited
from afterword.search.postings import Posting, Postings
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

MOST_CHANGED = 0.1
"""Where a larger share of the records has changed, all pieces are made anew."""


@dataclass(frozen=True, slots=True)
class PostingsIndex:
    """The pieces by their beginnings, in order, and how many records have each word that slips are forgiven to. `is_current` is False where some records have in it what they had at an earlier build."""

    pieces: Mapping[str, Piece]
    words: Counter[str]
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of an index beside its pieces: of what each record was made, by name in the order of rows, how many records have each term and each word, and the versions of the pieces by their beginnings."""

    digests: dict[str, bytes]
    counts: dict[str, int]
    words: dict[str, int]
    versions: dict[str, str]


def postings_index(
    documents: Sequence[SearchDocument],
    base: str,
    cache: Cache,
    indexed: Callable[[], object],
    *,
    at_once: bool = False,
) -> PostingsIndex:
    """Index documents in the order of their rows; `base` tells this archive from others that share the cache, `indexed` is called for each record that is looked into.

    With `at_once` the index of an earlier build will do, where all its records have their rows still.
    """
    kept = KeptPages(cache.folder)
    making = _Making(documents, base, kept, indexed)
    try:
        return making.edited(at_once) or making.anew()
    finally:
        kept.close()


class _Making:
    """One making of the index."""

    def __init__(
        self,
        documents: Sequence[SearchDocument],
        base: str,
        kept: KeptPages,
        indexed: Callable[[], object],
    ) -> None:
        marks = "\n".join(program_marks("derive", "search")).encode()
        self._documents, self._kept, self._indexed = documents, kept, indexed
        self._key = partial(_key, base)
        self._names = tuple(_names(documents))
        self._digests = {name: digest(each, marks) for name, each in zip(self._names, documents, strict=True)}
        self._shares = Shares(kept, self._key)

    def edited(self, at_once: bool) -> PostingsIndex | None:
        """Give the index that is kept, with what has changed since; None where there is none or part of it is lost, where records have other rows, and where much has changed."""
        try:
            told = unpickled(self._kept.get(self._key("told")) or b"")
            if not isinstance(told, _Told) or [*self._digests][: len(told.digests)] != [*told.digests]:
                return None
            changed = [
                row
                for row, (name, made_of) in enumerate(self._digests.items())
                if told.digests.get(name) != made_of
            ]
            if at_once and changed:
                kept = self._pieces(told.versions)
                return None if kept is None else PostingsIndex(kept, Counter(told.words), is_current=False)
            if len(changed) > max(1, MOST_CHANGED * len(self._documents)):
                return None
            return self._with(changed, told)
        except DAMAGED:
            return None

    def anew(self) -> PostingsIndex:
        """Make all pieces, of the shares that are kept and of new ones."""
        terms: defaultdict[str, Postings] = defaultdict(Postings)
        words: Counter[str] = Counter()
        for row in range(len(self._documents)):
            share = self._share(row)
            for term, (weight, places) in share.postings.items():
                found = terms[term]
                found.rows.append(row)
                found.weights.append(weight)
                found.places.extend(places)
            words.update(share.words)
        counts = {term: len(terms[term].rows) for term in sorted(terms, key=compared)}
        ordered = [*counts]
        pieces = {
            start: Piece.of({term: terms[term] for term in ordered[begin:end]})
            for start, begin, end in cuts(ordered, counts)
        }
        return self._finished(pieces, counts, words, [*pieces])

    def _share(self, row: int) -> Share:
        name = self._names[row]
        made_of = self._digests[name]
        share = self._shares.get(name, made_of)
        if share is None:
            share = Share.of(self._documents[row])
            self._shares.put(name, made_of, share)
        self._indexed()
        return share

    def _with(self, changed: Sequence[int], told: _Told) -> PostingsIndex | None:
        counts, words = Counter(told.counts), Counter(told.words)
        edits: defaultdict[str, dict[int, Posting | None]] = defaultdict(dict)
        for row in changed:
            name = self._names[row]
            made_of = told.digests.get(name)
            old = Share({}, ()) if made_of is None else self._shares.get(name, made_of)
            if old is None:
                return None
            new = self._share(row)
            for term in {*old.postings, *new.postings}:
                if old.postings.get(term) != new.postings.get(term):
                    edits[term][row] = new.postings.get(term)
            counts.subtract(old.postings.keys())
            counts.update(new.postings.keys())
            words.subtract(old.words)
            words.update(new.words)
        counts, words = +counts, +words
        kept = self._pieces(told.versions)
        if kept is None:
            return None
        pieces = edited(kept, counts, edits)
        made = [start for start, piece in pieces.items() if told.versions.get(start) != piece.version]
        return self._finished(pieces, counts, words, made)

    def _pieces(self, versions: Mapping[str, str]) -> dict[str, Piece] | None:
        """Give the pieces that are kept, None where one of them is lost."""
        pieces = {}
        for start, version in versions.items():
            pieces[start] = piece = Piece.read(self._kept.get(self._piece_key(start)) or b"")
            if piece.version != version:
                return None
        return pieces

    def _finished(
        self, pieces: Mapping[str, Piece], counts: Mapping[str, int], words: Counter[str], new: Sequence[str]
    ) -> PostingsIndex:
        """Keep it all, of the pieces the new ones. What tells of them comes last: where this is ended before, nothing fits, and all is made anew."""
        self._shares.keep(self._digests)
        for start in new:
            self._kept.put(self._piece_key(start), pieces[start].content())
        versions = {start: piece.version for start, piece in pieces.items()}
        told = _Told(self._digests, dict(counts), dict(words), versions)
        self._kept.put(self._key("told"), pickled(told))
        self._kept.use([self._key("told"), *self._shares.keys(), *map(self._piece_key, pieces)])
        return PostingsIndex(pieces, words)

    def _piece_key(self, start: str) -> str:
        return self._key(f"piece {start}")


def _key(base: str, name: str) -> str:
    return Cache.key("search postings", base, name)


def _names(documents: Sequence[SearchDocument]) -> Iterator[str]:
    """Yield the id of each, with a number where one before it has the same."""
    seen: Counter[str] = Counter()
    for each in documents:
        seen[each.id] += 1
        yield each.id if seen[each.id] == 1 else f"{each.id} {seen[each.id]}"
