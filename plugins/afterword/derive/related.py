"""Which other records somebody who reads one should know, and why (docs/related.md).

Structure comes first: what an author linked, one incident told twice, a failure class and a service in common. Then words: how alike two records
are in what they tell, causes before all else. Every part is a number of points; the sum orders the list and says what is worth showing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice

from afterword.derive.catalogue import broader_classes
from afterword.derive.index import RecordIndex, day_and_id
from afterword.derive.labels import class_ids, service_ids
from afterword.derive.likeness import Likeness, cause_statements, coarse, spelled_words
from afterword.derive.record_causes import statements
from afterword.derive.recurrence import are_distinct
from afterword.model.archive import Archive
from afterword.model.record import Postmortem

MOST_RELATED = 6
"""Entries: what comes after them nobody opens."""

ENOUGH = 14
"""Points from which a record is worth showing."""

NAMED, SAME_INCIDENT = 30, 50
"""Points of a record that the author of either names, and of one that tells the same incident."""

CLASS, BROADER, SERVICE, BOTH = 9, 4, 4, 5
"""Points of what is in common, and of a class and a service together: that is a recurrence, of the one or the other.

To class and service comes the rarity of the rarest that is shared, to `MOST_RARITY`, in powers of two, and 1 for each further one.
"""

MOST_RARITY = 6

SIMILAR = 4
"""Points of a cause that both state, in the same words or in similar ones; the words themselves are in the likeness."""

COMPARED = 2 * MOST_RELATED
"""Records whose causes are compared one by one: those that have most points without."""

NEAREST = 4
"""Records of a class and a service before and after in time that are looked at, whatever their words."""

LOOKED_AT = 40
"""Records alike in their words that are looked at, the most alike first."""

LEAST_ALIKE = 3
"""The likeness from which a record is looked at for its words alone."""

EXPLAINED, TELLING, WORDS = 3, 8, 4
"""The likeness from which causes are compared, that from which words in common tell something, and how many of them are named."""


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """Another record, and why it is related.

    `services` and `classes` are the shared ones by catalogue id, `broader` a class above those of both where they share none. `named` where the
    author of either names the other, `incidents` what both tell. `cause` is a statement of the other that is like one here, in the `same` words
    or similar ones; without one, `words` are those of this record that both use and few others. `likeness` is that of their words, 0 to 100.
    """

    record: Postmortem
    points: int
    likeness: int
    named: bool
    incidents: tuple[str, ...]
    services: tuple[str, ...]
    classes: tuple[str, ...]
    broader: tuple[str, ...]
    cause: str = ""
    same: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What a record has that others may have as well."""

    services: tuple[str, ...]
    classes: tuple[str, ...]
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedIndex:
    """What is looked up for every record, made once for an archive; `mentions` holds the ids that a record names and those that name it."""

    archive: Archive
    records: RecordIndex
    likeness: Likeness
    kinds: Mapping[str, _Kinds]
    mentions: Mapping[str, frozenset[str]]
    by_incident: Mapping[str, tuple[str, ...]]
    class_rarity: Mapping[str, int]
    service_rarity: Mapping[str, int]

    @classmethod
    def of(cls, archive: Archive, records: RecordIndex | None = None) -> RelatedIndex:
        """Index an archive."""
        wider = broader_classes(archive.settings)
        kinds = {}
        by_incident: dict[str, list[str]] = {}
        for record in archive.records:
            classes = class_ids(record, archive.settings)
            above = dict.fromkeys(wide for one in classes for wide in (one, *wider.get(one, ())))
            kinds[record.id] = _Kinds(service_ids(record, archive.settings), classes, tuple(above))
            for incident in record.header.incidents:
                by_incident.setdefault(incident.casefold(), []).append(record.id)
        records = records or RecordIndex.of(archive)
        width = coarse(len(archive.records))

        def rarity(groups: Mapping[str, Sequence[Postmortem]]) -> dict[str, int]:
            return {one: min(MOST_RARITY, width - coarse(len(group))) for one, group in groups.items()}

        return cls(
            archive,
            records,
            Likeness.of(archive.records),
            kinds,
            _mentions(archive),
            {key: tuple(found) for key, found in by_incident.items() if len(found) > 1},
            rarity(records.by_class),
            rarity(records.by_service),
        )


def related_records(
    record: Postmortem, index: RelatedIndex, without: Collection[str] = ()
) -> tuple[RelatedRecord, ...]:
    """Find the records most related to one, the closest first; `without` are ids that the reader sees anyway.

    Of equals the nearest in time comes first. A pair that `distinct_from` of either tells apart is not related.
    """
    if record.id not in index.kinds:
        return ()
    likeness = index.likeness
    alike = likeness.alike(likeness.rows[record.id])
    here = day_and_id(record)[0].toordinal()

    def order(points: int, other: Postmortem) -> tuple[int, int, str]:
        return (-points, abs(day_and_id(other)[0].toordinal() - here), other.id)

    found = []
    for other in _candidates(record, index, alike):
        points = _points(record, other, index, alike.get(likeness.rows[other.id], 0))
        if points + SIMILAR >= ENOUGH and other.id != record.id and other.id not in without:
            found.append(order(points, other))
    found.sort()
    others = ((index.archive.by_id[name.lower()], -points) for points, _, name in found)
    apart = (each for each in others if not are_distinct(record, each[0], index.archive))
    closest = [
        _with_cause(
            record, _compared(record, other, points, alike.get(likeness.rows[other.id], 0), index), likeness
        )
        for other, points in islice(apart, COMPARED)
    ]
    closest = [each for each in closest if each.points >= ENOUGH]
    closest.sort(key=lambda each: order(each.points, each.record))
    return tuple(_with_words(record, closest[:MOST_RELATED], likeness))


def _candidates(record: Postmortem, index: RelatedIndex, alike: Mapping[int, int]) -> Iterable[Postmortem]:
    """Give those alike in words, those named, and the nearest of each class in time; a service alone relates nothing."""
    records, own = index.archive.records, index.kinds[record.id]
    rows = [row for row, percent in alike.items() if percent >= LEAST_ALIKE]
    if len(rows) > LOOKED_AT:
        rows = nsmallest(LOOKED_AT, rows, key=lambda row: (-alike[row], row))
    found = {records[row].id: records[row] for row in rows}
    named = set(index.mentions.get(record.id, ()))
    for incident in record.header.incidents:
        named.update(index.by_incident.get(incident.casefold(), ()))
    found |= {name: index.archive.by_id[name.lower()] for name in named}
    groups = [index.records.by_class.get(one, ()) for one in own.classes]
    groups += [
        index.records.by_both.get((one, service), ()) for one in own.classes for service in own.services
    ]
    place = day_and_id(record)
    for group in groups:
        middle = bisect_left(group, place, key=day_and_id)
        found |= {each.id: each for each in group[max(0, middle - NEAREST) : middle + NEAREST + 1]}
    return found.values()


def _points(record: Postmortem, other: Postmortem, index: RelatedIndex, likeness: int) -> int:
    ours, theirs = index.kinds[record.id], index.kinds[other.id]
    points = likeness
    if other.id in index.mentions.get(record.id, ()):
        points += NAMED
    if _shared_incidents(record, other):
        points += SAME_INCIDENT
    classes = [index.class_rarity[one] for one in ours.classes if one in theirs.classes]
    if classes:
        points += CLASS + max(classes) + len(classes) - 1
    elif any(one in theirs.broader for one in ours.broader):
        points += BROADER
    services = [index.service_rarity[one] for one in ours.services if one in theirs.services]
    if services:
        points += SERVICE + max(services) + len(services) - 1 + (BOTH if classes else 0)
    return points


def _compared(
    record: Postmortem, other: Postmortem, points: int, likeness: int, index: RelatedIndex
) -> RelatedRecord:
    ours, theirs = index.kinds[record.id], index.kinds[other.id]
    classes = tuple(one for one in ours.classes if one in theirs.classes)
    return RelatedRecord(
        other,
        points,
        likeness,
        other.id in index.mentions.get(record.id, ()),
        _shared_incidents(record, other),
        tuple(one for one in ours.services if one in theirs.services),
        classes,
        () if classes else tuple(one for one in ours.broader if one in theirs.broader)[:1],
    )


def _shared_incidents(record: Postmortem, other: Postmortem) -> tuple[str, ...]:
    if not (record.header.incidents and other.header.incidents):
        return ()
    keys = {incident.casefold() for incident in other.header.incidents}
    return tuple(one for one in record.header.incidents if one.casefold() in keys)


def _with_cause(record: Postmortem, each: RelatedRecord, likeness: Likeness) -> RelatedRecord:
    """Add the cause in which two records are alike, and its points."""
    if each.likeness < EXPLAINED:
        return each
    row, other = likeness.rows[record.id], likeness.rows[each.record.id]
    same = likeness.same_cause(row, other)
    position = likeness.similar_cause(row, other) if same is None else same
    if position is None:
        return each
    cause = cause_statements(each.record)[position]
    return replace(each, points=each.points + SIMILAR, cause=cause, same=same is not None)


def _with_words(
    record: Postmortem, closest: Iterable[RelatedRecord], likeness: Likeness
) -> Iterator[RelatedRecord]:
    """Add the words in which records are alike to those that have no cause in common."""
    spelled: Mapping[str, str] = {}
    for each in closest:
        if each.cause or each.likeness < TELLING:
            yield each
            continue
        spelled = spelled or spelled_words(record)
        stems = likeness.words_in_common(likeness.rows[record.id], likeness.rows[each.record.id])
        common = (spelled[stem] for stem in stems if stem in spelled)
        yield replace(each, words=tuple(islice(common, WORDS)))


def _mentions(archive: Archive) -> Mapping[str, frozenset[str]]:
    by_path = {record.path: record for record in archive.records}
    found: dict[str, set[str]] = {}
    for record in archive.records:
        for other in _named_by(record, archive, by_path):
            if other.id != record.id:
                found.setdefault(record.id, set()).add(other.id)
                found.setdefault(other.id, set()).add(record.id)
    return {record_id: frozenset(names) for record_id, names in found.items()}


def _named_by(
    record: Postmortem, archive: Archive, by_path: Mapping[str, Postmortem]
) -> Iterator[Postmortem]:
    """Yield the records that the author of one names: as what recurs, as that whose actions answer a cause, and by links."""
    apart = {each.id for each in record.header.distinct_from}
    names = [*record.header.recurrence_of]
    names += [ref.record for _, _, said in statements(record) for ref in said.actions if ref.record]
    for name in names:
        found = archive.find(name)
        if found is not None:
            yield found
    for reference in record.references:
        linked = by_path.get(reference.path_from(record.path))
        if linked is not None and linked.id not in apart:
            yield linked
