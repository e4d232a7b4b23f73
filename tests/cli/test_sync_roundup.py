"""`afterword sync` and a real Roundup: from an empty tracker to a ticket for every promise, and what was done there brought back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.drawn_actions import draw_archive, path_of, record, run
from tests.trackers.roundup_server import PASSWORD, USER, administer, roundup

SETTINGS = """\
timezone: UTC
trackers:
  - {{ name: Desk, key: issue#, url: "{address}/issue#", can_open: true, kind: roundup, api: "{address}" }}
"""


def filled(folder: Path, monkeypatch: pytest.MonkeyPatch, promises: int) -> None:
    """Open tickets for so many actions in an empty tracker, finish one there, and see what comes back; each step twice."""
    rows = "".join(
        f"| A{number} | Keep promise {number} | Juno Papercliff | 2026-06-{number % 28 + 1:02} |  | prevent | open |\n"
        for number in range(1, promises + 1)
    )
    with roundup(folder) as address:
        archive = folder / "archive"
        archive.mkdir()
        draw_archive(archive, SETTINGS.format(address=address))
        path_of(archive).write_text(record(rows).replace("in-review", "final"))
        monkeypatch.setenv("AFTERWORD_DESK_TOKEN", PASSWORD)
        monkeypatch.setenv("AFTERWORD_DESK_HOST", address.removeprefix("http://"))
        monkeypatch.setenv("AFTERWORD_DESK_USER", USER)
        assert f"opened {promises} tickets" in run(archive, monkeypatch, "sync", "--create", code=0).stderr
        written = path_of(archive).read_text()
        assert all(f"issue{number}" in written for number in range(1, promises + 1))
        assert "no ticket is missing" in run(archive, monkeypatch, "sync", "--create", code=0).stderr
        # What was written is lost, as when a pipeline is killed before it pushes: the tickets are found again.
        path_of(archive).write_text(record(rows).replace("in-review", "final"))
        run(archive, monkeypatch, "sync", "--create", code=0)
        assert path_of(archive).read_text() == written
        assert len(administer(folder, "list", "issue").splitlines()) == promises
        administer(folder, "set", "issue2", "status=resolved")
        run(archive, monkeypatch, "sync", code=0)
        known = json.loads((archive / "tickets.json").read_text())["trackers"]["Desk"]["tickets"]
        assert len(known) >= promises
        assert (known["issue1"]["status"], known["issue2"]["status"]) == ("open", "done")


@pytest.mark.slow
def test_a_real_tracker_gets_its_tickets_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three promises get three tickets, which are found again."""
    filled(tmp_path, monkeypatch, 3)


@pytest.mark.slow
def test_a_real_tracker_is_filled_from_empty_to_200(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 promises get 200 tickets, which are found again."""
    filled(tmp_path, monkeypatch, 200)
