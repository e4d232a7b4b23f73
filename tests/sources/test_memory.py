"""How often the memory that is free would hold what a process holds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from afterword.sources import memory
from afterword.sources.memory import UNKNOWN, room

MEGABYTE = 1 << 20


def _machine(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    free: int,
    held: int,
    group: tuple[str, int, int] | None = None,
) -> None:
    """Tell `room` of a machine, in megabytes; `group` is what may be held in it, what is, and how much of that are files."""
    (folder / "meminfo").write_text(
        f"MemTotal: 1 kB\nMemAvailable:   {free * 1024} kB\nHugePages_Total:  0\n"
    )
    (folder / "statm").write_text(f"9 {held * MEGABYTE // os.sysconf('SC_PAGE_SIZE')} 1 1 0 1 0\n")
    if group is not None:
        most, now, files = group
        (folder / "memory.max").write_text(f"{most if most == 'max' else int(most) * MEGABYTE}\n")
        (folder / "memory.current").write_text(f"{now * MEGABYTE}\n")
        (folder / "memory.stat").write_text(f"anon 1\nactive_file {files * MEGABYTE}\ninactive_file 0\n")
    monkeypatch.setattr(memory, "MEMINFO", folder / "meminfo")
    monkeypatch.setattr(memory, "STATM", folder / "statm")
    monkeypatch.setattr(memory, "GROUP", folder)


@pytest.mark.skipif(os.name != "posix", reason="pages of memory are asked of the system")
@pytest.mark.parametrize(
    ("free", "held", "group", "expected"),
    [
        (1000, 100, None, 10),
        (50, 100, None, 0),
        (1000, 100, ("max", 900, 0), 10),
        (1000, 100, ("500", 300, 0), 2),
        (1000, 100, ("500", 300, 200), 4),
        (1000, 100, ("500", 900, 0), 0),
    ],
)
def test_it_is_what_is_free_by_what_is_held(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    free: int,
    held: int,
    group: tuple[str, int, int] | None,
    expected: int,
) -> None:
    """Of the machine, or of the group that limits the process, whichever is less; files that are remembered can be forgotten."""
    _machine(tmp_path, monkeypatch, free, held, group)
    assert room() == expected


def test_where_nobody_tells_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system, or files of another form."""
    _machine(tmp_path, monkeypatch, 1, 1)
    (tmp_path / "meminfo").write_text("nothing of the kind\n")
    assert room() == UNKNOWN
    monkeypatch.setattr(memory, "STATM", tmp_path / "none")
    assert room() == UNKNOWN


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells")
def test_this_machine_tells() -> None:
    """A process of a few megabytes fits into what is free."""
    assert 0 < room() < UNKNOWN
