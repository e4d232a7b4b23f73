"""What changes on disk is told, whoever tells it."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from afterword.mkdocs_plugin import watching
from afterword.mkdocs_plugin.watching import FolderWatch


@contextmanager
def _watching(*paths: Path) -> Iterator[dict[str, bool]]:
    """Watch folders with all below them, and files, and give what is told: each path with whether it was new."""
    told: dict[str, bool] = {}
    watch = FolderWatch(lambda path, is_new: told.update({path: is_new or told.get(path, False)}))
    for path in paths:
        watch.schedule(None, str(path), recursive=True)
    watch.start()
    try:
        yield told
    finally:
        watch.stop()
        watch.join()


def _come(is_there: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while not is_there() and time.monotonic() < until:
        time.sleep(0.02)
    return is_there()


def test_an_edit_is_told_and_reading_is_not(tmp_path: Path) -> None:
    """A file below a folder that is written, replaced or gone; one that is merely read tells nothing, or each build would ask for the next."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    read, written, gone = folder / "read.md", folder / "written.md", folder / "gone.md"
    for path in (read, written, gone):
        path.write_text("before")
    with _watching(tmp_path) as told:
        read.read_text()
        beside = folder / "written.md.tmp"
        beside.write_text("after")
        beside.replace(written)
        gone.unlink()
        assert _come(lambda: {str(written), str(gone)} <= {*told})
    assert str(read) not in told
    assert told[str(beside)]


def test_a_file_is_watched_through_its_replacement(tmp_path: Path) -> None:
    """Settings are replaced by another file of their name, twice; what lies beside them is nobody's business."""
    settings = tmp_path / "afterword.yml"
    settings.write_text("a")
    with _watching(settings) as told:
        for text in ("b", "c"):
            told.clear()
            beside = tmp_path / "beside"
            beside.write_text(text)
            beside.replace(settings)
            assert _come(lambda: str(settings) in told)
        assert {*told} == {str(settings)}


def test_what_a_link_leads_to_is_watched(tmp_path: Path) -> None:
    """A linked folder and a linked file lie outside of the one that is watched."""
    folder, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    folder.mkdir()
    (elsewhere / "below").mkdir(parents=True)
    (tmp_path / "single.md").write_text("before")
    (folder / "linked").symlink_to(elsewhere)
    (folder / "single.md").symlink_to(tmp_path / "single.md")
    with _watching(folder) as told:
        (elsewhere / "below" / "x.md").write_text("new")
        (tmp_path / "single.md").write_text("after")
        assert _come(lambda: {str(elsewhere / "below" / "x.md"), str(tmp_path / "single.md")} <= {*told})


def test_without_watches_all_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the system has no watch left, as with many editors open on Linux, the log says so in one line and changes are told all the same."""
    path = tmp_path / "x.md"
    path.write_text("before")

    class Exhausted(watching.Observer):  # type: ignore[misc, valid-type]  # whichever the system has
        def start(self) -> None:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Exhausted)
    with caplog.at_level(logging.INFO, "mkdocs"), _watching(tmp_path) as told:
        path.write_text("after, and longer")
        assert _come(lambda: str(path) in told)
    assert [each.message for each in caplog.records] == [
        "afterword: all files are looked at every 0.5 s, for the system does not tell what changes: inotify watch limit reached"
    ]
