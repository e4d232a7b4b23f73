"""The kind `file`: tickets from what trackers and spreadsheets export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.states import status_of
from afterword.trackers.table import client_of
from afterword.trackers.tracker import Surroundings, TrackerError

CSV = "key,status,title,owner,due,closed,url\nPAY-1,Done,Pool,Juno Papercliff,2026-05-02,2026-05-01T10:00:00Z,https://tracker.example/PAY-1\n"
EXPECTED = TicketState(
    "PAY-1",
    Status.DONE,
    "Done",
    "Pool",
    "Juno Papercliff",
    due=date(2026, 5, 2),
    closed=date(2026, 5, 1),
    url="https://tracker.example/PAY-1",
)


def asked(
    folder: Path, content: str | bytes, *keys: str, states: dict[str, str] | None = None
) -> list[TicketState]:
    """Write an export and ask for tickets in it."""
    (folder / "export.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    tracker = Tracker("Pay desk", "PAY-#", kind="file", file="export.txt", states=states or {})
    return list(client_of(tracker, Surroundings({}, folder)).states(keys or ("PAY-1",)))


@pytest.mark.parametrize(
    "content",
    [
        CSV,
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace(",", ";"),
        CSV.replace(",", "\t"),
        "sep=;\r\n" + CSV.replace(",", ";").replace("\n", "\r\n"),
        CSV.replace(
            "key,status,title,owner,due,closed", "Issue key,Status,Summary,Assignee,Due date,Resolved"
        ),
        "\n" + CSV.replace("Pool", '"Pool"').replace("PAY-1,Done", "pay-1 , Done "),
        '[{"key":"PAY-1","state":"Done","title":"Pool","owner":"Juno Papercliff","due":"2026-05-02","closed_at":"2026-05-01","url":"https://tracker.example/PAY-1"}]',
        '{"issues":[{"key":"PAY-1","fields":{"status":{"name":"Done"},"summary":"Pool","assignee":{"displayName":"Juno Papercliff"},"duedate":null,"due":"2026-05-02","resolved":"2026-05-01"},"url":"https://tracker.example/PAY-1"}]}',
        '{"PAY-1":{"status":"Done","title":"Pool","owner":"Juno Papercliff","due":"2026-05-02","closed":"2026-05-01","url":"https://tracker.example/PAY-1"}}',
    ],
)
def test_exports_are_read_under_the_names_they_have(tmp_path: Path, content: str | bytes) -> None:
    """Separators, heads, nesting and case of keys are those of whoever wrote the file."""
    assert asked(tmp_path, content) == [EXPECTED]


def test_what_the_file_does_not_hold_is_gone(tmp_path: Path) -> None:
    """So is one whose row has no key."""
    assert asked(tmp_path, CSV + ",Done,x,,,,\n", "PAY-1", "PAY-2")[1] == TicketState("PAY-2", gone=True)
    assert asked(tmp_path, CSV, "PAY-3") == [TicketState("PAY-3", gone=True)]


def test_the_settings_say_what_words_mean(tmp_path: Path) -> None:
    """Before what they mean elsewhere; a word that nobody explained means nothing."""
    (state,) = asked(tmp_path, CSV, states={"done": "in review"})
    assert state.status is Status.IN_REVIEW
    assert status_of("Waiting for Godot", Tracker("x")) is None
    assert status_of("Won't  Do", Tracker("x")) is Status.CANCELLED
    assert status_of("closed", Tracker("x"), Status.CANCELLED) is Status.CANCELLED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no column is headed key"),
        ("kye,status\nPAY-1,done\n", r"no column is headed key \(did you mean 'key'\?\)"),
        ("[1]", "expected a list of objects"),
        ('{"a": 1}', "expected a list of objects"),
        ("[{", "no JSON"),
        ("[" * 100_000, "export.txt: "),
        (b"\x00\x01\x02" * 50, "no text in UTF-8"),
        ("key,title\nPAY-1,Pool\n", "no column is headed status"),
        (
            'sep=,\nkey,status\nPAY-2,done\nPAY-1,"done\n',
            "line 4: unexpected end of data, expected each quotation",
        ),
        ("key,status,owner\nPAY-1,done,J\xfcrgen\n".encode("latin-1"), "no text in UTF-8 on line 2"),
        ("key,status\n", "holds no ticket"),
        ("[]", "holds no ticket"),
        ("id,status\n12,done\n", "holds no key such as PAY-1, its first is '12'"),
        ("key,state\n" + "PAY-1,done\n" * 100_001, "more than 100,000 rows"),
        (b" " * (16 * 1024 * 1024 + 1), "more than 16 MB"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: str | bytes, why: str) -> None:
    """No file breaks it."""
    with pytest.raises(TrackerError, match=why):
        asked(tmp_path, content)


def test_a_day_that_is_none_costs_only_itself(tmp_path: Path) -> None:
    """Everything else is told first."""
    (tmp_path / "export.txt").write_text("key,status,due\nPAY-1,done,next week\nPAY-2,open,2026-02-30\n")
    client = client_of(Tracker("x", kind="file", file="export.txt"), Surroundings({}, tmp_path))
    told = []
    with pytest.raises(TrackerError, match=r"due 'next week' of PAY-1 is no day, .*, and 1 more"):
        for state in client.states(["PAY-1", "PAY-2"]):
            told.append(state)
    assert [state.status for state in told] == [Status.DONE, Status.OPEN]


def test_a_day_that_is_none_leaves_the_one_that_was_known(tmp_path: Path) -> None:
    """It is told which stays; the rest of the row is taken."""
    (tmp_path / "export.csv").write_text("key,status,due\nPAY-1,done,next week\n")
    known = {"pay-1": TicketState("PAY-1", Status.OPEN, "open", due=date(2026, 5, 2))}
    client = client_of(Tracker("x", kind="file", file="export.csv"), Surroundings({}, tmp_path, known=known))
    told = []
    with pytest.raises(TrackerError, match=r"'next week' of PAY-1 is no day and stays 2026-05-02, expected"):
        for state in client.states(["PAY-1"]):
            told.append(state)
    assert [(state.status, state.due) for state in told] == [(Status.DONE, date(2026, 5, 2))]


def test_a_ticket_that_stands_twice_is_told(tmp_path: Path) -> None:
    """Where its rows differ, and somebody asks for it; the last of them counts."""
    (tmp_path / "export.csv").write_text(
        "key,status\nPAY-1,open\nPAY-2,open\npay-1,done\npay-2,open\nPAY-3,open\nPAY-3,done\n"
    )
    lines: list[str] = []
    around = Surroundings({}, tmp_path, lines.append)
    client = client_of(Tracker("x", kind="file", file="export.csv"), around)
    assert [state.status for state in client.states(["PAY-1", "PAY-2"])] == [Status.DONE, Status.OPEN]
    assert lines == ["export.csv: PAY-1 stands in several rows that differ, and the last one counts"]


def test_the_file_lies_in_the_folder_of_the_settings(tmp_path: Path) -> None:
    """A link that leads out of it is not followed, and one that is missing is named."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text(CSV)
    (inside / "export.csv").symlink_to(tmp_path / "secret.csv")
    (inside / "exports").mkdir()
    for file, why in (
        ("export.csv", "leads out"),
        ("exports", "is a folder"),
        ("other.csv", "is not there"),
        ("", "name no `file`"),
    ):
        with pytest.raises(TrackerError, match=why):
            client_of(Tracker("x", kind="file", file=file), Surroundings({}, inside))


def test_a_kind_that_is_not_known_is_guessed_at(tmp_path: Path) -> None:
    """The sentence says which there are."""
    with pytest.raises(
        TrackerError, match=r"kind 'flie' is not known, expected .*file.* \(did you mean 'file'\?\)"
    ):
        client_of(Tracker("x", kind="flie"), Surroundings({}, tmp_path))
