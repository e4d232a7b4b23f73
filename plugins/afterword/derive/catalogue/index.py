"""Records by what they share, so that no question about one record walks through all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from afterword.derive.timing.calendar import record_day
from afterword.derive.words.labels import class_ids, service_ids
from afterword.model.archive import Archive
from afterword.model.record import Postmortem


def day_and_id(record: Postmortem) -> tuple[date, str]:
    """Give the key that sorts records by day; those without a day come first."""
    return (record_day(record) or date.min, record.id)


def oldest_first(record: Postmortem) -> tuple[date, str]:
    """Give the key that sorts records by day, the earliest first; those without a day come last."""
    return (record_day(record) or date.max, record.id)


def newest_first(records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """Sort records by the day of the incident, the latest first."""
    return tuple(sorted(records, key=day_and_id, reverse=True))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The records before and after one by day, over the whole archive."""

    previous: Postmortem | None
    next: Postmortem | None


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The records of an archive by service, by failure class and by both (class, service), by catalogue id, oldest first.

    `words` holds the failure classes and the services of each record, by its id. The row of a record is its place in `in_order`; `days` are the
    days of the rows as numbers, and `rows_of_both` those that have both, without records of which no day is known. `by_incident` are the
    ids of the records that tell an incident, by its name in small letters, and `apart` those that `distinct_from` of either tells from a record.
    """

    by_service: Mapping[str, tuple[Postmortem, ...]]
    by_class: Mapping[str, tuple[Postmortem, ...]]
    by_both: Mapping[tuple[str, str], tuple[Postmortem, ...]]
    in_order: tuple[Postmortem, ...]
    words: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    rows: Mapping[str, int]
    days: tuple[int, ...]
    rows_of_both: Mapping[tuple[str, str], tuple[int, ...]]
    by_incident: Mapping[str, tuple[str, ...]]
    apart: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, archive: Archive) -> RecordIndex:
        """Index an archive; done once where many records are asked about."""
        by_service: dict[str, list[Postmortem]] = {}
        by_class: dict[str, list[Postmortem]] = {}
        by_both: dict[tuple[str, str], list[Postmortem]] = {}
        words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        rows_of_both: dict[tuple[str, str], list[int]] = {}
        by_incident: dict[str, list[str]] = {}
        in_order = tuple(sorted(archive.records, key=day_and_id))
        for row, record in enumerate(in_order):
            is_dated = record_day(record) is not None
            for incident in incidents_of(record):
                by_incident.setdefault(incident, []).append(record.id)
            services = service_ids(record, archive.settings)
            classes = class_ids(record, archive.settings)
            words[record.id] = (classes, services)
            for service in services:
                by_service.setdefault(service, []).append(record)
            for failure_class in classes:
                by_class.setdefault(failure_class, []).append(record)
                for service in services:
                    by_both.setdefault((failure_class, service), []).append(record)
                    if is_dated:
                        rows_of_both.setdefault((failure_class, service), []).append(row)
        return cls(
            {key: tuple(found) for key, found in by_service.items()},
            {key: tuple(found) for key, found in by_class.items()},
            {key: tuple(found) for key, found in by_both.items()},
            in_order,
            words,
            {record.id: row for row, record in enumerate(in_order)},
            tuple(day_and_id(record)[0].toordinal() for record in in_order),
            {key: tuple(rows) for key, rows in rows_of_both.items()},
            {key: tuple(found) for key, found in by_incident.items()},
            _told_apart(archive),
        )

    def no_recurrence(self, record: Postmortem) -> frozenset[str]:
        """Give the ids of those that are no recurrence of a record, nor it of them, whatever they share: told apart from it, or of one incident with it."""
        found = self.apart.get(record.id, frozenset())
        for incident in incidents_of(record):
            found = found.union(self.by_incident.get(incident, ()))
        return found

    def neighbours(self, record: Postmortem) -> Neighbours:
        """Find the records before and after one."""
        before = bisect_left(self.in_order, day_and_id(record), key=day_and_id)
        is_there = before < len(self.in_order) and self.in_order[before].id == record.id
        after = before + 1 if is_there else before
        return Neighbours(
            self.in_order[before - 1] if before else None,
            self.in_order[after] if after < len(self.in_order) else None,
        )


def incidents_of(record: Postmortem) -> frozenset[str]:
    """Give the ids of the incidents that a record tells, in small letters."""
    return frozenset(incident.casefold() for incident in record.header.incidents)


def _told_apart(archive: Archive) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record in archive.records:
        for each in record.header.distinct_from:
            other = archive.find(each.id)
            if other is not None:
                found.setdefault(record.id, set()).add(other.id)
                found.setdefault(other.id, set()).add(record.id)
    return {record_id: frozenset(others) for record_id, others in found.items()}
