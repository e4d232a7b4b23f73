"""The snapshot of tickets beside an archive: read with it, written whole, and never published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from afterword import operations
from afterword.model.settings import Settings
from afterword.model.ticket import Tickets, TrackerSnapshot
from afterword.operations.checking.checking import Allowance
from afterword.operations.reading.opening import open_archive
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.operations.snapshot import read_snapshot, snapshot_path, write_snapshot
from tests.conftest import drawn
from tests.drawn_record import complete_record
from tests.git import git

RECORD = complete_record(more="[The snapshot](../tickets.json), [here](tickets.json).")
NAME = "2026-03-14-errors.md"
SNAPSHOT = '{"format": 1, "trackers": {"Tickets": {"tickets": {"PAY-1": {"status": "done"}, "PAY-2": []}}}}'
TICKETS = Tickets("tickets.json", {"Tickets": TrackerSnapshot("Tickets", dt.date(2026, 3, 20), "", {})})


@pytest.mark.parametrize("place", ["tickets.json", "postmortems/tickets.json"])
def test_it_is_neither_record_nor_attachment(tmp_path: Path, place: str) -> None:
    """Wherever it lies and whatever links to it; naming it on the command line judges it as the snapshot that it is."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": f"tickets: {place}\n",
        f"postmortems/{NAME}": RECORD,
        place: SNAPSHOT,
    }
    with drawn(tmp_path, tree):
        archive = operations.load(start=tmp_path).archive
        judged = operations.judge(operations.find(start=tmp_path, paths=[tmp_path / place]))
    assert archive.attachments == () and [each.path for each in archive.records] == [f"postmortems/{NAME}"]
    assert list(archive.tickets.trackers["Tickets"].tickets) == ["pay-1"]
    assert {each.rule for each in judged.findings if each.path == place} == {"ticket-snapshot"}
    assert judged.records == ()


@pytest.mark.parametrize("place", ["docs/tickets.json", "docs/postmortems/tickets.json"])
def test_it_is_never_published(tmp_path: Path, place: str) -> None:
    """Wherever it lies among the documents, and though records, pages and the caller of the build ask for it."""
    src = place.removeprefix("docs/")
    tree: dict[str, str | bytes] = {
        "docs/afterword.yml": f"tickets: {src}\n",
        "docs/index.md": "[The snapshot](tickets.json), [and](postmortems/tickets.json)",
        f"docs/postmortems/2026/{NAME}": RECORD,
        "docs/postmortems/page.md": "[The snapshot](tickets.json)",
        place: SNAPSHOT,
    }
    with drawn(tmp_path, tree):
        opened = open_archive(tmp_path, tmp_path / "docs", "docs/afterword.yml", as_of=dt.date(2026, 6, 1))
        site = build_site(opened, SiteRequest(tmp_path, {"index.md": ""}, staying=[src]))
    assert site.is_taken(src)
    assert not [file.address for file in site.files if file.address.endswith("tickets.json")]
    assert (tmp_path / place).resolve() in {path.resolve() for path in site.watched}


def test_without_settings_there_is_none(tmp_path: Path) -> None:
    """No settings name a tracker, and a file of that name is another one."""
    with drawn(tmp_path, {f"postmortems/{NAME}": RECORD, "tickets.json": "[]"}):
        archive = operations.load(start=tmp_path).archive
    assert (archive.tickets, archive.findings) == (Tickets(), ())
    assert snapshot_path(Settings()) == ""
    assert snapshot_path(Settings(path="afterword.yml")) == "tickets.json"


def test_what_is_written_is_read_and_not_written_again(tmp_path: Path) -> None:
    """The same states leave the file alone; folders above it are made."""
    place = tmp_path / "state/tickets.json"
    assert write_snapshot(place, TICKETS)
    before = place.stat().st_mtime_ns
    assert not write_snapshot(place, TICKETS)
    assert place.stat().st_mtime_ns == before
    assert read_snapshot(place, "tickets.json") == (TICKETS, ())
    assert [each.name for each in place.parent.iterdir()] == ["tickets.json"]


def test_a_link_and_a_folder_are_no_snapshot(tmp_path: Path) -> None:
    """What a link leads to would be written over."""
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "linked.json").symlink_to(tmp_path / "package.json")
    (tmp_path / "folder.json").mkdir()
    for name, why in (
        ("linked.json", "a symbolic link, expected a file"),
        ("folder.json", "not an ordinary file"),
    ):
        found, findings = read_snapshot(tmp_path / name, name)
        assert (found, [each.message for each in findings]) == (Tickets(name), [f"not read: {why}"])


def test_what_was_found_in_it_before_is_left_out_since(tmp_path: Path) -> None:
    """With `--since` the snapshot of then is read, too."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "",
        f"postmortems/{NAME}": complete_record(),
        "tickets.json": SNAPSHOT,
    }
    with drawn(tmp_path, tree):
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", "all")
        (tmp_path / "tickets.json").write_text(SNAPSHOT.replace('"PAY-2": []', '"PAY-2": [], "PAY-3": []'))
        judged = operations.judge(operations.find(start=tmp_path), allowance=Allowance(since="HEAD"))
    assert [each.message for each in judged.findings] == [
        "ticket 'PAY-3' is no object, expected such as {status: open}"
    ]
