"""Finished pages kept between builds, under the hash of all that each is made from: one file, for ten thousand would be slow and weigh much in a CI's cache.

Losing it, or part of it, costs time and nothing else. What cannot be read is not found; a file that is no database any more is put aside and begun anew; where another program
holds it for too long, or nothing may be written, this build does without.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from queue import Queue
from typing import TypeVar

from afterword.sources.cache import NOWHERE
from afterword.sources.index_file import is_damage

NAME = "pages.sqlite"
FORMAT = 1
PATIENCE = 3
"""Seconds that one build waits for another to write: where a program holds the file for good, each part of a build waits once."""

AHEAD = 4
"""Pages that are looked up ahead."""

_BATCH, _BATCH_SIZE = 200, 4_000_000
"""Pages that are written at once, and their bytes: a killed build loses no more, and a build beside it waits for no more."""

_ROOM = 0.9
"""The part of the allowed size that is left after pruning, so that not every build has to prune."""

LASTING = 3600
"""Seconds by which what pages are made from counts as used later than a page that was used at the same time: without it all is read again, and a page mostly stands in the site still.

More than a build takes, and no more: what is not of use any more, as after a change of the settings, is not to outlast what is.
"""

_DIGEST = 16
_DAY = 24 * 3600
_ENDED = ("", b"")

_TABLES = """
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS uses (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
COMMIT;
"""
# When a page was last used stands apart from its content: SQLite writes a whole row again for one number in it.

_Answer = TypeVar("_Answer")


class KeptPages:
    """The pages kept in a folder, and in the same way what pages are made from. Reading happens in the thread that asks, writing in one beside it, since most of it is compressing.

    What is kept and used here counts as used `lasting` seconds later. With what is forgotten after it no more than `most` bytes are kept: others would only be forgotten when this build ends.
    """

    def __init__(self, folder: Path, lasting: int = LASTING, most: int = sys.maxsize) -> None:
        self.location, self._lasting, self._most = folder / NAME, lasting, most
        self._reading: sqlite3.Connection | None = None
        self._lost = folder == NOWHERE
        self._is_writable = True
        self._queue: Queue[tuple[str, bytes]] = Queue(maxsize=64)
        self._writer: threading.Thread | None = None

    def get(self, key: str) -> bytes | None:
        """Give the page kept under a key, None where there is none, or it is not whole."""
        found = self._try(
            lambda database: database.execute("SELECT content FROM pages WHERE key = ?", (key,)).fetchone()
        )
        return _unpacked(found[0]) if found else None

    def each(self, keys: Iterable[str]) -> Generator[bytes | None, None, None]:
        """Give the pages kept under some keys, in their order, as `get` does; a thread beside this one looks them up ahead, since it does so outside of Python."""
        pages, waiting = KeptPages(self.location.parent), deque[Future[bytes | None]]()
        with ThreadPoolExecutor(1) as beside:
            try:
                for key in keys:
                    waiting.append(beside.submit(pages.get, key))
                    if len(waiting) > AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                # By the thread that has opened it.
                beside.submit(pages.close)

    def among(self, keys: Iterable[str]) -> frozenset[str]:
        """Give those of some keys under which a page is kept, whole or not."""
        wanted = list(keys)

        def ask(database: sqlite3.Connection) -> frozenset[str]:
            found = "SELECT 1 FROM pages WHERE key = ?"
            return frozenset(key for key in wanted if database.execute(found, (key,)).fetchone())

        return (self._try(ask) if wanted else None) or frozenset()

    def put(self, key: str, page: bytes) -> None:
        """Keep a page."""
        if self._lost or not self._is_writable:
            return
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, daemon=True)
            self._writer.start()
        self._queue.put((key, page))

    def use(self, keys: Iterable[str], now: float | None = None) -> None:
        """Note that pages stand in a site, so that others go before them; once a day will do."""
        moment = int(time.time() if now is None else now) + self._lasting
        rows = [(moment, key, moment - _DAY) for key in keys]

        def note(database: sqlite3.Connection) -> None:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("UPDATE uses SET used = ? WHERE key = ? AND used < ?", rows)
            database.execute("COMMIT")

        self._finish()
        if self._is_writable:
            self._try(note)

    def size(self) -> tuple[int, int]:
        """Give how many pages are kept, and the bytes that they take together."""
        self._finish()
        found = self._try(
            lambda database: database.execute("SELECT COUNT(*), SUM(size) FROM uses").fetchone()
        )
        return (int(found[0]), int(found[1] or 0)) if found else (0, 0)

    def prune(self, most: int) -> int:
        """Forget the pages that were not used for the longest time, where all take more than `most` bytes; gives how many."""
        _, total = self.size()
        if total <= most:
            return 0

        def forget(database: sqlite3.Connection) -> int:
            database.execute("BEGIN IMMEDIATE")
            left, gone = total, []
            for key, size in database.execute("SELECT key, size FROM uses ORDER BY used, key"):
                if left <= most * _ROOM:
                    break
                gone.append((key,))
                left -= size
            for table in ("pages", "uses"):
                database.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608 - no text from outside
            database.execute("COMMIT")
            # It gives room back page by page, and `execute` would take one step.
            database.executescript("PRAGMA incremental_vacuum")
            return len(gone)

        return self._try(forget) or 0

    def close(self) -> None:
        """Wait for what is being written."""
        self._finish()
        if self._reading is not None:
            with contextlib.suppress(sqlite3.Error):
                self._reading.close()
            self._reading = None

    def _try(self, ask: Callable[[sqlite3.Connection], _Answer]) -> _Answer | None:
        if self._lost:
            return None
        try:
            if self._reading is None:
                self._reading = self._open()
            return ask(self._reading)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: sqlite3.Error | OSError) -> None:
        """Do without from here on."""
        self._lost = True
        self._let_go(self._reading, error)
        self._reading = None

    def _let_go(self, database: sqlite3.Connection | None, error: sqlite3.Error | OSError) -> None:
        """Close what failed; what is damaged is out of the way of the next build."""
        if database is not None:
            with contextlib.suppress(sqlite3.Error):
                database.close()
        if isinstance(error, sqlite3.Error) and is_damage(error):
            _put_aside(self.location)

    def _open(self) -> sqlite3.Connection:
        try:
            return _connected(self.location)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
        _put_aside(self.location)
        return _connected(self.location)

    def _write(self) -> None:
        rows: list[tuple[str, bytes]] = []
        size = whole = 0
        database: sqlite3.Connection | None = None
        try:
            database = self._open()
            if self._most < sys.maxsize:
                whole = self._outlasting(database)
        except (sqlite3.Error, OSError) as error:
            self._let_go(database, error)
            database, self._is_writable = None, False
        while True:
            key, page = self._queue.get()
            if key and whole <= self._most:
                rows.append((key, _packed(page)))
                size += len(rows[-1][1])
                whole += len(rows[-1][1])
            if database is not None and (len(rows) >= _BATCH or size >= _BATCH_SIZE or (rows and not key)):
                try:
                    _insert(database, rows, int(time.time()) + self._lasting)
                except sqlite3.Error as error:
                    # Somebody else holds it, the disk is full, or it is damaged: the site is made all the same.
                    self._let_go(database, error)
                    database, self._is_writable = None, False
                rows, size = [], 0
            if not key:
                break
        if database is not None:
            database.close()

    def _outlasting(self, database: sqlite3.Connection) -> int:
        """Give the bytes of all that is forgotten after what is kept now."""
        now = int(time.time()) + self._lasting
        (size,) = database.execute("SELECT SUM(size) FROM uses WHERE used > ?", (now,)).fetchone()
        return size or 0

    def _finish(self) -> None:
        if self._writer is not None:
            self._queue.put(_ENDED)
            self._writer.join()
            self._writer = None


def _connected(location: Path) -> sqlite3.Connection:
    if not location.parent.exists():
        location.parent.mkdir(parents=True, exist_ok=True)
        (location.parent / ".gitignore").write_text("*\n", "utf-8")
    database = sqlite3.connect(location, timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
        if database.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            database.executescript(_TABLES)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _insert(database: sqlite3.Connection, rows: list[tuple[str, bytes]], used: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?)", rows)
    database.executemany(
        "INSERT OR REPLACE INTO uses VALUES (?, ?, ?)", [(key, used, len(content)) for key, content in rows]
    )
    database.execute("COMMIT")


def _put_aside(location: Path) -> None:
    with contextlib.suppress(OSError):
        location.replace(location.with_name(f"{location.name}.damaged"))
    for journal in ("-wal", "-shm"):
        with contextlib.suppress(OSError):
            location.with_name(location.name + journal).unlink(missing_ok=True)


def _packed(page: bytes) -> bytes:
    content = zlib.compress(page, 1)
    return blake2b(content, digest_size=_DIGEST).digest() + content


def _unpacked(kept: bytes) -> bytes | None:
    digest, content = kept[:_DIGEST], kept[_DIGEST:]
    if blake2b(content, digest_size=_DIGEST).digest() != digest:
        return None
    try:
        return zlib.decompress(content)
    except zlib.error:
        return None
