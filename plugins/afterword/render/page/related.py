"""What stands beside a record in the archive: earlier ones of the same kind, related ones, neighbours, what followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from afterword.check.wording import counted
from afterword.derive.again.recurrence import Recurrence, latest_recurrences
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.likeness.related import RelatedIndex, RelatedRecord, related_records
from afterword.derive.places.address import relative
from afterword.derive.words.labels import class_label, service_label
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from afterword.model.value import plain_value
from afterword.render.page.cards import shortened
from afterword.render.page.links import Links, SiteIndex
from afterword.render.page.other_record import OtherRecord

MOST_RECURRENCES = 10
LONGEST_CAUSE = 120

BEFORE, RELATED = "This happened before", "Related incidents"


@plain_value()
class RecordLine:
    """Another record in one line of the page at `page_address`; `note` says what it has to do with this one."""

    record: OtherRecord
    page_address: str
    note: str = ""

    @property
    def id(self) -> str:
        """Give the id of the record."""
        return self.record.id

    @property
    def title(self) -> str:
        """Give the title of the record, its id where it has none."""
        return self.record.title

    @property
    def href(self) -> str:
        """Give the way from the page to the record's."""
        return relative(self.page_address, self.record.address)

    @property
    def day(self) -> date | None:
        """Give the day of the incident."""
        return self.record.day

    @property
    def severity(self) -> Entry | None:
        """Give the severity as the catalogue has it."""
        return self.record.severity


@plain_value()
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


@plain_value()
class Related:
    """Everything below the last section."""

    groups: tuple[RelatedGroup, ...]
    again: tuple[SeenAgain, ...]
    distinct: tuple[Distinct, ...]
    previous: RecordLine | None
    next: RecordLine | None

    @property
    def lines(self) -> tuple[RecordLine, ...]:
        """Give the lines of all groups, and those of the records before and after."""
        around = (each for each in (self.previous, self.next) if each is not None)
        return (*(line for group in self.groups for line in group.lines), *around)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show but the records before and after."""
        return not (self.groups or self.again or self.distinct)


NOTHING = Related((), (), (), None, None)
"""For a page that shows none of it."""


def related(record: Postmortem, archive: Archive, links: Links, whole: SiteIndex | None = None) -> Related:
    """Gather what stands beside a record; `whole` is worth making once where it is asked of many."""
    index = whole.records if whole else RecordIndex.of(archive)
    others = whole.others if whole else {}

    def line(other: Postmortem, note: str = "") -> RecordLine:
        known = others.get(other.path) or OtherRecord.of(other, archive.settings)
        return RecordLine(known, links.page_address, note)

    around = index.neighbours(record)
    shown, before = latest_recurrences(record, archive, index, MOST_RECURRENCES)
    found = related_records(
        record,
        whole.related if whole else RelatedIndex.of(archive),
        {each.earlier.id for each in shown},
    )
    groups = (
        RelatedGroup(
            BEFORE,
            tuple(line(each.earlier, recurring(each, archive.settings)) for each in shown),
            before - len(shown),
        ),
        RelatedGroup(
            RELATED,
            tuple(line(each.record, "; ".join(reasons(each, archive.settings))) for each in found),
        ),
    )
    header = record.header
    return Related(
        tuple(group for group in groups if group.lines),
        tuple(SeenAgain(each.date, each.incident, each.note) for each in header.recurrences),
        tuple(_distinct(each.id, each.reason, archive, links) for each in header.distinct_from),
        line(around.previous) if around.previous else None,
        line(around.next) if around.next else None,
    )


def recurring(each: Recurrence, settings: Settings) -> str:
    """Say how long ago it happened before, and what is the same."""
    shared = [class_label(settings, one) for one in each.classes]
    shared += [service_label(settings, one) for one in each.services]
    ago = "the same day" if each.days == 0 else f"{counted(each.days, 'day')} before"
    said = ["named by the author"] if each.stated else []
    return ", ".join([ago, *said, *shared])


def reasons(each: RelatedRecord, settings: Settings) -> Iterator[str]:
    """Say why a record is related, the strongest reason first."""
    if each.incidents:
        yield f"tells the same incident: {', '.join(each.incidents)}"
    if each.named:
        yield "one names the other"
    for noun, several, labels in (
        ("service", "services", [service_label(settings, one) for one in each.services]),
        ("failure class", "failure classes", [class_label(settings, one) for one in each.classes]),
    ):
        if labels:
            yield f"same {noun if len(labels) == 1 else several} {', '.join(labels)}"
    for one in each.broader:
        yield f"both of the broader failure class {class_label(settings, one)}"
    if each.cause:
        yield f"{'same' if each.same else 'similar'} cause: {shortened(each.cause, LONGEST_CAUSE)}"
    elif each.words:
        yield f"both speak of {', '.join(each.words)}"


def _distinct(record_id: str, reason: str, archive: Archive, links: Links) -> Distinct:
    found = archive.find(record_id)
    if found is None:
        return Distinct(record_id, None, reason)
    return Distinct(found.title, links.to_record(found), reason)
