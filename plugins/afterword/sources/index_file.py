"""A database of SQLite in the cache: opened, begun anew, thrown away."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from afterword.sources.files import is_file

PATIENCE = 60
"""Seconds that one process waits for another to write its changes."""

_ABANDONED = 24 * 3600
"""Seconds after which an unfinished or superseded file is nobody's any more."""

_NOT_OURS = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}
)  # fmt: skip
"""Errors that say nothing against the file itself: somebody writes it, or it must not or cannot be written."""


def has_full_text() -> bool:
    """Tell whether this Python's SQLite can search text."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
        except sqlite3.OperationalError:
            return False
    return True


def open_index(location: Path) -> sqlite3.Connection | None:
    """Open a database, None where there is none. Raises sqlite3.Error where it cannot be opened, or is none."""
    return _connect(location) if is_file(location) else None


def memory_index(like: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """Give a database that nobody keeps, a copy of another one where that can be read."""
    connection = _connect(":memory:")
    if like is not None:
        try:
            like.backup(connection)
        except sqlite3.Error:
            connection.close()
            return _connect(":memory:")
    return connection


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error speaks against the database itself, so that it is better made anew."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _NOT_OURS


@contextmanager
def begun_index(location: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty database that takes its place at `location` when all is done: no reader meets a part of it.

    Raises OSError or sqlite3.Error where it cannot be written. Where another process was first, that one's stays.
    """
    if not location.parent.exists():
        location.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            (location.parent / ".gitignore").write_text("*\n", "utf-8")
    _sweep(location)
    waiting = location.with_name(f"{location.name}.{os.getpid()}.new")
    waiting.unlink(missing_ok=True)
    try:
        connection = _connect(waiting)
        try:
            # Nobody else knows of it, and what is left of a killed run is not read.
            connection.execute("PRAGMA journal_mode = OFF")
            yield connection
        finally:
            connection.close()
        _settle(waiting, location)
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def throw_away(location: Path) -> None:
    """Remove a database with its journal. Raises OSError where it must not be."""
    location.unlink(missing_ok=True)
    location.with_name(f"{location.name}-journal").unlink(missing_ok=True)


def _connect(location: Path | str) -> sqlite3.Connection:
    # Records are parsed, and so written, on a thread of their own (parse/source/large_stack.py).
    connection = sqlite3.connect(location, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _settle(waiting: Path, location: Path) -> None:
    try:
        # Unlike a rename it refuses to take the place of a file that others may have open.
        os.link(waiting, location)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        waiting.replace(location)


def _sweep(location: Path) -> None:
    """Remove what killed runs and other settings or versions have left for the same archive."""
    family = location.name.partition("-")[0]
    for each in location.parent.glob(f"{family}-*"):
        with contextlib.suppress(OSError):
            if each != location and time.time() - each.stat().st_mtime > _ABANDONED:
                each.unlink()
