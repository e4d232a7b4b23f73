"""The small search index: what lunr.py writes, it finds again."""

from __future__ import annotations

import json

import pytest
from lunr.index import Index

from afterword.derive.words.passages import Passage, Where
from afterword.search.lunr_index import lunr_file
from afterword.search.terms import terms
from tests.search.drawn_documents import DOCUMENTS, a_document


def found(question: str) -> list[str]:
    """Ask the written index for the terms of a question, and give the ids found."""
    index = Index.load(json.loads(lunr_file(DOCUMENTS, "postmortems/").content)["index"])
    hits = index.search(" ".join(terms(question)))
    return [DOCUMENTS[int(hit["ref"])].id for hit in hits]


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
        ("inc142", ["2026-02-01-b"]),
        ("zebra", []),
    ],
)
def test_round_trip(question: str, ids: list[str]) -> None:
    """Words of title, names, services, keys, summary and text are found, inside code and without accents, too."""
    assert sorted(found(question)) == ids


def test_title_weighs_most() -> None:
    """A record with the word in its title stands before one with the word in its text."""
    assert found("payments")[0] == "2026-01-01-a"


def test_causes_weigh_more_than_the_rest() -> None:
    """A cause goes before the same word in a timeline."""
    told = a_document(
        "2026-01-01-a", passages=(Passage(Where.TIMELINE, "timeline", "", "the lease expired"),)
    )
    caused = a_document("2026-01-02-b", "", "the lease expired")
    index = Index.load(json.loads(lunr_file((told, caused), "").content)["index"])
    assert [hit["ref"] for hit in index.search("leas")] == ["1", "0"]


def test_same_documents_give_the_same_bytes() -> None:
    """The index depends on the documents alone."""
    assert lunr_file(DOCUMENTS, "a/") == lunr_file(DOCUMENTS, "a/")


def test_archive_without_records_has_an_index() -> None:
    """An empty archive is no fault."""
    assert json.loads(lunr_file((), "a/").content)["index"] == {}
