"""Which engine searches the texts: lunr while its index is small, postings in pieces beyond."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.derive.search_documents import SearchDocument
from afterword.search.files import compressed_size, json_bytes
from afterword.search.lunr_index import fields

SAMPLE = 60
"""Records that the estimate looks at, spread over the archive."""

RATIO = 2.9
"""Bytes of lunr's compressed index for each byte of its compressed terms: 2.8 to 2.9 at 50 to 150 records of 6 KB, generated and real."""

MARGIN = 2
"""How far off an estimate may be: nearer to the budget the index is made and weighed."""


def estimated_size(documents: Sequence[SearchDocument]) -> int:
    """Estimate the bytes of lunr's index over the wire, from the terms of some records."""
    if not documents:
        return 0
    step = max(1, len(documents) // SAMPLE)
    some = documents[::step]
    weighed = compressed_size(json_bytes([list(fields(each).values()) for each in some]))
    return round(RATIO * weighed * len(documents) / len(some))


def shown_size(size: int) -> str:
    """Give bytes as readers compare them."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} KB"
