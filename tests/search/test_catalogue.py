"""The catalogue: all that filters and sorts need, in one small file."""

from __future__ import annotations

from typing import Any

from afterword.derive.search_documents import SearchDocument
from afterword.model.settings import Entry, RosterEntry, Settings
from afterword.search.catalogue import catalogue_file
from tests.search.drawn_documents import DOCUMENTS, a_document
from tests.search.whole_catalogue import whole_catalogue

SETTINGS = Settings(
    services=(Entry("payments-api", "Payments API", "payments"), Entry("checkout", "Checkout")),
    failure_classes=(
        Entry("certificate", "Expired certificate", broader="expiry"),
        Entry("expiry", "Expiry", broader="time"),
        Entry("time", "Time"),
    ),
    teams=(RosterEntry("Team Payments", id="payments"),),
)


def catalogue(*documents: SearchDocument, settings: Settings = SETTINGS) -> dict[str, Any]:
    """Write a catalogue and read it again."""
    file = catalogue_file(documents, settings, "postmortems/", "lunr")
    assert file.address == "postmortems/search/catalogue.json"
    return whole_catalogue(file.content)


def test_a_record_is_a_row() -> None:
    """Every column has one entry for each record, in the order of the documents."""
    made = catalogue(*DOCUMENTS)
    assert (made["format"], made["engine"]) == (3, "lunr")
    assert made["records"]["id"] == ["2026-01-01-a", "2026-02-01-b", "2026-03-01-c"]
    assert made["records"]["title"][1] == "Café orders lost"
    assert made["records"]["day"] == [20454, 20485, 20513]
    assert {len(column) for column in made["records"].values()} == {3}


def test_facets_are_named_by_position() -> None:
    """A record points into the lists of values, which hold what occurs and nothing else."""
    one = a_document("2026-01-01-a", services=("payments-api", "unheard-of"), teams=("payments",))
    other = a_document("2025-01-01-b", services=(), severity="", detected_by="alert", open_actions=2)
    made = catalogue(one, other)
    facets, records = made["facets"], made["records"]
    assert facets["service"] == [["payments-api", "Payments API", [0]], ["unheard-of", "unheard-of", []]]
    assert records["service"] == [[0, 1], []]
    assert facets["team"] == [["payments", "Team Payments"]]
    assert records["team"] == [[0], []]
    assert facets["severity"] == [["sev2", "Sev 2", "sev2"]]
    assert records["severity"] == [0, -1]
    assert facets["year"] == [["2026", "2026"], ["2025", "2025"]]
    assert facets["detection"] == [["alert", "alert"]]
    assert records["open"] == [0, 2]
    assert facets["open"] == [["yes", "open action items"]]


def test_classes_name_their_broader_ones() -> None:
    """Whoever filters by a broader class finds the records of the narrower, so it is listed though no record names it."""
    made = catalogue(a_document("2026-01-01-a", classes=("certificate",)))
    assert made["facets"]["class"] == [
        ["certificate", "Expired certificate", [1, 2]],
        ["expiry", "Expiry", [2]],
        ["time", "Time", []],
    ]


def test_an_empty_archive_has_a_catalogue() -> None:
    """An archive without records is no fault."""
    made = catalogue()
    assert made["records"]["id"] == []
    assert all(values == [] for values in made["facets"].values())
