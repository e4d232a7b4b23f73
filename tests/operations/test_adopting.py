"""What trackers say, written into the rows of records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from afterword import operations
from afterword.model.action import Status
from afterword.model.ticket import TicketState
from afterword.operations.actions.adopting import Adopted, Behind, adopted
from tests.cli.drawn_actions import SETTINGS, record

TODAY = dt.date(2026, 5, 10)
AS_OF = dt.date(2026, 5, 9)
PATH = "postmortems/2026-03-14-checkout-errors.md"
NOTES = (
    "| ID | Action | Owner | Due | Ticket | Category | Status | Notes |\n|---|---|---|---|---|---|---|---|\n"
)
CLOSED = (
    "| ID | Action | Owner | Due | Ticket | Category | Status | Closed |\n|---|---|---|---|---|---|---|---|\n"
)
HEAD = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n"
START = "| A1 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-1 | prevent | "


def adopt(
    folder: Path, row: str, *states: TicketState, head: str = HEAD, settings: str = SETTINGS
) -> Adopted:
    """Adopt the states of tickets, in the order of the rows."""
    (folder / "afterword.yml").write_text(settings)
    (folder / "postmortems").mkdir(exist_ok=True)
    (folder / PATH).write_text(record(row, head))
    loaded = operations.load(folder / "afterword.yml", folder)
    only = loaded.archive.records[0]
    behind = [
        Behind(only, action, state, "Tickets", AS_OF)
        for action, state in zip(only.actions, states, strict=True)
    ]
    return adopted(loaded, behind, TODAY)


def row(made: Adopted, number: int = 1) -> str:
    """Give a row as it would be written."""
    (change,) = made.changes
    return next(line for line in change.after.splitlines() if line.startswith(f"| A{number} "))


@pytest.mark.parametrize(
    ("head", "before", "state", "after"),
    [
        (HEAD, "open |", TicketState("PAY-1", Status.DONE, closed=dt.date(2026, 5, 2)), "done 2026-05-02 |"),
        (HEAD, "open |", TicketState("PAY-1", Status.DONE), "done 2026-05-09 |"),
        (HEAD, "Open |", TicketState("PAY-1", Status.IN_PROGRESS), "In progress |"),
        (HEAD, "done 2026-04-02 |", TicketState("PAY-1", Status.OPEN), "open |"),
        (
            CLOSED,
            "done | 2026-04-02 |",
            TicketState("PAY-1", Status.IN_REVIEW),
            "in review |            |",
        ),
        (
            CLOSED,
            "open | |",
            TicketState("PAY-1", Status.DONE, closed=dt.date(2026, 5, 2)),
            "done | 2026-05-02 |",
        ),
        (
            NOTES,
            "open | |",
            TicketState("PAY-1", Status.CANCELLED, "Won't | do"),
            "cancelled 2026-05-09 | Won't \\| do in Tickets |",
        ),
        (
            NOTES,
            "open | It is gone. |",
            TicketState("PAY-1", Status.CANCELLED, "Won't do"),
            "cancelled 2026-05-09 | It is gone. |",
        ),
    ],
)
def test_states(head: str, before: str, state: TicketState, after: str, tmp_path: Path) -> None:
    """A day stands where the table has it and goes where nothing is closed any more; a cancellation gets its reason."""
    assert row(adopt(tmp_path, f"{START}{before}\n", state, head=head)) == START + after


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ("in progress |", TicketState("PAY-1", Status.OPEN)),
        ("open |", TicketState("PAY-1", None, "Triage")),
        ("open |", TicketState("PAY-1", gone=True)),
        ("candidate |", TicketState("PAY-1", Status.DONE)),
        ("done 2026-04-02 |", TicketState("PAY-1", Status.DONE, owner="Tansy Inkersley", due=TODAY)),
        ("open |", TicketState("PAY-1", Status.OPEN, login="@juno")),
        ("open |", TicketState("PAY-1", Status.OPEN, owner="Juno Papercliff", login="jp-17")),
        ("open |", TicketState("PAY-1", Status.OPEN, login="jp-17")),
        ("open |", TicketState("PAY-1", Status.OPEN)),
    ],
)
def test_what_stays(before: str, state: TicketState, tmp_path: Path) -> None:
    """What the tracker does not tell, or tells with less; a candidate; owner and day of what is closed on both sides; one person under two names."""
    assert adopt(tmp_path, f"{START}{before}\n", state) == Adopted(())


def test_owner_and_day(tmp_path: Path) -> None:
    """The owner by the roster's name, found by the login; both in one change of the row."""
    state = TicketState("PAY-1", Status.OPEN, login="tansy", due=dt.date(2026, 5, 20))
    made = adopt(tmp_path, f"{START}done 2026-04-02 |\n", state)
    assert row(made) == ("| A1 | Double the pool | Tansy Inkersley | 2026-05-20 | PAY-1 | prevent | open |")


def test_without_a_roster_the_name_is_the_trackers(tmp_path: Path) -> None:
    """There is nobody to compare it with."""
    state = TicketState("PAY-1", Status.OPEN, owner="Tansy Inkersley", login="tansy")
    assert "| Tansy Inkersley |" in row(adopt(tmp_path, f"{START}open |\n", state, settings=""))


def test_who_is_not_in_the_roster_is_told(tmp_path: Path) -> None:
    """And what else the tracker says is written."""
    state = TicketState("PAY-1", Status.IN_REVIEW, owner="Nobody Known")
    made = adopt(tmp_path, f"{START}open |\n", state)
    assert "| Juno Papercliff |" in row(made)
    assert row(made).endswith("| in review |")
    (said,) = made.left_out
    assert said.startswith(f"{PATH}:")
    assert "Nobody Known's in Tickets, who is none of the settings' `people`" in said


@pytest.mark.parametrize(
    ("before", "state", "said"),
    [
        ("**open** |", TicketState("PAY-1", Status.DONE), "its status is written with markup"),
        ("open |", TicketState("PAY-1", Status.DONE, closed=dt.date(2026, 5, 11)), "still to come"),
        ("open |", TicketState("PAY-1", Status.DONE, closed=dt.date(2026, 3, 1)), "before the incident"),
        ("open |", TicketState("PAY-1", Status.CANCELLED), "add the column `Notes`"),
    ],
)
def test_what_cannot_be_written_is_told(before: str, state: TicketState, said: str, tmp_path: Path) -> None:
    """With its place; the other rows are written."""
    other = "| A2 | Halve the load | Juno Papercliff | 2026-03-28 | PAY-2 | prevent | open |\n"
    made = adopt(tmp_path, f"{START}{before}\n{other}", state, TicketState("PAY-2", Status.DONE))
    assert row(made) == f"{START}{before}"
    assert row(made, 2).endswith("| done 2026-05-09 |")
    (told,) = made.left_out
    assert told.startswith(f"{PATH}:")
    assert said in told


@pytest.mark.parametrize("name", ["*Tansy*", "T <b>", "T | U\n| A9 | x |", "<!-- internal -->", "-"])
def test_a_name_that_reads_otherwise_is_not_written(name: str, tmp_path: Path) -> None:
    """What a tracker says is as untrusted as any text: it changes the owner's cell or nothing."""
    made = adopt(
        tmp_path, f"{START}open |\n", TicketState("PAY-1", Status.IN_REVIEW, owner=name), settings=""
    )
    assert len(made.changes[0].after.splitlines()) == len(made.changes[0].before.splitlines())
    assert "| in review |" in row(made)
    if "\n" not in name:
        assert "reads otherwise in the table" in made.left_out[0]


BOARDS = """
trackers:
  - { name: Tickets, key: PAY-#, kind: jira, url: "https://tracker.example/PAY-#" }
  - { name: Shop, key: "##", kind: github, url: "https://code.example/acme/shop/issues/#" }
  - { name: Other, key: "##", kind: github, url: "https://code.example/acme/other/issues/#" }
  - { name: Operations, key: OPS-#, kind: jira }
"""


@pytest.mark.parametrize(
    ("cell", "moved_to", "url", "becomes"),
    [
        ("PAY-1", "OPS-12", "", "OPS-12"),
        ("pay-1 ", "PAY-40", "https://tracker.example/PAY-1", "PAY-40"),
        ("[PAY-1](https://tracker.example/PAY-1)", "OPS-12", "https://x.example/OPS-12", "OPS-12"),
        ("<https://tracker.example/PAY-1>", "OPS-12", "", "OPS-12"),
        ("PAY-1", "acme/shop#7", "https://code.example/acme/shop/issues/7", "#7"),
        (
            "PAY-1",
            "acme/other#7",
            "https://code.example/acme/other/issues/7",
            "[#7](https://code.example/acme/other/issues/7)",
        ),
    ],
)
def test_a_ticket_that_has_moved_is_named_where_it_is(
    cell: str, moved_to: str, url: str, becomes: str, tmp_path: Path
) -> None:
    """By its new key, or by a link where several trackers write that key; also of an action that is done."""
    before = f"| A1 | Double the pool | Juno Papercliff | 2026-03-28 | {cell} | prevent | done 2026-04-02 |\n"
    state = TicketState("PAY-1", Status.DONE, moved_to=moved_to, url=url)
    made = adopt(tmp_path, before, state, settings=SETTINGS + BOARDS)
    assert [each.strip() for each in row(made).split("|")][5] == becomes
    assert made.left_out == ()


@pytest.mark.parametrize(
    ("cell", "moved_to", "url", "said"),
    [
        (
            "PAY-1",
            "acme/site#7",
            "https://code.example/acme/site/issues/7",
            "fits no tracker of the settings",
        ),
        ("PAY-1", "acme/site#7", "https://tracker.example/PAY-1", "fits no tracker of the settings"),
        ("[PAY-1](https://tracker.example/PAY-1) and more", "OPS-12", "", "names more than a ticket"),
        ("PAY-1", "a | b\n`c`", "", "fits no tracker of the settings"),
    ],
)
def test_where_a_moved_ticket_is_may_not_be_written(
    cell: str, moved_to: str, url: str, said: str, tmp_path: Path
) -> None:
    """Nobody described the tracker it went to, or the cell says more than its key: that is told, and nothing written."""
    before = f"| A1 | Double the pool | Juno Papercliff | 2026-03-28 | {cell} | prevent | open |\n"
    state = TicketState("PAY-1", Status.OPEN, moved_to=moved_to, url=url, owner="Juno Papercliff")
    made = adopt(tmp_path, before, state, settings=SETTINGS + BOARDS)
    assert made.changes == () and said in " ".join(made.left_out)
