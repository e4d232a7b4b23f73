"""The terminal's index: which archive it is of, and that it holds what the archive's files hold now."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from afterword.operations.cannot_run import CannotRunError
from afterword.operations.search.reading_mark import reading_marks
from afterword.search.fts_index import FORMAT, Entry, IndexWriter
from afterword.sources.cache import Cache, is_off
from afterword.sources.files import find_settings, find_site_config, read_bytes, reason_of, repository_root
from afterword.sources.folder_state import Stamp, folder_state
from afterword.sources.index_file import (
    begun_index,
    has_full_text,
    is_damage,
    memory_index,
    open_index,
    throw_away,
)

if TYPE_CHECKING:  # nothing of this is needed while no file has changed
    from afterword.model.settings import ArchiveFolder, Settings
    from afterword.operations.reading.loading import Progress

FOLDER = "search"
"""Where indexes lie below the cache's folder."""

_SECOND = 10**9
_JUST_NOW = _SECOND // 10
"""Nanoseconds within which a file may change again without another stamp; two seconds where a file system counts in whole ones."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an index is of: the settings file, where there is one, the folder that paths are relative to, and a hash of all that decides how files are read."""

    config: Path | None
    start: Path
    root: Path
    mark: str

    @property
    def name(self) -> str:
        """Give the name of the index: the archive's, then what it was read by."""
        archive = sha256(f"{self.root}\n{self.config or ''}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{archive[:24]}-{self.mark[:24]}.sqlite"


@dataclass(slots=True)
class Index:
    """An index that is up to date. `problems` are files that could not be read, by path and with the reason; `untold` says why the index is not kept."""

    connection: sqlite3.Connection
    ground: Ground
    location: Path
    problems: list[tuple[str, str]] = field(default_factory=list)
    untold: str = ""

    def about(self, name: str) -> str:
        """Give what was noted about the archive when the index was made."""
        found = self.connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""


@dataclass(frozen=True, slots=True)
class _Changes:
    """Files that are to be read, with their folder, place and stamp, and those that are gone."""

    changed: Mapping[str, tuple[str, str, Stamp]]
    gone: frozenset[str]
    problems: list[tuple[str, str]]


def ground_of(config: Path | None, start: Path) -> Ground:
    """Find what an archive is decided by, without reading what it says. Raises CannotRunError where a named settings file cannot be read."""
    settings = config or find_settings(start)
    root = settings.resolve().parent if settings else (repository_root(start) or start).resolve()
    site = find_site_config([root] if settings else [start, root])
    digest = sha256()
    for part in (FORMAT, sqlite3.sqlite_version, *reading_marks()):
        digest.update(f"{part}\n".encode("utf-8", "surrogatepass"))
    for file in (settings, site):
        try:
            content = read_bytes(file) if file is not None else b""
        except OSError as error:
            what = "settings" if file is settings else "site's configuration"
            raise CannotRunError(f"cannot read the {what} {file}: {reason_of(error)}") from error
        digest.update(f"{file}\n{len(content)}\n".encode("utf-8", "surrogatepass"))
        digest.update(content)
    return Ground(settings, start, root, digest.hexdigest())


@contextmanager
def current_index(ground: Ground, cache: Cache, progress: Progress | None = None) -> Iterator[Index]:
    """Give the archive's index, which holds what its files hold now; what has changed is read, all of it where there is no index yet.

    What cannot be kept is made in memory. Raises CannotRunError where there is no archive, or this Python cannot search.
    """
    location = cache.folder / FOLDER / ground.name
    index = _kept(ground, location, progress) or _made(ground, location, progress)
    try:
        yield index
    finally:
        index.connection.close()


def remade_index(ground: Ground, cache: Cache) -> None:
    """Throw an index away that has shown to be damaged, so that the next one is made anew."""
    _discard(cache.folder / FOLDER / ground.name)


def _kept(ground: Ground, location: Path, progress: Progress | None) -> Index | None:
    """Open the index that was kept, and bring it up to date; None where it is to be made anew."""
    connection: sqlite3.Connection | None = None
    try:
        connection = open_index(location)
        if connection is None:
            return None
        index = Index(connection, ground, location)
        _refresh(index, progress)
        return index
    except sqlite3.Error as error:
        damaged = is_damage(error)
        copy = None if damaged or connection is None else memory_index(connection)
        if connection is not None:
            connection.close()
        if damaged:
            _discard(location)
        if copy is None:
            return None
        return _copied(Index(copy, ground, location, untold=_why(location, error)), progress)


def _copied(index: Index, progress: Progress | None) -> Index | None:
    """Bring a copy up to date that nobody keeps: the index itself must not be written."""
    try:
        _refresh(index, progress)
    except sqlite3.Error:
        index.connection.close()
        return None
    return index


def _made(ground: Ground, location: Path, progress: Progress | None) -> Index:
    """Read the whole archive."""
    if not has_full_text():
        raise CannotRunError(
            f"the SQLite of this Python ({sqlite3.sqlite_version}) has no FTS5, which searching needs: "
            "take a Python from python.org or your system, whose SQLite has it"
        )
    about = _about(ground)
    untold = ""
    if is_off():
        index = Index(memory_index(), ground, location)
        index.problems = _fill(index.connection, ground, about, progress)
        return index
    try:
        with begun_index(location) as connection:
            problems = _fill(connection, ground, about, progress)
        opened = open_index(location)
        if opened is not None:
            return Index(opened, ground, location, problems)
    except (OSError, sqlite3.Error) as error:
        untold = _why(location, error)
    index = Index(
        memory_index(), ground, location, untold=untold or f"the search index {location} cannot be read"
    )
    index.problems = _fill(index.connection, ground, about, progress)
    return index


def _fill(
    connection: sqlite3.Connection, ground: Ground, about: Mapping[str, str], progress: Progress | None
) -> list[tuple[str, str]]:
    IndexWriter.begin(connection, about)
    connection.execute("BEGIN")
    problems = _apply(connection, ground, _changes(connection, ground), progress)
    connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    connection.execute("COMMIT")
    return problems


def _refresh(index: Index, progress: Progress | None) -> None:
    connection = index.connection
    changes = _changes(connection, index.ground)
    index.problems = changes.problems
    if not changes.changed and not changes.gone:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for its turn.
        changes = _changes(connection, index.ground)
        index.problems = _apply(connection, index.ground, changes, progress)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _changes(connection: sqlite3.Connection, ground: Ground) -> _Changes:
    """Compare the files of the archive with those that the index knows."""
    folders = json.loads(connection.execute("SELECT value FROM about WHERE name = 'folders'").fetchone()[0])
    known = {row[0]: row[1:] for row in connection.execute("SELECT path, content, entry, size FROM files")}
    changed: dict[str, tuple[str, str, Stamp]] = {}
    problems: list[tuple[str, str]] = []
    seen: set[str] = set()
    missing = 0
    for folder in folders:
        place = ground.root / folder
        if not place.is_dir():
            missing += 1
            continue
        state = folder_state(place)
        base = "" if folder == "." else f"{folder}/"
        problems.extend((base + path, reason) for path, reason in state.problems)
        for path, (location, stamp) in state.files.items():
            full = base + path
            seen.add(full)
            if known.get(full) != stamp:
                changed[full] = (folder, location, stamp)
    if missing == len(folders):
        _find_fails(ground)
    return _Changes(changed, frozenset(known.keys() - seen), problems)


def _find_fails(ground: Ground) -> None:
    from afterword.operations.reading.found import find

    find(ground.config, ground.start)


def _apply(
    connection: sqlite3.Connection, ground: Ground, changes: _Changes, progress: Progress | None
) -> list[tuple[str, str]]:
    """Read what has changed, and give what could not be read."""
    from afterword.parse.source.large_stack import on_large_stack

    stopped = threading.Event()
    try:
        return on_large_stack(lambda: _read_changes(connection, ground, changes, progress, stopped))
    except KeyboardInterrupt:
        # It reached the thread that waits; the one that reads would go on to the end.
        stopped.set()
        on_large_stack(int)
        raise


def _read_changes(
    connection: sqlite3.Connection,
    ground: Ground,
    changes: _Changes,
    progress: Progress | None,
    stopped: threading.Event,
) -> list[tuple[str, str]]:
    from afterword.derive.catalogue.catalogue import broader_classes
    from afterword.derive.places.address import archive_address
    from afterword.operations.collecting import not_collecting

    settings, _ = _settings(ground)
    folders: dict[str, ArchiveFolder] = {each.folder: each for each in settings.archives}
    wider = broader_classes(settings)
    writer = IndexWriter(connection)
    problems = list(changes.problems)
    begun = time_ns()
    for path in changes.gone:
        writer.remove(path)
        connection.execute("DELETE FROM files WHERE path = ?", (path,))
    with not_collecting():
        for number, (path, (folder, location, stamp)) in enumerate(sorted(changes.changed.items()), start=1):
            if stopped.is_set():
                return problems
            writer.remove(path)
            at_home = folders[folder]
            try:
                entry = _read(path, location, at_home, settings, archive_address(at_home), wider)
            except OSError as error:
                problems.append((path, reason_of(error)))
                connection.execute("DELETE FROM files WHERE path = ?", (path,))
                continue
            if entry is not None:
                writer.add(entry)
            # A file that was just written may change again and bear the same stamp: it is read once more the next time.
            recent = max(stamp[:2]) > begun - (_JUST_NOW if stamp[1] % _SECOND else 2 * _SECOND)
            kept = (0, 0, -1) if recent else stamp
            connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, *kept))
            if progress:
                progress(number, len(changes.changed))
    _settle(connection, writer)
    writer.finish()
    return problems


def _read(
    path: str,
    location: str,
    folder: ArchiveFolder,
    settings: Settings,
    base: str,
    wider: Mapping[str, tuple[str, ...]],
) -> Entry | None:
    """Read a file, None where it is no record."""
    from afterword.derive.search_documents import search_document
    from afterword.operations.reading.found import is_record_file
    from afterword.operations.reading.loading import read_record
    from afterword.sources.files import FoundFile

    file = FoundFile(Path(location), folder.inside(path) or path, 0)
    if not is_record_file(file):
        return None
    return Entry.of(search_document(read_record((file, folder, path), settings), settings), path, base, wider)


def _settle(connection: sqlite3.Connection, writer: IndexWriter) -> None:
    """Give each of several files with one id the id under which it is published."""
    from afterword.parse.values.identity import settled_ids

    unsettled = connection.execute(
        "SELECT 1 FROM records WHERE id <> written_id UNION ALL "
        "SELECT 1 FROM records GROUP BY written_id HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    if unsettled is None:
        return
    rows = sorted(connection.execute("SELECT path, written_id, id FROM records").fetchall())
    settled = settled_ids((path, written) for path, written, _ in rows)
    for (path, _, record_id), (new_id, _) in zip(rows, settled, strict=True):
        if new_id != record_id:
            writer.rename(path, new_id)


def _settings(ground: Ground) -> tuple[Settings, Path]:
    from afterword.operations.settings_file import load_settings, settings_of_site
    from afterword.operations.site_config import with_addresses

    settings, root = load_settings(ground.config, ground.start)
    if settings.path is None:
        return settings_of_site(settings, ground.start, root.resolve()), root
    return with_addresses(settings, root.resolve()), root


def _about(ground: Ground) -> dict[str, str]:
    """Give what an index notes of its archive, so that a search need not read settings."""
    from afterword.operations.site_config import built_site, site_address

    settings, _ = _settings(ground)
    if not any((ground.root / folder.folder).is_dir() for folder in settings.archives):
        _find_fails(ground)
    catalogues = {
        "service": settings.services,
        "class": settings.failure_classes,
        "severity": settings.severities,
        "kind": settings.kinds,
    }
    known = {
        facet: [[each.id, each.name, *each.aliases, *each.renamed_from] for each in entries]
        for facet, entries in catalogues.items()
    }
    known["team"] = [[each.id or each.name, each.name] for each in settings.teams]
    site = find_site_config([ground.root] if ground.config else [ground.start, ground.root])
    return {
        "folders": json.dumps([each.folder for each in settings.archives]),
        "known": json.dumps(known),
        "timezone": settings.timezone or "",
        "site_url": site_address(site) if site is not None else "",
        "built": str(built_site(site)) if site is not None else "",
    }


def _discard(location: Path) -> None:
    try:
        throw_away(location)
    except OSError as error:
        raise CannotRunError(
            f"the search index {location} is damaged and cannot be removed: {reason_of(error)}"
        ) from error


def _why(location: Path, error: OSError | sqlite3.Error) -> str:
    reason = reason_of(error) if isinstance(error, OSError) else str(error)
    return f"the search index cannot be kept in {location.parent}: {reason}"
