"""Actions beside what trackers say of their tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from afterword.derive.promises.drift import DriftKind, counterpart
from afterword.derive.promises.follow_through import action_views
from afterword.derive.promises.owners import Owners
from afterword.model.action import ActionItem, Status, Ticket
from afterword.model.archive import Archive
from afterword.model.markup import RichText
from afterword.model.settings import RosterEntry, Settings, Tracker
from afterword.model.span import START
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.parse.record import parse_record
from tests.drawn_record import complete_record

DAY = date(2026, 4, 1)
DUE = date(2026, 4, 28)
SETTINGS = Settings(
    path="afterword.yml",
    people=(RosterEntry("Juno Papercliff", id="juno"), RosterEntry("Tansy Inkersley", id="tansy")),
    trackers=(
        Tracker("Payments", "PAY-#", "https://tracker.example/browse/PAY-#", kind="jira"),
        Tracker("API", "##", "https://git.example/api/issues/#", kind="github"),
        Tracker("Web", "##", "https://git.example/web/issues/#", kind="github"),
    ),
)
ACTION = ActionItem(
    "A1",
    RichText((), "Double the pool"),
    START,
    "Juno Papercliff",
    DUE,
    Ticket("PAY-12"),
    "prevent",
    Status.OPEN,
)
TICKET = TicketState("PAY-12", Status.OPEN, "To do", "Pool", "Juno Papercliff", "jpapercliff", DUE)


def drift(
    action: ActionItem = ACTION,
    ticket: TicketState | None = TICKET,
    as_of: date = DAY,
    tracker: str = "Payments",
) -> list[str]:
    """Give what drifts, `kind: words`."""
    states = {ticket.key.lower(): ticket} if ticket else {}
    tickets = Tickets("tickets.json", {tracker: TrackerSnapshot(tracker, DAY, "", states)})
    found = counterpart(action, tickets, SETTINGS, Owners.of(SETTINGS), as_of)
    return [f"{each.kind}: {each.words}" for each in found.drifts] if found else ["nothing known"]


def test_the_same_is_no_drift() -> None:
    """Nor is a finer state, a title of the tracker's own, or a ticket without a day."""
    assert drift() == []
    assert drift(ticket=replace(TICKET, status=Status.IN_REVIEW, due=None, title="Other")) == []
    assert drift(replace(ACTION, status=None)) == []


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (Status.DONE, Status.OPEN, "closed here: done here, open ('To do') in Payments"),
        (Status.CANCELLED, Status.IN_PROGRESS, "closed here: cancelled here, in progress ('To do') in Payments"),
        (Status.IN_PROGRESS, Status.DONE, "closed there: in progress here, done ('To do') in Payments since 30 Mar 2026"),
        (None, Status.CANCELLED, "closed there: open here, cancelled ('To do') in Payments since 30 Mar 2026"),
        (Status.DONE, Status.CANCELLED, "ended otherwise: done here, cancelled ('To do') in Payments"),
    ],
)  # fmt: skip
def test_closed_on_one_side_alone(here: Status | None, there: Status, expected: str) -> None:
    """It is said once: whom it is with and when it is due no longer matters."""
    ticket = replace(TICKET, status=there, closed=date(2026, 3, 30), owner="Tansy Inkersley", due=None)
    assert drift(replace(ACTION, status=here), ticket) == [expected]


def test_the_trackers_own_word_is_left_out_where_it_says_the_same() -> None:
    """In any case; a state that means nothing here is no drift."""
    assert drift(ticket=replace(TICKET, status=Status.DONE, state="DONE")) == ["closed there: open here, done in Payments"]  # fmt: skip
    assert drift(replace(ACTION, status=Status.DONE), replace(TICKET, status=None, state="Limbo")) == []


@pytest.mark.parametrize(
    ("here", "name", "login"),
    [
        ("Juno Papercliff", "Juno Papercliff", ""),
        ("@juno (payments)", "Juno Papercliff", ""),
        ("Juno Papercliff", "", "juno"),
        ("juno", "JUNO", "juno"),
        ("Juno Papercliff", "Papercliff, Juno", "x1"),
        ("Juno Papercliff", "Juno", "x1"),
        ("Juno Papercliff", "Juno M. Papercliff", "x1"),
        ("Zoë Brück", "Zoe Bruck", "x1"),
        ("Juno Papercliff", "juno.papercliff@example.org", ""),
        ("Juno Papercliff", "jpapercliff", "jpapercliff"),
        ("Juno Papercliff", "", "jpapercliff"),
    ],
)  # fmt: skip
def test_one_person_has_many_spellings(here: str, name: str, login: str) -> None:
    """The roster's names and ids, parts of a name, another order, and a login that nobody can know."""
    assert drift(replace(ACTION, owner=here), replace(TICKET, owner=name, login=login)) == []


@pytest.mark.parametrize(
    ("here", "name", "login", "words"),
    [
        ("Juno Papercliff", "Tansy Inkersley", "tansy", "with Tansy Inkersley"),
        ("Juno Papercliff", "", "tansy", "with tansy"),
        ("Juno Papercliff", "Petra Vellumworth", "pv", "with Petra Vellumworth"),
        ("Petra Vellumworth", "tansy", "tansy", "with tansy"),
        ("Juno Papercliff", "", "", "with nobody"),
    ],
)  # fmt: skip
def test_another_owner(here: str, name: str, login: str, words: str) -> None:
    """Or nobody; an action without an owner is another finding."""
    ticket = replace(TICKET, owner=name, login=login)
    assert drift(replace(ACTION, owner=here), ticket) == [f"owner: with {here} here, {words} in Payments"]
    assert drift(replace(ACTION, owner=""), ticket) == []


def test_another_day() -> None:
    """Both are said; an action without a day is another finding."""
    ticket = replace(TICKET, due=date(2026, 6, 30))
    assert drift(ticket=ticket) == ["due: due 28 Apr 2026 here, 30 Jun 2026 in Payments"]
    assert drift(replace(ACTION, due=None), ticket) == []


def test_gone_moved_and_never_asked() -> None:
    """Of a ticket that is gone nothing else is said; one that has moved is compared."""
    assert drift(ticket=TicketState("PAY-12", gone=True)) == ["gone: Payments does not know PAY-12, or does not show it"]  # fmt: skip
    assert drift(ticket=replace(TICKET, moved_to="OPS-3", status=Status.DONE)) == [
        "moved: PAY-12 is OPS-3 in Payments now",
        "closed there: open here, done ('To do') in Payments",
    ]
    assert drift(ticket=replace(TICKET, moved_to="pay-12")) == []
    assert drift(ticket=None) == ["unasked: Payments was not asked about PAY-12 yet"]


def test_an_idea_has_promised_nothing() -> None:
    """Whatever became of its ticket."""
    assert drift(replace(ACTION, status=Status.CANDIDATE), replace(TICKET, status=Status.DONE)) == []


def test_what_was_asked_later_says_nothing_of_a_day() -> None:
    """Nor does a tracker that was never reached, or a ticket of none that is known."""
    assert drift(as_of=date(2026, 3, 31)) == ["nothing known"]
    assert drift(tracker="Other") == ["nothing known"]
    assert drift(replace(ACTION, ticket=Ticket("OPS-1"))) == ["nothing known"]
    assert drift(replace(ACTION, ticket=None)) == ["nothing known"]


def test_an_address_tells_which_of_two_repositories() -> None:
    """Their keys are written alike."""
    action = replace(ACTION, ticket=Ticket("#7", "https://git.example/web/issues/7"))
    assert drift(action, TicketState("#7", gone=True), tracker="Web") == ["gone: Web does not know #7, or does not show it"]  # fmt: skip
    assert drift(action, TicketState("#7", gone=True), tracker="API") == ["nothing known"]


def test_actions_of_retold_incidents_are_compared_with_nothing() -> None:
    """Nobody here owes them."""
    table = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n| A1 | Double the pool | Juno | 2026-04-28 | PAY-12 | prevent | open |\n"
    tickets = Tickets("tickets.json", {"Payments": TrackerSnapshot("Payments", DAY, "", {"pay-12": TicketState("PAY-12", gone=True)})})  # fmt: skip
    text = complete_record(actions=table)
    told = text.replace("kind: outage", "kind: outage\nretold_from: https://status.example.org/1")
    for raw, expected in ((text, [DriftKind.GONE]), (told, [])):
        record = parse_record(raw.encode(), "postmortems/2026-03-14-errors.md", SETTINGS)
        (view,) = action_views(Archive.of(SETTINGS, [record], tickets=tickets), DAY)
        kinds = [each.kind for each in view.counterpart.drifts] if view.counterpart else []
        assert kinds == expected
