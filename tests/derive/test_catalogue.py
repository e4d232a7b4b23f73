"""Facets, neighbours and the overview."""

from __future__ import annotations

from afterword.derive.catalogue.catalogue import Facet, facets
from afterword.derive.catalogue.index import Neighbours, RecordIndex
from afterword.derive.glance import glance
from afterword.derive.promises.follow_through import action_views
from afterword.model.archive import Archive
from afterword.model.settings import Entry, Settings
from tests.derive.drawn_records import a_record, actions, an_archive, day

TODAY = day("2026-06-01")


def facet(archive: Archive, facet_id: str) -> Facet:
    """Give one facet of an archive."""
    return next(each for each in facets(archive, action_views(archive, TODAY)) if each.id == facet_id)


def drawn(found: Facet) -> list[str]:
    """Draw a facet, a line for each entry: label, records, a mark for unknown ones."""
    return [
        " ".join(
            (each.entry.label, *(record.id[11:] for record in each.records), *(["?"] if each.unknown else []))
        )
        for each in found.entries
    ]


def test_facets_in_the_order_of_the_site() -> None:
    """Every archive has the five facets, an empty one too."""
    assert [each.id for each in facets(an_archive(), ())] == [
        "services",
        "severities",
        "classes",
        "kinds",
        "years",
    ]


def test_catalogue_entries_without_records_and_unknown_ids() -> None:
    """Every catalogue entry is there, without records too; an id that the catalogue does not list is there as unknown."""
    settings = Settings(services=(Entry("web", "Web shop", aliases=("shop",)), Entry("api", "API")))
    archive = an_archive(
        a_record("2026-01-01-a", services=("shop", "web")),
        a_record("2026-02-02-b", services=("web", "batch")),
        settings=settings,
    )
    assert drawn(facet(archive, "services")) == ["API", "batch b ?", "Web shop b a"]


def test_without_a_catalogue_nothing_is_unknown() -> None:
    """Where the settings list no services, the catalogue is what the records use."""
    archive = an_archive(a_record("2026-01-01-a", services=("web",)))
    assert drawn(facet(archive, "services")) == ["web a"]


def test_hostile_word_gets_a_harmless_id() -> None:
    """A word outside the alphabet of ids keeps its text as label and has an id that can stand in an address."""
    archive = an_archive(a_record("2026-01-01-a", services=("../../Etc & <b>", "支付")))
    assert [(each.id, each.entry.label) for each in facet(archive, "services").entries] == [
        ("etc-b", "../../Etc & <b>"),
        ("id-5d3ba34c", "支付"),
    ]


def test_broader_class_lists_narrower_records() -> None:
    """A broader class holds the records of all classes below it, each record once; a circle does no harm."""
    settings = Settings(
        failure_classes=(
            Entry("capacity"),
            Entry("pool", broader="capacity"),
            Entry("db-pool", broader="pool"),
            Entry("x", broader="y"),
            Entry("y", broader="x"),
            Entry("z", broader="unlisted"),
        )
    )
    archive = an_archive(
        a_record("2026-01-01-a", failure_class=("db-pool", "capacity")),
        a_record("2026-01-02-b", failure_class=("pool",)),
        a_record("2026-01-03-c", failure_class=("x",)),
        settings=settings,
    )
    assert drawn(facet(archive, "classes")) == [
        "capacity b a",
        "db-pool a",
        "pool b a",
        "unlisted ?",
        "x c",
        "y c",
        "z",
    ]


def test_severities_from_the_worst_and_years_from_the_latest() -> None:
    """Severities follow their rank, kinds the settings, years run backwards; a record without a severity is in none."""
    archive = an_archive(
        a_record("2025-01-01-a", severity="near-miss", kind="outage"),
        a_record("2026-01-01-b", severity="sev1"),
        a_record("2026-01-02-c", severity=None, kind="security"),
    )
    assert drawn(facet(archive, "severities")) == [
        "Sev 0",
        "Sev 1 b",
        "Sev 2",
        "Sev 3",
        "Sev 4",
        "Near miss a",
    ]
    assert drawn(facet(archive, "years")) == ["2026 c b", "2025 a"]
    assert drawn(facet(archive, "kinds"))[0] == "Outage a"


def test_entry_sums_up_its_records() -> None:
    """An entry counts its records by severity and year, and lists their unfinished actions in the dashboard's order."""
    table = actions("A1 | open\nA2 | open | due 2026-05-01\nA3 | done | closed 2026-01-09")
    retold = a_record(
        "2024-01-01-r", services=("api",), actions=table, retold_from="https://status.example/1"
    )
    archive = an_archive(
        a_record("2025-01-01-a", services=("api",), severity="sev3", actions=table),
        a_record("2026-01-01-b", services=("api",), severity="sev0", actions=table),
        retold,
    )
    (entry,) = facet(archive, "services").entries
    assert [(view.record.id[11:], view.action.id) for view in entry.open_actions] == [
        ("a", "A2"),
        ("b", "A2"),
        ("a", "A1"),
        ("b", "A1"),
    ]
    assert entry.overdue == 2
    assert [(severity.id, count) for severity, count in entry.by_severity] == [
        ("sev0", 1),
        ("sev2", 1),
        ("sev3", 1),
    ]
    assert entry.by_year == (("2026", 1), ("2025", 1), ("2024", 1))


def test_neighbours_are_those_before_and_after_by_day() -> None:
    """Before and after are by day, over the whole archive; the first and the last have one neighbour."""
    archive = an_archive(*(a_record(f"2026-01-{n:02}-n") for n in range(1, 4)))
    first, second, third = archive.records
    index = RecordIndex.of(archive)
    assert index.neighbours(second) == Neighbours(first, third)
    assert index.neighbours(first) == Neighbours(None, second)
    assert index.neighbours(third) == Neighbours(second, None)


def test_overview_of_an_archive() -> None:
    """The overview holds the ten latest records, drafts, actions overdue and open, and the counts."""
    table = actions("A1 | open\nA2 | open | due 2026-05-01\nA3 | candidate")
    archive = an_archive(
        *(a_record(f"2025-01-{n:02}-n") for n in range(1, 11)),
        a_record("2026-01-01-draft", status="draft", severity="sev0", actions=table),
    )
    found = glance(archive, TODAY)
    assert found.total == 11
    assert [record.id for record in found.drafts] == ["2026-01-01-draft"]
    assert [view.action.id for view in found.overdue] == ["A2"]
    assert [view.action.id for view in found.open] == ["A1"]
    assert [(entry.id, count) for entry, count in found.severity_counts] == [
        ("sev0", 1),
        ("sev1", 0),
        ("sev2", 10),
        ("sev3", 0),
        ("sev4", 0),
        ("near-miss", 0),
    ]
    assert found.year_counts == (("2026", 1), ("2025", 10))
    assert found.recurrence.incidents == 11
