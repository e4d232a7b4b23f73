"""The archive by service, severity, failure class, kind and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from afterword.derive.catalogue.index import newest_first
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.words.labels import (
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
    settings, filed, owed = archive.settings, _Filed.of(archive), _Owed(views)

    def entries(
        listed: Mapping[str, list[Postmortem]], catalogue: Sequence[Entry], names: Mapping[str, str]
    ) -> list[FacetEntry]:
        known = {entry.id: entry for entry in catalogue}
        return [
            _entry(
                known.get(entry_id) or Entry(entry_id, names.get(entry_id, "")),
                tuple(listed.get(entry_id, ())),
                owed,
                settings,
                unknown=bool(catalogue) and entry_id not in known,
            )
            for entry_id in dict.fromkeys((*known, *sorted(listed)))
        ]

    services = entries(filed.services, settings.services, filed.service_names)
    severities = entries(filed.severities, settings.severities, {})
    classes = entries(filed.classes, settings.failure_classes, filed.class_names)
    kinds = entries(filed.kinds, settings.kinds, {})
    years = entries(filed.years, [year_entry(year) for year in sorted(filed.years, reverse=True)], {})
    severities.sort(key=lambda each: severity_order(settings, each.id))
    return (
        Facet("services", "Services", "Service", _by_name(services)),
        Facet("severities", "Severities", "Severity", tuple(severities)),
        Facet("classes", "Failure classes", "Failure class", _by_name(classes)),
        Facet("kinds", "Kinds", "Kind", tuple(kinds)),
        Facet("years", "Years", "Year", tuple(years)),
    )


@dataclass(frozen=True, slots=True)
class _Filed:
    """The records of an archive, newest first, under the id of everything by which it is divided, and how they write services and classes that the settings do not list."""

    services: Mapping[str, list[Postmortem]]
    classes: Mapping[str, list[Postmortem]]
    severities: Mapping[str, list[Postmortem]]
    kinds: Mapping[str, list[Postmortem]]
    years: Mapping[str, list[Postmortem]]
    service_names: Mapping[str, str]
    class_names: Mapping[str, str]

    @classmethod
    def of(cls, archive: Archive) -> _Filed:
        settings = archive.settings
        services, classes, severities, kinds, years = (
            defaultdict[str, list[Postmortem]](list) for _ in range(5)
        )
        broader = broader_classes(settings)
        for record in newest_first(archive.records):
            for service in service_ids(record, settings):
                services[service].append(record)
            own = class_ids(record, settings)
            for failure_class in dict.fromkeys(
                (*own, *(wide for one in own for wide in broader.get(one, ())))
            ):
                classes[failure_class].append(record)
            if severity := severity_id(record, settings):
                severities[severity].append(record)
            if record.header.kind:
                kinds[entry_for(settings.kinds, record.header.kind).id].append(record)
            years[record.year].append(record)
        for wide in (one for wider in broader.values() for one in wider):
            classes.setdefault(wide, [])
        headers = [record.header for record in archive.records]
        return cls(
            services,
            classes,
            severities,
            kinds,
            years,
            _names(word for header in headers for word in header.services),
            _names(word for header in headers for word in header.failure_class),
        )


def _names(words: Iterable[str]) -> Mapping[str, str]:
    """Give what words are called by the ids that are made of them; of several of one id, the first."""
    names: dict[str, str] = {}
    for word in dict.fromkeys(words):
        names.setdefault(safe_id(word), entry_for((), word).name)
    return names


class _Owed:
    """The unfinished actions of records, by id, in the order in which all are listed."""

    def __init__(self, views: Sequence[ActionView]) -> None:
        self._of_record: defaultdict[str, list[tuple[int, ActionView]]] = defaultdict(list)
        for position, view in enumerate(views):
            if view.unfinished:
                self._of_record[view.record.id].append((position, view))

    def by(self, records: Iterable[Postmortem]) -> tuple[ActionView, ...]:
        found = [each for record in records for each in self._of_record.get(record.id, ())]
        found.sort(key=itemgetter(0))
        return tuple(view for _, view in found)


def _entry(
    entry: Entry, records: tuple[Postmortem, ...], owed: _Owed, settings: Settings, *, unknown: bool
) -> FacetEntry:
    unfinished = owed.by(records)
    return FacetEntry(
        entry.id,
        entry,
        records,
        unfinished,
        sum(view.overdue for view in unfinished),
        severity_counts(records, settings),
        year_counts(records),
        unknown,
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


def _by_name(entries: Iterable[FacetEntry]) -> tuple[FacetEntry, ...]:
    return tuple(sorted(entries, key=lambda each: (each.entry.label.casefold(), each.id)))
