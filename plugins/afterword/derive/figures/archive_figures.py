"""The figures of all incidents of an archive (docs/format.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from heapq import nsmallest

from afterword.derive.catalogue.catalogue import broader_classes
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import quarter_of, record_day
from afterword.derive.timing.figures import incident_figures
from afterword.derive.timing.statistics import Spread, spread
from afterword.derive.timing.targets import AgainstTarget, targets_of
from afterword.derive.words.labels import class_ids, service_ids, severity_id
from afterword.model.archive import Archive
from afterword.model.figure_kinds import CUSTOMER_IMPACT, FIGURES, FigureKind
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.value import plain_value


@dataclass(frozen=True, slots=True)
class Teller:
    """A record with what its incidents are divided by, by catalogue id; what it does not state is empty."""

    record: Postmortem
    severity: str
    services: tuple[str, ...]
    classes: tuple[str, ...]
    detected_by: str
    quarter: int | None
    """Counted from the year 0: four times the year, and 0 to 3."""
    targets: Mapping[str, timedelta]


@plain_value()
class Measure:
    """One figure of one incident: from the first record (by id) that gives it, else absent and with the first that tells of the incident.

    `incident` is empty where the record has no or one.
    """

    teller: Teller
    incident: str
    duration: timedelta | None = None
    about: bool = False

    def against(self, figure_id: str) -> AgainstTarget | None:
        """Give the duration beside its target, None where either is missing."""
        target = self.teller.targets.get(figure_id)
        if self.duration is None or target is None:
            return None
        return AgainstTarget(target, self.duration, self.about)


@dataclass(frozen=True, slots=True)
class ArchiveFigure:
    """One figure over the archive: an entry for each incident, by the id of its record."""

    kind: FigureKind
    measures: tuple[Measure, ...]
    spread: Spread | None
    lacking: int

    def longest(self, most: int) -> tuple[tuple[Measure, timedelta], ...]:
        """Give the incidents that took longest, the longest first."""
        told = [(each, each.duration) for each in self.measures if each.duration is not None]
        return tuple(nsmallest(most, told, key=lambda each: (-each[1], each[0].teller.record.id)))


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """All figures of an archive; `incidents` are counted once each, and `retold` are the records of others' incidents, which count nowhere."""

    figures: tuple[ArchiveFigure, ...]
    incidents: int
    retold: int


def archive_figures(archive: Archive) -> ArchiveFigures:
    """Collect the figures of all incidents in one walk over the records.

    An incident counts once, each figure from the first record (by id) that gives it. The header's `duration` stands for the customer
    impact of a record with fewer than two incidents. Incidents of others (`retold_from`) are left out: they say nothing of how it goes here.
    """
    found: dict[str, dict[str, Measure]] = {kind.id: {} for kind in FIGURES}
    broader = broader_classes(archive.settings)
    retold = 0
    for record in sorted(archive.records, key=lambda record: record.id):
        if not is_owed_here(record):
            retold += 1
            continue
        teller = _teller(record, archive.settings, broader)
        incidents = incident_figures(record)
        stated = record.header.duration if len(incidents) == 1 else None
        for incident in incidents:
            given = {figure.kind.id: (figure.duration, figure.about) for figure in incident.figures}
            if stated is not None:
                given.setdefault(CUSTOMER_IMPACT, (stated, False))
            for figure_id, measures in found.items():
                known = measures.get(incident.key)
                if known is not None and known.duration is not None:
                    continue
                if figure_id in given:
                    measures[incident.key] = Measure(teller, incident.incident or "", *given[figure_id])
                elif known is None:
                    measures[incident.key] = Measure(teller, incident.incident or "")
    figures = tuple(_figure(kind, tuple(found[kind.id].values())) for kind in FIGURES)
    return ArchiveFigures(figures, len(figures[0].measures), retold)


def _teller(record: Postmortem, settings: Settings, broader: Mapping[str, tuple[str, ...]]) -> Teller:
    day = record_day(record)
    own = class_ids(record, settings)
    return Teller(
        record,
        severity_id(record, settings),
        service_ids(record, settings),
        tuple(dict.fromkeys((*own, *(wide for one in own for wide in broader.get(one, ()))))),
        record.header.detected_by or "",
        quarter_of(day) if day else None,
        targets_of(record, settings),
    )


def _figure(kind: FigureKind, measures: tuple[Measure, ...]) -> ArchiveFigure:
    told = spread(each.duration for each in measures if each.duration is not None)
    return ArchiveFigure(kind, measures, told, len(measures) - (told.count if told else 0))
