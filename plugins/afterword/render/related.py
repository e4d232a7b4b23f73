"""What stands beside a record in the archive: earlier ones of the same kind, neighbours, what followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from afterword.derive.calendar import record_day
from afterword.derive.catalogue import neighbours
from afterword.derive.labels import class_label, service_label, severity_entry
from afterword.derive.recurrence import recurrences
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry
from afterword.render.links import Links

MOST_RECURRENCES = 10


@dataclass(frozen=True, slots=True)
class RecordLine:
    """Another record in one line; `note` says what it has to do with this one."""

    title: str
    href: str
    day: date | None
    severity: Entry | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """A list of records under a heading; `more` counts those that are left out."""

    heading: str
    lines: tuple[RecordLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """A later sighting that has no record of its own."""

    day: date | None
    incident: str
    note: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """A record that looks alike and is not; `href` is None where there is no such record."""

    title: str
    href: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Related:
    """Everything below the last section."""

    groups: tuple[RelatedGroup, ...]
    again: tuple[SeenAgain, ...]
    distinct: tuple[Distinct, ...]
    previous: RecordLine | None
    next: RecordLine | None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show but the records before and after."""
        return not (self.groups or self.again or self.distinct)


def related(record: Postmortem, archive: Archive, links: Links) -> Related:
    """Gather what stands beside a record."""
    index = links.index.records if links.index else None
    around = neighbours(record, archive, index)
    before = tuple(_recurring(record, archive, links))
    groups = (
        RelatedGroup(
            "This happened before", before[:MOST_RECURRENCES], max(0, len(before) - MOST_RECURRENCES)
        ),
        RelatedGroup("Same service", _lines(around.same_service, links)),
        RelatedGroup("Same failure class", _lines(around.same_class, links)),
    )
    header = record.header
    return Related(
        tuple(group for group in groups if group.lines),
        tuple(SeenAgain(each.date, each.incident, each.note) for each in header.recurrences),
        tuple(_distinct(each.id, each.reason, archive, links) for each in header.distinct_from),
        _line(around.previous, links) if around.previous else None,
        _line(around.next, links) if around.next else None,
    )


def _recurring(record: Postmortem, archive: Archive, links: Links) -> Iterator[RecordLine]:
    for each in recurrences(record, archive, links.index.records if links.index else None):
        shared = [class_label(archive.settings, one) for one in each.classes]
        shared += [service_label(archive.settings, one) for one in each.services]
        ago = (
            "the same day"
            if each.days == 0
            else "1 day before"
            if each.days == 1
            else f"{each.days} days before"
        )
        said = ["named by the author"] if each.stated else []
        yield _line(each.earlier, links, ", ".join([ago, *said, *shared]))


def _lines(records: Iterable[Postmortem], links: Links) -> tuple[RecordLine, ...]:
    return tuple(_line(each, links) for each in records)


def _line(record: Postmortem, links: Links, note: str = "") -> RecordLine:
    return RecordLine(
        record.header.title or record.id,
        links.to_record(record),
        record_day(record),
        severity_entry(record, links.archive.settings),
        note,
    )


def _distinct(record_id: str, reason: str, archive: Archive, links: Links) -> Distinct:
    found = archive.find(record_id)
    if found is None:
        return Distinct(record_id, None, reason)
    return Distinct(found.header.title or found.id, links.to_record(found), reason)
