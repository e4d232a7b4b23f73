"""GitHub: a hundred numbers in one question, and REST for those that GraphQL does not know."""

from __future__ import annotations

import re
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
from tests.trackers.rest_host import RestHost, description_of
from tests.trackers.scripted_server import Asked, Told

TRACKER = Tracker("ops", "##", "https://github.com/acme/shop/issues/#", kind="github", project="acme/shop")
MOMENT = "2025-03-04T23:59:00Z"


def issue(number: int, state: str = "OPEN", reason: str | None = None, **more: Any) -> dict[str, Any]:
    """Make an issue as GraphQL knows it."""
    person = {"login": "mira", "name": "Mira Holt"}
    return {
        "__typename": "Issue",
        "number": number,
        "title": f"Ticket {number}",
        "body": "",
        "url": f"https://github.com/acme/shop/issues/{number}",
        "state": state,
        "stateReason": lambda info, **arguments: reason,
        "closedAt": MOMENT if state == "CLOSED" else None,
        "assignees": lambda info, **arguments: {"nodes": [person]},
        "labels": lambda info, **arguments: {"nodes": [{"name": each} for each in more.get("labels", ())]},
        **{name: value for name, value in more.items() if name != "labels"},
    }


def pull_request(number: int, state: str, *, is_draft: bool = False) -> dict[str, Any]:
    """Make a pull request."""
    return {**issue(number), "__typename": "PullRequest", "state": state, "isDraft": is_draft}


def person(login: str) -> dict[str, Any]:
    """Make a user as REST knows them."""
    address = f"https://api.github.com/users/{login}"
    parts = (
        "followers",
        "following",
        "gists",
        "starred",
        "subscriptions",
        "organizations",
        "repos",
        "events",
    )
    return {
        "login": login,
        "id": 1,
        "node_id": "U1",
        "avatar_url": f"{address}.png",
        "gravatar_id": "",
        "url": address,
        "html_url": f"https://github.com/{login}",
        **{f"{part}_url": f"{address}/{part}" for part in (*parts, "received_events")},
        "type": "User",
        "site_admin": False,
    }


def by_rest(number: int, repository: str = "acme/shop", state: str = "open", **more: Any) -> dict[str, Any]:
    """Make an issue as REST knows it, with all that its description requires."""
    address = f"https://api.github.com/repos/{repository}/issues/{number}"
    return {
        "id": number,
        "node_id": f"I{number}",
        "url": address,
        **{f"{part}_url": f"{address}/{part}" for part in ("comments", "events", "labels")},
        "comments": 0,
        "locked": False,
        "user": person("jo"),
        "assignee": None,
        "milestone": None,
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "number": number,
        "title": f"Ticket {number}",
        "state": state,
        "state_reason": None,
        "html_url": f"https://github.com/{repository}/issues/{number}",
        "repository_url": f"https://api.github.com/repos/{repository}",
        "closed_at": None,
        "labels": [],
        "assignees": [person("jo")],
        **more,
    }


class GitHubHost:
    """GitHub with one repository, and what became of issues that left it."""

    def __init__(self, folder: str, issues: Mapping[int, object], *, is_shown: bool = True) -> None:
        self.issues = dict(issues)
        self.left: dict[int, Told] = {}
        self.opened: list[Mapping[str, Any]] = []
        self.closed: list[int] = []
        self.is_shown = is_shown
        self.found: dict[str, list[object]] = {}
        self.graphql = GraphQLHost(
            schema_of("github", folder),
            {"repository": self._repository, "search": self._search},
            kind_of=lambda error: {"type": "NOT_FOUND"} if "Could not resolve" in error.message else {},
        )
        self.rest = RestHost(
            description_of("github", folder),
            {
                "GET /repos/{owner}/{repo}/issues/{issue_number}": self._where,
                "POST /repos/{owner}/{repo}/issues": self._open,
                "PATCH /repos/{owner}/{repo}/issues/{issue_number}": self._close,
            },
        )

    def __call__(self, asked: Asked) -> Told:
        if asked.path.startswith("/repositories/"):
            return Told(by_rest(7, "acme/stock"))
        return (self.graphql if asked.path == "/graphql" else self.rest)(asked)

    @property
    def refused(self) -> list[str]:
        """Give what was asked and is not described."""
        return self.graphql.refused + self.rest.refused

    def _repository(self, info: object, **arguments: object) -> object:
        if not self.is_shown:
            raise GraphQLError("Could not resolve to a Repository", original_error=KeyError())
        assert (arguments["owner"], arguments["name"]) == ("acme", "shop")

        def one(info: object, number: int) -> object:
            if number not in self.issues:
                raise GraphQLError(f"Could not resolve to an issue of {number}", original_error=KeyError())
            return self.issues[number]

        return {
            "issueOrPullRequest": one,
            "issues": lambda info, **arguments: {"nodes": list(self.issues.values())[: arguments["first"]]},
        }

    def _search(self, info: object, query: str, **arguments: object) -> object:
        found = re.match(r'"(\w+)" in:body is:issue repo:acme/shop$', query)
        assert found, query
        return {"nodes": self.found.get(found[1], [])}

    def _where(self, asked: Asked, values: Mapping[str, str]) -> Told:
        return self.left.get(int(values["issue_number"]), Told({"message": "Not Found"}, 404))

    def _open(self, asked: Asked, values: Mapping[str, str]) -> Told:
        body = asked.json
        assert isinstance(body, dict)
        self.opened.append(body)
        return Told(by_rest(900 + len(self.opened), assignees=[], title=body["title"]), 201)

    def _close(self, asked: Asked, values: Mapping[str, str]) -> Told:
        self.closed.append(int(values["issue_number"]))
        return Told(by_rest(int(values["issue_number"]), state="closed"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_states_of_issues_and_pull_requests(folder: str) -> None:
    """Each state means what it is here; a pull request that is named as a ticket is one."""
    host = GitHubHost(
        folder,
        {
            1: issue(1),
            2: issue(2, "CLOSED", "COMPLETED"),
            3: issue(3, "CLOSED", "NOT_PLANNED"),
            4: issue(4, "CLOSED", "DUPLICATE"),
            5: issue(5, "OPEN", "REOPENED"),
            6: pull_request(6, "MERGED"),
            7: pull_request(7, "CLOSED"),
            8: pull_request(8, "OPEN"),
            9: pull_request(9, "OPEN", is_draft=True),
            10: issue(10, "CLOSED"),
        },
    )
    with meeting(TRACKER, host) as (client, server):
        states = {state.key: state for state in client.states([f"#{number}" for number in range(10, 0, -1)])}
    assert not host.refused
    assert len(server.asked) == 1
    assert {key: (state.state, state.status) for key, state in states.items()} == {
        "#1": ("open", Status.OPEN),
        "#2": ("completed", Status.DONE),
        "#3": ("not planned", Status.CANCELLED),
        "#4": ("duplicate", Status.CANCELLED),
        "#5": ("open", Status.OPEN),
        "#6": ("merged", Status.DONE),
        "#7": ("closed pull request", Status.CANCELLED),
        "#8": ("pull request", Status.IN_REVIEW),
        "#9": ("draft pull request", Status.IN_PROGRESS),
        "#10": ("closed", Status.DONE),
    }
    assert states["#2"] == TicketState(
        "#2",
        Status.DONE,
        "completed",
        "Ticket 2",
        "Mira Holt",
        "mira",
        None,
        date(2025, 3, 4),
        "https://github.com/acme/shop/issues/2",
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_five_hundred_in_five_questions(folder: str) -> None:
    """A hundred numbers go into one question, and a number named twice into it once."""
    host = GitHubHost(folder, {number: issue(number) for number in range(1, 501)})
    with meeting(TRACKER, host) as (client, server):
        states = list(client.states([f"#{number}" for number in (*range(1, 501), 500, 1)]))
    assert len(states) == 500
    assert len(server.asked) == 5
    assert not host.refused


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_became_of_issues_that_are_not_there(folder: str) -> None:
    """A transferred issue is followed by REST; a deleted one and one that is not shown are gone."""
    host = GitHubHost(folder, {1: issue(1)})
    host.left = {
        2: Told({"message": "Moved Permanently"}, 301, {"Location": "/repositories/77/issues/7"}),
        3: Told({"message": "This issue was deleted"}, 410),
    }
    with meeting(TRACKER, host) as (client, server):
        states = {state.key: state for state in client.states(["#1", "#2", "#3", "#4"])}
    assert not host.refused
    assert (states["#2"].moved_to, states["#2"].status, states["#2"].gone) == (
        "acme/stock#7",
        Status.OPEN,
        False,
    )
    assert states["#3"] == TicketState("#3", gone=True)
    assert states["#4"] == TicketState("#4", gone=True)
    assert all(asked.headers["Authorization"] == "Bearer t0ken" for asked in server.asked)


def test_labels_say_what_the_settings_say() -> None:
    """A label that the settings name is the state, but closes no open issue."""
    tracker = Tracker(
        "ops",
        "##",
        kind="github",
        project="acme/shop",
        states={"doing": "in progress", "wontfix": "cancelled", "completed": "in review"},
    )
    host = GitHubHost(
        "used",
        {
            1: issue(1, labels=["area", "Doing"]),
            2: issue(2, labels=["wontfix"]),
            3: issue(3, "CLOSED", "COMPLETED", labels=["Doing", "wontfix"]),
            4: issue(4, "CLOSED", "COMPLETED"),
        },
    )
    with meeting(tracker, host) as (client, _):
        found = {state.key: (state.state, state.status) for state in client.states(["#1", "#2", "#3", "#4"])}
    assert found == {
        "#1": ("Doing", Status.IN_PROGRESS),
        "#2": ("open", Status.OPEN),
        "#3": ("wontfix", Status.CANCELLED),
        "#4": ("completed", Status.IN_REVIEW),
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_opened_issues_are_found_again(folder: str) -> None:
    """Both the index and the newest issues are looked through; what is only alike is left out."""
    host = GitHubHost(folder, {3: issue(3, body="the word aw22."), 4: issue(4, body="aw222")})
    host.found = {"aw11": [issue(2, body="(aw11)"), issue(9, body="aw 11")], "aw22": [issue(3, body="aw22")]}
    with meeting(TRACKER, host) as (client, server):
        found = [(mark, state.key) for mark, state in client.find(["aw11", "aw22", "aw33"])]
    assert sorted(found) == [("aw11", "#2"), ("aw22", "#3")]
    assert len(server.asked) == 1
    assert not host.refused


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_issue_is_opened_and_taken_back(folder: str) -> None:
    """It has the title, the description and the labels; taking it back closes it."""
    tracker = Tracker("ops", "##", kind="github", project="acme/shop", labels=("post-mortem",), type="Task")
    host = GitHubHost(folder, {})
    with meeting(tracker, host) as (client, _):
        state = client.open(NewTicket("aw11", "Add a test", "aw11", date(2025, 5, 1)))
        client.withdraw(state, state)  # type: ignore[attr-defined]
    assert host.opened == [{"title": "Add a test", "body": "aw11", "labels": ["post-mortem"], "type": "Task"}]
    assert (state.key, state.status) == ("#901", Status.OPEN)
    assert host.closed == [901]
    assert not host.refused


def test_a_repository_that_is_not_shown() -> None:
    """It is an error that names the repository and the token's variable, not a repository of gone tickets."""
    with (
        meeting(TRACKER, GitHubHost("used", {}, is_shown=False)) as (client, _),
        pytest.raises(TrackerError, match=r"no repository acme/shop to the token in AFTERWORD_OPS_TOKEN"),
    ):
        list(client.states(["#1"]))


@pytest.mark.parametrize(
    "told", [{"data": None}, {"data": {"repository": 5}}, [], "x", None, {"errors": "x"}]
)
def test_answers_of_another_shape(told: object) -> None:
    """An answer that is none is an error, never a ticket that is gone."""
    with meeting(TRACKER, lambda asked: Told(told)) as (client, _), pytest.raises(TrackerError):
        list(client.states(["#1"]))


def test_a_limit_that_is_told_with_status_200() -> None:
    """The next attempt waits for the end of the limit, and the answer of that counts."""
    host = GitHubHost("used", {1: issue(1)})
    limit = Told(
        {"errors": [{"type": "RATE_LIMITED", "message": "limit"}]},
        200,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"},
    )
    turns = [limit]
    with meeting(TRACKER, lambda asked: turns.pop() if turns else host(asked)) as (client, server):
        assert [state.key for state in client.states(["#1"])] == ["#1"]
    assert len(server.asked) == 2


def test_what_was_told_before_a_failure_holds() -> None:
    """Of two questions the second fails: the tickets of the first were told by then."""
    host = GitHubHost("used", {number: issue(number) for number in range(1, 201)})
    found = []

    def answers(asked: Asked) -> Told:
        return host(asked) if not host.graphql.questions else Told({"message": "no"}, 403)

    with meeting(TRACKER, answers) as (client, _), pytest.raises(TrackerError):
        for state in client.states([f"#{number}" for number in range(1, 201)]):
            found.append(state.key)
    assert len(found) == 100


@pytest.mark.parametrize(
    ("path", "asked_at"),
    [("", "/graphql"), ("/api/v3", "/api/graphql"), ("/elsewhere", "/elsewhere/graphql")],
)
def test_where_graphql_is(path: str, asked_at: str) -> None:
    """An Enterprise Server has it beside REST, github.com below it."""
    with meeting(TRACKER, lambda asked: Told({}, 404), path) as (client, server):
        with pytest.raises(TrackerError):
            list(client.states(["#1"]))
        assert server.asked[0].path == asked_at


@pytest.mark.parametrize("project", ["acme", "a/b/c", "acme/shop?x", "acme/shop#"])
def test_what_is_no_repository(project: str) -> None:
    """It is said before anything is asked."""
    tracker = Tracker("ops", "##", kind="github", project=project)
    with (
        pytest.raises(TrackerError, match="is no repository, expected project: OWNER/NAME"),
        meeting(tracker, lambda asked: Told()),
    ):
        pass
