"""The small search index: made here by lunr.py, read in the page by lunr.js."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from afterword.derive.address import relative
from afterword.derive.search_documents import SearchDocument
from afterword.search.files import IndexFile

FORMAT = 1
INDEX_NAME = "search/index.json"
TEXTS_NAME = "search/texts.json"
SUMMARY_LENGTH = 400
"""As much of a summary as every reader of the page downloads."""

BOOSTS = {"title": 10, "names": 6, "services": 4, "classes": 4, "summary": 3, "text": 1}
_WORD = re.compile(r"[^\W_]+")


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
    texts = [" · ".join(filter(None, (each.summary, each.passages))) for each in documents]
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
        "names": folded(" ".join((*document.names, document.kind))),
        "services": folded(" ".join(document.services)),
        "classes": folded(" ".join(document.classes)),
        "summary": folded(document.summary),
        "text": folded(document.text),
    }


def folded(text: str) -> str:
    """Give a text as words of letters and digits without accents and case; the page's script folds a question in the same way.

    lunr by itself keeps `pool.acquire()` and `pg_stat_activity` as one word, so that nobody finds them by a part.
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M"
    )
    return " ".join(_WORD.findall(plain.lower()))


def _facts(document: SearchDocument, page: str) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "href": relative(page, document.url),
        "date": document.date,
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
