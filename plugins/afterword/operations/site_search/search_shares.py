"""What each record has in the large search index, kept in packs between builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

from afterword.derive.search_documents import SearchDocument
from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.operations.reading.reading_packs import PACKS, pack_of
from afterword.search.lunr_index import field_words, fields_of
from afterword.search.postings import Posting, postings_of
from afterword.search.words import kept_words
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True, slots=True)
class Share:
    """What one record has in the index: its postings by term, and the words that slips are forgiven to."""

    postings: Mapping[str, Posting]
    words: Sequence[str]

    @classmethod
    def of(cls, document: SearchDocument) -> Share:
        """Make it of the record's texts."""
        words = field_words(document)
        return cls(
            postings_of(fields_of(document, words)),
            sorted(kept_words(chain.from_iterable(words.values()))),
        )


def digest(document: SearchDocument, marks: bytes) -> bytes:
    """Give the hash of all that a share is made of; `marks` tells the program that makes it."""
    found = blake2b(marks, digest_size=12)
    named = (document.names, document.services, document.classes, document.keys)
    told = [document.id, document.title, *(f"{len(each)}" for each in named), *chain(*named)]
    if document.text_mark:
        told.append(document.text_mark)
    else:
        for each in document.passages:
            told += (each.where, each.title, each.text)
    found.update("\0".join(told).encode("utf-8", "surrogatepass"))
    return found.digest()


class Shares:
    """The shares of an archive's records, each packed, with the hash of what it was made of, in packs by their ids: where one record is edited, the others of its pack are written again. `key` names what is kept."""

    def __init__(self, kept: KeptPages, key: Callable[[str], str]) -> None:
        self._kept, self._key = kept, key
        self._packs: dict[int, dict[str, tuple[bytes, bytes]]] = {}
        self._changed: set[int] = set()

    def get(self, name: str, made_of: bytes) -> Share | None:
        """Give the share of a record that was made of this, None where it is not kept, or damaged."""
        try:
            of, content = self._pack(name).get(name, (b"", b""))
            found = unpickled(content) if of == made_of else None
        except DAMAGED:
            return None
        return found if isinstance(found, Share) else None

    def put(self, name: str, made_of: bytes, share: Share) -> None:
        """Put a share in the place of what it was."""
        self._pack(name)[name] = (made_of, pickled(share))
        self._changed.add(pack_of(name))

    def keep(self, names: Mapping[str, object]) -> None:
        """Keep the packs in which a share is new, without those of records that are gone."""
        for number in sorted(self._changed):
            own = {name: each for name, each in self._packs[number].items() if name in names}
            self._kept.put(self._key(f"shares {number}"), pickled(own))
        self._changed.clear()

    def keys(self) -> list[str]:
        """Give the keys of all packs."""
        return [self._key(f"shares {number}") for number in range(PACKS)]

    def _pack(self, name: str) -> dict[str, tuple[bytes, bytes]]:
        number = pack_of(name)
        if number not in self._packs:
            try:
                found = unpickled(self._kept.get(self._key(f"shares {number}")) or b"")
            except DAMAGED:
                found = {}
            self._packs[number] = found if isinstance(found, dict) else {}
        return self._packs[number]
