"""`afterword close`: what is written into the row, and what is refused."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from afterword import operations
from afterword.model.finding import Level
from tests.cli.drawn_actions import CHECKOUT, SEARCH, draw_archive, path_of, record, run

Run = Callable[..., Result]
NOTES = (
    "| ID | Action | Owner | Due | Ticket | Category | Status | Notes |\n|---|---|---|---|---|---|---|---|\n"
)
CLOSED = (
    "| ID | Action | Owner | Due | Ticket | Category | Status | Closed |\n|---|---|---|---|---|---|---|---|\n"
)


@pytest.fixture
def close(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs the command in an archive."""
    draw_archive(tmp_path)
    return lambda *arguments, code=0: run(tmp_path, monkeypatch, "close", *arguments, code=code)


def row(folder: Path, action: str, name: str = CHECKOUT) -> str:
    """Give the row of an action as it is written now."""
    return next(
        line for line in path_of(folder, name).read_text().splitlines() if line.startswith(f"| {action} ")
    )


def test_it_is_shown_and_written_where_yes_is_said(close: Run, tmp_path: Path) -> None:
    """Several at once, in several records; parts of ids and any case are enough."""
    shown = close("checkout#a1", "search#A2", "--on", "2026-04-10", code=1)
    assert shown.stdout.count("\n+|") == 2
    assert row(tmp_path, "A1").endswith("| open |")
    close("checkout#a1", "search#A2", "--on", "2026-04-10", "--yes")
    assert row(tmp_path, "A1").endswith("| done 2026-04-10 |")
    assert row(tmp_path, "A2", SEARCH).endswith("| done 2026-04-10 |")


def test_pipes_of_an_aligned_table_stay_where_they_are(close: Run, tmp_path: Path) -> None:
    """A longer word takes the room behind it, as far as there is some, and a shorter one leaves it."""
    rows = (
        "| A1 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-1  | prevent  | in review       |       |",
        "| A2 | Halve the load  | Juno Papercliff | 2026-03-28 | PAY-22 | mitigate | done 2026-04-02 | later |",
    )
    path_of(tmp_path).write_text(record("\n".join(rows) + "\n", NOTES))
    close("checkout#A1", "--cancel", "--because", "gone", "--on", "2026-04-10", "--yes")
    assert row(tmp_path, "A1").endswith("| prevent  | cancelled 2026-04-10 | gone  |")
    path_of(tmp_path).write_text(record("\n".join(rows) + "\n", NOTES))
    close("checkout#A1", "--on", "2026-04-10", "--yes")
    assert row(tmp_path, "A1") == rows[0].replace("in review      ", "done 2026-04-10")


def test_check_finds_no_new_error_afterwards(close: Run, tmp_path: Path) -> None:
    """What was written is what the format asks for: done and cancelled rows are judged as before or better."""

    def errors() -> list[str]:
        loaded = operations.load(tmp_path / "afterword.yml", tmp_path)
        return sorted(each.message for each in operations.check(loaded) if each.level is Level.ERROR)

    path_of(tmp_path).write_text(
        record(
            "| A1 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-1 | prevent | open | |\n| A2 | Halve the load | Juno Papercliff | 2026-03-28 | PAY-2 | prevent | open | |\n",
            NOTES,
        )
    )
    before = errors()
    close("checkout#A1", "--yes", "--on", "2026-04-10")
    close("checkout#A2", "--yes", "--cancel", "--because", "the batch job is gone")
    assert errors() == before
    assert row(tmp_path, "A2").endswith("| the batch job is gone |")


def test_a_file_names_its_record(close: Run, tmp_path: Path) -> None:
    """As it does for `afterword show`."""
    close(f"postmortems/{CHECKOUT}.md#A2", "--on", "2026-04-10", "--yes")
    assert row(tmp_path, "A2").endswith("| done 2026-04-10 |")


def _closing_on_a_terminal(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Begin to close an action on a terminal, and give the other end of that."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "afterword"), "close", "checkout#A1", "--on", "2026-04-10"],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=subprocess.PIPE,
        env={**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, "TERM": "xterm"},
    )
    os.close(slave)
    return process, master


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of POSIX")
def test_ctrl_c_at_a_question_ends_as_it_does_elsewhere(tmp_path: Path) -> None:
    """With 130: 1 would say that something was shown and not written."""
    draw_archive(tmp_path)
    process, master = _closing_on_a_terminal(tmp_path)
    assert process.stderr is not None
    asked = b""
    while not asked.endswith(b"[y/N]: "):
        asked += process.stderr.read(1)
    # One that comes before it waits for the answer is heard when the next one comes.
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
    said = process.stderr.read().decode()
    os.close(master)
    assert process.returncode == 130
    assert said.strip() == "Aborted!"
    assert row(tmp_path, "A1").endswith("| open |")


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of POSIX")
@pytest.mark.parametrize(
    ("answer", "code", "last"), [("\n", 1, "| open |"), ("y\n", 0, "| done 2026-04-10 |")]
)
def test_on_a_terminal_it_is_asked(tmp_path: Path, answer: str, code: int, last: str) -> None:
    """An empty answer is no; the diff has colours there."""
    draw_archive(tmp_path)
    process, master = _closing_on_a_terminal(tmp_path)
    os.write(master, answer.encode())
    asked = process.communicate(timeout=60)[1].decode()
    shown = os.read(master, 65536)
    os.close(master)
    assert process.returncode == code
    assert "Write 1 file? [y/N]" in asked
    assert b"\x1b[32m+| A1 |" in shown
    assert row(tmp_path, "A1").endswith(last)


@pytest.mark.parametrize(
    ("head", "before", "arguments", "after"),
    [
        (CLOSED, "open | ", (), "done | 2026-04-10"),
        (CLOSED, "Open |", (), "Done | 2026-04-10"),
        (NOTES, "open | ", ("--cancel", "--because", "no | use"), "cancelled 2026-04-10 | no \\| use"),
        (
            NOTES,
            "open | see `x`",
            ("--cancel", "--because", "not\nneeded"),
            "cancelled 2026-04-10 | see `x`; not needed",
        ),
        (
            NOTES,
            "open | Waits for A2.",
            ("--cancel", "--because", "A2 does it"),
            "cancelled 2026-04-10 | Waits for A2. A2 does it",
        ),
    ],
)
def test_forms(
    close: Run, tmp_path: Path, head: str, before: str, arguments: tuple[str, ...], after: str
) -> None:
    """The day goes where the table has it, the reason behind what the notes say already."""
    start = "| A1 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-1 | prevent | "
    path_of(tmp_path).write_text(record(f"{start}{before} |\n", head))
    close("checkout#A1", "--on", "2026-04-10", "--yes", *arguments)
    assert row(tmp_path, "A1") == f"{start}{after} |"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("checkout#A3",), f"{CHECKOUT}#A3 is done already (on 2026-04-02)"),
        (("checkout#A4",), f"{CHECKOUT}#A4 is a candidate, which nobody has promised"),
        (
            ("checkout#A1", "--on", "2026-03-13"),
            "2026-03-13 is before the incident, expected a day from 2026-03-14 on",
        ),
        (("checkout#A1", "--on", "2999-01-01"), "2999-01-01 is still to come"),
        (
            ("checkout#A11",),
            f"{CHECKOUT} has no action 'A11', expected one of A1, A2, A3, A4 (did you mean 'A1'?)",
        ),
        (("chekout-errors#A1",), f"(did you mean '{CHECKOUT}'?)"),
        (("checkout",), "'checkout' names no action, expected RECORD#ID such as 2026-03-14-checkout#A3"),
        (("checkout#A1", "--cancel"), "a cancellation needs its reason"),
        (("checkout#A1", "--because", "x"), "--because goes with --cancel"),
        (
            ("checkout#A1", "--cancel", "--because", "x"),
            "its row has no cell under `Notes`: add the column `Notes`",
        ),
        (("afterword.yml#A1",), "afterword.yml is no record of the archive"),
    ],
)
def test_refusals(close: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """With exit code 2, the reason and what was expected; nothing is written."""
    before = path_of(tmp_path).read_bytes()
    assert said in " ".join(close(*arguments, "--yes", code=2).stderr.split())
    assert path_of(tmp_path).read_bytes() == before


def test_actions_without_ids_are_not_said_to_be_missing(close: Run, tmp_path: Path) -> None:
    """No row can be named: what would give it a name is told."""
    path_of(tmp_path).write_text(record("| Double the pool | open |\n", "| Action | Status |\n|---|---|\n"))
    said = " ".join(close("checkout#A1", "--yes", code=2).stderr.split())
    assert (
        f"the actions of {CHECKOUT} have no ids by which one could be named: give the table a column" in said
    )


def test_one_that_cannot_be_closed_keeps_all_from_it(close: Run, tmp_path: Path) -> None:
    """All or none, and each reason is told."""
    said = close("checkout#A1", "checkout#A3", "search#A9", "--yes", code=2).stderr
    assert said.splitlines()[0] == "afterword: nothing was written"
    assert len(said.splitlines()) == 3
    assert row(tmp_path, "A1").endswith("| open |")
