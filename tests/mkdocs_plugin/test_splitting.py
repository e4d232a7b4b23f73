"""Processes that are split off find nothing open of what is kept."""

from __future__ import annotations

import contextlib
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from tests.mkdocs_plugin.drawn_archive import TREE, built, drawn_archive

OPEN = Path("/proc/self/fd")


def open_databases(folder: Path) -> list[str]:
    """Give what this process has open of databases in a folder: tests before this one may have left others to the garbage collection."""
    found = []
    for each in OPEN.iterdir():
        with contextlib.suppress(OSError):
            found.append(str(each.readlink()))
    return [each for each in found if "pages.sqlite" in each and each.startswith(str(folder))]


@pytest.mark.skipif(not OPEN.is_dir(), reason="this system does not list what is open")
def test_no_process_is_split_off_while_what_is_kept_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists that are planned already, and whose shell alone is another, are worked out again by processes that look into what is kept."""
    folder = drawn_archive(tmp_path / "it")
    built(folder)
    starting, found = ForkProcess.start, list[list[str]]()

    def start_it(self: ForkProcess) -> None:
        found.append(open_databases(folder))
        starting(self)

    monkeypatch.setattr(ForkProcess, "start", start_it)
    monkeypatch.setattr("afterword.operations.overview.list_making.FEWEST_SHARED", 1)
    monkeypatch.setenv("AFTERWORD_PROCESSES", "2")
    drawn_archive(folder, {"mkdocs.yml": str(TREE["mkdocs.yml"]).replace("Drawn", "Redrawn")})
    after = built(folder)
    assert found == [[], []]
    assert after == built(folder, "new", keep=False)
