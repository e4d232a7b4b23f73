"""Roundup: a real one, which each test fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.roundup import Roundup, connect
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError
from tests.trackers.roundup_server import PASSWORD, USER, administer, roundup


def client_of(url: str, **settings: object) -> Roundup:
    """Connect to a Roundup as the settings and the environment say."""
    host = url.partition("://")[2]
    environment = {
        "AFTERWORD_DESK_TOKEN": str(settings.pop("password", PASSWORD)),
        "AFTERWORD_DESK_HOST": host,
        "AFTERWORD_DESK_USER": USER,
    }
    tracker = Tracker("desk", key="issue#", kind="roundup", api=url, **settings)  # type: ignore[arg-type]
    return connect(tracker, Surroundings(environment, Path.cwd()))


@dataclass(frozen=True)
class Desk:
    """A Roundup with the folder that it is in."""

    url: str
    folder: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve one Roundup whose schema knows due days."""
    folder = tmp_path_factory.mktemp("roundup")
    with roundup(folder, due_field="duedate") as url:
        yield Desk(url, folder)


def number(ticket: TicketState) -> str:
    """Give the number in a key."""
    return ticket.key.removeprefix("issue")


def test_a_ticket_is_opened_told_and_found_by_its_mark(desk: Desk) -> None:
    """What was opened has title, due day and address, and its mark finds it and nothing near it."""
    client = client_of(desk.url)
    wanted = NewTicket(
        "afterword0000000000000a01", "Alert on a full queue", "See the record.", date(2026, 3, 1)
    )
    opened = client.open(wanted)
    client.open(NewTicket("afterword0000000000000a02", "Another", "See the record."))
    assert (opened.title, opened.due, opened.status, opened.state) == (
        "Alert on a full queue",
        date(2026, 3, 1),
        Status.OPEN,
        "unread",
    )
    assert opened.url == f"{desk.url}/issue{number(opened)}"
    assert list(client.states([opened.key])) == [opened]
    assert list(client.find([wanted.mark, "afterword0000000000000a0f"])) == [(wanted.mark, opened)]
    assert not list(client.find(["afterword0000000000000a"])) and not list(client.find([]))


def test_state_and_owner_are_told(desk: Desk) -> None:
    """The status and who has it are told in the tracker's words, and the settings have the last word on what they mean."""
    client = client_of(desk.url)
    opened = client.open(NewTicket("afterword0000000000000b01", "Rotate the keys", "See the record."))
    administer(
        desk.folder,
        "create",
        "user",
        "username=ines",
        "realname=Ines Example",
        "address=ines@tracker.example",
    )
    administer(desk.folder, "set", f"issue{number(opened)}", "status=testing", "assignedto=ines")
    (told,) = client.states([opened.key])
    assert (told.status, told.state, told.owner, told.login) == (
        Status.IN_REVIEW,
        "testing",
        "Ines Example",
        "ines",
    )
    (otherwise,) = client_of(desk.url, states={"testing": "done"}).states([opened.key])
    assert (otherwise.status, otherwise.state) == (Status.DONE, "testing")


def test_what_is_not_there_or_retired_is_gone(desk: Desk) -> None:
    """A withdrawn issue is gone as one is that never was, and those beside it are told."""
    client = client_of(desk.url)
    first = client.open(NewTicket("afterword0000000000000c01", "First", "See the record."))
    second = client.open(NewTicket("afterword0000000000000c01", "Second", "See the record."))
    client.withdraw(second, first)
    told = {ticket.key: ticket.gone for ticket in client.states([first.key, second.key, "issue99999"])}
    assert told == {first.key: False, second.key: True, "issue99999": True}
    assert list(client.find(["afterword0000000000000c01"])) == [("afterword0000000000000c01", first)]


def test_a_wrong_password_is_said_and_not_shown(desk: Desk) -> None:
    """A refused login names the variable and not what it holds."""
    with pytest.raises(TrackerError, match="AFTERWORD_DESK_TOKEN") as refused:
        list(client_of(desk.url, password="wrong-one").states(["issue1"]))  # noqa: S106
    assert "wrong-one" not in str(refused.value)


def messages(desk: Desk) -> int:
    """Count the messages of the tracker, with those that no issue has."""
    return len(administer(desk.folder, "list", "msg").splitlines())


def test_a_label_that_is_no_keyword_leaves_nothing_behind(desk: Desk) -> None:
    """It is refused before anything is created, with the setting that has it and the nearest keyword."""
    administer(desk.folder, "create", "keyword", "name=postmortem")
    wanted = NewTicket("afterword0000000000000d01", "Label it", "See the record.")
    before = messages(desk)
    with pytest.raises(
        TrackerError,
        match=r"`labels` in the settings names 'post-mortem', .* \(did you mean 'postmortem'\?\)",
    ):
        client_of(desk.url, labels=("post-mortem",)).open(wanted)
    assert messages(desk) == before
    client_of(desk.url, labels=("postmortem",)).open(wanted)


@pytest.mark.slow
def test_a_message_that_was_left_alone_is_taken_again(desk: Desk) -> None:
    """An issue that is refused behind its message leaves no second one at the next run; one with other words is not taken."""
    mark = "afterword0000000000000e01"
    wanted = NewTicket(mark, "A title", "See the record.\n\nIt says more. ")
    administer(
        desk.folder, "create", "msg", f"summary={mark}", f"content={wanted.description}", "author=admin"
    )
    before = messages(desk)
    client = client_of(desk.url)
    assert not list(client.find([mark]))
    opened = client.open(wanted)
    assert messages(desk) == before
    assert [ticket.key for _, ticket in client.find([mark])] == [opened.key]
    other = "afterword0000000000000e02"
    administer(desk.folder, "create", "msg", f"summary={other}", "content=Something else", "author=admin")
    assert not list(client.find([other]))
    client.open(NewTicket(other, "A title", "See the record."))
    assert messages(desk) == before + 2


def test_a_password_without_its_user_is_told(desk: Desk) -> None:
    """It was sent as a token, which this tracker does not take."""
    environment = {"AFTERWORD_DESK_TOKEN": PASSWORD, "AFTERWORD_DESK_HOST": desk.url.partition("://")[2]}
    client = connect(
        Tracker("desk", key="issue#", kind="roundup", api=desk.url), Surroundings(environment, Path.cwd())
    )
    with pytest.raises(TrackerError, match="AFTERWORD_DESK_USER is not set"):
        list(client.states(["issue1"]))


@pytest.mark.slow
def test_a_tracker_is_filled_from_empty_to_200_tickets(tmp_path: Path) -> None:
    """200 tickets are opened in a tracker of the plain schema, are told in a few requests, and each is found by its mark alone."""
    marks = [f"afterword{place:016x}" for place in range(200)]
    with roundup(tmp_path) as url:
        client = client_of(url)
        assert not list(client.find(marks))
        keys = [
            client.open(NewTicket(mark, f"Promise {mark}", "See the record.", date(2026, 3, 1))).key
            for mark in marks
        ]
        told = {ticket.key: ticket for ticket in client.states(keys)}
        assert len(told) == 200 and not any(ticket.gone for ticket in told.values())
        assert all(ticket.due is None for ticket in told.values())
        found = {mark: ticket.key for mark, ticket in client.find(marks)}
        assert found == dict(zip(marks, keys, strict=True))
