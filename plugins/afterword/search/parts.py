"""A record's text by parts, a small file each: results load it for the records they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from afterword.derive.search_documents import SearchDocument
from afterword.search.files import IndexFile, json_bytes


def part_files(documents: Iterable[SearchDocument], base: str) -> Iterator[IndexFile]:
    """Yield `<base>search/parts/<id>.json`, `[[where, anchor, title, text], …]` in the record's order."""
    for document in documents:
        parts = [[each.where.value, each.anchor, each.title, each.text] for each in document.passages]
        yield IndexFile(f"{base}search/parts/{document.id}.json", json_bytes(parts))
