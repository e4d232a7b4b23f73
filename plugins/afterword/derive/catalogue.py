"""The archive by service, severity, failure class, kind and year, and what stands beside a record."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from afterword.derive.follow_through import ActionView
from afterword.derive.index import RecordIndex, day_and_id, newest_first
from afterword.derive.labels import (
    class_ids,
    entry_for,
    find_entry,
    safe_id,
    service_ids,
    severity_id,
    severity_order,
    year_entry,
)
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings

FEWEST_IN_PAIR = 3
"""Records that a service and a failure class must have together for a page of their own."""


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One value of a facet with its records, newest first.

    `open_actions` are the unfinished actions of these records in the order of the dashboard, the overdue ones among them counted in
    `overdue`. `by_severity` (worst first) and `by_year` (latest first) name only what occurs. `unknown` where the settings have a
    catalogue that does not list the id.
    """

    id: str
    entry: Entry
    records: tuple[Postmortem, ...]
    open_actions: tuple[ActionView, ...]
    overdue: int
    by_severity: tuple[tuple[Entry, int], ...]
    by_year: tuple[tuple[str, int], ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the archive; `id` is also its address below the archive."""

    id: str
    label: str
    singular: str
    entries: tuple[FacetEntry, ...]

    def entry(self, entry_id: str) -> FacetEntry | None:
        """Give the entry of an id, None where there is none."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


def facets(archive: Archive, views: Sequence[ActionView]) -> tuple[Facet, ...]:
    """Divide the archive; every entry of a catalogue is there, also without records, and every id that records use.

    A broader failure class lists the records of the narrower ones as well. Services and classes are sorted by name, severities from the worst,
    kinds as the settings have them, years from the latest.
    """
    settings = archive.settings
    by_record: dict[str, list[ActionView]] = {}
    for view in views:
        if view.unfinished:
            by_record.setdefault(view.record.id, []).append(view)
    order = {id(view): position for position, view in enumerate(views)}

    def facet(
        facet_id: str,
        label: str,
        singular: str,
        listed: Mapping[str, list[Postmortem]],
        entries: Iterable[Entry],
    ) -> Facet:
        catalogue = tuple(entries)
        known = {entry.id: entry for entry in catalogue}
        made = []
        for entry_id in dict.fromkeys((*known, *sorted(listed))):
            records = tuple(listed.get(entry_id, ()))
            unfinished = [view for record in records for view in by_record.get(record.id, ())]
            unfinished.sort(key=lambda view: order[id(view)])
            made.append(
                FacetEntry(
                    entry_id,
                    known.get(entry_id) or Entry(entry_id, names.get((facet_id, entry_id), "")),
                    records,
                    tuple(unfinished),
                    sum(view.overdue for view in unfinished),
                    severity_counts(records, settings),
                    year_counts(records),
                    bool(catalogue) and entry_id not in known,
                )
            )
        return Facet(facet_id, label, singular, tuple(made))

    services: dict[str, list[Postmortem]] = {}
    classes: dict[str, list[Postmortem]] = {}
    severities: dict[str, list[Postmortem]] = {}
    kinds: dict[str, list[Postmortem]] = {}
    years: dict[str, list[Postmortem]] = {}
    names: dict[tuple[str, str], str] = {}
    broader = broader_classes(settings)
    for word in dict.fromkeys(word for record in archive.records for word in record.header.services):
        names.setdefault(("services", safe_id(word)), entry_for((), word).name)
    for word in dict.fromkeys(word for record in archive.records for word in record.header.failure_class):
        names.setdefault(("classes", safe_id(word)), entry_for((), word).name)
    for record in newest_first(archive.records):
        for service in service_ids(record, settings):
            services.setdefault(service, []).append(record)
        own = class_ids(record, settings)
        for failure_class in dict.fromkeys((*own, *(wide for one in own for wide in broader.get(one, ())))):
            classes.setdefault(failure_class, []).append(record)
        if severity := severity_id(record, settings):
            severities.setdefault(severity, []).append(record)
        if record.header.kind:
            kinds.setdefault(entry_for(settings.kinds, record.header.kind).id, []).append(record)
        years.setdefault(record.year, []).append(record)
    for wide in (one for wider in broader.values() for one in wider):
        classes.setdefault(wide, [])
    return (
        _by_name(facet("services", "Services", "Service", services, settings.services)),
        _by_severity(
            facet("severities", "Severities", "Severity", severities, settings.severities), settings
        ),
        _by_name(facet("classes", "Failure classes", "Failure class", classes, settings.failure_classes)),
        facet("kinds", "Kinds", "Kind", kinds, settings.kinds),
        facet("years", "Years", "Year", years, [year_entry(year) for year in sorted(years, reverse=True)]),
    )


@dataclass(frozen=True, slots=True)
class FacetPair:
    """A service and a failure class that records share, newest first; a broader class counts those of the narrower ones."""

    service: FacetEntry
    failure_class: FacetEntry
    records: tuple[Postmortem, ...]

    @property
    def has_page(self) -> bool:
        """Tell whether the records are enough for a page of their own."""
        return len(self.records) >= FEWEST_IN_PAIR


def pairs(divided: Sequence[Facet]) -> tuple[FacetPair, ...]:
    """Give each service with each failure class of its records; by service, then by class."""
    by_id = {facet.id: facet for facet in divided}
    classes_of: dict[str, list[FacetEntry]] = {}
    for failure_class in by_id["classes"].entries:
        for record in failure_class.records:
            classes_of.setdefault(record.id, []).append(failure_class)
    made = []
    for service in by_id["services"].entries:
        shared: dict[str, list[Postmortem]] = {}
        for record in service.records:
            for failure_class in classes_of.get(record.id, ()):
                shared.setdefault(failure_class.id, []).append(record)
        made += [
            FacetPair(service, failure_class, tuple(shared[failure_class.id]))
            for failure_class in by_id["classes"].entries
            if failure_class.id in shared
        ]
    return tuple(made)


def services_of(divided: Iterable[Facet]) -> tuple[FacetEntry, ...]:
    """Give the services of a divided archive."""
    return next(facet.entries for facet in divided if facet.id == "services")


def severity_counts(
    records: Iterable[Postmortem], settings: Settings, every: bool = False
) -> tuple[tuple[Entry, int], ...]:
    """Count records by severity, worst first; with `every`, also the severities that do not occur."""
    counts = Counter({entry.id: 0 for entry in settings.severities} if every else {})
    # There are few words, and many records.
    for word, number in Counter(record.header.severity for record in records).items():
        if word:
            counts[entry_for(settings.severities, word).id] += number
    ordered = sorted(counts, key=lambda severity: severity_order(settings, severity))
    return tuple((entry_for(settings.severities, severity), counts[severity]) for severity in ordered)


def year_counts(records: Iterable[Postmortem]) -> tuple[tuple[str, int], ...]:
    """Count records by the year of their id, the latest first."""
    return tuple(sorted(Counter(record.year for record in records).items(), reverse=True))


def broader_classes(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Give for each class all that are broader, nearest first; a circle in the settings ends where it closes."""
    wider: dict[str, tuple[str, ...]] = {}
    for entry in settings.failure_classes:
        above: list[str] = []
        step: Entry | None = entry
        while step is not None and step.broader:
            found = find_entry(settings.failure_classes, step.broader)
            name = found.id if found else safe_id(step.broader)
            if name == entry.id or name in above:
                break
            above.append(name)
            step = found
        wider[entry.id] = tuple(above)
    return wider


def _by_name(facet: Facet) -> Facet:
    ordered = sorted(facet.entries, key=lambda each: (each.entry.label.casefold(), each.id))
    return Facet(facet.id, facet.label, facet.singular, tuple(ordered))


def _by_severity(facet: Facet, settings: Settings) -> Facet:
    ordered = sorted(facet.entries, key=lambda each: severity_order(settings, each.id))
    return Facet(facet.id, facet.label, facet.singular, tuple(ordered))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The records before and after one by day, over the whole archive."""

    previous: Postmortem | None
    next: Postmortem | None


def neighbours(record: Postmortem, archive: Archive, index: RecordIndex | None = None) -> Neighbours:
    """Find the records before and after."""
    index = index or RecordIndex.of(archive)
    before = bisect_left(index.in_order, day_and_id(record), key=day_and_id)
    after = (
        before + 1
        if index.in_order[before : before + 1] and index.in_order[before].id == record.id
        else before
    )
    return Neighbours(
        index.in_order[before - 1] if before else None,
        index.in_order[after] if after < len(index.in_order) else None,
    )
