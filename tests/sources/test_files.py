"""Files that are written whole, and what a killed run leaves of them."""

from __future__ import annotations

import ntpath
import os
import time
from pathlib import Path, PureWindowsPath

import pytest

from afterword.sources.files import (
    LEFT_BEHIND,
    named_reason,
    remove_leftovers,
    way_to,
    write_atomically,
    write_new,
)
from tests.no_room import no_room


def test_what_a_killed_run_left_goes_after_an_hour(tmp_path: Path) -> None:
    """Only beside the files that are asked about, only by that name, and nothing that another run may just be writing."""
    names = (".a.json.12", ".a.json.13", ".b.json.12", ".a.json.x", "a.json.12", "a.json")
    for name in names:
        (tmp_path / name).write_text("{")
        old = time.time() - LEFT_BEHIND - 60
        if name != ".a.json.13":
            os.utime(tmp_path / name, (old, old))
    (tmp_path / ".a.json.14").mkdir()
    (tmp_path / ".a.json.15").symlink_to(tmp_path / "a.json")
    remove_leftovers([tmp_path / "a.json", tmp_path / "none" / "c.json"])
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {*names, ".a.json.14", ".a.json.15"} - {".a.json.12"}


def test_the_name_that_is_looked_for_is_the_one_that_is_written(tmp_path: Path) -> None:
    """A run that is cut off before it replaces the file leaves what is removed."""
    place = tmp_path / "tickets.json"
    process = os.fork()
    if not process:
        Path.replace = lambda self, target: os._exit(0)  # type: ignore[assignment,method-assign]
        write_atomically(place, b"{}")
        os._exit(1)
    assert os.waitpid(process, 0)[1] == 0
    assert [each.name for each in tmp_path.iterdir()] == [f".tickets.json.{process}"]
    remove_leftovers([place], time.time() + LEFT_BEHIND + 60)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_that_cannot_be_written_whole_is_not_left(tmp_path: Path) -> None:
    """Where a disk is full, the system does not say of which file; what is there already stays."""
    place = tmp_path / "2026" / "2026-03-14-checkout.md"
    with no_room(), pytest.raises(OSError, match="large") as told:
        write_new(place, b"---\n")
    assert named_reason(told.value) == f"{place}: file too large"
    assert list(place.parent.iterdir()) == []
    write_new(place, b"---\n")
    with no_room(), pytest.raises(FileExistsError):
        write_new(place, b"other")
    assert place.read_bytes() == b"---\n"


@pytest.mark.parametrize(
    ("place", "way"), [("C:\\b\\a.md", "../b/a.md"), ("D:\\b\\a.md", "D:/b/a.md")], ids=["beside", "drive"]
)
def test_no_way_leads_to_another_drive(monkeypatch: pytest.MonkeyPatch, place: str, way: str) -> None:
    """As Windows has paths: what lies on another drive is told with its whole path, where Python gives up."""
    monkeypatch.setattr("os.path.relpath", ntpath.relpath)
    monkeypatch.setattr("os.sep", ntpath.sep)
    assert way_to(PureWindowsPath(place), PureWindowsPath("C:\\w")) == way
