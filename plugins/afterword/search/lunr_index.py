"""The small search index: made here by lunr.py, read in the page by lunr.js."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from afterword.derive.search_documents import SearchDocument
from afterword.derive.words.passages import Where
from afterword.search.files import IndexFile, json_bytes, rows_mark
from afterword.search.folding import folded
from afterword.search.terms import joined, terms_of

FORMAT = 2
NAME = "search/lunr.json"

BOOSTS = {
    "title": 10,
    "names": 6,
    "keys": 8,
    "summary": 3,
    "causes": 4,
    "actions": 3,
    "lessons": 3,
    "body": 1,
}
"""What a word counts in each field; `names` are services, classes, severity and kind as readers know them."""

FIELDS = {Where.SUMMARY: "summary", Where.CAUSE: "causes", Where.ACTION: "actions", Where.LESSON: "lessons"}
"""The parts that have a field of their own; all others are `body`."""


def lunr_file(documents: Sequence[SearchDocument], base: str) -> IndexFile:
    """Give `<base>search/lunr.json`: `index` as lunr reads it, whose references are rows of the catalogue with the mark `rows`."""
    rows = rows_mark(each.id for each in documents)
    return IndexFile(
        base + NAME, json_bytes({"format": FORMAT, "rows": rows, "index": lunr_index(documents)})
    )


def lunr_index(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """Index documents, and give the index in lunr's own form, version 2.3.9; a reference is a position in `documents`."""
    # Part of the extra `site`: checking alone must not need it.
    from lunr.builder import Builder

    if not documents:  # lunr divides by the number of documents
        return {}
    builder = Builder()  # without a pipeline: our terms are made before
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for row, document in enumerate(documents):
        builder.add({"id": str(row), **{name: " ".join(found) for name, found in fields(document).items()}})
    serialised: dict[str, Any] = builder.build().serialize()
    return serialised


def fields(document: SearchDocument) -> dict[str, list[str]]:
    """Give the terms of each field of a document; keys are there by their words, and whole."""
    return fields_of(document, field_words(document))


def fields_of(document: SearchDocument, words: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give the same where the folded words of each field are known."""
    found = {name: terms_of(told) for name, told in words.items()}
    found["keys"] += filter(None, map(joined, document.keys))
    return found


def field_words(document: SearchDocument) -> dict[str, list[str]]:
    """Give the folded words of each field of a document."""
    texts: dict[str, list[str]] = {name: [] for name in BOOSTS}
    texts["title"] = [document.title]
    texts["names"] = [*document.names, *document.services, *document.classes]
    texts["keys"] = [*document.keys]
    for each in document.passages:
        texts[FIELDS.get(each.where, "body")] += (each.title, each.text)
    return {name: folded(" ".join(told)).split() for name, told in texts.items()}
