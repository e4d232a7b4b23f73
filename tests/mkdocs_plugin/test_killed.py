"""Builds that are killed, meet another one, or find what was kept damaged: the next gives the site that a clean one gives."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.sources.kept_pages import NAME
from tests.drawn_record import complete_record
from tests.mkdocs_plugin.drawn_archive import OTHER, RECORD, built, drawn_archive, read

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a build is a copy of this process")

MOVES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
"""What changes which files there are, as Python tells it of itself."""

FIRST: dict[str, str | bytes | None] = {}
SECOND: dict[str, str | bytes | None] = {
    "docs/postmortems/2026-03-14-checkout.md": RECORD.replace("The pool is small", "The pool was small"),
    "docs/postmortems/2026-02-01-billing.md": None,
    "docs/postmortems/2026-05-05-new.md": OTHER.replace("2026-02-01", "2026-05-05"),
    "docs/about.md": "# About us\n",
}


def _in_a_copy(work: Callable[[], object]) -> int:
    """Do something in a copy of this process, and give its number."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def _build_until(folder: Path, moves: int) -> None:
    """Build, and be killed at this one of the moves of files."""
    left = moves

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        # What Python keeps of modules that are imported is no part of it.
        if event in MOVES and str(folder) in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    built(folder)


def _is_killed(folder: Path, moves: int) -> bool:
    _, status = os.waitpid(_in_a_copy(lambda: _build_until(folder, moves)), 0)
    return os.WIFSIGNALED(status)


def _many(records: int, word: str) -> dict[str, str | bytes | None]:
    return {
        f"docs/postmortems/2025-{1 + number % 12:02}-{1 + number % 28:02}-number-{number}.md": complete_record(
            title=f"Number {number} stood still", more=f"It was {word}."
        ).replace("2026-03-14", f"2025-{1 + number % 12:02}-{1 + number % 28:02}")
        for number in range(records)
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rounds", "records"), [(1, 0), pytest.param(14, 60, marks=pytest.mark.slow)], ids=["small", "many"]
)
def test_killed_at_any_move_of_a_file(tmp_path: Path, rounds: int, records: int) -> None:
    """Whichever state it was building, over whichever it found."""
    chance = random.Random(rounds)  # noqa: S311 - nobody keeps a secret with it
    states = [{**FIRST, **_many(records, "restarted")}, {**SECOND, **_many(records // 2, "mended")}]
    clean = []
    for number, state in enumerate(states):
        clean.append(built(drawn_archive(tmp_path / str(number), state)))
    folder = drawn_archive(tmp_path / "killed", states[0])
    assert built(folder) == clean[0]
    killed = 0
    for number in range(rounds):
        drawn_archive(folder, states[(number + 1) % 2])
        # A build of the small archive moves about 150 files, most of them in its last moment.
        killed += _is_killed(folder, chance.randrange(1, 60 if not records else 200))
        wanted = chance.randrange(2)
        drawn_archive(folder, states[wanted])
        assert built(folder) == clean[wanted]
        assert [each.name for each in folder.iterdir() if ".site.afterword" in each.name] == []
    assert killed >= rounds // 2


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Also while it reads, renders and keeps."""
    chance = random.Random(7)  # noqa: S311 - as above
    states = [FIRST, SECOND]
    clean = [built(drawn_archive(tmp_path / str(number), state)) for number, state in enumerate(states)]
    folder = drawn_archive(tmp_path / "killed", FIRST)
    for number in range(10):
        drawn_archive(folder, states[number % 2])
        child = _in_a_copy(lambda: built(folder))
        time.sleep(chance.uniform(0, 2.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert built(folder) == clean[number % 2]


@pytest.mark.slow
def test_two_builds_at_once(tmp_path: Path) -> None:
    """Of the same folder: both end well, and the site is that of one."""
    folder = drawn_archive(tmp_path)
    clean = built(folder, "clean")
    drawn_archive(folder, SECOND)
    built(folder)
    drawn_archive(folder)
    children = [_in_a_copy(lambda: built(folder)) for _ in range(2)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert read(folder / "site") == clean
    assert built(folder) == clean


@pytest.mark.slow
def test_what_was_kept_is_damaged(tmp_path: Path) -> None:
    """Cut short, filled with something else or gone: the site is the same."""
    folder = drawn_archive(tmp_path)
    clean = built(folder)
    cache = folder / ".afterword" / "cache"
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    drawn_archive(folder, {"docs/about.md": "# Changed\n"})
    assert built(folder) != clean
    drawn_archive(folder)
    (cache / NAME).write_bytes(b"nothing of the kind")
    assert built(folder, "other") == clean
    (folder / "site" / "postmortems" / "index.html").write_bytes(b"mine")
    shutil.rmtree(folder / "site" / "assets")
    assert built(folder) == clean
