"""Tickets for promises that have none: which are opened, what stands in them, and what the records say then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword import operations
from afterword.derive.promises.ticket_marks import ticket_mark
from afterword.model.finding import Level
from afterword.model.settings import Settings, Tracker
from afterword.model.ticket import TicketState
from afterword.operations.actions.missing_tickets import tracker_to_open_in
from afterword.operations.actions.ticket_opening import Opening, open_tickets
from afterword.trackers.tracker import NewTicket
from tests.cli.drawn_actions import record
from tests.operations.drawn_tracker import DrawnClient, DrawnTracker, WithdrawingClient, running

TRACKER = Tracker("Tickets", "PAY-#", "https://tracker.example/PAY-#", can_open=True, kind="drawn")
SETTINGS = 'timezone: UTC\ntrackers: [{name: Tickets, key: PAY-#, url: "https://tracker.example/PAY-#", can_open: true}]\n'
CHECKOUT = "2026-03-14-checkout-errors"
ROWS = """\
| A1 | Double the pool | Juno Papercliff | 2026-03-28 |  | prevent | open |
| A2 | Page at 90 % | Juno Papercliff | 2026-05-03 | - | detect | in progress |
| A3 | Halve the load | Juno Papercliff | 2026-04-20 |  | prevent | done 2026-04-02 |
| A4 | Show the pool | | | | detect | candidate |
| A5 | Time out | Juno Papercliff | 2026-06-01 | PAY-9 | prevent | open |
"""


@pytest.fixture
def tracker() -> Iterator[DrawnTracker]:
    """Run an empty tracker."""
    with running() as drawn:
        yield drawn


def draw(folder: Path, rows: str = ROWS, status: str = "final", settings: str = SETTINGS) -> Path:
    """Write an archive of one record, and give its file."""
    (folder / "afterword.yml").write_text(settings)
    place = folder / "postmortems" / f"{CHECKOUT}.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(record(rows).replace("in-review", status), "utf-8")
    return place


def opened(
    folder: Path,
    tracker: DrawnTracker,
    *,
    dry_run: bool = False,
    of_drafts: bool = False,
    client: type[DrawnClient] = WithdrawingClient,
) -> Opening:
    """Open what is missing."""
    loaded = operations.load(folder / "afterword.yml", folder)
    return open_tickets(loaded, TRACKER, client(tracker.address), dry_run=dry_run, of_drafts=of_drafts)


def rows(place: Path) -> list[str]:
    """Give the rows of actions as they are written."""
    return [line for line in place.read_text().splitlines() if line.startswith("| A")]


def test_unfinished_promises_without_a_ticket_get_one(tmp_path: Path, tracker: DrawnTracker) -> None:
    """The key is written into the cell, and no other character changes; a second run opens nothing."""
    place = draw(tmp_path)
    before = place.read_text()
    done = opened(tmp_path, tracker)
    assert [(each.reference, each.key, each.opened) for each in done.named] == [
        (f"{CHECKOUT}#A1", "PAY-1", True),
        (f"{CHECKOUT}#A2", "PAY-2", True),
    ]
    after = before.replace("2026-03-28 |  |", "2026-03-28 | PAY-1 |").replace(
        "2026-05-03 | - |", "2026-05-03 | PAY-2 |"
    )
    assert place.read_text() == after
    asked = len(tracker.requests)
    assert opened(tmp_path, tracker).named == []
    assert len(tracker.requests) == asked


def test_a_ticket_tells_what_is_to_be_done_and_leads_back(tmp_path: Path, tracker: DrawnTracker) -> None:
    """With the address of the action on the site; nobody is called by a name that stands in the record."""
    draw(tmp_path, "| A1 | Tell @oncall, or `/close` | @juno (payments) | 2026-03-28 |  | prevent | open |\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nsite_url: https://pm.example.org/x\ndocs_dir: postmortems\n"
    )
    opened(tmp_path, tracker)
    (ticket,) = tracker.tickets
    assert ticket["title"] == "Tell @oncall, or /close"
    assert ticket["description"].splitlines() == [
        f"Action A1 of the post-mortem Checkout returned errors ({CHECKOUT}):",
        "",
        "Action: Tell @\u200boncall, or /close",
        "",
        "Owner: juno",
        "Due: 2026-03-28",
        "Category: prevent",
        "",
        f"Record: https://pm.example.org/x/2026/{CHECKOUT}/#a1",
        "",
        f"Opened by Afterword, which finds this ticket again by the word {ticket_mark(CHECKOUT, 'A1')}",
    ]


def test_without_an_address_the_file_is_named(tmp_path: Path, tracker: DrawnTracker) -> None:
    """There may be no site."""
    draw(tmp_path)
    opened(tmp_path, tracker)
    assert f"Record: postmortems/{CHECKOUT}.md" in tracker.tickets[0]["description"]


def test_a_dry_run_says_what_would_happen(tmp_path: Path, tracker: DrawnTracker) -> None:
    """The tracker is searched: a ticket that was opened before is told with its key."""
    place = draw(tmp_path)
    opened(tmp_path, tracker)
    draw(tmp_path, ROWS + "| A6 | Write it down | Juno Papercliff | 2026-06-01 | | process | open |\n")
    before = place.read_text()
    told = opened(tmp_path, tracker, dry_run=True)
    assert [(each.reference[-2:], each.key, each.opened) for each in told.named] == [
        ("A1", "PAY-1", False),
        ("A2", "PAY-2", False),
        ("A6", "", True),
    ]
    assert place.read_text() == before
    assert len(tracker.tickets) == 2


def test_records_that_are_not_final_wait(tmp_path: Path, tracker: DrawnTracker) -> None:
    """Unless they are asked for."""
    draw(tmp_path, status="in-review")
    assert opened(tmp_path, tracker).named == []
    assert len(opened(tmp_path, tracker, of_drafts=True).named) == 2


def test_a_renamed_record_keeps_its_tickets(tmp_path: Path, tracker: DrawnTracker) -> None:
    """What was opened under a former id is found by the alias."""
    place = draw(tmp_path)
    opened(tmp_path, tracker)
    text = record(ROWS).replace("in-review", "final").replace("kind:", f"aliases: [{CHECKOUT}]\nkind:")
    place.unlink()
    (place.parent / "2026-03-14-baskets-lost.md").write_text(text)
    found = opened(tmp_path, tracker)
    assert [(each.reference, each.key, each.opened) for each in found.named] == [
        ("2026-03-14-baskets-lost#A1", "PAY-1", False),
        ("2026-03-14-baskets-lost#A2", "PAY-2", False),
    ]


def test_the_ticket_of_another_action_is_not_taken(tmp_path: Path, tracker: DrawnTracker) -> None:
    """An id that is used again would find the ticket of its former action, which that one still names."""
    place = draw(tmp_path, ROWS.splitlines(keepends=True)[0])
    opened(tmp_path, tracker)
    kept = rows(place)[0].replace("A1", "A2")
    new = "| A1 | Write it down | Juno Papercliff | 2026-06-01 |  | process | open |"
    draw(tmp_path, f"{new}\n{kept}\n")
    done = opened(tmp_path, tracker)
    assert done.named == []
    assert f"{CHECKOUT}#A2 names it" in done.problems[0]
    assert rows(place) == [new, kept]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("| A | Do it | Juno | 2026-06-01 | | prevent | open |", "its id 'A' is none, expected such as A1"),
        ("| A1 | | Juno | 2026-06-01 | | prevent | open |", "its row does not say what is to be done"),
        ("| A1 | Do | it | Juno | 2026-06-01 | | prevent | open |", None),
        (
            "| A1 | x | J | 2026-06-01 | | prevent | open |\n| a1 | y | J | 2026-06-01 | | prevent | open |",
            "its record has several actions A1",
        ),
    ],
)
def test_rows_for_which_nothing_is_opened(
    row: str, reason: str | None, tmp_path: Path, tracker: DrawnTracker
) -> None:
    """What cannot be written into its row, or has no name of its own, is told before anything is opened."""
    draw(tmp_path, f"{row}\n")
    done = opened(tmp_path, tracker)
    assert tracker.tickets == []
    assert [each.reason for each in done.left_out][:1] == ([reason] if reason else [])


def test_a_table_without_the_column_gets_no_tickets(tmp_path: Path, tracker: DrawnTracker) -> None:
    """What can be done is said."""
    place = draw(tmp_path)
    text = place.read_text().replace(" Ticket |", "", 1).replace("---|", "", 1)
    place.write_text(text.replace(" |  | prevent | open", " | prevent | open"))
    done = opened(tmp_path, tracker)
    assert tracker.tickets == []
    assert "add the column `Ticket` to the table" in done.left_out[0].reason


def test_where_no_template_makes_the_address_a_link_is_written(tmp_path: Path, tracker: DrawnTracker) -> None:
    """So that readers get to the ticket."""
    place = draw(tmp_path, settings="timezone: UTC\n")
    opened(tmp_path, tracker)
    assert "| [PAY-1](https://tracker.example/PAY-1) |" in place.read_text()


def test_an_answer_that_is_lost_opens_nothing_twice(tmp_path: Path, tracker: DrawnTracker) -> None:
    """The connection is cut behind the opening of the first ticket: it is searched for at once."""
    place = draw(tmp_path)

    def cut(number: int, moment: str) -> None:
        if number == 2 and moment == "stored":
            raise OSError

    tracker.watch = cut
    done = opened(tmp_path, tracker)
    assert done.problems == []
    assert len(tracker.tickets) == 2
    assert "| PAY-1 |" in rows(place)[0]


def test_where_the_tracker_fails_what_is_done_is_written(tmp_path: Path, tracker: DrawnTracker) -> None:
    """From the third request on nothing is answered; the next run goes on where this one stopped."""
    place = draw(tmp_path)

    def cut(number: int, moment: str) -> None:
        if number >= 3:
            raise OSError

    tracker.watch = cut
    done = opened(tmp_path, tracker)
    assert [each.key for each in done.named] == ["PAY-1"]
    assert done.problems[0].startswith(f"Tickets: {CHECKOUT}#A2: no answer")
    tracker.watch = lambda number, moment: None
    assert [each.key for each in opened(tmp_path, tracker).named] == ["PAY-2"]
    assert len(rows(place)) == 5
    assert len(tracker.tickets) == 2


def test_what_is_opened_is_written_where_somebody_interrupts(tmp_path: Path, tracker: DrawnTracker) -> None:
    """Ctrl-C at the second ticket: the first has its key in the record."""
    place = draw(tmp_path)

    class Client(WithdrawingClient):
        def open(self, ticket: NewTicket) -> TicketState:
            if tracker.tickets:
                raise KeyboardInterrupt
            return super().open(ticket)

    with pytest.raises(KeyboardInterrupt):
        opened(tmp_path, tracker, client=Client)
    assert "| PAY-1 |" in rows(place)[0]
    assert "| - |" in rows(place)[1]


@pytest.mark.parametrize("client", [WithdrawingClient, DrawnClient])
def test_two_runs_that_find_nothing_at_the_same_moment(
    client: type[DrawnClient], tmp_path: Path, tracker: DrawnTracker
) -> None:
    """Another run opens the ticket between our search and our opening: the older ticket counts, ours is taken back, or named where that cannot be."""
    place = draw(tmp_path, ROWS.splitlines(keepends=True)[0])
    mark = ticket_mark(CHECKOUT, "A1")

    def be_quicker(number: int, moment: str) -> None:
        if number == 2 and moment == "asked":
            said = {"mark": mark, "title": "Double the pool", "description": f"of another run {mark}"}
            tracker.tickets.append({**said, "key": "PAY-1", "status": "open"})

    tracker.watch = be_quicker
    done = opened(tmp_path, tracker, client=client)
    assert "| PAY-1 |" in rows(place)[0]
    assert [(each.key, each.opened) for each in done.named] == [("PAY-1", False)]
    (note,) = done.notes
    if client is WithdrawingClient:
        assert tracker.standing() == {"Double the pool": ["PAY-1"]}
    else:
        assert "PAY-2 is a second ticket beside PAY-1, close one of them by hand" in note


@pytest.mark.parametrize("key", ["PAY-1](javascript:x)", "P | done |", "x\n| A9 | y |", ""])
def test_a_key_that_is_none_is_not_written(key: str, tmp_path: Path, tracker: DrawnTracker) -> None:
    """What a tracker answers is as untrusted as any text."""
    place = draw(tmp_path, ROWS.splitlines(keepends=True)[0])
    before = place.read_text()

    class Client(WithdrawingClient):
        def _ask(self, path: str, body: dict[str, object]) -> object:
            answer = super()._ask(path, body)
            return {**answer, "key": key} if path == "/open" else [{**each, "key": key} for each in answer]

    done = opened(tmp_path, tracker, client=Client)
    assert "which is no key" in done.problems[0]
    assert place.read_text() == before


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path, tracker: DrawnTracker) -> None:
    """Its tickets are told, and found by the next run."""
    place = draw(tmp_path)

    def change(number: int, moment: str) -> None:
        if number == 2 and moment == "asked":
            place.write_text(place.read_text() + "\nMore.\n")

    tracker.watch = change
    done = opened(tmp_path, tracker)
    assert done.named == []
    assert f"PAY-1 of {CHECKOUT}#A1" in done.problems[0]
    assert "the file was changed" in done.problems[0]
    assert place.read_text().endswith("More.\n")
    tracker.watch = lambda number, moment: None
    assert [each.opened for each in opened(tmp_path, tracker).named] == [False, False]


def test_check_finds_no_error_more_afterwards(tmp_path: Path, tracker: DrawnTracker) -> None:
    """What was written is what the format asks for."""
    draw(tmp_path)

    def errors() -> set[str]:
        loaded = operations.load(tmp_path / "afterword.yml", tmp_path)
        return {each.message for each in operations.check(loaded) if each.level is Level.ERROR}

    before = errors()
    opened(tmp_path, tracker)
    assert errors() <= before


@pytest.mark.parametrize(
    ("trackers", "name", "said"),
    [
        ((), "", "no tracker in which tickets can be opened"),
        ((Tracker("A", kind="x"),), "", "no tracker in which tickets can be opened"),
        ((Tracker("A", kind="x"),), "a", "no ticket can be opened in A: it has no `can_open: true`"),
        ((Tracker("A", can_open=True),), "A", "it has no `kind` in the settings"),
        ((TRACKER,), "Ticket", "no tracker 'Ticket' in the settings, expected one of Tickets (did you mean"),
        ((TRACKER, Tracker("B", can_open=True, kind="x")), "", "expected --tracker with one of Tickets, B"),
    ],
)
def test_there_must_be_one_tracker_to_open_in(trackers: tuple[Tracker, ...], name: str, said: str) -> None:
    """Otherwise it is said what is missing."""
    with pytest.raises(operations.CannotRunError) as refused:
        tracker_to_open_in(Settings(trackers=trackers), name)
    assert said in str(refused.value)
