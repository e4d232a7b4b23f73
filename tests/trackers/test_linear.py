"""Linear: a hundred identifiers in one question, and nothing that is opened twice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from graphql import GraphQLError

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.tracker import NewTicket, TrackerError
from tests.trackers.described import FOLDERS
from tests.trackers.graphql_host import GraphQLHost, schema_of
from tests.trackers.meetings import meeting
from tests.trackers.scripted_server import Asked, Told

TRACKER = Tracker("ops", "ENG-#", kind="linear")


def issue(number: int, kind: str = "unstarted", state: str = "Todo", **more: Any) -> dict[str, Any]:
    """Make an issue of the team as Linear tells it."""
    return {
        "id": str(uuid.UUID(int=number)),
        "identifier": f"ENG-{number}",
        "number": float(number),
        "title": f"Ticket {number}",
        "url": f"https://linear.app/acme/issue/ENG-{number}",
        "dueDate": None,
        "completedAt": None,
        "canceledAt": None,
        "trashed": None,
        "previousIdentifiers": [],
        "state": {"name": state, "type": kind},
        "assignee": None,
        **more,
    }


class LinearHost:
    """Linear with one team; `elsewhere` are issues that other teams have now."""

    def __init__(self, folder: str, issues: list[dict[str, Any]], page: int = 100) -> None:
        self.issues, self.page = issues, page
        self.elsewhere: list[dict[str, Any]] = []
        self.opened: list[Mapping[str, Any]] = []
        self.loses_answers = 0
        self.graphql = GraphQLHost(
            schema_of("linear", folder),
            {
                "issue": self._one,
                "issues": self._list,
                "teams": lambda info, filter: {
                    "nodes": [{"id": "team-1"}] if filter == {"key": {"eq": "ENG"}} else []
                },
                "issueLabels": lambda info, filter, first: {
                    "nodes": [
                        {"id": f"id of {name}", "name": name}
                        for name in filter["name"]["in"]
                        if name != "odd"
                    ]
                },
                "issueCreate": self._create,
            },
        )

    def __call__(self, asked: Asked) -> Told:
        told = self.graphql(asked)
        if self.loses_answers and b"issueCreate" in asked.body:
            self.loses_answers -= 1
            return Told(stop_after=-1)
        return told

    def _one(self, info: object, id: str) -> object:
        for each in [*self.issues, *self.elsewhere]:
            if id in (each["identifier"], *each["previousIdentifiers"]):
                return each
        raise GraphQLError("Entity not found: Issue", original_error=KeyError())

    def _list(
        self,
        info: object,
        filter: Mapping[str, Any],
        first: int,
        includeArchived: bool,  # noqa: N803
        after: str | None = None,
    ) -> object:
        assert includeArchived
        ids = filter.get("id", {})
        wanted = {*ids.get("in", ()), *([ids["eq"]] if "eq" in ids else [])}
        if "team" in filter:
            assert filter["team"] == {"key": {"eq": "ENG"}}
        found = [
            each
            for each in self.issues
            if (each["id"] in wanted if ids else each["number"] in filter["number"]["in"])
        ]
        start, size = int(after or 0), min(first, self.page)
        more = start + size < len(found)
        return {
            "nodes": found[start : start + size],
            "pageInfo": {"hasNextPage": more, "endCursor": str(start + size) if more else None},
        }

    def _create(self, info: object, input: Mapping[str, Any]) -> object:
        if any(each["id"] == input["id"] for each in self.issues):
            raise GraphQLError("Conflict: an entity with this id is there", original_error=KeyError())
        self.opened.append(input)
        made = issue(900 + len(self.opened), id=input["id"], title=input["title"])
        self.issues.append(made)
        return {"success": True, "issue": made}


@pytest.mark.parametrize("folder", FOLDERS)
def test_states_of_issues(folder: str) -> None:
    """The type of a state says what it means; an issue in the trash is gone."""
    host = LinearHost(
        folder,
        [
            issue(1, "triage", "Triage"),
            issue(2, "backlog", "Backlog"),
            issue(3, "unstarted", "Todo"),
            issue(
                4,
                "started",
                "In Progress",
                assignee={"name": "Mira Holt", "displayName": "mira"},
                dueDate="2025-05-01",
            ),
            issue(5, "started", "In Review"),
            issue(6, "completed", "Done", completedAt="2025-03-04T10:00:00.000Z"),
            issue(7, "canceled", "Won't do", canceledAt="2025-03-05T10:00:00.000Z"),
            issue(8, "duplicate", "Duplicate"),
            issue(9, trashed=True),
        ],
    )
    with meeting(TRACKER, host) as (client, server):
        states = {state.key: state for state in client.states([f"ENG-{number}" for number in range(1, 10)])}
    assert not host.graphql.refused
    assert len(server.asked) == 1
    assert [states[f"ENG-{number}"].status for number in range(1, 9)] == [
        Status.OPEN,
        Status.OPEN,
        Status.OPEN,
        Status.IN_PROGRESS,
        Status.IN_REVIEW,
        Status.DONE,
        Status.CANCELLED,
        Status.CANCELLED,
    ]
    assert states["ENG-4"] == TicketState(
        "ENG-4",
        Status.IN_PROGRESS,
        "In Progress",
        "Ticket 4",
        "Mira Holt",
        "mira",
        date(2025, 5, 1),
        None,
        "https://linear.app/acme/issue/ENG-4",
    )
    assert (states["ENG-6"].closed, states["ENG-7"].closed) == (date(2025, 3, 4), date(2025, 3, 5))
    assert states["ENG-9"].gone


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(("page", "questions"), [(100, 5), (40, 15)])
def test_five_hundred_in_pages(folder: str, page: int, questions: int) -> None:
    """A hundred are asked for at once, and further pages are fetched where a host gives fewer."""
    host = LinearHost(folder, [issue(number) for number in range(500, 0, -1)], page)
    with meeting(TRACKER, host) as (client, server):
        states = list(client.states([f"ENG-{number}" for number in range(1, 501)]))
    assert len({state.key for state in states}) == len(states) == 500
    assert len(server.asked) == questions
    assert not host.graphql.refused


@pytest.mark.parametrize("folder", FOLDERS)
def test_issues_that_another_team_has(folder: str) -> None:
    """One that has moved is found by the identifier that it had; the rest are gone, and are found out together."""
    host = LinearHost(folder, [issue(1)])
    host.elsewhere = [issue(2, identifier="OPS-5", previousIdentifiers=["ENG-2"])]
    with meeting(TRACKER, host) as (client, server):
        states = {state.key: state for state in client.states(["ENG-1", "ENG-2", "ENG-3", "ENG-4"])}
    assert not host.graphql.refused
    assert (states["ENG-2"].moved_to, states["ENG-2"].gone) == ("OPS-5", False)
    assert states["ENG-1"].moved_to == ""
    assert states["ENG-3"] == TicketState("ENG-3", gone=True)
    assert states["ENG-4"].gone
    assert len(server.asked) <= 4


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_opened_twice(folder: str) -> None:
    """The id comes from the mark: a second opening, by whomever, gives the first issue, and so does a search."""
    tracker = Tracker("ops", "ENG-#", kind="linear", labels=("post-mortem",))
    host = LinearHost(folder, [])
    ticket = NewTicket("aw11", "Add a test", "aw11", date(2025, 5, 1))
    with meeting(tracker, host) as (client, _):
        assert list(client.find(["aw11"])) == []
        first = client.open(ticket)
    with meeting(tracker, host) as (another, _):
        assert another.open(ticket) == first
        assert [(mark, state.key) for mark, state in another.find(["aw00", "aw11"])] == [("aw11", first.key)]
    assert not host.graphql.refused
    (opened,) = host.opened
    assert uuid.UUID(opened["id"]).version == 4
    assert {name: opened[name] for name in opened if name != "id"} == {
        "teamId": "team-1",
        "title": "Add a test",
        "description": "aw11",
        "dueDate": "2025-05-01",
        "labelIds": ["id of post-mortem"],
    }


def test_a_lost_answer_is_no_second_issue() -> None:
    """The opening is sent again where its answer was lost, and Linear refuses the double."""
    host = LinearHost("used", [])
    host.loses_answers = 1
    with meeting(TRACKER, host) as (client, server):
        assert client.open(NewTicket("aw11", "Add a test", "aw11")).key == "ENG-901"
    assert sum(b"issueCreate" in asked.body for asked in server.asked) == 2
    assert len(host.opened) == 1


def test_a_ticket_in_the_trash_is_not_opened_again() -> None:
    """It is said where it lies."""
    host = LinearHost("used", [])
    with meeting(TRACKER, host) as (client, _):
        client.open(NewTicket("aw11", "Add a test", "aw11"))
        host.issues[0]["trashed"] = True
        with pytest.raises(TrackerError, match="ENG-901 was opened for this action and lies in the trash"):
            client.open(NewTicket("aw11", "Add a test", "aw11"))


def test_labels_and_teams_that_are_not_there() -> None:
    """Both are named before anything is opened."""
    host = LinearHost("used", [])
    for tracker, said in (
        (Tracker("ops", "ENG-#", kind="linear", labels=("odd",)), "team ENG has no label 'odd'"),
        (
            Tracker("ops", "ENG-#", kind="linear", project="NON"),
            "no team NON to the token in AFTERWORD_OPS_TOKEN",
        ),
    ):
        with meeting(tracker, host) as (client, _), pytest.raises(TrackerError, match=said):
            client.open(NewTicket("aw11", "Add a test", "aw11"))
    assert not host.opened


def test_a_limit_that_is_told_with_status_400() -> None:
    """The next attempt waits for the end of the limit."""
    host = LinearHost("used", [issue(1)])
    limit = Told(
        {"errors": [{"message": "limit", "extensions": {"code": "RATELIMITED"}}]},
        400,
        {"X-RateLimit-Requests-Remaining": "0", "X-RateLimit-Requests-Reset": "0"},
    )
    turns = [limit]
    with meeting(TRACKER, lambda asked: turns.pop() if turns else host(asked)) as (client, server):
        assert [state.key for state in client.states(["ENG-1"])] == ["ENG-1"]
    assert len(server.asked) == 2


def test_a_question_that_is_refused() -> None:
    """The host's sentence for people is given."""
    told = Told(
        {
            "errors": [
                {"message": "x", "extensions": {"userPresentableMessage": "No access to this workspace"}}
            ]
        },
        400,
    )
    with (
        meeting(TRACKER, lambda asked: told) as (client, _),
        pytest.raises(TrackerError, match="answered: No access to this workspace"),
    ):
        list(client.states(["ENG-1"]))
