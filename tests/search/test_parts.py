"""A record's text, in a file of its own."""

from __future__ import annotations

import json

from afterword.search.parts import parts_address, parts_content
from tests.search.drawn_documents import a_document


def test_parts_say_where_they_stand() -> None:
    """A part has what it tells, its anchor, its title and its text as the record has it."""
    document = a_document("2026-01-01-a", "Down", "`pool.acquire()` <hangs>", "It was down.")
    assert parts_address(document.id, "x/") == "x/search/parts/2026-01-01-a.json"
    assert json.loads(parts_content(document.passages)) == [
        ["summary", "summary", "Summary", "It was down."],
        ["cause", "factors", "", "`pool.acquire()` <hangs>"],
    ]
