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
from afterword.derive.likeness import Likeness, Stated, coarse, spelled_words
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

CLASS, BROADER, SERVICE, BOTH = 10, 4, 4, 5
"""Points of what is in common, and of a class and a service together: that is a recurrence, of the one or the other.

To class and service comes the rarity of the rarest that is shared, to `MOST_RARITY`, in powers of two, and 1 for each further one.
"""

MOST_RARITY = 6

SIMILAR = 4
"""Points of a cause that both state, in the same words or in similar ones; the words themselves are in the likeness."""

COMPARED = 2 * MOST_RELATED
"""Records whose causes are compared one by one: those that have most points without."""

NEAREST = 3
"""Records of a class and a service before and after in time that are looked at, whatever their words."""

LOOKED_AT = 24
"""Records alike in their words that are looked at, the most alike first."""

LEAST_ALIKE, TELLING, WORDS = 3, 8, 4
"""The likeness below which there is none, that from which words in common tell something, and how many of them are named."""


_Place = tuple[int, int, str]
"""What sorts others: points (less for more), days between, and id."""

_Cause = tuple[int, bool]
"""The position of the cause of another in which two records are alike, and whether both state it in the same words."""


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
    incidents: frozenset[str]
    day: int


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
            incidents = frozenset(incident.casefold() for incident in record.header.incidents)
            services = service_ids(record, archive.settings)
            day = day_and_id(record)[0].toordinal()
            kinds[record.id] = _Kinds(services, classes, tuple(above), incidents, day)
            for incident in incidents:
                by_incident.setdefault(incident, []).append(record.id)
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
    alike = index.likeness.alike(index.likeness.rows[record.id], LEAST_ALIKE)
    ours, named = index.kinds[record.id], index.mentions.get(record.id, frozenset())
    found: list[tuple[_Place, _Cause | None]] = []
    stated = index.likeness.stated(index.likeness.rows[record.id])
    for points, _, other_id in islice(_shortlist(record, index, alike, without), COMPARED):
        likeness = alike.get(index.likeness.rows[other_id], 0)
        cause = _common_cause(stated, index.likeness.rows[other_id], index.likeness) if likeness else None
        points -= SIMILAR if cause else 0
        told = cause is not None or likeness >= TELLING or other_id in named
        if -points >= ENOUGH and (told or _is_of_a_kind(ours, index.kinds[other_id])):
            found.append((_place(-points, ours, other_id, index), cause))
    closest = [
        _compared(record, place, alike.get(index.likeness.rows[place[2]], 0), cause, index)
        for place, cause in sorted(found, key=lambda each: each[0])[:MOST_RELATED]
    ]
    return tuple(_with_words(record, closest, index.likeness))


def _shortlist(
    record: Postmortem, index: RelatedIndex, alike: Mapping[int, int], without: Collection[str]
) -> Iterator[_Place]:
    """Yield those that may have points enough, those that have most first."""
    ours, named = index.kinds[record.id], index.mentions.get(record.id, frozenset())
    places = []
    for other_id in _candidates(record, index, alike):
        points = alike.get(index.likeness.rows[other_id], 0) + _points(ours, index.kinds[other_id], index)
        points += NAMED if other_id in named else 0
        if points + SIMILAR >= ENOUGH and other_id != record.id and other_id not in without:
            places.append(_place(points, ours, other_id, index))
    for place in sorted(places):
        if not are_distinct(record, index.archive.by_id[place[2].lower()], index.archive):
            yield place


def _place(points: int, ours: _Kinds, other_id: str, index: RelatedIndex) -> _Place:
    return (-points, abs(index.kinds[other_id].day - ours.day), other_id)


def _candidates(record: Postmortem, index: RelatedIndex, alike: Mapping[int, int]) -> set[str]:
    """Give the ids of those alike in words, those named, and the nearest of each class in time; a service alone relates nothing."""
    records, own = index.archive.records, index.kinds[record.id]
    rows: Iterable[int] = alike
    if len(alike) > LOOKED_AT:
        rows = nsmallest(LOOKED_AT, alike, key=lambda row: (-alike[row], row))
    found = {records[row].id for row in rows} | index.mentions.get(record.id, frozenset())
    for incident in own.incidents:
        found.update(index.by_incident.get(incident, ()))
    groups = [index.records.by_class[one] for one in own.classes]
    for one in own.classes:
        groups += [index.records.by_both[one, service] for service in own.services]
    place = day_and_id(record)
    for group in groups:
        middle = bisect_left(group, place, key=day_and_id)
        found.update(each.id for each in group[max(0, middle - NEAREST) : middle + NEAREST + 1])
    return found


def _points(ours: _Kinds, theirs: _Kinds, index: RelatedIndex) -> int:
    """Count what two records have in common, words and mentions aside."""
    points = 0
    if ours.incidents and not ours.incidents.isdisjoint(theirs.incidents):
        points = SAME_INCIDENT
    of_classes = _shared(ours.classes, theirs.classes, index.class_rarity)
    if of_classes is not None:
        points += CLASS + of_classes
    elif any(one in theirs.broader for one in ours.broader):
        points += BROADER
    of_services = _shared(ours.services, theirs.services, index.service_rarity)
    if of_services is not None:
        points += SERVICE + of_services + (BOTH if of_classes is not None else 0)
    return points


def _shared(ours: Iterable[str], theirs: Collection[str], rarity: Mapping[str, int]) -> int | None:
    """Give the rarity of the rarest word that both have, and 1 for each further one; None where they have none."""
    rarest = number = 0
    for one in ours:
        if one in theirs:
            number += 1
            rarest = max(rarest, rarity[one])
    return rarest + number - 1 if number else None


def _is_of_a_kind(ours: _Kinds, theirs: _Kinds) -> bool:
    """Tell whether two records have more in common than a service."""
    classes = any(one in theirs.broader for one in ours.broader)
    return classes or not ours.incidents.isdisjoint(theirs.incidents)


def _common_cause(stated: Stated, other: int, likeness: Likeness) -> _Cause | None:
    same = likeness.same_cause(stated, other)
    if same is not None:
        return same, True
    similar = likeness.similar_cause(stated, other)
    return None if similar is None else (similar, False)


def _compared(
    record: Postmortem, place: _Place, likeness: int, cause: _Cause | None, index: RelatedIndex
) -> RelatedRecord:
    points, _, other_id = place
    other = index.archive.by_id[other_id.lower()]
    ours, theirs = index.kinds[record.id], index.kinds[other_id]
    classes = tuple(one for one in ours.classes if one in theirs.classes)
    return RelatedRecord(
        other,
        -points,
        likeness,
        other_id in index.mentions.get(record.id, ()),
        tuple(one for one in record.header.incidents if one.casefold() in theirs.incidents),
        tuple(one for one in ours.services if one in theirs.services),
        classes,
        () if classes else tuple(one for one in ours.broader if one in theirs.broader)[:1],
        index.likeness.statements[index.likeness.rows[other_id]][cause[0]] if cause else "",
        cause is not None and cause[1],
    )


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
