"""`afterword sync --create` and `--adopt`: what is said, what is written, and what is wrong use."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from afterword.parse.settings import settings_trackers
from afterword.trackers.table import KINDS, TrackerKind
from tests.cli.drawn_actions import CHECKOUT, draw_archive, path_of, record, run
from tests.operations.drawn_tracker import DrawnTracker, running

Run = Callable[..., Result]
SETTINGS = """\
timezone: UTC
people: [{{ name: Juno Papercliff, id: juno }}, {{ name: Tansy Inkersley, id: tansy }}]
trackers:
  - {{ name: Tickets, key: PAY-#, url: "https://tracker.example/PAY-#", can_open: true, kind: drawn, api: "{address}" }}
"""
ROWS = """\
| A1 | Double the pool | Juno Papercliff | 2026-03-28 |  | prevent | open |
| A2 | Page at 90 % | Juno Papercliff | 2026-05-03 |  | detect | open |
"""


@pytest.fixture
def tracker(monkeypatch: pytest.MonkeyPatch) -> Iterator[DrawnTracker]:
    """Run a tracker of a kind of its own, with a token in the environment."""
    monkeypatch.setitem(KINDS, "drawn", TrackerKind("tests.operations.drawn_kind", "a drawn tracker"))
    monkeypatch.setattr(settings_trackers, "TRACKER_KINDS", (*settings_trackers.TRACKER_KINDS, "drawn"))
    monkeypatch.setenv("AFTERWORD_TICKETS_TOKEN", "t0ken")
    with running() as drawn:
        yield drawn


@pytest.fixture
def sync(tracker: DrawnTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs the command in an archive with a final record."""
    draw_archive(tmp_path, SETTINGS.format(address=tracker.address))
    path_of(tmp_path).write_text(record(ROWS).replace("in-review", "final"))
    return lambda *arguments, code=0: run(tmp_path, monkeypatch, "sync", *arguments, code=code)


def test_tickets_are_opened_and_then_asked_for(sync: Run, tracker: DrawnTracker, tmp_path: Path) -> None:
    """The snapshot has the new ones; a second run has nothing to open."""
    told = sync("--create")
    assert told.stdout.splitlines()[:2] == [
        f"{CHECKOUT}#A1: opened PAY-1: Double the pool",
        f"{CHECKOUT}#A2: opened PAY-2: Page at 90 %",
    ]
    assert "opened 2 tickets" in told.stderr
    known = json.loads((tmp_path / "tickets.json").read_text())["trackers"]["Tickets"]["tickets"]
    assert {"pay-1", "pay-2"} <= known.keys()
    assert "no ticket is missing" in sync("--create").stderr
    assert "no ticket is missing" in sync("--create", "--dry-run").stderr
    assert len(tracker.tickets) == 2


def test_a_dry_run_changes_nothing(sync: Run, tracker: DrawnTracker, tmp_path: Path) -> None:
    """It says what would be opened."""
    before = path_of(tmp_path).read_text()
    told = sync("--create", "--dry-run")
    assert f"{CHECKOUT}#A1: would open a ticket: Double the pool" in told.stdout
    assert "would open 2 tickets" in told.stderr
    assert (path_of(tmp_path).read_text(), tracker.tickets) == (before, [])
    assert not (tmp_path / "tickets.json").exists()


def test_drafts_are_asked_for(sync: Run, tracker: DrawnTracker, tmp_path: Path) -> None:
    """A record that is not final waits otherwise."""
    path_of(tmp_path).write_text(record(ROWS))
    sync("--create")
    assert tracker.tickets == []
    sync("--create", "--drafts")
    assert len(tracker.tickets) == 2


def test_what_trackers_say_is_shown_and_written_where_yes_is_said(sync: Run, tmp_path: Path) -> None:
    """State and owner of both tickets."""
    sync("--create")
    shown = sync("--adopt", code=1)
    assert (
        "+| A1 | Double the pool | Tansy Inkersley | 2026-03-28 | PAY-1 | prevent | in progress |"
        in shown.stdout
    )
    assert "| open |" in path_of(tmp_path).read_text()
    sync("--adopt", "--yes")
    assert path_of(tmp_path).read_text().count("| in progress |") == 2
    assert "nothing to change" in sync("--adopt", "--yes").stderr


@pytest.mark.parametrize("arguments", [("--adopt", "--dry-run"), ("--adopt", "--dry-run", "--yes")])
def test_what_would_be_adopted_is_shown(arguments: tuple[str, ...], sync: Run, tmp_path: Path) -> None:
    """As the tracker says now; neither the records nor the snapshot are written, and nothing is asked."""
    sync("--create")
    (tmp_path / "tickets.json").unlink()
    before = path_of(tmp_path).read_text()
    shown = sync(*arguments)
    assert "+| A1 | Double the pool | Tansy Inkersley | 2026-03-28 | PAY-1 | prevent | in progress |" in (
        shown.stdout
    )
    assert "would write 1 file\n" in shown.stderr
    assert path_of(tmp_path).read_text() == before
    assert not (tmp_path / "tickets.json").exists()


def test_tickets_without_a_way_back_are_warned_of(sync: Run, tracker: DrawnTracker, tmp_path: Path) -> None:
    """Before the first is opened, with the setting that is missing; where nothing is opened, nothing is said."""
    warned = "tickets name the path of their record and do not lead to its page: set `site_url` in mkdocs.yml"
    assert sync("--create", "--dry-run").stderr.startswith(warned)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_url: https://pm.example.org/\n")
    assert "site_url" not in sync("--create", "--dry-run").stderr
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    assert sync("--create").stderr.startswith(warned)
    assert "site_url" not in sync("--create").stderr


def test_what_gets_no_ticket_is_not_said_to_have_one(sync: Run, tmp_path: Path) -> None:
    """Where rows are left out, a ticket is missing that is not opened."""
    path_of(tmp_path).write_text(record(ROWS.replace("A2", "A1")).replace("in-review", "final"))
    assert sync("--create", "--dry-run").stderr.count("no ticket would be opened") == 1
    assert "no ticket was opened" in sync("--create").stderr


def test_what_a_tracker_said_before_it_was_out_of_reach_is_not_adopted(
    sync: Run, tracker: DrawnTracker, tmp_path: Path
) -> None:
    """The record may know better by now."""
    sync("--create")
    before = path_of(tmp_path).read_text()

    def cut(number: int, moment: str) -> None:
        raise OSError

    tracker.watch = cut
    told = sync("--adopt", "--yes", code=1)
    assert "Tickets: nothing is adopted: no answer" in told.stderr
    assert path_of(tmp_path).read_text() == before


def test_without_a_token_nothing_is_done(
    sync: Run, tracker: DrawnTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said which variable is missing."""
    monkeypatch.delenv("AFTERWORD_TICKETS_TOKEN")
    assert "Tickets: AFTERWORD_TICKETS_TOKEN is not set" in sync("--create", code=2).stderr
    assert tracker.requests == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--drafts",), "--drafts goes with --create"),
        (("--yes",), "--yes goes with --adopt"),
        (("--create", "--tracker", "a", "--tracker", "b"), "give --tracker once"),
        (("--create", "--tracker", "Ticket"), "(did you mean 'Tickets'?)"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, sync: Run, tracker: DrawnTracker) -> None:
    """What is missing, or too much, is said, and nothing is asked."""
    assert said in sync(*arguments, code=2).stderr
    assert tracker.requests == []
