"""What a search finds, as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A stretch of a record in which words were found: `where` as in `derive/words/passages.py`, `marks` the begin and end of each hit in `text`."""

    where: str
    anchor: str
    title: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def hits(self) -> frozenset[str]:
        """Give the words that were found, as they are written."""
        return frozenset(self.text[begin:end] for begin, end in self.marks)


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that was found; facts are ids of the catalogue as in `SearchDocument`, `day` is ISO 8601 or empty.

    `path` is relative to the settings file's folder, `line` the line in it that matches best, 1 where none does. `lacking` are words of the
    question that it does not have. `title_marks` are hits in the title.
    """

    id: str
    title: str
    path: str
    line: int
    address: str
    day: str
    facts: Mapping[str, tuple[str, ...]]
    open_actions: int
    passages: tuple[FoundPassage, ...] = ()
    lacking: tuple[str, ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The records found, best or newest first, cut to as many as were asked for.

    `total` counts all that were found, `whole` those among them that have every word. `slips` are words that no record has, with what was
    taken for them; `unknown` those for which nothing was. `unfiltered` counts what would be found without filters.
    """

    question: str
    records: tuple[FoundRecord, ...] = ()
    total: int = 0
    whole: int = 0
    slips: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    unfiltered: int = 0
