"""Readings of records, cached in packs: with an entry for each record, ten thousand would be looked up and unpickled one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from zlib import crc32

from afterword.derive.brief import SELDOM, TEXT_ONLY
from afterword.derive.words.put_away import PutAway, Shelf
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.model.value import plain_value
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

PACKS = 64
"""The number of packs; the path of a record says which is its own. More packs mean that less is written after an edit, and that records share less."""


@plain_value()
class Reading:
    """The result of reading one record: the record without its text, the findings in it alone, and the hash of its file.

    It is the same on every day from `since` to `until`. `waits` tells whether the rules that look at other records have still to be applied. `beside` says which of the files that
    it links to were there: with others there, its findings may differ. `summary`, `facts` and `text` are hashes: of what overviews show of its summary, of all else that they show, and of what the search shows.
    """

    record: Postmortem
    findings: tuple[Finding, ...]
    waits: bool
    digest: str
    beside: str
    facts: str
    summary: str
    text: str
    since: date
    until: date

    def holds_on(self, day: date) -> bool:
        """Tell whether reading it on a day would give the same."""
        return self.since <= day <= self.until


def pack_of(name: str) -> int:
    """Give the number of the pack in which a record lies."""
    return crc32(name.encode("utf-8", "surrogatepass")) % PACKS


def packed(readings: Mapping[str, Reading]) -> bytes:
    """Give the bytes of a pack; readings are by the hash of all that each depends on, so that one of another state is not taken for it.

    What few look at is put away: by processes that others wait for, it is never opened.
    """
    shelves = tuple(
        (
            names,
            Shelf.of(
                {key: {name: each.record.known[name] for name in names} for key, each in readings.items()}
            ),
        )
        for names in SELDOM
    )
    return pickled({key: _put_away(key, each, shelves) for key, each in readings.items()})


def _put_away(key: str, reading: Reading, shelves: tuple[tuple[tuple[str, ...], Shelf], ...]) -> Reading:
    own = {name: value for name, value in reading.record.known.items() if name not in TEXT_ONLY}
    return replace(reading, record=replace(reading.record, known=PutAway(own, key, shelves)))


def unpacked(content: bytes) -> dict[str, Reading]:
    """Give the readings of a pack, none where it is damaged."""
    try:
        found = unpickled(content)
    except DAMAGED:
        return {}
    return found if isinstance(found, dict) else {}


class ReadingPacks:
    """The cached packs of one program and archive, which `basis` tells from others. Where two processes write one pack at the same time, the later one wins, and the other's records are read again."""

    def __init__(self, kept: KeptPages, basis: str) -> None:
        self._kept, self._basis = kept, basis

    def each(self, packs: Iterable[int]) -> Iterator[dict[str, Reading]]:
        """Give what is kept in each of some packs."""
        for content in self._kept.each(map(self._key, packs)):
            yield {} if content is None else unpacked(content)

    def put(self, pack: int, content: bytes) -> None:
        """Keep a pack in the place of what it was."""
        self._kept.put(self._key(pack), content)

    def use(self, packs: Iterable[int]) -> None:
        """Note that packs were of use."""
        self._kept.use(map(self._key, packs))

    def _key(self, pack: int) -> str:
        return Cache.key(self._basis, "readings", str(pack))
