"""Jira, Cloud and Data Center: requests and answers fit Atlassian's descriptions of both."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.jira import Jira, connect
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError
from tests.trackers.described import FOLDERS
from tests.trackers.jira_site import Issue, JiraSite
from tests.trackers.scripted_server import ScriptedServer, answering

USER, TOKEN = "archive@tracker.example", "t0ken"
MARK = "afterword0000000000000a01"
FLAVOURS = ("cloud", "data-center")


@contextmanager
def visiting(site: JiraSite, *, token: str = TOKEN, **settings: Any) -> Iterator[tuple[Jira, ScriptedServer]]:
    """Connect to a site as the settings say, and see that all that was asked and answered fits the description."""
    with answering(site) as server:
        environment = {"AFTERWORD_PAY_TOKEN": token, "AFTERWORD_PAY_HOST": server.host}
        if site.flavour == "cloud":
            environment["AFTERWORD_PAY_USER"] = USER
        api = f"{server.url}/rest/api/{3 if site.flavour == 'cloud' else 2}"
        tracker = Tracker("pay", "PAY-#", kind="jira", api=api, **settings)
        yield connect(tracker, Surroundings(environment, Path())), server
    assert site.host.refused == []


@pytest.fixture(params=[(flavour, folder) for flavour in FLAVOURS for folder in FOLDERS], ids="-".join)
def site(request: pytest.FixtureRequest) -> JiraSite:
    """Make an empty site of each flavour, held against what we say of its interface and against what Atlassian says."""
    made = JiraSite(*request.param)
    pair = base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
    made.token = f"Basic {pair}" if made.flavour == "cloud" else f"Bearer {TOKEN}"
    return made


def told(client: Jira, *keys: str) -> dict[str, TicketState]:
    """Ask for tickets, and give them by their keys."""
    answers = list(client.states(keys))
    by_key = {ticket.key: ticket for ticket in answers}
    assert len(by_key) == len(answers)
    return by_key


def test_what_is_told_of_an_issue(site: JiraSite) -> None:
    """Title, owner, days and address are the issue's own."""
    person = {"displayName": "Ines Example", "accountId": "5b10", "name": "ines"}
    if site.flavour == "cloud":
        del person["name"]
    site.issues = [
        Issue("PAY-1", "In Progress", "indeterminate", fields={"assignee": person, "duedate": "2026-03-01"})
    ]
    with visiting(site) as (client, server):
        assert told(client, "PAY-1")["PAY-1"] == TicketState(
            "PAY-1",
            Status.IN_PROGRESS,
            "In Progress",
            "Issue PAY-1",
            owner="Ines Example",
            login="5b10" if site.flavour == "cloud" else "ines",
            due=date(2026, 3, 1),
            url=f"{server.url}/browse/PAY-1",
        )
        assert len(server.asked) == 1


def test_what_states_mean(site: JiraSite) -> None:
    """The category says it, a resolution or a state without work makes it cancelled, and the settings have the last word."""
    day = "2026-02-01T23:30:00.000-0800"
    site.issues = [
        Issue("PAY-1", "Backlog"),
        Issue("PAY-2", "In Review", "indeterminate"),
        Issue("PAY-3", "Done", "done", fields={"resolution": {"name": "Done"}, "resolutiondate": day}),
        Issue("PAY-4", "Done", "done", fields={"resolution": {"name": "Won't Do"}, "resolutiondate": day}),
        Issue("PAY-5", "Rejected", "done"),
        Issue("PAY-6", "Parked", "done", fields={"statuscategorychangedate": day}),
        Issue("PAY-7", "Closed", "done", fields={"resolution": {"name": "Superseded"}}),
    ]
    states = {"parked": "open", "superseded": "cancelled"}
    with visiting(site, states=states) as (client, _):
        found = told(client, *(issue.key for issue in site.issues))
    assert [found[issue.key].status for issue in site.issues] == [
        Status.OPEN,
        Status.IN_REVIEW,
        Status.DONE,
        Status.CANCELLED,
        Status.CANCELLED,
        Status.OPEN,
        Status.CANCELLED,
    ]
    assert found["PAY-3"].closed == date(2026, 2, 1) and found["PAY-1"].closed is None
    assert found["PAY-7"].state == "Superseded"


@pytest.mark.parametrize("validates", [False, True])
def test_a_key_that_there_is_not_spoils_no_other(site: JiraSite, validates: bool) -> None:
    """Deleted issues are gone, and the others of the same request are told, also by a server that insists on valid queries."""
    site.issues, site.validates = [Issue("PAY-1"), Issue("PAY-3"), Issue("PAY-10")], validates
    with visiting(site) as (client, _):
        found = told(client, "PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-10")
    assert [key for key, ticket in found.items() if ticket.gone] == ["PAY-2", "PAY-4"]
    assert not found["PAY-1"].moved_to


def test_moved_issues_are_told_with_their_new_keys(site: JiraSite) -> None:
    """What was moved keeps the key that it was asked by, one or several, also where the new key is asked for in the same breath; keys are named in any case."""
    site.issues = [
        Issue("OPS-7", former=("PAY-1",)),
        Issue("OPS-8", former=("PAY-2",)),
        Issue("PAY-9", former=("PAY-3",)),
    ]
    with visiting(site) as (client, _):
        found = told(client, "PAY-1", "pay-2", "PAY-3", "PAY-9", "PAY-4")
        assert {key: ticket.moved_to for key, ticket in found.items()} == {
            "PAY-1": "OPS-7",
            "pay-2": "OPS-8",
            "PAY-3": "PAY-9",
            "PAY-9": "",
            "PAY-4": "",
        }
        assert [key for key, ticket in found.items() if ticket.gone] == ["PAY-4"]
        assert told(client, "PAY-3")["PAY-3"].moved_to == "PAY-9"


def test_five_hundred_tickets_are_few_requests(site: JiraSite) -> None:
    """A hundred are asked for at once, and more pages are read where the site gives smaller ones."""
    site.issues = [Issue(f"PAY-{number}") for number in range(1, 501)]
    with visiting(site) as (client, server):
        found = told(client, *(issue.key for issue in reversed(site.issues)))
        assert len(found) == 500 and not any(ticket.gone for ticket in found.values())
        assert len(server.asked) == (5 if site.flavour == "cloud" else 10)


def test_nothing_is_gone_for_a_token_that_is_not_taken(site: JiraSite) -> None:
    """A site that shows nobody anything is not read as one where all was deleted, or where nothing was opened yet."""
    site.issues = [Issue("PAY-1")]
    with visiting(site, token="expired") as (client, _):  # noqa: S106
        with pytest.raises(TrackerError, match="AFTERWORD_PAY_TOKEN") as refused:
            list(client.states(["PAY-1"]))
        assert "expired" not in str(refused.value)
        with pytest.raises(TrackerError, match="AFTERWORD_PAY_TOKEN"):
            list(client.find([MARK]))


def test_an_issue_is_opened_and_found_again(site: JiraSite) -> None:
    """Its description carries the mark and a link to the record; what is alike is not found."""
    text = f"Of the record https://site.example/records/queue/, action A1.\nSee there.\n\n{MARK}"
    other = Issue("PAY-2", fields={"description": f"{MARK}f"})
    site.issues = [other]
    with visiting(site, type="Story", labels=("post-mortem",)) as (client, _):
        opened = client.open(NewTicket(MARK, "Alert on\na full queue", text, date(2026, 3, 1)))
        assert (opened.key, opened.status, opened.title) == ("PAY-901", Status.OPEN, "Alert on a full queue")
        assert opened.due == date(2026, 3, 1)
        assert list(client.find([MARK, "afterword0000000000000bff"])) == [(MARK, opened)]
    made = site.made[0]
    assert made["project"] == {"key": "PAY"} and made["issuetype"] == {"name": "Story"}
    assert made["labels"] == ["post-mortem"]
    if site.flavour == "data-center":
        assert made["description"] == text
        return
    first, second = made["description"]["content"]
    address = "https://site.example/records/queue/"
    assert first["content"] == [
        {"type": "text", "text": "Of the record "},
        {"type": "text", "text": address, "marks": [{"type": "link", "attrs": {"href": address}}]},
        {"type": "text", "text": ", action A1."},
        {"type": "hardBreak"},
        {"type": "text", "text": "See there."},
    ]
    assert second["content"] == [{"type": "text", "text": MARK}]


def test_fields_that_a_project_does_not_have_are_left_out(site: JiraSite) -> None:
    """A project without due days takes the issue without one; one without descriptions refuses it, and says so."""
    site.screen -= {"duedate"}
    with visiting(site, labels=("post-mortem",)) as (client, _):
        opened = client.open(NewTicket(MARK, "Title " + "x" * 300, MARK, date(2026, 3, 1)))
        assert opened.due is None and len(opened.title) == 255
        assert "labels" in site.made[0]
        site.screen -= {"description"}
        with pytest.raises(TrackerError, match="400"):
            client.open(NewTicket(MARK, "Title", MARK))
    assert len(site.made) == 1


def test_an_issue_opened_twice_is_closed(site: JiraSite) -> None:
    """The younger one goes to an end of its workflow, to one without work where there is one; a workflow without an end is said."""
    site.issues = [Issue("PAY-1"), Issue("PAY-2")]
    site.steps = (*site.steps, ("41", "Won't Do", "done"))
    with visiting(site) as (client, _):
        first, second = told(client, "PAY-1", "PAY-2").values()
        client.withdraw(second, first)
        assert told(client, "PAY-2")["PAY-2"].status is Status.CANCELLED
        site.steps = site.steps[:1]
        with pytest.raises(TrackerError, match="close it by hand"):
            client.withdraw(first, second)


def test_cloud_is_told_by_its_address_and_asks_for_a_user() -> None:
    """An address of Atlassian is Cloud, whose tokens go with an e-mail address; any other is Data Center, whose tokens go alone."""

    def at(api: str, **more: str) -> Jira:
        host = api.split("/")[2]
        environment = {"AFTERWORD_PAY_TOKEN": TOKEN, "AFTERWORD_PAY_HOST": host, **more}
        return connect(Tracker("pay", "PAY-#", kind="jira", api=api), Surroundings(environment, Path()))

    with pytest.raises(TrackerError, match="AFTERWORD_PAY_USER is not set"):
        at("https://acme.atlassian.net")
    assert at("https://acme.atlassian.net/", AFTERWORD_PAY_USER=USER)._is_cloud
    assert at("https://api.atlassian.com/ex/jira/1a2b")._is_cloud
    assert not at("https://jira.tracker.example/jira")._is_cloud
