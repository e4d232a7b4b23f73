"""Figures over the archive, as a whole and divided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from afterword.derive.figures.archive_figures import ArchiveFigure, archive_figures
from afterword.derive.figures.figure_groups import divisions, target_shares
from afterword.derive.timing.calendar import quarter_label, quarter_of
from afterword.model.record import Postmortem
from afterword.model.settings import DEFAULT_POLICY, Entry, Settings
from tests.derive.drawn_records import a_record, an_archive, timeline

AS_OF = date(2026, 6, 1)


def mitigated(id: str, minutes: int | None = None, about: bool = False, **header: Any) -> Postmortem:
    """Draw a record whose time to mitigate is so many minutes, or absent."""
    end = (
        "" if minutes is None else f"\n{'~' if about else ''}{14 + minutes // 60}:{minutes % 60:02} MITIGATED"
    )
    return a_record(id, timeline=timeline(f"14:00 DETECTED{end}"), **header)


def figure(
    *records: Postmortem, id: str = "time-to-mitigate", settings: Settings | None = None
) -> ArchiveFigure:
    """Give one figure over some records."""
    found = archive_figures(an_archive(*records, settings=settings)).figures
    return next(each for each in found if each.kind.id == id)


def minutes_of(found: ArchiveFigure) -> list[float]:
    """Give all durations in minutes, by the id of the record they count from."""
    return [each.duration.total_seconds() / 60 for each in found.measures if each.duration is not None]


def groups(
    found: ArchiveFigure, division: str, settings: Settings | None = None
) -> list[tuple[str, int, int]]:
    """Give the groups of a division: label, incidents with the figure, incidents without."""
    made = {each.id: each for each in divisions(found, settings or Settings(), AS_OF)}[division].groups
    return [(each.label, each.spread.count if each.spread else 0, each.lacking) for each in made]


def test_incident_over_two_records_counts_once() -> None:
    """An incident told twice counts once, each figure from the first record (by id) that gives it."""
    records = (
        mitigated("2026-03-14-b", 40, incidents=("inc-1",)),
        mitigated("2026-03-14-a", incidents=("INC-1",)),
        mitigated("2026-03-14-c", 50, incidents=("INC-1",)),
        mitigated("2026-03-15-d", 5),
    )
    found = figure(*records)
    assert minutes_of(found) == [40, 5]
    assert [each.teller.record.id for each in found.measures] == ["2026-03-14-b", "2026-03-15-d"]
    assert archive_figures(an_archive(*records)).incidents == 2


def test_absent_figures_are_counted_and_are_no_zero() -> None:
    """What lacks a figure is told beside the count, and moves no median; two marks at one time are a zero that counts."""
    found = figure(mitigated("2026-03-14-a", 10), mitigated("2026-03-15-b"), mitigated("2026-03-16-c"))
    assert found.spread and found.spread.median == timedelta(minutes=10)
    assert (found.spread.count, found.lacking) == (1, 2)
    none = figure(mitigated("2026-03-14-a"))
    assert (none.spread, none.lacking) == (None, 1)
    zero = figure(mitigated("2026-03-14-a", 0))
    assert zero.spread and (zero.spread.median, zero.lacking) == (timedelta(), 0)


def test_stated_duration_is_a_customer_impact_of_the_archive() -> None:
    """A record without a timeline enters customer impact with its stated duration."""
    told = timeline("14:03 TRIGGER\n14:25 MITIGATED")
    found = figure(
        a_record(duration=timedelta(hours=2)), a_record("2026-03-15-b", timeline=told), id="customer-impact"
    )
    assert minutes_of(found) == [120, 22]


def test_retold_incidents_count_nowhere() -> None:
    """Incidents of others say nothing of how long it takes here: they are left out, and counted beside."""
    records = (
        mitigated("2026-03-14-a", 5),
        mitigated("2026-03-15-b", 90, retold_from="https://example.org/incident"),
    )
    assert minutes_of(figure(*records)) == [5]
    found = archive_figures(an_archive(*records))
    assert (found.incidents, found.retold) == (1, 1)


def test_groups_of_every_division() -> None:
    """By severity the worst first, by name otherwise; a broader class holds the narrower, and what is not stated comes last."""
    settings = Settings(
        services=(Entry("web", "Web shop"), Entry("api", "Public API", aliases=("rest",))),
        failure_classes=(Entry("capacity", "Capacity"), Entry("pool", "Pool exhausted", broader="capacity")),
    )
    records = (
        mitigated("2026-01-14-a", 10, severity="sev3", services=("web", "rest"), failure_class=("pool",)),
        mitigated("2026-02-15-b", services=("api",), detected_by="third-party", failure_class=("capacity",)),
        mitigated("2026-02-16-c", 20, severity=None, detected_by="alert"),
    )
    found = figure(*records, settings=settings)
    assert groups(found, "severity", settings) == [("Sev 2", 0, 1), ("Sev 3", 1, 0), ("", 1, 0)]
    assert groups(found, "service", settings) == [("Public API", 1, 1), ("Web shop", 1, 0), ("", 1, 0)]
    assert groups(found, "class", settings) == [("Capacity", 1, 1), ("Pool exhausted", 1, 0), ("", 1, 0)]
    assert groups(found, "detected-by", settings) == [("Alert", 1, 0), ("Third party", 0, 1), ("", 1, 0)]


def test_quarters_are_in_time_with_their_gaps() -> None:
    """The latest quarter comes first; quarters between without an incident are one line, and the one that is not over is marked."""
    found = figure(
        mitigated("2024-12-31-a", 10),
        mitigated("2025-10-01-b", 10),
        mitigated("2026-01-01-c", 10),
        mitigated("2026-05-31-d", 10),
    )
    made = divisions(found, Settings(), AS_OF)[-1].groups
    assert [(each.label, each.gap, each.running) for each in made] == [
        ("Q2 2026", False, True),
        ("Q1 2026", False, False),
        ("Q4 2025", False, False),
        ("Q1 2025 to Q3 2025", True, False),
        ("Q4 2024", False, False),
    ]
    assert quarter_label(quarter_of(date(2026, 12, 31))) == "Q4 2026"


def test_share_within_the_target() -> None:
    """By severity, of the incidents with the figure; those without are told, and severities without a target left out."""
    by_severity = dict(DEFAULT_POLICY.by_severity)
    for severity, minutes in {"sev1": 10, "sev2": 30}.items():
        targets = {"time-to-mitigate": timedelta(minutes=minutes)}
        by_severity[severity] = replace(by_severity[severity], targets=targets)
    settings = Settings(policy=replace(DEFAULT_POLICY, by_severity=by_severity))
    found = figure(
        mitigated("2026-03-14-a", 30),
        mitigated("2026-03-15-b", 31),
        mitigated("2026-03-16-c"),
        mitigated("2026-03-17-d", severity="sev1"),
        mitigated("2026-03-18-e", 5, severity="sev3"),
        settings=settings,
    )
    shares = target_shares(found, settings)
    assert [(each.severity.id, each.within, each.count, each.lacking, each.percent) for each in shares] == [
        ("sev1", 0, 0, 1, None),
        ("sev2", 1, 2, 1, 50.0),
    ]
    assert shares[1].targets == (timedelta(minutes=30),)


def test_longest_incidents() -> None:
    """The longest come first, of the same length the earlier record, and no more than asked for."""
    found = figure(
        mitigated("2026-03-14-a", 30),
        mitigated("2026-03-15-b"),
        mitigated("2026-03-16-c", 40),
        mitigated("2026-03-17-d", 30),
    )
    assert [each.teller.record.id for each, _ in found.longest(2)] == ["2026-03-16-c", "2026-03-14-a"]
    assert len(found.longest(5)) == 3
