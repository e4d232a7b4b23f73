"""Pagefind as a program beside us: real, missing, broken and hanging."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.sources import pagefind
from afterword.sources.pagefind import PagefindError, PagefindProgram, find_pagefind, index_pages

PAGES = [("one", "<html><body>alpha beta</body></html>"), ("two", "<html><body>beta</body></html>")]


@pytest.fixture(scope="module")
def program() -> PagefindProgram:
    """Give the program that the installation brings along."""
    found = find_pagefind()
    assert found is not None
    return found


def script(folder: Path, text: str) -> PagefindProgram:
    """Write a program that stands in for Pagefind."""
    made = folder / "pagefind"
    made.write_text(f"#!{sys.executable}\n{text}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return PagefindProgram(str(made), "1")


def test_the_wheel_brings_the_program(program: PagefindProgram) -> None:
    """It is found where the wheel was installed, with its version."""
    assert Path(program.program).is_file()
    assert program.version.startswith("1.")


def test_without_the_wheel_it_is_taken_from_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel is missing a program of that name is asked for its version; without one there is none."""
    monkeypatch.setattr(pagefind, "WHEELS", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_pagefind() is None
    made = script(tmp_path, "print('pagefind 1.4.0')")
    assert find_pagefind() == PagefindProgram(made.program, "1.4.0")


def test_pages_become_files(program: PagefindProgram) -> None:
    """Each page is told of when it is in, and the index comes back as files."""
    told: list[None] = []
    files = index_pages(program, PAGES, "x0", lambda: told.append(None))
    assert len(told) == 2
    assert {"pagefind.js", "wasm.unknown.pagefind", "pagefind-entry.json"} <= set(files)
    assert sum(name.startswith("fragment/x0_") for name in files) == 2
    assert b"\0asm" not in files["pagefind.js"]


def test_many_pages_do_not_wait_for_each_other(program: PagefindProgram) -> None:
    """A hundred pages are in long before the ten seconds that the Python client of Pagefind would wait for their answers."""
    begun = time.monotonic()
    files = index_pages(program, [(str(number), PAGES[0][1]) for number in range(100)], "x0")
    assert sum(name.startswith("fragment/") for name in files) == 100
    assert time.monotonic() - begun < 8


def test_nothing_to_index(program: PagefindProgram) -> None:
    """A part of an archive may be empty."""
    assert not [name for name in index_pages(program, [], "x0") if name.startswith("fragment/")]


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    """What cannot be run is said, and is no traceback."""
    with pytest.raises(PagefindError, match="cannot be run: no such file"):
        index_pages(PagefindProgram(str(tmp_path / "none"), "1"), PAGES, "x0")


def test_a_program_that_answers_nonsense(tmp_path: Path) -> None:
    """An answer in another language than expected is a fault of the program."""
    with pytest.raises(PagefindError, match="cannot be read"):
        index_pages(
            script(tmp_path, "print('hello,', flush=True); import sys; sys.stdin.read()"), PAGES, "x0"
        )


def test_a_program_that_ends(tmp_path: Path) -> None:
    """One that ends before it has answered is not waited for."""
    with pytest.raises(PagefindError):
        index_pages(script(tmp_path, "import sys; sys.exit(3)"), PAGES, "x0")


def test_a_program_that_hangs(tmp_path: Path) -> None:
    """One that never answers is ended."""
    begun = time.monotonic()
    with pytest.raises(PagefindError, match="no answer within 1 s"):
        index_pages(script(tmp_path, "import time; time.sleep(60)"), PAGES, "x0", seconds=1)
    assert time.monotonic() - begun < 20


def test_what_goes_wrong_with_the_pages_is_raised(program: PagefindProgram) -> None:
    """A fault of whoever makes the pages is theirs, and the program is ended."""

    def broken() -> Iterator[tuple[str, str]]:
        yield PAGES[0]
        raise LookupError("no such record")

    with pytest.raises(LookupError, match="no such record"):
        index_pages(program, broken(), "x0")
