"""Looking through a folder for what has changed."""

from __future__ import annotations

import os
from pathlib import Path

from afterword.sources.files import list_folder
from afterword.sources.folder_state import folder_state, may_be_record
from tests.conftest import drawn


def test_the_same_files_as_when_listed(tmp_path: Path) -> None:
    """Links inside are followed once, those that lead out, hidden files and other types are left out, as `list_folder` has it."""
    tree: dict[str, str | bytes] = {
        "a/2026/2026-01-01-x.md": "x",
        "a/2026/notes.txt": "x",
        "a/2026-01-02-y": "x",
        "a/.hidden.md": "x",
        "a/ü/z.markdown": "x",
        "out/2026-01-01-o.md": "x",
    }
    with drawn(tmp_path, tree):
        (tmp_path / "a" / "linked").symlink_to(tmp_path / "a" / "2026")
        (tmp_path / "a" / "0-first").symlink_to(tmp_path / "a" / "ü")
        (tmp_path / "a" / "outside").symlink_to(tmp_path / "out")
        (tmp_path / "a" / "gone.md").symlink_to(tmp_path / "a" / "nothing")
        (tmp_path / "a" / "circle").symlink_to(tmp_path / "a")
    listed = [
        each for each in list_folder(tmp_path / "a") if not each.problem and may_be_record(each.location.name)
    ]
    state = folder_state(tmp_path / "a")
    assert sorted(state.files) == sorted(each.path for each in listed)
    assert {path: place for path, (place, _) in state.files.items()} == {
        each.path: os.fspath(each.location) for each in listed
    }


def test_a_change_changes_the_stamp(tmp_path: Path) -> None:
    """Even where size and time of the content are put back."""
    file = tmp_path / "2026-01-01-x.md"
    file.write_text("one", "utf-8")
    before = folder_state(tmp_path).files[file.name]
    status = file.stat()
    while file.stat().st_ctime_ns == status.st_ctime_ns:  # clocks of file systems tick slowly
        file.write_text("two", "utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert folder_state(tmp_path).files[file.name] != before
