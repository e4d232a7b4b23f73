"""How well an archive keeps what the policy and the records themselves promise, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from afterword.derive.again.recurrence import UNTOLD, WITHIN, recurrence_by_quarter
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.health.health_figure import (
    NO_DAY,
    NOT_FINAL,
    TOO_YOUNG,
    Basis,
    Counting,
    HealthFigure,
    Share,
    merged,
)
from afterword.derive.health.health_in_time import drafted_in_time, published_in_time
from afterword.derive.health.unrecorded import ListedIncidents
from afterword.derive.promises.completion import (
    CANCELLATION_TARGET,
    Completion,
    QuarterOfPromises,
    by_quarter,
)
from afterword.derive.promises.follow_through import is_owed_here, published_on
from afterword.derive.timing.calendar import quarter_of, record_day
from afterword.derive.words.extracts import positives
from afterword.derive.words.written import LEAST_POSITIVES
from afterword.model.archive import Archive
from afterword.model.record import Postmortem

RECENT = 4
"""Quarters that are summed up as how it goes now: what few incidents a quarter has says little by itself."""


@dataclass(frozen=True, slots=True)
class ArchiveHealth:
    """All figures of an archive, in the order in which they are told.

    `quarters` are those in which there is something to count or to leave out, the earliest first, and `listed` what became of the incidents of a list, None without one. `retold` records count nowhere.
    """

    figures: tuple[HealthFigure, ...]
    quarters: tuple[int, ...]
    listed: ListedIncidents | None
    retold: int

    @property
    def recent(self) -> range:
        """Give the last quarters, up to the latest in which there is something."""
        if not self.quarters:
            return range(0)
        first, last = self.quarters[0], self.quarters[-1]
        return range(max(first, last - RECENT + 1), last + 1)

    @property
    def before(self) -> range:
        """Give as many quarters before the recent ones."""
        return range(self.recent.start - RECENT, self.recent.start)


def archive_health(
    archive: Archive,
    as_of: date,
    listed: ListedIncidents | None = None,
    divided: Sequence[QuarterOfPromises] | None = None,
    index: RecordIndex | None = None,
) -> ArchiveHealth:
    """Measure an archive; `listed` are the incidents of the list that count here, and without them it speaks of the records alone.

    `divided` are its promises by quarter, where they are counted already, and `index` is that of the same records.
    """
    own = [record for record in archive.records if is_owed_here(record) and _has_been(record, as_of)]
    undated = _undated(own)
    divided = by_quarter(archive, as_of) if divided is None else divided
    figures = (
        published_in_time(own, archive, as_of, listed),
        drafted_in_time(own, archive, as_of, listed),
        _fair(own, archive),
        _positive(own, archive),
        *_completed(divided, archive, undated),
        _cancelled(divided, undated),
        _recurred(archive, as_of, index),
    )
    quarters = sorted({quarter for figure in figures for quarter in figure.quarters})
    return ArchiveHealth(
        figures, tuple(quarters), listed, sum(not is_owed_here(record) for record in archive.records)
    )


def _has_been(record: Postmortem, as_of: date) -> bool:
    day = record_day(record)
    return day is not None and day <= as_of


def _fair(own: Iterable[Postmortem], archive: Archive) -> HealthFigure:
    """Count the final records whose policy asks for the Allspaw test; to leave its result out must not better the share."""
    counting = Counting()
    for record in own:
        header = record.header
        if not archive.settings.requirement(header.severity, header.kind).allspaw_test:
            continue
        if not record.is_final:
            counting.leave_out(record_day(record), NOT_FINAL)
            continue
        passed = header.allspaw_test.passed if header.allspaw_test else None
        counting.count(record_day(record), kept=passed is True, untold=passed is None)
    return HealthFigure("allspaw-test", "Allspaw test passed", Basis.INCIDENT, counting.quarters)


def _positive(own: Iterable[Postmortem], archive: Archive) -> HealthFigure:
    """Count the final records whose policy asks for What went well, or that have it, by whether it names enough."""
    settings, counting = archive.settings, Counting()
    least = settings.option_of("few-positives", "at_least", LEAST_POSITIVES)
    for record in own:
        named = positives(record)
        written = named is not None
        asked = settings.requirement(record.header.severity, record.header.kind).sections
        if "went-well" not in asked and not written:
            continue
        if not record.is_final:
            counting.leave_out(record_day(record), NOT_FINAL)
            continue
        enough = named is not None and named >= least
        counting.count(record_day(record), kept=enough, untold=not written)
    label = "At least three positives" if least == LEAST_POSITIVES else f"At least {least} positives"
    return HealthFigure("positives", label, Basis.INCIDENT, counting.quarters)


def _completed(
    divided: Sequence[QuarterOfPromises], archive: Archive, undated: Counting
) -> Iterable[HealthFigure]:
    for place, (days, target) in enumerate(archive.settings.completion_targets):
        quarters = {each.quarter: _of_completion(each.completions[place]) for each in divided}
        yield HealthFigure(
            f"done-in-{days}-days",
            f"Done within {days} days",
            Basis.PUBLICATION,
            merged(quarters, undated.quarters),
            target,
            days=days,
        )


def _of_completion(found: Completion) -> Share:
    left_out = {TOO_YOUNG: found.too_young} if found.too_young else {}
    return Share(found.done, found.actions, left_out, found.without_date)


def _cancelled(divided: Sequence[QuarterOfPromises], undated: Counting) -> HealthFigure:
    quarters = {
        each.quarter: Share(each.cancellation.cancelled, each.cancellation.actions) for each in divided
    }
    return HealthFigure(
        "cancelled",
        "Cancelled",
        Basis.PUBLICATION,
        merged(quarters, undated.quarters),
        CANCELLATION_TARGET,
        fewer=True,
    )


def _undated(own: Iterable[Postmortem]) -> Counting:
    """Count the records whose promises count in no quarter, since nothing tells when they were published."""
    counting = Counting()
    for record in own:
        promising = any(action.is_commitment for action in record.actions)
        if promising and record.is_final and published_on(record) is None:
            counting.leave_out(record_day(record), NO_DAY)
    return counting


def _recurred(archive: Archive, as_of: date, index: RecordIndex | None) -> HealthFigure:
    rates = recurrence_by_quarter(archive, as_of, index)
    label = f"Recurred within {WITHIN} days"
    if any(each.incidents for each in rates.values()) and all(each.share is None for each in rates.values()):
        return HealthFigure("recurred", label, Basis.INCIDENT, {}, fewer=True, absent=UNTOLD, days=WITHIN)
    quarters = {
        quarter: Share(
            found.recurred, found.incidents, {TOO_YOUNG: found.too_young} if found.too_young else {}
        )
        for quarter, found in rates.items()
        if (found.incidents or found.too_young) and quarter <= quarter_of(as_of)
    }
    return HealthFigure("recurred", label, Basis.INCIDENT, quarters, fewer=True, days=WITHIN)
