"""Which engine searches the texts: lunr while its index is small, postings in pieces beyond."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.derive.search_documents import SearchDocument
from afterword.search.files import compressed_size, json_bytes
from afterword.search.lunr_index import fields

SAMPLE = 100
"""Records that the estimate looks at, spread over the archive."""

RATIO = 5.2
"""Bytes of lunr's compressed index for each byte of the compressed numbers of its terms: 4.6 to 5.9 at 20 to 300 records, generated and real, long and short, in whatever script."""

MARGIN = 1.25
"""How far above the budget an estimate may be while the index is within: nearer to it the index is made and weighed."""


def estimated_size(documents: Sequence[SearchDocument]) -> int:
    """Estimate the bytes of lunr's index over the wire, from the terms of some records: most of it says by their numbers which terms a record has."""
    if not documents:
        return 0
    step = max(1, len(documents) // SAMPLE)
    some = documents[::step]
    numbers: dict[str, int] = {}
    told = [
        [
            sorted({numbers.setdefault(term, len(numbers)) for term in terms})
            for terms in fields(each).values()
        ]
        for each in some
    ]
    return round(RATIO * compressed_size(json_bytes(told)) * len(documents) / len(some))


def shown_size(size: int) -> str:
    """Give bytes as readers compare them."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} KB"
