"""The index that the search page of one form reads, until it reads the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from afterword.derive.address import relative
from afterword.derive.passages import BETWEEN, Where
from afterword.derive.search_documents import SearchDocument
from afterword.search.files import IndexFile
from afterword.search.folding import folded

FORMAT = 1
INDEX_NAME = "search/index.json"
TEXTS_NAME = "search/texts.json"
SUMMARY_LENGTH = 400
"""As much of a summary as every reader of the page downloads."""

BOOSTS = {"title": 10, "names": 6, "services": 4, "classes": 4, "summary": 3, "text": 1}


def search_files(documents: Sequence[SearchDocument], base: str) -> tuple[IndexFile, ...]:
    """Give the files of the search page at `<base>search/`: facts of all records with the index, and the texts for passages.

    Both are JSON. `index.json` holds `format`, `records` (sorted by id; the references of the index are positions in it) and `index` as lunr
    reads it; `texts.json` the summary and the passages of each record in the same order. Nothing in them is escaped.
    """
    page = f"{base}search/"
    found = {
        "format": FORMAT,
        "records": [_facts(document, page) for document in documents],
        "index": lunr_index(documents),
    }
    texts = [_shown(each) for each in documents]
    return (IndexFile(base + INDEX_NAME, _json(found)), IndexFile(base + TEXTS_NAME, _json(texts)))


def lunr_index(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """Index documents, and give the index in lunr's own form, version 2.3.9; a reference is a position in `documents`."""
    # Part of the extra `site`: checking alone must not need it.
    from lunr import lunr

    if not documents:  # lunr divides by the number of documents
        return {}
    fields = [{"field_name": name, "boost": boost} for name, boost in BOOSTS.items()]
    made = [{"ref": str(position), **_fields(document)} for position, document in enumerate(documents)]
    serialised: dict[str, Any] = lunr(ref="ref", fields=fields, documents=made).serialize()
    return serialised


def _fields(document: SearchDocument) -> dict[str, str]:
    return {
        "title": folded(document.title),
        "names": folded(" ".join((*document.names, *document.keys, document.kind))),
        "services": folded(" ".join(document.services)),
        "classes": folded(" ".join(document.classes)),
        "summary": folded(document.summary),
        "text": folded(_body(document)),
    }


def _shown(document: SearchDocument) -> str:
    """Give the text that results take passages from, the summary first."""
    return BETWEEN.join(filter(None, (document.summary, _body(document))))


def _body(document: SearchDocument) -> str:
    rest = (each for each in document.passages if each.where is not Where.SUMMARY)
    return BETWEEN.join(word for each in rest for word in (each.title, each.text) if word)


def _facts(document: SearchDocument, page: str) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "href": relative(page, document.url),
        "date": document.day.isoformat() if document.day else "",
        "severity": document.severity,
        "services": document.services,
        "classes": document.classes,
        "status": document.status,
        "kind": document.kind,
        "summary": _start(document.summary),
    }


def _start(summary: str) -> str:
    if len(summary) <= SUMMARY_LENGTH:
        return summary
    return summary[:SUMMARY_LENGTH].rpartition(" ")[0] + " …"


def _json(value: dict[str, object] | Iterable[str]) -> bytes:
    made = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return made.encode("utf-8", "replace")
