"""`afterword sync`: what it prints, how it ends, and what it never says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.drawn_actions import run
from tests.command import afterword
from tests.operations.drawn_tickets import ENVIRONMENT, draw_archive, snapshot
from tests.trackers.drawn_tracker import DrawnServer, register, unregister
from tests.trackers.scripted_server import Told, answering

Sync = Callable[..., Result]


@pytest.fixture
def tracker() -> DrawnServer:
    """Give a tracker with two tickets."""
    return DrawnServer({"PAY-1": "open", "PAY-2": "Parked"})


@pytest.fixture
def sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tracker: DrawnServer) -> Iterator[Sync]:
    """Give what runs the command in an archive that names tickets of it."""
    register()
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, ["PAY-1", "PAY-2", "PAY-3"])
        for name, value in {**ENVIRONMENT, "AFTERWORD_PAY_DESK_HOST": server.host}.items():
            monkeypatch.setenv(name, value)
        yield lambda *arguments, code=0: run(tmp_path, monkeypatch, "sync", *arguments, code=code)
    unregister()


def test_what_changed_is_said(sync: Sync, tmp_path: Path, tracker: DrawnServer) -> None:
    """Ticket by ticket, with words that mean nothing here; the second time nothing has changed."""
    first = sync()
    assert first.stdout == (
        "Pay desk: 3 of 3 tickets told, 3 changed\n  PAY-1: open\n  PAY-2: Parked\n  PAY-3: gone\n"
    )
    assert first.stderr == (
        "Pay desk: 'Parked': what this means is not known, write it under `states` of the tracker in the settings\n"
        "wrote tickets.json\n"
    )
    again = sync()
    assert again.stdout == "Pay desk: 3 of 3 tickets told, 0 changed\n"
    assert again.stderr == "tickets.json is as it was\n"
    tracker.states.update({"PAY-1": "done", "PAY-2": "Postponed"})
    assert "  PAY-1: open → done\n  PAY-2: Parked → Postponed\n" in sync().stdout
    tracker.states["PAY-1"] = "closed"
    assert "  PAY-1: done → closed\n" in sync().stdout


def test_a_dry_run_writes_nothing(sync: Sync, tmp_path: Path) -> None:
    """It asks, and says what would change."""
    shown = sync("--dry-run")
    assert "  PAY-1: open\n" in shown.stdout
    assert shown.stderr.endswith("tickets.json would change\n")
    assert not (tmp_path / "tickets.json").exists()


def test_a_tracker_that_does_not_tell_all_is_an_exit_of_one(
    sync: Sync, tmp_path: Path, tracker: DrawnServer
) -> None:
    """What was known is kept, why is said, and nothing that is printed holds the token or obeys the tracker."""
    sync()
    tracker.turn = lambda number: Told({"message": "::error:: t0ken \x1b[31m no"}, 401)
    failed = sync(code=1)
    assert failed.stdout == "Pay desk: 0 of 3 tickets told, 0 changed\n"
    assert "does not know the token in AFTERWORD_PAY_DESK_TOKEN ('::error:: … [31m no')" in failed.stderr
    assert "what was known of 3 tickets is kept" in failed.stderr
    assert "t0ken" not in failed.output + (tmp_path / "tickets.json").read_text()
    assert snapshot(tmp_path)["Pay desk"]["tickets"]["pay-1"]["status"] == "open"


def test_what_cannot_be_read_in_the_settings_is_said_with_its_place(sync: Sync, tmp_path: Path) -> None:
    """A pipeline that brings tickets in shows no other output; what was not known is not kept."""
    settings = tmp_path / "afterword.yml"
    settings.write_text(settings.read_text().replace('api: "http:', 'api: "htp:'))
    said = sync(code=1).stderr
    assert said.startswith("afterword.yml:2:") and "is no web address, expected https://…\n" in said
    assert "is kept" not in said


def test_without_a_token_the_variable_is_named(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whoever set it up can set it."""
    monkeypatch.delenv("AFTERWORD_PAY_DESK_TOKEN")
    assert "AFTERWORD_PAY_DESK_TOKEN is not set" in sync(code=1).stderr


def test_the_command_runs_as_it_is_installed(tmp_path: Path) -> None:
    """With an export in the repository, and no network."""
    draw_archive(
        tmp_path, "", ["OLD-1"], "trackers: [{ name: Old, key: OLD-#, kind: file, file: old.csv }]\n"
    )
    (tmp_path / "old.csv").write_text("key,status\nOLD-1,Resolved\n")
    done = afterword("sync", folder=tmp_path)
    assert done.stdout == "Old: 1 of 1 ticket told, 1 changed\n  OLD-1: done\n"
    assert snapshot(tmp_path)["Old"]["tickets"]["old-1"]["state"] == "Resolved"
    wrong = afterword("sync", "--tracker", "Odl", folder=tmp_path, code=2)
    assert "expected one of Old (did you mean 'Old'?)" in wrong.stderr


def test_an_export_that_is_odd_is_said_and_costs_no_day(tmp_path: Path) -> None:
    """A day that cannot be read leaves the one of the run before; rows that contradict each other are told."""
    draw_archive(
        tmp_path, "", ["OLD-1"], "trackers: [{ name: Old, key: OLD-#, kind: file, file: old.csv }]\n"
    )
    (tmp_path / "old.csv").write_text("key,status,due\nOLD-1,open,2026-05-02\n")
    afterword("sync", folder=tmp_path)
    (tmp_path / "old.csv").write_text("key,status,due\nOLD-1,open,2026-05-02\nOLD-1,Resolved,soon\n")
    told = afterword("sync", folder=tmp_path, code=1)
    assert told.stdout == "Old: 1 of 1 ticket told, 1 changed\n  OLD-1: open → done\n"
    assert "old.csv: OLD-1 stands in several rows that differ" in told.stderr
    assert "due 'soon' of OLD-1 is no day and stays 2026-05-02" in told.stderr
    kept = snapshot(tmp_path)["Old"]["tickets"]["old-1"]
    assert (kept["status"], kept["due"]) == ("done", "2026-05-02")
