"""A record's text, in a file of its own."""

from __future__ import annotations

import json

from afterword.search.parts import part_files
from tests.search.drawn_documents import a_document


def test_parts_say_where_they_stand() -> None:
    """A part has what it tells, its anchor, its title and its text as the record has it."""
    (file,) = part_files(
        [a_document("2026-01-01-a", "Down", "`pool.acquire()` <hangs>", "It was down.")], "x/"
    )
    assert file.address == "x/search/parts/2026-01-01-a.json"
    assert json.loads(file.content) == [
        ["summary", "summary", "Summary", "It was down."],
        ["cause", "factors", "", "`pool.acquire()` <hangs>"],
    ]
