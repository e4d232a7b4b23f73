"""The terminal's index, and what may be done to it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from afterword.operations.search.indexing import FOLDER, current_index, ground_of
from afterword.operations.search.searching import Asked, search
from afterword.sources.cache import Cache
from tests.cli.drawn_search import POOL, draw_archive, path_of, record


def _total(archive: Path, cache: Cache, words: str) -> int:
    return search(Asked(words), start=archive, cache=cache).answer.total


def test_what_is_unchanged_is_not_read(tmp_path: Path) -> None:
    """A search after another one writes nothing; other settings and another site are read anew."""
    archive, cache = draw_archive(tmp_path), Cache(tmp_path / "cache")
    for path in archive.glob("postmortems/*/*.md"):
        os.utime(path, (1, 1))
    assert _total(archive, cache, "pool") == 2
    names = {ground_of(None, archive).name}
    (index,) = (cache.folder / FOLDER).glob("*.sqlite")
    while True:  # until the files are no longer of this moment
        before = index.stat().st_mtime_ns
        _total(archive, cache, "pool")
        if index.stat().st_mtime_ns == before:
            break
    for name in ("afterword.yml", "mkdocs.yml"):
        (archive / name).write_text((archive / name).read_text("utf-8") + "# more\n", "utf-8")
        names.add(ground_of(None, archive).name)
    assert len(names) == 3
    assert len({name.partition("-")[0] for name in names}) == 1


def test_an_index_that_another_process_writes(tmp_path: Path) -> None:
    """Whoever comes meanwhile waits, and sees what was written."""
    archive, cache = draw_archive(tmp_path), Cache(tmp_path / "cache")
    with current_index(ground_of(None, archive), cache) as index:
        index.connection.execute("BEGIN IMMEDIATE")
        path_of(archive, POOL).write_text(record(POOL, cause="A walrus"), "utf-8")
        index.connection.execute("COMMIT")
        assert _total(archive, cache, "walrus") == 1


def test_a_folder_that_must_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that cannot be changed is copied into memory, and what has changed is found there."""
    archive, cache = draw_archive(tmp_path), Cache(tmp_path / "cache")
    assert _total(archive, cache, "walrus") == 0
    path_of(archive, POOL).write_text(record(POOL, cause="A walrus"), "utf-8")
    (index,) = (cache.folder / FOLDER).glob("*.sqlite")
    # Root may write anything: a second writer that never ends stands for what must not be written.
    monkeypatch.setattr("afterword.sources.index_file.PATIENCE", 0)
    other = sqlite3.connect(index, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    searched = search(Asked("walrus"), start=archive, cache=cache)
    other.execute("ROLLBACK")
    other.close()
    assert searched.answer.total == 1
    assert "cannot be kept in" in searched.notes[0]


def test_a_record_that_cannot_be_parsed_is_found(tmp_path: Path) -> None:
    """A record with broken YAML, one that is too large, and one whose name is no id are found by their words."""
    archive, cache = draw_archive(tmp_path), Cache(tmp_path / "cache")
    place = archive / "postmortems" / "2026"
    (place / "2026-05-01-broken.md").write_text(
        "---\ntitle: [walrus\n---\n\n## Summary\n\nA walrus.\n", "utf-8"
    )
    (place / "2026-05-02-large.md").write_text("---\ntitle: x\n---\n\nwalrus " + "x " * 200_000, "utf-8")
    (place / "2026-05-03 Bad Name.md").write_text("---\ntitle: x\n---\n\n## Summary\n\nA walrus.\n", "utf-8")
    assert _total(archive, cache, "walrus") == 3
