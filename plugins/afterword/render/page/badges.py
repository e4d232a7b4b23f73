"""Badges: the shape, the word and the class of a severity, a state or a status, so that colour is never the only difference."""

from __future__ import annotations

from functools import lru_cache

from afterword.derive.words.labels import safe_id
from afterword.derive.words.labels import tone as tone
from afterword.model.settings import Entry
from afterword.render.text.labels import GLYPHS

_NODE_STATES = {state.value: sign for state, sign in GLYPHS.items()}
_ACTION_STATES = {
    "overdue": "!",
    "open": "○",
    "in progress": "◐",
    "in review": "◑",
    "candidate": "◌",
    "done": "✓",
    "cancelled": "×",
}
_STATUSES = {"draft": "✎", "in-review": "◑", "final": "✓"}
_GLYPHS = {**_NODE_STATES, **_ACTION_STATES, **_STATUSES}


def label(severity: Entry | str) -> str:
    """Give the name to show for a severity, given as the catalogue's entry or as a word."""
    return severity.label if isinstance(severity, Entry) else severity


def glyph(state: str) -> str:
    """Give the sign of a state of an action, of a node or of a record, `?` for any other."""
    return _GLYPHS.get(state, "?")


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """Give a state or status as part of a class name, `in-progress`, harmless whatever was written."""
    return safe_id(text)


def words(word: str | None) -> str:
    """Give an id as words for readers: `third-party` is `third party`."""
    return (word or "").replace("-", " ")
