"""Tickets are opened once, however often the run is killed, and with two runs at once."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from afterword import operations
from tests.cli.drawn_actions import record
from tests.operations.drawn_tracker import DrawnTracker, running
from tests.operations.opening_process import kill, start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")

RECORDS, ACTIONS = 4, 3
# Of each record a search, an opening for each action, and a search.
REQUESTS = RECORDS * (ACTIONS + 2)
PATIENCE = 60
POINTS = [(number, moment) for number in range(1, REQUESTS + 1) for moment in ("asked", "stored")]


def draw(folder: Path) -> Path:
    """Write an archive in which every ticket is missing."""
    (folder / "postmortems").mkdir(parents=True)
    (folder / "afterword.yml").write_text(
        'timezone: UTC\ntrackers: [{name: Tickets, key: PAY-#, url: "https://tracker.example/PAY-#"}]\n'
    )
    for day in range(1, RECORDS + 1):
        date = f"2026-03-0{day}"
        rows = "".join(
            f"| A{number} | Mend {day} {number} | Juno | 2026-05-03 |  | prevent | open |\n"
            for number in range(1, ACTIONS + 1)
        )
        text = record(rows, date=date).replace("in-review", "final")
        (folder / "postmortems" / f"{date}-checkout-errors.md").write_text(text)
    return folder


def named(folder: Path) -> dict[str, list[str]]:
    """Give the keys that the records name, by what is to be done."""
    loaded = operations.load(folder / "afterword.yml", folder)
    return {
        action.text.text: [action.ticket.key]
        for each in loaded.archive.records
        for action in each.actions
        if action.ticket is not None
    }


def expect_whole(folder: Path, tracker: DrawnTracker) -> None:
    """Expect every promise to have one ticket, which its row names, and nothing else to be written."""
    standing = tracker.standing()
    assert len(standing) == RECORDS * ACTIONS
    assert all(len(keys) == 1 for keys in standing.values()), standing
    assert named(folder) == standing
    fresh = draw(folder.parent / f"{folder.name}-fresh")
    # What was being written when the run was killed stays beside the record, under a hidden name that nobody reads.
    for place in (folder / "postmortems").glob("[!.]*"):
        said = re.sub(r"\| PAY-\d+ \|", "|  |", place.read_text())
        assert said == (fresh / "postmortems" / place.name).read_text()


def killed(folder: Path, number: int, moment: str, behind: float = 0.0) -> None:
    """Kill a run at a request of the tracker's, or so many seconds later, and let another one end the work."""
    draw(folder)
    with running() as tracker:
        reached, gone = threading.Event(), threading.Event()

        def watch(request: int, when: str) -> None:
            if (request, when) != (number, moment):
                return
            reached.set()
            if not behind:
                # No answer is given before the process is gone.
                gone.wait(PATIENCE)

        tracker.watch = watch
        process = start(folder, tracker.address)
        assert reached.wait(PATIENCE)
        time.sleep(behind)
        kill(process)
        process.join(PATIENCE)
        gone.set()
        for text, keys in named(folder).items():
            assert keys == tracker.standing()[text]
        tracker.watch = lambda request, when: None
        again = start(folder, tracker.address)
        again.join(PATIENCE)
        assert again.exitcode == 0
        expect_whole(folder, tracker)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "moment"), [(2, "stored"), (5, "stored"), (8, "asked")])
def test_a_run_that_is_killed_opens_nothing_twice(number: int, moment: str, tmp_path: Path) -> None:
    """Behind an opening, behind the search after it, and before another opening."""
    killed(tmp_path / "archive", number, moment)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "moment"), POINTS)
def test_killed_at_every_request(number: int, moment: str, tmp_path: Path) -> None:
    """Before and behind what each of them does in the tracker: 40 points."""
    assert len(POINTS) >= 40
    killed(tmp_path / "archive", number, moment)


@pytest.mark.slow
@pytest.mark.parametrize("milliseconds", range(1, 21))
def test_killed_while_it_writes(milliseconds: int, tmp_path: Path) -> None:
    """A record has its keys or has not, and its file is whole."""
    killed(tmp_path / "archive", ACTIONS + 2, "stored", milliseconds / 1000)


def test_two_runs_at_once_agree(tmp_path: Path) -> None:
    """In two clones, both of which found nothing: each promise has one ticket, and both name it."""
    first = draw(tmp_path / "first")
    second = shutil.copytree(first, tmp_path / "second")
    with running() as tracker:
        both = threading.Barrier(2)

        def watch(request: int, when: str) -> None:
            # The first searches of both are answered together.
            if request <= 2 and when == "stored":
                both.wait(PATIENCE)

        tracker.watch = watch
        runs = [start(folder, tracker.address) for folder in (first, second)]
        for each in runs:
            each.join(PATIENCE)
            assert each.exitcode == 0
        assert len(tracker.tickets) > RECORDS * ACTIONS
        expect_whole(first, tracker)
        expect_whole(second, tracker)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(10))
def test_several_runs_at_once_in_one_folder_agree(turn: int, tmp_path: Path) -> None:
    """Whoever writes first; what the others could not write they find in the next run."""
    folder = draw(tmp_path / "archive")
    with running() as tracker:
        runs = [start(folder, tracker.address) for _ in range(3)]
        for each in runs:
            each.join(PATIENCE)
        start(folder, tracker.address).join(PATIENCE)
        expect_whole(folder, tracker)
