"""Asking the terminal's index: which records have what was asked for, and in which order."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from afterword.search.fts_index import COLUMNS, ENTRY_COLUMNS, Entry, read_entry
from afterword.search.question import Question, Unit
from afterword.search.slips import SHORTEST, meant, pieces

MOST_ENDINGS = 12
"""Words that an unfinished one may stand for, the most frequent first."""

_SHORTEST_OPEN = 3
_LAST = "\U0010ffff"

PARTIAL = 0.25
"""The share of a question, weighed by how rare its words are, that a record has to have where it does not have every word."""

NEARLY = 0.75
"""The share of the best one's that others have to have, where no record has that much."""

ENOUGH = 10
"""Records with every word after which those with most of them are left out."""

FEW = 3
"""Words below which lacking one is lacking too much, while other records have all."""

TITLE_WORTH = 1.5
NAMES_WORTH = 0.5
PHRASE_WORTH = 1.3
MESSAGE = 3
"""Words that stand in a record just as they were typed no longer by chance: it comes before those that have them anywhere."""

STEPS = 50
"""Into so many steps scores are told apart; within one the newer record is first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records are looked at: ids of the catalogue by facet, any of each, and the days between which they lie, in ISO 8601 or empty."""

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether all records are looked at."""
        return not (self.facets or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Sought:
    """A part of the question as the index is asked for it: `unit` as it was typed, `match` in the language of FTS5, `rows` that have it."""

    unit: Unit
    match: str
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows in order, the best or the newest first: `whole` of them have every word, and stand first unless the newest are wanted.

    `slips` are words that no record has, with what was taken for them, `unknown` those for which nothing was. `unfiltered` counts what would be found without a choice. `typed` are rows that have it as it was typed.
    """

    rows: tuple[int, ...]
    whole: int
    sought: tuple[Sought, ...]
    slips: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    unfiltered: int
    typed: frozenset[int] = frozenset()

    def lacking(self, row: int) -> tuple[str, ...]:
        """Give the words of the question that a row does not have; where it has the whole as typed, or a key of it, that is enough."""
        if row in self.typed:
            return ()
        return (*(each.unit.written for each in self.sought if row not in each.rows), *self.unknown)


def ask(connection: sqlite3.Connection, question: Question, choice: Choice, newest: bool) -> Hits:
    """Find the records that have every part of a question, then those that have most of it; all that are chosen where nothing is asked."""
    chosen = _chosen(connection, choice)
    dated = connection.execute("SELECT row FROM records ORDER BY day, id")
    days = {row: place for place, (row,) in enumerate(dated)}
    if not question.units:
        rows = sorted(chosen if chosen is not None else days, key=lambda row: days[row], reverse=True)
        return Hits(tuple(rows), len(rows), (), (), (), len(days))
    sought, slips, unknown = _sought(connection, question)
    typed = _as_typed(connection, question)
    unfiltered = 0
    if chosen is not None:
        everywhere = _matching(sought, unknown, None, len(days))
        unfiltered = len({*everywhere[0], *everywhere[1], *typed})
        typed = {row: count for row, count in typed.items() if row in chosen}
    whole, partial = _matching(sought, unknown, chosen, len(days))
    whole |= typed.keys()
    partial = {row: share for row, share in partial.items() if row not in whole}
    scores = {} if newest else _scores(connection, question, sought, {*whole, *partial}, len(days))
    best = max(scores.values(), default=0) or 1

    def order(row: int) -> tuple[object, ...]:
        if newest:
            return (days[row],)
        step = round(scores.get(row, 0) / best * STEPS)
        return (typed.get(row, 0), row in whole, round(partial.get(row, 1), 1), step, days[row])

    rows = sorted((*whole, *partial), key=order, reverse=True)
    said = tuple(unit.written for unit in unknown)
    return Hits(tuple(rows), len(whole), sought, slips, said, unfiltered or len(rows), frozenset(typed))


def entries(connection: sqlite3.Connection, rows: Sequence[int]) -> tuple[Entry, ...]:
    """Read records by their rows."""
    statement = f"SELECT {ENTRY_COLUMNS} FROM records WHERE row = ?"  # noqa: S608 - a constant
    return tuple(read_entry(connection.execute(statement, (row,)).fetchone()) for row in rows)


def values_of(connection: sqlite3.Connection, facet: str) -> tuple[str, ...]:
    """Give the values of a facet that records have."""
    found = connection.execute("SELECT DISTINCT value FROM facts WHERE facet = ? ORDER BY value", (facet,))
    return tuple(value for (value,) in found)


def _chosen(connection: sqlite3.Connection, choice: Choice) -> set[int] | None:
    """Give the rows that are looked at, None for all."""
    if choice.is_empty:
        return None
    sets: list[set[int]] = []
    for facet, values in choice.facets.items():
        marks = ", ".join("?" * len(values))
        found = connection.execute(
            f"SELECT row FROM facts WHERE facet = ? AND value IN ({marks})",  # noqa: S608 - question marks
            (facet, *values),
        )
        sets.append({row for (row,) in found})
    if choice.since or choice.until:
        found = connection.execute(
            "SELECT row FROM records WHERE day <> '' AND day >= ? AND day <= ?",
            (choice.since, choice.until or _LAST),
        )
        sets.append({row for (row,) in found})
    return set.intersection(*sets)


def _sought(
    connection: sqlite3.Connection, question: Question
) -> tuple[tuple[Sought, ...], tuple[tuple[str, str], ...], tuple[Unit, ...]]:
    """Look for each part of the question by itself; a word that no record has is taken for the nearest that one has."""
    found: list[Sought] = []
    slips: list[tuple[str, str]] = []
    unknown: list[Unit] = []
    for unit in question.units:
        match = _phrase(unit.words)
        if unit.open and len(unit.words[0]) >= _SHORTEST_OPEN:
            match = " OR ".join((match, *(_phrase((word,)) for word in _endings(connection, unit.words[0]))))
        rows = _rows(connection, match)
        if not rows and not unit.quoted:
            words = tuple(_corrected(connection, word) for word in unit.words)
            if words != unit.words:
                match = _phrase(words)
                rows = _rows(connection, match)
                if rows:
                    slips.append((unit.written, " ".join(words)))
        if rows:
            found.append(Sought(unit, match, rows))
        else:
            unknown.append(unit)
    return tuple(found), tuple(slips), tuple(unknown)


def _corrected(connection: sqlite3.Connection, word: str) -> str:
    if _rows(connection, _phrase((word,))):
        return word
    if len(word) < SHORTEST:
        return word
    near = connection.execute(
        "SELECT word, records FROM words WHERE length(word) BETWEEN ? AND ? "
        "AND (instr(word, ?) OR instr(word, ?) OR instr(word, ?))",
        (len(word) - 2, len(word) + 2, *pieces(word)),
    )
    return meant(word, near) or word


def _endings(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT word FROM words WHERE word > ? AND word < ? ORDER BY records DESC, word LIMIT ?",
        (word, word + _LAST, MOST_ENDINGS),
    )
    return tuple(each for (each,) in found)


def _phrase(words: Sequence[str]) -> str:
    # Folded words hold letters and digits alone, so that quotes need no escaping.
    return f'"{" ".join(words)}"'


def _rows(connection: sqlite3.Connection, match: str, column: str = "") -> frozenset[int]:
    asked = f"{column} : ({match})" if column else match
    found = connection.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (asked,))
    return frozenset(row for (row,) in found)


def _matching(
    sought: Sequence[Sought], unknown: Sequence[Unit], chosen: set[int] | None, total: int
) -> tuple[set[int], dict[int, float]]:
    """Give the rows that have every part, and of those that have most the share; what is in quotes is had by all.

    Words that no record has are missed nowhere more than elsewhere, and count in no share.
    """
    if not sought or any(unit.quoted for unit in unknown):
        return set(), {}
    shares: dict[int, float] = {}
    full = sum(_weight(len(each.rows), total) for each in sought)
    for each in sought:
        share = _weight(len(each.rows), total) / full
        for row in each.rows if chosen is None else each.rows & chosen:
            shares[row] = shares.get(row, 0) + share
    for each in sought:
        if each.unit.quoted:
            shares = {row: share for row, share in shares.items() if row in each.rows}
    had = set.intersection(*(set(each.rows) for each in sought)) & shares.keys()
    whole = had if not unknown else set()
    if len(whole) >= ENOUGH or (whole and len(sought) < FEW):
        return whole, {}
    least = PARTIAL if whole else min(PARTIAL, NEARLY * max(shares.values(), default=0))
    return whole, {row: share for row, share in shares.items() if share >= least and row not in whole}


def _weight(records: int, total: int) -> float:
    """Give how much a word tells: the fewer records have it, the more."""
    return log(1 + (total - records + 0.5) / (records + 0.5))


def _as_typed(connection: sqlite3.Connection, question: Question) -> dict[int, int]:
    """Count for each row what is in it just as it was typed: keys that are its own, and the question as a whole where that is long enough to be a message."""
    found: dict[int, int] = {}
    for key in question.keys:
        for (row,) in connection.execute("SELECT row FROM facts WHERE facet = 'key' AND value = ?", (key,)):
            found[row] = found.get(row, 0) + 1
    if len(question.phrase) >= MESSAGE:
        for row in _rows(connection, _phrase(question.phrase)):
            found[row] = found.get(row, 0) + 1
    return found


def _scores(
    connection: sqlite3.Connection, question: Question, sought: Sequence[Sought], wanted: set[int], total: int
) -> dict[int, float]:
    """Give the worth of rows: Okapi's BM25 over the columns, more where the title or the names have the words, or all stand in their order."""
    if not sought or not wanted:
        return {}
    match = " OR ".join(f"({each.match})" for each in sought)
    worths = ", ".join(map(str, COLUMNS.values()))
    ranked = connection.execute(
        f"SELECT rowid, bm25(texts, {worths}) FROM texts WHERE texts MATCH ?",  # noqa: S608 - numbers
        (match,),
    )
    scores = {row: -score for row, score in ranked if row in wanted}
    full = sum(_weight(len(each.rows), total) for each in sought) or 1
    for column, worth in (("title", TITLE_WORTH), ("names", NAMES_WORTH)):
        shares: dict[int, float] = {}
        for each in sought:
            weight = _weight(len(each.rows), total) / full
            for row in _rows(connection, each.match, column):
                shares[row] = shares.get(row, 0) + weight
        for row, share in shares.items():
            if row in scores:
                scores[row] *= 1 + worth * share
    if len(question.phrase) > 1:
        for row in _rows(connection, _phrase(question.phrase)):
            if row in scores:
                scores[row] *= PHRASE_WORTH
    return scores
