"""Hashes of the related records below each record, cached between builds: after an edit they are worked out again only for records whose words are, or were, like those that changed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from afterword.derive.likeness.likeness import Likeness
from afterword.derive.likeness.related import LEAST_ALIKE
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.value import plain_value
from afterword.operations.program import program_marks, settings_mark
from afterword.operations.slot import Slot
from afterword.render.page.links import SiteIndex
from afterword.render.page.planned import hashed
from afterword.render.page.related import Related
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

_STATE = 16

_LEAST_ALIKE = LEAST_ALIKE - 0.01
"""Below what relates two records: which of the two is asked makes a difference where rounding decides."""


@plain_value()
class _Known:
    """What is known of one record: the hash of its text and of how rare its words are, the rows of those alike to it as bytes, the hash of what stands below it but for what
    the records there are called, and the rows of these.
    """

    state: bytes
    alike: bytes
    said: str
    shown: tuple[int, ...]


@dataclass(slots=True)
class KeptRelated:
    """The hashes of what stands below the records of an archive, those that are as they were known at once.

    What is related follows from what all records are beside their words (`SiteIndex.faces`), and from the words of those that are alike. So while
    the former is the same, it changes only for a record that tells something else now, or whose words are of another rarity; and for one that such
    a record is alike to, or was: then others are alike to it than before, or fewer. What the records that are listed are called is looked up each time.
    """

    _likeness: Likeness
    _called: Sequence[str]
    _states: Mapping[str, bytes]
    _slot: Slot[dict[str, _Known]]
    _before: Mapping[str, _Known]
    _again: Collection[int]
    _now: dict[str, _Known] = field(default_factory=dict)

    @classmethod
    def of(
        cls, archive: Archive, index: SiteIndex, digest: Callable[[str], str], kept: KeptPages
    ) -> KeptRelated:
        """Look up what was kept of an archive; `digest` gives the hash of a record's file by its path."""
        likeness = index.related.likeness
        states = {
            record.id: blake2b(
                f"{record.path}\n{digest(record.path)}\n".encode("utf-8", "surrogatepass")
                + likeness.rarities[likeness.rows[record.id]],
                digest_size=_STATE,
            ).digest()
            for record in archive.records
        }
        place = Cache.key("related", archive.settings.path or "")
        key = Cache.key(*program_marks(), settings_mark(archive.settings), index.faces(archive))
        # Where two records have one id, what stands below the one is not told from what stands below the other.
        is_told = len(states) == len(archive.records)
        slot: Slot[dict[str, _Known]] = Slot(place, key, dict, kept)
        before = (slot.value() if is_told else None) or {}
        called = [repr(index.others[record.path]) for record in archive.records]
        is_same = before.keys() == states.keys()
        again = _to_look_for(states, before, likeness) if is_same else range(len(likeness.told))
        return cls(likeness, called, states, slot, before, again)

    def known(self, record: Postmortem) -> str | None:
        """Give the hash of what stands below a record where the same records stand there for the same reasons as before, None where it has to be looked for."""
        # What it is told apart from is called by its title, and may be no record at all.
        if self._likeness.rows[record.id] in self._again or record.header.distinct_from:
            return None
        before = self._before[record.id]
        self._now[record.id] = before
        return hashed(before.said, *[self._called[row] for row in before.shown])

    def note(self, record: Postmortem, related: Related) -> str:
        """Give the hash of what stands below a record now, and keep it for the next build."""
        rows = self._likeness.rows
        alike = _alike(rows[record.id], self._likeness)
        lines = related.lines
        said = hashed(
            [(group.heading, group.more, len(group.lines)) for group in related.groups],
            related.again,
            related.distinct,
            (related.previous is None, related.next is None),
            [(line.page_address, line.note) for line in lines],
        )
        shown = tuple([rows[line.id] for line in lines])
        self._now[record.id] = _Known(self._states[record.id], array("I", alike).tobytes(), said, shown)
        return hashed(said, *[repr(line.record) for line in lines])

    def keep(self) -> None:
        """Keep what was noted in the place of what was known before."""
        if self._now != self._before and len(self._now) == len(self._likeness.told):
            self._slot.keep(self._now)


def _to_look_for(
    states: Mapping[str, bytes], before: Mapping[str, _Known], likeness: Likeness
) -> Collection[int]:
    """Give the rows of the records that tell something else than before, and of those alike to them then or now; what is known is of the same records in the same order."""
    moved = [id for id, state in states.items() if before[id].state != state]
    found = {likeness.rows[id] for id in moved}
    for id in moved:
        found.update(array("I", before[id].alike), _alike(likeness.rows[id], likeness))
    return found


def _alike(row: int, likeness: Likeness) -> Iterable[int]:
    return likeness.alike(row, _LEAST_ALIKE)
