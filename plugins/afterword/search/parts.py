"""A record's text by parts, a small file each: results load it for the records they show."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.derive.words.passages import Passage
from afterword.search.files import json_bytes


def parts_address(record_id: str, base: str) -> str:
    """Give where the parts of a record lie, relative to the site's root."""
    return f"{base}search/parts/{record_id}.json"


def parts_content(passages: Iterable[Passage]) -> bytes:
    """Write them, `[[where, anchor, title, text], …]` in the record's order."""
    return json_bytes([[each.where.value, each.anchor, each.title, each.text] for each in passages])
