"""What records add to the site's own search box."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from afterword.derive.places.address import archive_address, search_address
from afterword.derive.search_documents import SearchDocument
from afterword.model.archive import Archive

LIMIT = 10_000
"""Compressed bytes that entries for single records may add; beyond, one entry leads to the search page instead. Every page loads them, asked or not."""


@dataclass(frozen=True, slots=True)
class BoxEntry:
    """One entry of the search box. The theme shows `title` and `text` as HTML, so both are escaped."""

    location: str
    title: str
    text: str


def box_entries(archive: Archive, documents: Sequence[SearchDocument]) -> tuple[BoxEntry, ...]:
    """Give an entry for each record (title, services, classes), or one for each archive's search page where they would weigh too much."""
    entries = tuple(_entry(document) for document in documents)
    weight = len(
        gzip.compress(json.dumps([[e.location, e.title, e.text] for e in entries]).encode(), mtime=0)
    )
    if weight <= LIMIT:
        return entries
    return tuple(
        BoxEntry(
            search_address(folder),
            "Search the post-mortems",
            f"{len(documents)} post-mortems by text, service, severity, class, year and status"
            + (f" ({escape(archive_address(folder))})" if len(archive.settings.archives) > 1 else ""),
        )
        for folder in archive.settings.archives
    )


def _entry(document: SearchDocument) -> BoxEntry:
    facts = ", ".join((*document.services, *document.classes))
    return BoxEntry(document.url, escape(document.title), escape(facts))
