"""Open causes and accepted risks over an archive (docs/figures.md, "Coverage")."""

from __future__ import annotations

from dataclasses import replace

from afterword.derive.causes.archive_coverage import ArchiveCoverage, CoverageLine, archive_coverage
from afterword.derive.causes.record_causes import CauseCounts
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from tests.derive.drawn_records import a_record, actions, an_archive, day, tree, whys

TODAY = day("2026-06-01")
TABLE = actions("A1 | done | closed 2026-03-27")
SETTINGS = Settings(services=(Entry("api", "Public API", aliases=("api-v1",)), Entry("web", "Web shop")))


def covered(*records: Postmortem) -> ArchiveCoverage:
    """Judge records together."""
    return archive_coverage(an_archive(*records, settings=SETTINGS), TODAY)


def line(lines: tuple[CoverageLine, ...], entry: str) -> CoverageLine:
    """Find the line of an entry."""
    return next(each for each in lines if each.entry.id == entry)


def test_coverage_is_divided_by_service_severity_class_and_year() -> None:
    """A record counts under each of its services, aliases resolved; severities from the worst, years from the latest."""
    found = covered(
        a_record(
            "2025-01-01-a",
            actions=TABLE,
            tree=tree("Outcome\n  One -> A1\n  Two"),
            services=("api-v1", "web"),
            failure_class=("capacity",),
        ),
        a_record("2026-01-01-b", services=("api",), severity="sev0", whys=whys("a", "b")),
    )
    assert found.leaves == CauseCounts(1, 0, 2)
    api = line(found.divided["services"], "api")
    assert (api.entry.label, api.records, api.treeless, api.leaves) == (
        "Public API",
        2,
        1,
        CauseCounts(1, 0, 2),
    )
    assert line(found.divided["services"], "web").leaves == CauseCounts(1, 0, 1)
    assert [each.entry.id for each in found.divided["severities"]] == ["sev0", "sev2"]
    assert [each.entry.id for each in found.divided["classes"]] == ["capacity"]
    assert [each.entry.id for each in found.divided["years"]] == ["2026", "2025"]
    assert [record.id for record in found.treeless] == ["2026-01-01-b"]


def test_open_causes_begin_with_root_causes_then_the_worst_then_the_oldest() -> None:
    """Records that mark none of their causes stand apart."""

    def rooted(record: Postmortem) -> Postmortem:
        assert record.causal_tree is not None
        outcome = record.causal_tree.outcome
        first, *others = outcome.children
        marked = replace(outcome, children=(replace(first, root_cause=True), *others))
        return replace(record, causal_tree=replace(record.causal_tree, outcome=marked))

    drawing = "Outcome\n  {0} root\n  {0} leaf\n  Done -> A1"
    found = covered(
        rooted(a_record("2025-01-01-a", actions=TABLE, tree=tree(drawing.format("A")), severity="sev3")),
        rooted(a_record("2026-01-01-b", actions=TABLE, tree=tree(drawing.format("B")), severity="sev1")),
        a_record("2026-02-01-c", tree=tree("Outcome\n  C leaf")),
    )
    assert [(each.cause.text, each.days) for each in found.open] == [
        ("B root", 151),
        ("A root", 516),
        ("B leaf", 151),
        ("A leaf", 516),
    ]
    assert [each.record.id for each in found.unmarked] == ["2026-02-01-c"]
    assert found.open_count == 5


def test_register_is_by_review_day() -> None:
    """A review is past from the day after its day; risks without a readable day stand apart."""
    found = covered(
        a_record(
            "2026-01-01-a",
            tree=tree("Outcome\n  Later -- accepted 2026-07-01\n  Today -- accepted 2026-06-01"),
        ),
        a_record(
            "2025-01-01-b", tree=tree("Outcome\n  Past -- accepted 2026-05-31\n  Undated -- accepted ?")
        ),
    )
    assert [(each.risk.text, each.past, each.days_past) for each in found.risks] == [
        ("Past", True, 1),
        ("Today", False, 0),
        ("Later", False, 0),
    ]
    assert [each.risk.text for each in found.undated_risks] == ["Undated"]
    assert found.past_reviews == 1
    assert [each.cause.text for each in found.open] == ["Past"]


def test_drafts_are_counted_and_left_out_and_retold_records_stand_apart() -> None:
    """Neither is in any figure: a draft is being written, and what others told obliges nobody here."""
    drawing = tree("Outcome\n  Open\n  Risk -- accepted 2020-01-01")
    found = covered(
        a_record("2026-01-01-draft", tree=drawing, status="draft"),
        a_record("2026-01-02-retold", tree=drawing, retold_from="https://example.org/"),
    )
    assert (found.records, found.drafts, found.retold) == (0, 1, 1)
    assert found.leaves == CauseCounts()
    assert not found.open and not found.risks and not found.treeless
    assert [each.cause.text for each in found.retold_open] == ["Open", "Risk"]
    assert [each.risk.text for each in found.retold_risks] == ["Risk"]
