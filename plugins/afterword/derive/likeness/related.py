"""Which other records somebody who reads one should know, and why (docs/related.md).

Structure comes first: what an author linked, one incident told twice, a failure class and a service in common. Then words: how alike two records
are in what they tell, causes before all else. Every part is a number of points; the sum orders the list and says what is worth showing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from operator import itemgetter

from afterword.derive.again.recurrence import are_distinct
from afterword.derive.catalogue.catalogue import broader_classes
from afterword.derive.catalogue.index import RecordIndex, day_and_id, incidents_of
from afterword.derive.causes.record_causes import records_named
from afterword.derive.likeness.likeness import Likeness, Stated, coarse, spelled_words
from afterword.derive.words.labels import class_ids, service_ids
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.value import plain_value

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


_Place = tuple[int, int, str, int]
"""What sorts others: points (less for more), days between, and id; with the row."""

_Cause = tuple[int, bool]
"""The position of the cause of another in which two records are alike, and whether both state it in the same words."""


@plain_value()
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
    """What a record has that others may have as well; `every_service` and the like are the same without their order."""

    id: str
    day: int
    services: tuple[str, ...]
    classes: tuple[str, ...]
    broader: tuple[str, ...]
    every_service: frozenset[str]
    every_class: frozenset[str]
    every_broader: frozenset[str]
    incidents: frozenset[str]

    @classmethod
    def of(cls, record: Postmortem, settings: Settings, wider: Mapping[str, Iterable[str]]) -> _Kinds:
        """Gather it; `wider` are the classes above each."""
        services, classes = service_ids(record, settings), class_ids(record, settings)
        broader = tuple(dict.fromkeys(wide for one in classes for wide in (one, *wider.get(one, ()))))
        return cls(
            record.id,
            day_and_id(record)[0].toordinal(),
            services,
            classes,
            broader,
            frozenset(services),
            frozenset(classes),
            frozenset(broader),
            incidents_of(record),
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """Records that have something in common, by their rows, oldest first; `keys` are what sorts them."""

    keys: tuple[tuple[date, str], ...]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, records: Sequence[Postmortem], rows: Mapping[str, int]) -> _Group:
        """Find the rows of records, which are sorted already."""
        return cls(tuple(map(day_and_id, records)), tuple([rows[record.id] for record in records]))

    def nearest(self, key: tuple[date, str]) -> tuple[int, ...]:
        """Give the rows of those before and after a record of that key."""
        middle = bisect_left(self.keys, key)
        return self.rows[max(0, middle - NEAREST) : middle + NEAREST + 1]


@dataclass(frozen=True, slots=True)
class RelatedIndex:
    """What is looked up for every record, made once for an archive. Rows are those of `likeness`; where two records have one id, the later stands for both.

    `mentions` holds the rows that a record names and those that name it.
    """

    archive: Archive
    likeness: Likeness
    kinds: tuple[_Kinds, ...]
    mentions: Mapping[int, frozenset[int]]
    by_incident: Mapping[str, tuple[int, ...]]
    by_class: Mapping[str, _Group]
    by_both: Mapping[tuple[str, str], _Group]
    class_rarity: Mapping[str, int]
    service_rarity: Mapping[str, int]

    @classmethod
    def of(cls, archive: Archive, records: RecordIndex | None = None) -> RelatedIndex:
        """Index an archive."""
        wider = broader_classes(archive.settings)
        likeness, records = Likeness.of(archive.records), records or RecordIndex.of(archive)
        rows = likeness.rows
        kinds = tuple([_Kinds.of(record, archive.settings, wider) for record in archive.records])
        by_incident: dict[str, list[int]] = {}
        for each in kinds:
            for incident in each.incidents:
                by_incident.setdefault(incident, []).append(rows[each.id])
        width = coarse(len(archive.records))

        def rarity(groups: Mapping[str, Sequence[Postmortem]]) -> dict[str, int]:
            return {one: min(MOST_RARITY, width - coarse(len(group))) for one, group in groups.items()}

        return cls(
            archive,
            likeness,
            kinds,
            _mentions(archive, rows),
            {key: tuple(found) for key, found in by_incident.items() if len(found) > 1},
            {one: _Group.of(group, rows) for one, group in records.by_class.items()},
            {both: _Group.of(group, rows) for both, group in records.by_both.items()},
            rarity(records.by_class),
            rarity(records.by_service),
        )


def related_records(
    record: Postmortem, index: RelatedIndex, without: Collection[str]
) -> tuple[RelatedRecord, ...]:
    """Find the records most related to one, the closest first; `without` are ids that the reader sees anyway.

    Of equals the nearest in time comes first. A pair that `distinct_from` of either tells apart is not related.
    """
    row = index.likeness.rows.get(record.id)
    if row is None:
        return ()
    alike = index.likeness.alike(row, LEAST_ALIKE)
    ours, named = index.kinds[row], index.mentions.get(row, frozenset())
    found: list[tuple[_Place, _Cause | None]] = []
    stated = index.likeness.stated(row)
    for points, days, other_id, other in islice(_shortlist(record, row, index, alike, without), COMPARED):
        likeness = alike.get(other, 0)
        cause = _common_cause(stated, other, index.likeness) if likeness else None
        points -= SIMILAR if cause else 0
        told = cause is not None or likeness >= TELLING or other in named
        if -points >= ENOUGH and (told or _is_of_a_kind(ours, index.kinds[other])):
            found.append(((points, days, other_id, other), cause))
    closest = [
        _compared(record, row, place, alike.get(place[3], 0), cause, index)
        for place, cause in sorted(found, key=itemgetter(0))[:MOST_RELATED]
    ]
    return tuple(_with_words(record, row, closest, index.likeness))


def _shortlist(
    record: Postmortem, row: int, index: RelatedIndex, alike: Mapping[int, int], without: Collection[str]
) -> Iterator[_Place]:
    """Yield those that may have points enough, those that have most first."""
    kinds, ours, named = index.kinds, index.kinds[row], index.mentions.get(row, frozenset())
    places = []
    for other in _candidates(record, row, index, alike):
        theirs = kinds[other]
        points = alike.get(other, 0) + _points(ours, theirs, index) + (NAMED if other in named else 0)
        if points + SIMILAR >= ENOUGH and other != row and theirs.id not in without:
            places.append((-points, abs(theirs.day - ours.day), theirs.id, other))
    for place in sorted(places):
        if not are_distinct(record, index.archive.by_id[place[2].lower()], index.archive):
            yield place


def _candidates(record: Postmortem, row: int, index: RelatedIndex, alike: Mapping[int, int]) -> set[int]:
    """Give the rows of those alike in words, those named, and the nearest of each class in time; a service alone relates nothing."""
    kinds, rows, own = index.kinds, index.likeness.rows, index.kinds[row]
    most: Iterable[int] = alike
    if len(alike) > LOOKED_AT:
        placed = sorted([(-likeness, other) for other, likeness in alike.items()])
        most = [other for _, other in placed[:LOOKED_AT]]
    found = set(most) if len(rows) == len(kinds) else {rows[kinds[other].id] for other in most}
    found.update(index.mentions.get(row, ()))
    for incident in own.incidents:
        found.update(index.by_incident.get(incident, ()))
    key = day_and_id(record)
    for one in own.classes:
        found.update(index.by_class[one].nearest(key))
        for service in own.services:
            found.update(index.by_both[one, service].nearest(key))
    return found


def _points(ours: _Kinds, theirs: _Kinds, index: RelatedIndex) -> int:
    """Count what two records have in common, words and mentions aside."""
    points = 0
    if ours.incidents and not ours.incidents.isdisjoint(theirs.incidents):
        points = SAME_INCIDENT
    classes = ours.every_class & theirs.every_class
    if classes:
        points += CLASS + _rarity(classes, index.class_rarity)
    elif not ours.every_broader.isdisjoint(theirs.every_broader):
        points += BROADER
    services = ours.every_service & theirs.every_service
    if services:
        points += SERVICE + _rarity(services, index.service_rarity) + (BOTH if classes else 0)
    return points


def _rarity(shared: Collection[str], rarity: Mapping[str, int]) -> int:
    """Give the rarity of the rarest word of those that both have, and 1 for each further one."""
    if len(shared) == 1:  # as it is most often
        (one,) = shared
        return rarity[one]
    return max([rarity[one] for one in shared]) + len(shared) - 1


def _is_of_a_kind(ours: _Kinds, theirs: _Kinds) -> bool:
    """Tell whether two records have more in common than a service."""
    return not (
        ours.every_broader.isdisjoint(theirs.every_broader) and ours.incidents.isdisjoint(theirs.incidents)
    )


def _common_cause(stated: Stated, other: int, likeness: Likeness) -> _Cause | None:
    same = likeness.same_cause(stated, other)
    if same is not None:
        return same, True
    similar = likeness.similar_cause(stated, other)
    return None if similar is None else (similar, False)


def _compared(
    record: Postmortem, row: int, place: _Place, likeness: int, cause: _Cause | None, index: RelatedIndex
) -> RelatedRecord:
    points, _, other_id, other = place
    ours, theirs = index.kinds[row], index.kinds[other]
    classes = tuple([one for one in ours.classes if one in theirs.every_class])
    return RelatedRecord(
        index.archive.by_id[other_id.lower()],
        -points,
        likeness,
        other in index.mentions.get(row, ()),
        tuple([one for one in record.header.incidents if one.casefold() in theirs.incidents]),
        tuple([one for one in ours.services if one in theirs.every_service]),
        classes,
        () if classes else tuple([one for one in ours.broader if one in theirs.every_broader])[:1],
        index.likeness.told[other].statements[cause[0]] if cause else "",
        cause is not None and cause[1],
    )


def _with_words(
    record: Postmortem, row: int, closest: Iterable[RelatedRecord], likeness: Likeness
) -> Iterator[RelatedRecord]:
    """Add the words in which records are alike to those that have no cause in common."""
    spelled: Mapping[str, str] = {}
    for each in closest:
        if each.cause or each.likeness < TELLING:
            yield each
            continue
        spelled = spelled or spelled_words(record)
        stems = likeness.words_in_common(row, likeness.rows[each.record.id])
        common = (spelled[stem] for stem in stems if stem in spelled)
        yield replace(each, words=tuple(islice(common, WORDS)))


def _mentions(archive: Archive, rows: Mapping[str, int]) -> Mapping[int, frozenset[int]]:
    by_path = {record.path: record for record in archive.records}
    found: dict[int, set[int]] = {}
    for record in archive.records:
        for other in _named_by(record, archive, by_path):
            if other.id != record.id:
                one, two = rows[record.id], rows[other.id]
                found.setdefault(one, set()).add(two)
                found.setdefault(two, set()).add(one)
    return {row: frozenset(others) for row, others in found.items()}


def _named_by(
    record: Postmortem, archive: Archive, by_path: Mapping[str, Postmortem]
) -> Iterator[Postmortem]:
    """Yield the records that the author of one names: as what recurs, as that whose actions answer a cause, and by links."""
    apart = {each.id for each in record.header.distinct_from}
    for name in (*record.header.recurrence_of, *records_named(record)):
        found = archive.find(name)
        if found is not None:
            yield found
    for reference in record.references:
        linked = by_path.get(reference.path_from(record.path))
        if linked is not None and linked.id not in apart:
            yield linked
