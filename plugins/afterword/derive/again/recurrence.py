"""What happened before, and how often it does within a time (docs/format.md, section 8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from afterword.derive.catalogue.catalogue import broader_classes
from afterword.derive.catalogue.index import RecordIndex, incidents_of
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import quarter_of, record_day
from afterword.derive.words.labels import class_ids, service_ids
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.value import plain_value

NEAR_MISS = "near-miss"

UNTOLD = "no record has a failure class and a service"
"""Why nothing is known of recurrence where there are incidents that are old enough."""

WITHIN = 90
"""Days within which the same failure class on the same service is a recurrence in rates and digests."""


def is_near_miss(record: Postmortem) -> bool:
    """Tell whether nothing happened in the end; near misses are counted apart."""
    return record.header.severity == NEAR_MISS


@plain_value()
class Recurrence:
    """An earlier record that the same happened in: `classes` and `services` are the shared ones, by catalogue id.

    `stated` where it stands in the later one's `recurrence_of`. `days` lie between the two. `near_miss` where one of the two is one.
    """

    earlier: Postmortem
    classes: tuple[str, ...]
    services: tuple[str, ...]
    stated: bool
    days: int
    near_miss: bool = False


@dataclass(frozen=True, slots=True)
class RecurrenceRate:
    """How many incidents were followed by a recurrence within `days` days (docs/format.md, section 8).

    `incidents` are those at least `days` days old, `too_young` the others. Near misses are counted apart, of that age as well:
    `near_misses_recurred` were followed by an incident or by another near miss. `untold` of the incidents have no failure class or no
    service, and so count as not followed unless somebody says that they were; where it is all of them, nothing is known.
    """

    days: int
    incidents: int
    recurred: int
    too_young: int
    near_misses: int = 0
    near_misses_recurred: int = 0
    untold: int = 0

    @property
    def share(self) -> float | None:
        """Give the part of the incidents that was followed by one, 0 to 1; None where no incident is old enough, or nothing is known of any."""
        return self.recurred / self.incidents if self.incidents > self.untold else None

    @property
    def percent(self) -> float | None:
        """Give the share in percent."""
        return None if self.share is None else 100 * self.recurred / self.incidents


def recurrences(
    record: Postmortem, archive: Archive, index: RecordIndex | None = None, within: int | None = None
) -> tuple[Recurrence, ...]:
    """Find the earlier records of which a record is a recurrence, newest first (docs/format.md, section 8).

    Earlier is by `date`; one of the same day counts only where `recurrence_of` names it. A pair in `distinct_from` of either is none.
    Two records that tell one incident are none either, unless stated. `within` leaves out what is longer ago than that many days.
    """
    index = index or RecordIndex.of(archive)
    found = [each for each in _stated(record, archive, index) if within is None or each.days <= within]
    rows = _sharing(record, archive, index, within)
    found += _shared(record, [index.in_order[row] for row in rows], archive, index)
    return tuple(sorted(found, key=_newest_first))


def latest_recurrences(
    record: Postmortem, archive: Archive, index: RecordIndex, most: int
) -> tuple[tuple[Recurrence, ...], int]:
    """Give at most so many of the `recurrences` of a record, the newest, and how many there are: of ten thousand records many have hundreds."""
    rows = sorted(_sharing(record, archive, index), reverse=True)
    stated = _stated(record, archive, index)
    # Of one day the ids decide, the other way round than in the rows.
    last = index.days[rows[most - 1]] if len(rows) > most else 0
    newest = [index.in_order[row] for row in takewhile(lambda row: index.days[row] >= last, rows)]
    found = [*stated, *_shared(record, newest, archive, index)]
    return tuple(sorted(found, key=_newest_first)[:most]), len(stated) + len(rows)


def _sharing(record: Postmortem, archive: Archive, index: RecordIndex, within: int | None = None) -> set[int]:
    """Give the rows of the earlier records that share a class and a service with one, those aside that are none of its recurrences or stated to be."""
    day = record_day(record)
    if day is None:
        return set()
    classes, services = _words(record, archive, index)
    first = bisect_left(index.days, day.toordinal() - within) if within is not None else 0
    end = bisect_left(index.days, day.toordinal())
    found: set[int] = set()
    for failure_class in classes:
        for service in services:
            rows = index.rows_of_both.get((failure_class, service), ())
            found.update(rows[bisect_left(rows, first) : bisect_left(rows, end)])
    if found:
        left_out = {*index.no_recurrence(record), *_ids(record.header.recurrence_of, archive)}
        found.difference_update([index.rows[each] for each in left_out if each in index.rows])
    return found


def _stated(record: Postmortem, archive: Archive, index: RecordIndex) -> list[Recurrence]:
    """Give the earlier records that `recurrence_of` names, of the same day too."""
    day = record_day(record)
    if day is None or not record.header.recurrence_of:
        return []
    known = (archive.by_id.get(one.lower()) for one in _ids(record.header.recurrence_of, archive))
    earlier = [
        each
        for each in known
        if each is not None
        and each.id != record.id
        and (before := record_day(each)) is not None
        and before <= day
        and not are_distinct(record, each, archive)
    ]
    return _shared(record, earlier, archive, index, stated=True)


def _shared(
    record: Postmortem,
    earlier: Iterable[Postmortem],
    archive: Archive,
    index: RecordIndex,
    *,
    stated: bool = False,
) -> list[Recurrence]:
    """Say what a record shares with each of the earlier ones that it is a recurrence of."""
    classes, services = _words(record, archive, index)
    day, near_miss = _ordinal(record), is_near_miss(record)
    found = []
    for each in earlier:
        # An archive of one folder still finds records of the others, which its index does not hold.
        their_classes, their_services = _words(each, archive, index)
        found.append(
            Recurrence(
                each,
                tuple([one for one in classes if one in their_classes]),
                tuple([one for one in services if one in their_services]),
                stated,
                day - _ordinal(each),
                near_miss or is_near_miss(each),
            )
        )
    return found


def _words(
    record: Postmortem, archive: Archive, index: RecordIndex
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = index.words.get(record.id)
    return known or (class_ids(record, archive.settings), service_ids(record, archive.settings))


def _newest_first(each: Recurrence) -> tuple[int, str]:
    return each.days, each.earlier.id


def recurrence_within(
    archive: Archive, as_of: date, days: int = WITHIN, index: RecordIndex | None = None
) -> RecurrenceRate:
    """Measure recurrence within a number of days (docs/format.md, section 8).

    An entry of a record's `recurrences` is a recurrence of that record, like a later record. An incident told by several records counts
    once, and was followed if one of them was. Retold records count in no rate.
    """
    return _rate(_followed(archive, as_of, days, index), days)


def recurrence_by_quarter(
    archive: Archive, as_of: date, index: RecordIndex | None
) -> Mapping[int, RecurrenceRate]:
    """Divide recurrence by the quarter of the earlier incident, counted from the year 0; a quarter without any is left out."""
    quarters: dict[int, list[_Followed]] = {}
    for each in _followed(archive, as_of, WITHIN, index):
        quarters.setdefault(quarter_of(each.day), []).append(each)
    return {quarter: _rate(found, WITHIN) for quarter, found in sorted(quarters.items())}


def recurrence_by_class(
    archive: Archive, as_of: date, index: RecordIndex | None
) -> Mapping[str, RecurrenceRate]:
    """Measure recurrence of each failure class, by catalogue id: followed is an incident by a later one of that class on one of its services.

    A broader class counts the incidents of the narrower ones, and what followed them. Counted is as in `recurrence_within`.
    """
    index = index or RecordIndex.of(archive)
    broader = broader_classes(archive.settings)

    def with_broader(classes: Iterable[str]) -> set[str]:
        return {one for each in classes for one in (each, *broader.get(each, ()))}

    own = _own(index)
    of_class: dict[str, list[Postmortem]] = {}
    for record in own:
        for one in with_broader(class_ids(record, archive.settings)):
            of_class.setdefault(one, []).append(record)
    followed: dict[str, set[str]] = {}
    for record, classes in _followings(own, archive, index, WITHIN):
        for one in with_broader(classes):
            followed.setdefault(one, set()).add(record.id)
    return {
        one: _rate(_judged(records, followed.get(one, set()), as_of, WITHIN, index), WITHIN)
        for one, records in sorted(of_class.items())
    }


@plain_value()
class _Followed:
    """An incident, whether it is old enough to tell, whether it has recurred, and whether nothing tells that."""

    day: date
    near_miss: bool
    old_enough: bool
    recurred: bool
    untold: bool


def _followed(archive: Archive, as_of: date, days: int, index: RecordIndex | None) -> Iterator[_Followed]:
    index = index or RecordIndex.of(archive)
    own = _own(index)
    followed = {record.id for record, _ in _followings(own, archive, index, days)}
    yield from _judged(own, followed, as_of, days, index)


def _own(index: RecordIndex) -> list[Postmortem]:
    return [record for record in index.in_order if is_owed_here(record) and record_day(record)]


def _followings(
    own: Iterable[Postmortem], archive: Archive, index: RecordIndex, days: int
) -> Iterator[tuple[Postmortem, tuple[str, ...]]]:
    """Yield each record that was followed within the days, with the failure classes in which it was: all of its own by an entry of its `recurrences`.

    What is shared is looked up from the earlier record on, until one follows: of all pairs there are many times as many.
    """
    for record in own:
        if any(
            entry.date and 0 <= entry.date.toordinal() - _ordinal(record) <= days
            for entry in record.header.recurrences
        ):
            yield record, class_ids(record, archive.settings)
        for stated in _stated(record, archive, index):
            if stated.days <= days and (not is_near_miss(record) or is_near_miss(stated.earlier)):
                yield stated.earlier, stated.classes
    ours = frozenset(record.id for record in own)
    for (failure_class, _), rows in index.rows_of_both.items():
        for record in _with_followers(rows, index, days, ours):
            yield record, (failure_class,)


def _with_followers(
    rows: Iterable[int], index: RecordIndex, days: int, own: Collection[str]
) -> Iterator[Postmortem]:
    """Yield the records of these rows that a later one of them follows; an incident is followed by incidents alone."""
    following = [row for row in rows if index.in_order[row].id in own]
    of_incidents = [row for row in following if not is_near_miss(index.in_order[row])]
    days_of = {id(those): [index.days[row] for row in those] for those in (following, of_incidents)}
    for row in rows:
        record, day = index.in_order[row], index.days[row]
        those = following if is_near_miss(record) else of_incidents
        first = bisect_right(days_of[id(those)], day)
        end = bisect_right(days_of[id(those)], day + days)
        if first < end:
            none = index.no_recurrence(record)
            if any(index.in_order[those[at]].id not in none for at in range(first, end)):
                yield record


def _judged(
    own: list[Postmortem], followed: Collection[str], as_of: date, days: int, index: RecordIndex
) -> Iterator[_Followed]:
    for record, others in _each_incident_once(own):
        day, near_miss = record_day(record) or date.min, is_near_miss(record)
        recurred = record.id in followed or any(
            each.id in followed for each in others if is_near_miss(each) == near_miss
        )
        untold = not recurred and not any(all(index.words[each.id]) for each in (record, *others))
        yield _Followed(day, near_miss, (as_of - day).days >= days, recurred, untold)


def _rate(followed: Iterable[_Followed], days: int) -> RecurrenceRate:
    incidents = recurred = too_young = near_misses = near_misses_recurred = untold = 0
    for each in followed:
        if each.near_miss:
            near_misses += each.old_enough
            near_misses_recurred += each.old_enough and each.recurred
        elif each.old_enough:
            incidents += 1
            recurred += each.recurred
            untold += each.untold
        else:
            too_young += 1
    return RecurrenceRate(days, incidents, recurred, too_young, near_misses, near_misses_recurred, untold)


def _ordinal(record: Postmortem) -> int:
    return (record_day(record) or date.min).toordinal()


def _ids(names: tuple[str, ...], archive: Archive) -> frozenset[str]:
    return frozenset(found.id for found in map(archive.find, names) if found)


def are_distinct(one: Postmortem, other: Postmortem, archive: Archive) -> bool:
    """Tell whether `distinct_from` of either says that the two only look alike."""
    if not (one.header.distinct_from or other.header.distinct_from):
        return False
    return any(
        b.id in _ids(tuple(each.id for each in a.header.distinct_from), archive)
        for a, b in ((one, other), (other, one))
    )


def _each_incident_once(records: list[Postmortem]) -> list[tuple[Postmortem, list[Postmortem]]]:
    """Give the records with those left out after them, all of whose incidents earlier ones tell."""
    told_by: dict[str, list[Postmortem]] = {}
    kept: list[tuple[Postmortem, list[Postmortem]]] = []
    for record in records:
        keys = incidents_of(record)
        # One by one: to take one set from all that is told would walk through all of it, for each record.
        untold = [key for key in keys if key not in told_by]
        if keys and not untold:
            for key in keys:
                told_by[key].append(record)
            continue
        others: list[Postmortem] = []
        for key in untold:
            told_by[key] = others
        kept.append((record, others))
    return kept
