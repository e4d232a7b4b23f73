"""A word that an editor offers to complete what is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from afterword.model.settings import Entry
from afterword.model.span import Span


class Sort(StrEnum):
    """What is offered."""

    KEY = "key"
    WORD = "word"
    NAME = "name"
    RECORD = "record"
    ACTION = "action"
    SECTION = "section"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word, what it means, and the text that takes the place of `span`, which ends at the cursor or behind a bracket that the editor closed.

    `matched` is what the typed text is compared with, the label where it is empty.
    """

    label: str
    text: str
    span: Span
    sort: Sort = Sort.WORD
    detail: str = ""
    matched: str = ""


def words(
    found: Iterable[str | tuple[str, str]], span: Span, sort: Sort = Sort.WORD
) -> tuple[Suggestion, ...]:
    """Offer words as they are written, each with what it means where that is given."""
    pairs = ((each, "") if isinstance(each, str) else each for each in found)
    return tuple(Suggestion(word, word, span, sort, meaning) for word, meaning in pairs)


def entries(found: Iterable[Entry]) -> list[tuple[str, str]]:
    """Give the ids of a catalogue with their names."""
    return [(entry.id, entry.name) for entry in found]
