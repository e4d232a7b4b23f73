"""The small search index: what lunr.py writes, it finds again."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from lunr.index import Index

from afterword.derive.passages import Passage, Where
from afterword.derive.search_documents import SearchDocument
from afterword.search.lunr_index import search_files


def a_document(id: str, title: str = "", text: str = "", summary: str = "", **facts: Any) -> SearchDocument:
    """Draw a document."""
    defaults: dict[str, Any] = {
        "url": f"postmortems/{id[:4]}/{id}/",
        "day": dt.date.fromisoformat(id[:10]),
        "severity": "sev2",
        "services": ("payments-api",),
        "classes": ("capacity",),
        "status": "final",
        "kind": "outage",
        "passages": (
            Passage(Where.SUMMARY, "summary", "Summary", summary),
            Passage(Where.CAUSE, "factors", "", text),
        ),
    }
    return SearchDocument(id, title, **{**defaults, **facts})


DOCUMENTS = (
    a_document("2026-01-01-a", "Payments fail", "the pool leaked: pool.acquire() in pg_stat_activity"),
    a_document(
        "2026-02-01-b", "Café orders lost", "the payments were fine", names=("Coffee shop", "INC-142")
    ),
    a_document("2026-03-01-c", "Nothing", summary="Connections exhausted"),
)


def found(question: str) -> list[str]:
    """Ask the written index a question in lunr's own language, and give the ids found."""
    files = {file.address: json.loads(file.content) for file in search_files(DOCUMENTS, "postmortems/")}
    made = files["postmortems/search/index.json"]
    hits = Index.load(made["index"]).search(question)
    return [made["records"][int(hit["ref"])]["id"][:12] for hit in hits]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("payments", ["2026-01-01-a", "2026-02-01-b", "2026-03-01-c"]),
        ("connection", ["2026-03-01-c"]),
        ("acquire", ["2026-01-01-a"]),
        ("activity", ["2026-01-01-a"]),
        ("cafe", ["2026-02-01-b"]),
        ("coffee", ["2026-02-01-b"]),
        ("142", ["2026-02-01-b"]),
        ("exhaus*", ["2026-03-01-c"]),
        ("zebra", []),
    ],
)
def test_round_trip(question: str, ids: list[str]) -> None:
    """Words of title, names, services, summary and text are found, inside code and without accents, too."""
    assert sorted(found(question)) == ids


def test_title_weighs_most() -> None:
    """A record with the word in its title stands before one with the word in its text."""
    assert found("payments")[0] == "2026-01-01-a"


def test_links_are_relative_to_the_search_page() -> None:
    """A site served from below another address still leads to its records."""
    files = search_files(DOCUMENTS, "postmortems/")
    assert [file.address for file in files] == [
        "postmortems/search/index.json",
        "postmortems/search/texts.json",
    ]
    assert json.loads(files[0].content)["records"][0]["href"] == "../2026/2026-01-01-a/"
    assert json.loads(search_files((a_document("2026-01-01-a"),), "")[0].content)["records"][0]["href"]


def test_same_documents_give_the_same_bytes() -> None:
    """The index depends on the documents alone."""
    assert search_files(DOCUMENTS, "a/") == search_files(DOCUMENTS, "a/")


def test_archive_without_records_has_an_index() -> None:
    """An empty archive is no fault."""
    assert json.loads(search_files((), "a/")[0].content)["records"] == []


def test_record_without_any_word_is_indexed() -> None:
    """A record of which nothing could be read keeps its place among the others."""
    empty = a_document("2026-01-01-a", services=(), classes=(), kind="")
    records = json.loads(search_files((empty, *DOCUMENTS[1:]), "a/")[0].content)["records"]
    assert [record["id"] for record in records] == ["2026-01-01-a", "2026-02-01-b", "2026-03-01-c"]
