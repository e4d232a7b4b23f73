"""The large index between builds: whatever was kept, it is the index that would be made anew."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from sys import getrefcount

import pytest

from afterword.derive.search_documents import SearchDocument
from afterword.derive.words.passages import Passage, Where
from afterword.operations.site_search.postings_index import PostingsIndex, postings_index
from afterword.sources.cache import NOWHERE, Cache
from tests.operations.test_site_search import many

DOCUMENTS = many(60)


@pytest.fixture(autouse=True)
def _many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("afterword.search.pieces.LARGEST", 80)


def indexed(
    documents: Sequence[SearchDocument], folder: Path, *, at_once: bool = False
) -> tuple[PostingsIndex, int]:
    """Index documents, and count how many were looked into."""
    looked: list[None] = []
    found = postings_index(documents, "a/", Cache(folder), lambda: looked.append(None), at_once=at_once)
    return found, len(looked)


def with_text(document: SearchDocument, text: str) -> SearchDocument:
    """Give a document another summary."""
    return replace(document, passages=(Passage(Where.SUMMARY, "summary", "Summary", text),))


@pytest.mark.parametrize(
    ("documents", "looked"),
    [
        (DOCUMENTS, 0),
        ((replace(DOCUMENTS[0], day=None, severity="sev4", open_actions=3), *DOCUMENTS[1:]), 0),
        ((*DOCUMENTS[:7], with_text(DOCUMENTS[7], "A zephyrine pool."), *DOCUMENTS[8:]), 1),
        ((*DOCUMENTS, replace(DOCUMENTS[3], id="2027-01-01-later")), 1),
        ((*DOCUMENTS[:7], *DOCUMENTS[8:]), 59),
        ((replace(DOCUMENTS[3], id="2020-01-01-earlier"), *DOCUMENTS), 61),
        (tuple(with_text(each, f"Other words {each.id}") for each in DOCUMENTS), 60),
        ((*DOCUMENTS[:3], with_text(DOCUMENTS[2], "The same id again."), *DOCUMENTS[3:]), 61),
        ((), 0),
    ],
    ids=[
        "same",
        "facts",
        "edited",
        "one more",
        "one less",
        "one before",
        "all edited",
        "an id twice",
        "none",
    ],
)
def test_after_a_change_it_is_as_if_made_anew(
    documents: Sequence[SearchDocument], looked: int, tmp_path: Path
) -> None:
    """What has changed is looked into, and where rows move, all records once; the pieces are those of a new index."""
    first, count = indexed(DOCUMENTS, tmp_path)
    assert count == 60 and len(first.pieces) > 10
    wanted, _ = indexed(documents, NOWHERE)
    assert indexed(documents, tmp_path) == (wanted, looked)
    assert [*indexed(documents, tmp_path)[0].pieces] == [*wanted.pieces]


def test_an_edit_and_back_again(tmp_path: Path) -> None:
    """Each build goes on from the one before it."""
    other = (with_text(DOCUMENTS[0], "Nothing but this."), *DOCUMENTS[1:])
    first, _ = indexed(DOCUMENTS, tmp_path)
    second, _ = indexed(other, tmp_path)
    assert second.words["nothing"] == 1 and "nothing" not in first.words
    assert indexed(DOCUMENTS, tmp_path) == (first, 1)


def test_what_was_found_before_will_do_at_once(tmp_path: Path) -> None:
    """Where records keep their rows, an index of an earlier build is taken, and says that it is one."""
    first, _ = indexed(DOCUMENTS, tmp_path)
    edited = (with_text(DOCUMENTS[0], "Nothing but this."), *DOCUMENTS[1:])
    assert indexed(edited, tmp_path, at_once=True) == (replace(first, is_current=False), 0)
    assert indexed(DOCUMENTS, tmp_path, at_once=True) == (first, 0)
    assert indexed(DOCUMENTS[1:], tmp_path, at_once=True)[0].is_current


@pytest.mark.parametrize("cut", [1, 200, 5_000])
def test_a_damaged_cache_changes_nothing(cut: int, tmp_path: Path) -> None:
    """What was cut off or written over costs time."""
    first, _ = indexed(DOCUMENTS, tmp_path)
    for file in tmp_path.rglob("*.sqlite*"):
        content = bytearray(file.read_bytes())
        content[-cut:] = bytes(min(cut, len(content)))
        file.write_bytes(content)
    assert indexed(DOCUMENTS, tmp_path)[0] == first


def test_another_program_does_not_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that another version has read otherwise are read again."""
    first, _ = indexed(DOCUMENTS, tmp_path)
    monkeypatch.setattr("afterword.operations.site_search.postings_index.program_marks", lambda *_: ["other"])
    assert indexed(DOCUMENTS, tmp_path) == (first, 60)


def test_documents_are_let_go(tmp_path: Path) -> None:
    """Their texts are as large as the archive, and a search for what holds on to each other comes late."""
    documents = [*DOCUMENTS]
    gc.disable()
    try:
        before = getrefcount(documents)
        postings_index(documents, "a/", Cache(tmp_path), lambda: None)
        assert getrefcount(documents) == before
    finally:
        gc.enable()


def test_two_archives_share_a_cache(tmp_path: Path) -> None:
    """Neither takes the other's."""
    indexed(DOCUMENTS, tmp_path)
    found = postings_index(DOCUMENTS[:9], "b/", Cache(tmp_path), lambda: None)
    assert found == indexed(DOCUMENTS[:9], NOWHERE)[0]
    assert indexed(DOCUMENTS, tmp_path)[1] == 0
