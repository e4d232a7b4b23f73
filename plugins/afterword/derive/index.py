"""Records by what they share, so that no question about one record walks through all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from afterword.derive.calendar import record_day
from afterword.derive.labels import class_ids, service_ids
from afterword.model.archive import Archive
from afterword.model.record import Postmortem


def day_and_id(record: Postmortem) -> tuple[date, str]:
    """Give the key that sorts records by day; those without a day come first."""
    return (record_day(record) or date.min, record.id)


def newest_first(records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """Sort records by the day of the incident, the latest first."""
    return tuple(sorted(records, key=day_and_id, reverse=True))


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The records of an archive by service, by failure class and by both (class, service), by catalogue id, oldest first.

    `words` holds the failure classes and the services of each record, by its id.
    """

    by_service: Mapping[str, tuple[Postmortem, ...]]
    by_class: Mapping[str, tuple[Postmortem, ...]]
    by_both: Mapping[tuple[str, str], tuple[Postmortem, ...]]
    in_order: tuple[Postmortem, ...]
    words: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

    @classmethod
    def of(cls, archive: Archive) -> RecordIndex:
        """Index an archive; done once where many records are asked about."""
        by_service: dict[str, list[Postmortem]] = {}
        by_class: dict[str, list[Postmortem]] = {}
        by_both: dict[tuple[str, str], list[Postmortem]] = {}
        words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        in_order = tuple(sorted(archive.records, key=day_and_id))
        for record in in_order:
            services = service_ids(record, archive.settings)
            classes = class_ids(record, archive.settings)
            words[record.id] = (classes, services)
            for service in services:
                by_service.setdefault(service, []).append(record)
            for failure_class in classes:
                by_class.setdefault(failure_class, []).append(record)
                for service in services:
                    by_both.setdefault((failure_class, service), []).append(record)
        return cls(
            {key: tuple(found) for key, found in by_service.items()},
            {key: tuple(found) for key, found in by_class.items()},
            {key: tuple(found) for key, found in by_both.items()},
            in_order,
            words,
        )
