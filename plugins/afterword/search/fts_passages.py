"""The stretches of records in which a question was found, with the hits in them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence

from afterword.derive.search_answer import FoundPassage
from afterword.search.fts_index import Entry, Part
from afterword.search.fts_query import Sought

MOST_PASSAGES = 3
_TOKENS = 40
"""Words that a passage has about."""

_START = 240
"""Characters of a record's beginning, where it was found by its header alone."""

_BEGIN, _END = "\x02", "\x03"
_UNMARKED = str.maketrans("", "", _BEGIN + _END)
_TITLE = -1

WORTHS = {"cause": 1.5, "summary": 1.3, "action": 1.2, "lesson": 1.2}
"""What a passage is worth by what it tells; any other 1."""

Found = tuple[tuple[tuple[int, int], ...], tuple[FoundPassage, ...]]
"""The hits in a record's title, and its passages, the best first."""


def find_passages(entries: Sequence[Entry], sought: Sequence[Sought]) -> tuple[Found, ...]:
    """Find where the words stand in each record.

    FTS5 does it, in a table of these few texts as they are read: it finds what it found before, whatever form of a word that was.
    """
    if not sought:
        return tuple(((), _beginning(entry)) for entry in entries)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE shown USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        places: dict[int, tuple[int, int]] = {}
        for number, entry in enumerate(entries):
            texts = ((_TITLE, entry.title), *enumerate(part[3] for part in entry.parts))
            for position, text in texts:
                made = connection.execute("INSERT INTO shown VALUES (?)", (text.translate(_UNMARKED),))
                places[made.lastrowid or 0] = (number, position)
        titles: dict[int, str] = {}
        found: dict[int, list[tuple[float, int, str]]] = {}
        had: dict[int, int] = {}
        for each in sought:
            for (row,) in connection.execute("SELECT rowid FROM shown WHERE shown MATCH ?", (each.match,)):
                had[row] = had.get(row, 0) + 1
        ranked = connection.execute(
            "SELECT rowid, bm25(shown), snippet(shown, 0, ?, ?, '…', ?) FROM shown WHERE shown MATCH ?",
            (_BEGIN, _END, _TOKENS, " OR ".join(f"({each.match})" for each in sought)),
        )
        for row, score, text in ranked:
            number, position = places[row]
            if position == _TITLE:
                titles[number] = text
                continue
            where = entries[number].parts[position][0]
            worth = had.get(row, 0) * 100 + max(-score, 0.01) * WORTHS.get(where, 1)
            found.setdefault(number, []).append((worth, -position, text))
    return tuple(
        (
            _marked(titles[number])[1] if number in titles else (),
            tuple(_best(entry, found.get(number, []))) or _beginning(entry),
        )
        for number, entry in enumerate(entries)
    )


def _best(entry: Entry, found: Sequence[tuple[float, int, str]]) -> list[FoundPassage]:
    """Take the best passages, of each kind of part the best one."""
    kept: dict[str, FoundPassage] = {}
    for _, position, text in sorted(found, reverse=True):
        part = entry.parts[-position]
        if part[0] not in kept:
            kept[part[0]] = _passage(part, text)
    return list(kept.values())[:MOST_PASSAGES]


def _beginning(entry: Entry) -> tuple[FoundPassage, ...]:
    """Give the beginning of the summary, else of the first part that has any words."""
    told = sorted((part for part in entry.parts if part[3]), key=lambda part: part[0] != "summary")
    if not told:
        return ()
    where, anchor, title, text = told[0]
    cut = text if len(text) <= _START else f"{text[:_START].rpartition(' ')[0]} …"
    return (FoundPassage(where, anchor, title, cut),)


def _passage(part: Part, text: str) -> FoundPassage:
    where, anchor, title, _ = part
    plain, marks = _marked(text)
    return FoundPassage(where, anchor, title, plain, marks)


def _marked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the signs of hits out of a text, and give the begin and end of each."""
    plain, marks = "", []
    for piece in text.split(_BEGIN):
        hit, end, rest = piece.rpartition(_END)
        if end:
            marks.append((len(plain), len(plain) + len(hit)))
        plain += hit + rest
    return plain, tuple(marks)
