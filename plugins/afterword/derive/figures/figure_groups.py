"""The figures of an archive divided: by severity, service, failure class, source of detection and quarter, and against their targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from afterword.derive.figures.archive_figures import ArchiveFigure, ArchiveFigures, Measure, Teller
from afterword.derive.timing.calendar import quarter_label, quarter_of
from afterword.derive.timing.statistics import Spread, spread
from afterword.derive.words.labels import entry_for, severity_order
from afterword.model.settings import Entry, Settings


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the incidents, with their spread (None where none of them has the figure) and how many lack it.

    `label` is empty for those whose record does not say. `gap` are quarters between two others in which nothing happened.
    """

    id: str
    label: str
    spread: Spread | None
    lacking: int
    running: bool = False
    """Whether the quarter is not over."""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """The groups of one way to divide the incidents; `facet` is the address of the pages of its groups below the archive, empty without such."""

    id: str
    label: str
    facet: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class TargetShare:
    """How many incidents of a severity kept its target; `lacking` have no figure, and are in neither number.

    `targets` are several where kinds of record have their own.
    """

    severity: Entry
    targets: tuple[timedelta, ...]
    within: int
    count: int
    lacking: int

    @property
    def percent(self) -> float | None:
        """Give the share in percent, None where no incident has the figure."""
        return 100 * self.within / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class DividedFigure:
    """A figure over the archive with everything that is told of it; `targets` are empty where the policy has none."""

    figure: ArchiveFigure
    divisions: tuple[Division, ...]
    targets: tuple[TargetShare, ...]


def divided(found: ArchiveFigures, settings: Settings, as_of: date) -> tuple[DividedFigure, ...]:
    """Divide every figure; done once for all pages and files."""
    return tuple(
        DividedFigure(figure, divisions(figure, settings, as_of), target_shares(figure, settings))
        for figure in found.figures
    )


def divisions(figure: ArchiveFigure, settings: Settings, as_of: date) -> tuple[Division, ...]:
    """Divide the incidents by severity (the worst first), service and class (by name), source of detection and quarter (the latest first).

    An incident of two services is in both groups; a broader class holds the incidents of the narrower ones.
    """
    severities = _grouped(figure, lambda teller: (teller.severity,))
    services = _grouped(figure, lambda teller: teller.services or ("",))
    classes = _grouped(figure, lambda teller: teller.classes or ("",))
    sources = _grouped(figure, lambda teller: (teller.detected_by,))
    return (
        Division(
            "severity",
            "Severity",
            "severities",
            tuple(
                _group(one, entry_for(settings.severities, one).label if one else "", severities[one])
                for one in sorted(severities, key=lambda one: (not one, severity_order(settings, one)))
            ),
        ),
        Division("service", "Service", "services", _by_label(services, settings.services)),
        Division("class", "Failure class", "classes", _by_label(classes, settings.failure_classes)),
        Division("detected-by", "Detected by", "", _by_source(sources)),
        Division("quarter", "Quarter", "", _quarters(figure, as_of)),
    )


def target_shares(figure: ArchiveFigure, settings: Settings) -> tuple[TargetShare, ...]:
    """Count by severity, the worst first, the incidents that kept the figure's target; severities without a target are left out."""
    by_severity = _grouped(figure, lambda teller: (teller.severity,))
    shares = []
    for severity in sorted(by_severity, key=lambda one: severity_order(settings, one)):
        aimed = [each for each in by_severity[severity] if figure.kind.id in each.teller.targets]
        told = [beside for each in aimed if (beside := each.against(figure.kind.id))]
        if aimed:
            shares.append(
                TargetShare(
                    entry_for(settings.severities, severity),
                    tuple(sorted({each.teller.targets[figure.kind.id] for each in aimed})),
                    sum(beside.within for beside in told),
                    len(told),
                    len(aimed) - len(told),
                )
            )
    return tuple(shares)


def _grouped(figure: ArchiveFigure, words: Callable[[Teller], Iterable[str]]) -> dict[str, list[Measure]]:
    groups: dict[str, list[Measure]] = {}
    for measure in figure.measures:
        for word in words(measure.teller):
            groups.setdefault(word, []).append(measure)
    return groups


def _group(
    group_id: str, label: str, measures: Sequence[Measure], running: bool = False, gap: bool = False
) -> Group:
    durations = [each.duration for each in measures if each.duration is not None]
    return Group(group_id, label, spread(durations), len(measures) - len(durations), running, gap)


def _by_label(groups: Mapping[str, Sequence[Measure]], catalogue: Iterable[Entry]) -> tuple[Group, ...]:
    """Sort groups by the name of their catalogue's entry; what is not stated comes last."""
    entries = tuple(catalogue)
    made = (
        _group(one, entry_for(entries, one).label if one else "", measures)
        for one, measures in groups.items()
    )
    return tuple(sorted(made, key=lambda group: (not group.id, group.label.casefold(), group.id)))


def _by_source(groups: Mapping[str, Sequence[Measure]]) -> tuple[Group, ...]:
    return tuple(
        _group(one, one.replace("-", " ").capitalize(), groups[one])
        for one in sorted(groups, key=lambda one: (not one, one))
    )


def _quarters(figure: ArchiveFigure, as_of: date) -> tuple[Group, ...]:
    """Group by the quarter of the record's day, the latest first, with what lies between."""
    groups: dict[int | None, list[Measure]] = {}
    for measure in figure.measures:
        groups.setdefault(measure.teller.quarter, []).append(measure)
    undated = groups.pop(None, [])
    made: list[Group] = []
    later: int | None = None
    for quarter in sorted((each for each in groups if each is not None), reverse=True):
        if later is not None and quarter < later - 1:
            first, last = quarter_label(quarter + 1), quarter_label(later - 1)
            made.append(_group("", first if first == last else f"{first} to {last}", (), gap=True))
        label = quarter_label(quarter)
        made.append(
            _group(_quarter_id(quarter), label, groups[quarter], running=quarter == quarter_of(as_of))
        )
        later = quarter
    if undated:
        made.append(_group("", "", undated))
    return tuple(made)


def _quarter_id(quarter: int) -> str:
    year, number = divmod(quarter, 4)
    return f"{year:04}-Q{number + 1}"
