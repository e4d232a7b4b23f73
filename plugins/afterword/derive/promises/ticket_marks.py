"""The marks by which tickets are found again that were opened for actions."""

from __future__ import annotations

import hashlib

from afterword.model.action import ActionItem
from afterword.model.record import Postmortem

_PREFIX = "afterword"
_DIGITS = 16
"""Of a hash; with the prefix a word of 25 letters, which the index of every tracker keeps whole."""


def ticket_mark(record_id: str, action_id: str) -> str:
    """Give the mark of an action: one word, so that a full-text search finds it and nothing near it, the same in every run."""
    named = f"{record_id.lower()}#{action_id.upper()}"
    return _PREFIX + hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def ticket_marks(record: Postmortem, action: ActionItem) -> tuple[str, ...]:
    """Give the mark of an action, then those that it had while its record was called otherwise."""
    former = (alias.removesuffix(".md").rpartition("/")[2] for alias in record.header.aliases)
    return tuple(dict.fromkeys(ticket_mark(name, action.id) for name in (record.id, *former)))
