"""What was read of records, kept in packs: ten thousand entries would be looked up, opened and undone one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from zlib import crc32

from afterword.derive.brief import SELDOM, TEXT_ONLY
from afterword.derive.put_away import PutAway, Shelf
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.model.value import plain_value
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

PACKS = 64
"""A record's path, or its id, tells in which it lies. With more of them less is written again after an edit, and less is shared by the records of one."""


@plain_value()
class Reading:
    """What reading one record gives: the record without its text, what was found in it alone, and the hash of its file.

    It is the same on every day from `since` to `until`. `waits` tells whether rules that look at others are still to be asked. `facts` and `summary` are the hashes of what an overview of many records is made from: its summary, and all else; `text` is that of what the search shows. `beside` is what there was where it links to: with other files there it is found in another state.
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
    """The packs that were kept of what one program reads; `basis` tells it from others. What somebody else puts into a pack meanwhile is lost, and read again."""

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
