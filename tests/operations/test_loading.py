"""What is read from an archive's folder, and what beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import operations
from afterword.operations import CannotRunError
from tests.conftest import drawn

RECORD = "---\ntitle: {title}\ndate: 2026-03-14\nseverity: sev3\n---\n\n{body}\n"
NAME = "2026-03-14-errors.md"


def test_a_stray_file_takes_no_records_place(tmp_path: Path) -> None:
    """A file named on the command line is judged, and others still find the archive's record of that id."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "",
        f"postmortems/{NAME}": RECORD.format(title="Kept", body=""),
        f"drafts/{NAME}": RECORD.format(title="Stray", body=""),
        "drafts/2026-03-15-other.md": "---\naliases: [2026-03-14-errors, 2026-03-14-new]\n---\n",
    }
    with drawn(tmp_path, tree):
        archive = operations.load(paths=[tmp_path / "drafts"], start=tmp_path).archive
    kept, stray = archive.find("2026-03-14-errors"), archive.find("2026-03-14-new")
    assert kept is not None and kept.header.title == "Kept"
    assert stray is not None and stray.path == "drafts/2026-03-15-other.md"
    assert len(archive.records) == 3


def test_records_and_pages_link_attachments(tmp_path: Path) -> None:
    """Also by an escaped name; what nothing links to is not linked."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "",
        f"postmortems/{NAME}": RECORD.format(title="Errors", body="[a](a.csv)"),
        "postmortems/handbook.md": "[b](two%20words.csv)",
        "postmortems/a.csv": "1",
        "postmortems/two words.csv": "1",
        "postmortems/c.csv": "1",
    }
    with drawn(tmp_path, tree):
        archive = operations.load(start=tmp_path).archive
    linked = {attachment.folder_path: attachment.linked for attachment in archive.attachments}
    assert linked == {"a.csv": True, "two words.csv": True, "c.csv": False}


def test_the_settings_are_no_attachment(tmp_path: Path) -> None:
    """Where they lie in the archive's own folder."""
    with drawn(tmp_path, {"afterword.yml": "archive: .\n", NAME: RECORD.format(title="Errors", body="")}):
        archive = operations.load(start=tmp_path).archive
    assert archive.attachments == ()
    assert [record.path for record in archive.records] == [NAME]


def test_a_missing_archive_is_explained_by_the_settings(tmp_path: Path) -> None:
    """A folder that the settings name and that cannot be read is said beside the default that was looked for."""
    with drawn(tmp_path, {"afterword.yml": "archive: ../records\n"}), pytest.raises(CannotRunError) as raised:
        operations.load(start=tmp_path)
    assert "\n  afterword.yml:1:10: archive '../records' leaves the folder of this file" in str(raised.value)


def test_a_file_that_is_too_large_shows_its_beginning(tmp_path: Path) -> None:
    """At most 256 KB of it, no part of a character, and how much is left out."""
    content = ("a" + "é" * 200_000).encode()
    with drawn(tmp_path, {"afterword.yml": "", f"postmortems/{NAME}": content}):
        record = operations.load(start=tmp_path).archive.records[0]
    assert record.unreadable == "a" + "é" * (128 * 1024 - 1)
    assert record.unshown == len(content) - 256 * 1024


def test_a_missing_folder_of_several_is_said(tmp_path: Path) -> None:
    """The others are read."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "archives: [postmortems, elsewhere]\n",
        f"postmortems/{NAME}": RECORD.format(title="Errors", body=""),
    }
    with drawn(tmp_path, tree):
        archive = operations.load(start=tmp_path).archive
    assert len(archive.records) == 1
    assert [finding.message for finding in archive.findings] == [
        "the archive folder elsewhere does not exist"
    ]


@pytest.mark.parametrize(
    "place", ["incidents.csv", "postmortems/incidents.csv", "postmortems/2026-03-14-all.md"]
)
def test_the_incident_list_is_neither_record_nor_attachment(tmp_path: Path, place: str) -> None:
    """Wherever it lies and whatever links to it; naming it on the command line judges it as the list that it is."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "" if place.endswith("incidents.csv") else f"incidents: {place}\n",
        f"postmortems/{NAME}": RECORD.format(title="Errors", body="[all](incidents.csv)"),
        place: "id,severity,closed,class\nINC-1,sev1,2026-03-02,\nINC-1,sev9,,\n",
    }
    with drawn(tmp_path, tree):
        found = operations.find(start=tmp_path, paths=[tmp_path / place])
        judged = operations.judge(found)
        archive = operations.load(start=tmp_path).archive
    assert archive.attachments == () and [each.path for each in archive.records] == [f"postmortems/{NAME}"]
    assert archive.incidents is not None and [each.id for each in archive.incidents.incidents] == ["INC-1"]
    rules = {each.rule for each in judged.findings if each.path == place}
    assert rules == {"incident-list", "missing-postmortem"}


def test_settings_name_an_incident_list_that_is_there(tmp_path: Path) -> None:
    """One that is not there is a finding about the settings, and no list is read in its place."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "format: 1\nincidents: tracker.csv\n",
        f"postmortems/{NAME}": RECORD.format(title="Errors", body=""),
        "incidents.csv": "id\n",
    }
    with drawn(tmp_path, tree):
        archive = operations.load(start=tmp_path).archive
    assert archive.incidents is None
    told = [(each.message, each.span.line, each.span.column) for each in archive.findings]
    assert told == [("the incident list tracker.csv does not exist", 2, 12)]
