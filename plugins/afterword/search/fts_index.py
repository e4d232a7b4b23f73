"""The terminal's index: what is written into a database of SQLite with FTS5 (https://sqlite.org/fts5.html)."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from afterword.search.folding import folded

if TYPE_CHECKING:  # who only asks needs none of these
    import sqlite3

    from afterword.derive.search_documents import SearchDocument

FORMAT = "1"
"""Of the tables below; another one is another file."""

COLUMNS: Mapping[str, float] = {
    "title": 10,
    "names": 6,
    "keys": 8,
    "causes": 4,
    "actions": 3,
    "lessons": 3,
    "summary": 3,
    "body": 1,
}
"""Columns of the full text, and what a word in each is worth."""

_COLUMN_OF = {"cause": "causes", "action": "actions", "lesson": "lessons", "summary": "summary"}
_NAMED = ("service", "team", "class", "broader", "severity", "kind")
"""Facts that are found as words, too."""

_LONGEST_WORD = 40
"""Letters of a word that slips are corrected to; what is longer is no word but a hash."""

_SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, content INTEGER, entry INTEGER, size INTEGER) WITHOUT ROWID;
CREATE TABLE records (
  row INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, written_id TEXT NOT NULL, id TEXT NOT NULL,
  day TEXT NOT NULL, entry TEXT NOT NULL, parts BLOB NOT NULL
);
CREATE INDEX records_id ON records (written_id);
CREATE INDEX records_day ON records (day, id);
CREATE TABLE facts (facet TEXT, value TEXT, row INTEGER, PRIMARY KEY (facet, value, row)) WITHOUT ROWID;
CREATE INDEX facts_row ON facts (row);
CREATE TABLE words (word TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(
  {", ".join(COLUMNS)}, content = '', tokenize = "porter unicode61 remove_diacritics 0"
);
"""

Part = tuple[str, str, str, str]
"""Where, anchor, title and text of a passage."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the index keeps it. `written_id` is the id that its file gives it, `id` the one under which it is published; `base` is its archive's address."""

    path: str
    written_id: str
    id: str
    title: str
    day: str
    base: str
    open_actions: int
    facts: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(
        cls, document: SearchDocument, path: str, base: str, wider: Mapping[str, tuple[str, ...]]
    ) -> Entry:
        """Make an entry of a record's search document; `wider` has the broader classes of each."""
        single = {
            "severity": document.severity,
            "kind": document.kind,
            "status": document.status,
            "detection": document.detected_by,
            "year": document.id[:4],
        }
        broader = (wide for each in document.classes for wide in wider.get(each, ()))
        facts = {
            "service": document.services,
            "team": document.teams,
            "class": document.classes,
            "broader": tuple(dict.fromkeys(broader)),
            **{facet: (value,) if value else () for facet, value in single.items()},
        }
        day = document.day.isoformat() if document.day else ""
        parts = tuple((str(each.where), each.anchor, each.title, each.text) for each in document.passages)
        return cls(
            path, document.id, document.id, document.title, day, base, document.open_actions, facts,
            document.names, document.keys, parts,
        )  # fmt: skip

    def published_as(self, record_id: str) -> Entry:
        """Give it another id, as one of several files with the same has."""
        title = record_id if self.title == self.id else self.title
        keys = tuple(record_id if key == self.id else key for key in self.keys)
        return replace(self, id=record_id, title=title, keys=keys)

    @property
    def address(self) -> str:
        """Give its page's address from the site's root."""
        return f"{self.base}{self.id[:4]}/{self.id}/"


def read_entry(row: tuple[str, str, str, str, str, bytes]) -> Entry:
    """Read an entry from `path, written_id, id, day, entry, parts` of its row."""
    path, written_id, record_id, day, entry, parts = row
    title, base, open_actions, facts, names, keys = json.loads(entry)
    return Entry(
        path,
        written_id,
        record_id,
        title,
        day,
        base,
        open_actions,
        {facet: tuple(values) for facet, values in facts.items()},
        tuple(names),
        tuple(keys),
        tuple((where, anchor, heading, text) for where, anchor, heading, text in json.loads(zlib.decompress(parts))),
    )  # fmt: skip


ENTRY_COLUMNS = "path, written_id, id, day, entry, parts"


class IndexWriter:
    """Adds and removes records of one transaction; `finish` ends it, so that what is counted over all records is right again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words: Counter[str] = Counter()

    @staticmethod
    def begin(connection: sqlite3.Connection, about: Mapping[str, str]) -> None:
        """Make the tables in an empty database."""
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))

    def add(self, entry: Entry) -> None:
        """Add a record whose path is not there yet."""
        compact = json.dumps(
            [entry.title, entry.base, entry.open_actions, dict(entry.facts), entry.names, entry.keys]
        )
        parts = zlib.compress(json.dumps(entry.parts, ensure_ascii=False).encode("utf-8", "replace"), 1)
        values = (entry.path, entry.written_id, entry.id, entry.day, compact, parts)
        row = self._connection.execute(
            f"INSERT INTO records ({ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            values,
        ).lastrowid
        columns = _columns(entry)
        self._connection.execute(f"INSERT INTO texts (rowid, {_NAMES}) VALUES (?{_MARKS})", (row, *columns))  # noqa: S608
        self._connection.executemany(
            "INSERT OR IGNORE INTO facts VALUES (?, ?, ?)", [(*fact, row) for fact in _facts(entry)]
        )
        self._words.update(_words(columns))

    def remove(self, path: str) -> None:
        """Take a record out, if there is one of this path."""
        found = self._connection.execute(
            f"SELECT row, {ENTRY_COLUMNS} FROM records WHERE path = ?",  # noqa: S608
            (path,),
        ).fetchone()
        if found is None:
            return
        row, columns = found[0], _columns(read_entry(found[1:]))
        # A table that keeps no content has to be told what it is to forget.
        self._connection.execute(
            f"INSERT INTO texts (texts, rowid, {_NAMES}) VALUES ('delete', ?{_MARKS})",  # noqa: S608
            (row, *columns),
        )
        self._connection.execute("DELETE FROM records WHERE row = ?", (row,))
        self._connection.execute("DELETE FROM facts WHERE row = ?", (row,))
        self._words.subtract(_words(columns))

    def rename(self, path: str, record_id: str) -> None:
        """Give a record the id under which it is published."""
        found = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM records WHERE path = ?",  # noqa: S608
            (path,),
        ).fetchone()
        self.remove(path)
        self.add(read_entry(found).published_as(record_id))

    def finish(self) -> None:
        """Bring the count of words up to date."""
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET records = records + excluded.records",
            [(word, count) for word, count in sorted(self._words.items()) if count],
        )
        self._connection.execute("DELETE FROM words WHERE records < 1")
        self._words.clear()


_NAMES = ", ".join(COLUMNS)
_MARKS = ", ?" * len(COLUMNS)


def _columns(entry: Entry) -> tuple[str, ...]:
    texts: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for where, _, title, text in entry.parts:
        column = _COLUMN_OF.get(where, "body")
        # The headings of the format stand in every record.
        texts[column].append(f"{title} {text}" if where == "text" else text)
    texts["title"].append(entry.title)
    texts["names"].extend(
        (*entry.names, *(value for facet in _NAMED for value in entry.facts.get(facet, ())))
    )
    texts["keys"].extend(entry.keys)
    return tuple(folded(" ".join(each)) for each in texts.values())


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    for facet, values in entry.facts.items():
        yield from (("class" if facet == "broader" else facet, value) for value in values)
    yield from (("key", key.casefold()) for key in entry.keys)
    if entry.open_actions:
        yield "open", "yes"


def _words(columns: tuple[str, ...]) -> set[str]:
    return {word for column in columns for word in column.split() if len(word) <= _LONGEST_WORD}
