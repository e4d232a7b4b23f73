"""GitLab: a hundred numbers in one request, moved issues followed by their notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.tracker import NewTicket, TrackerError
from tests.trackers.described import FOLDERS
from tests.trackers.meetings import meeting
from tests.trackers.rest_host import RestHost, description_of
from tests.trackers.scripted_server import Asked, Told

TRACKER = Tracker("ops", "OPS-#", "https://gitlab.com/acme/ops/shop/-/issues/#", kind="gitlab")
ISSUES = "/api/v4/projects/{id}/issues"
PROJECT = "acme%2Fops%2Fshop"


def issue(number: int, state: str = "opened", **more: Any) -> dict[str, Any]:
    """Make an issue as GitLab tells it."""
    return {
        "id": 7000 + number,
        "iid": number,
        "title": f"Ticket {number}",
        "description": None,
        "state": state,
        "web_url": f"https://gitlab.com/acme/ops/shop/-/issues/{number}",
        "due_date": None,
        "closed_at": "2025-03-04T10:00:00.000Z" if state == "closed" else None,
        "moved_to_id": None,
        "confidential": False,
        "labels": [],
        "assignees": [],
        "_links": {"closed_as_duplicate_of": None},
        **more,
    }


class GitLabHost:
    """GitLab with some projects, in pages of `page` issues, whatever is asked for."""

    def __init__(self, folder: str, issues: Mapping[str, list[dict[str, Any]]], page: int = 100) -> None:
        self.issues, self.page = issues, page
        self.notes: list[dict[str, Any]] = []
        self.opened: list[object] = []
        self.changed: list[object] = []
        self.rest = RestHost(
            description_of("gitlab", folder),
            {
                f"GET {ISSUES}": self._list,
                f"POST {ISSUES}": self._open,
                f"GET {ISSUES}/{{issue_iid}}": self._one,
                f"PUT {ISSUES}/{{issue_iid}}": self._change,
                f"GET {ISSUES}/{{noteable_id}}/notes": lambda asked, values: Told(self.notes),
            },
            # GitLab's takes the list of assignees for one person, and knows of no null.
            answers_fit=folder == "used",
        )

    def __call__(self, asked: Asked) -> Told:
        return self.rest(asked)

    def _list(self, asked: Asked, values: Mapping[str, str]) -> Told:
        if values["id"] not in self.issues:
            return Told({"message": "404 Project Not Found"}, 404)
        query = dict(asked.query)
        iids = {int(value) for name, value in asked.parameters if name == "iids[]"}
        found = [
            each
            for each in self.issues[values["id"]]
            if (not iids or each["iid"] in iids) and query.get("search", "") in (each["description"] or "")
        ]
        number = int(query.get("page", 1))
        first = (number - 1) * self.page
        headers = {}
        if first + self.page < len(found):
            rest = "&".join(f"{name}={value}" for name, value in asked.parameters if name != "page")
            headers["Link"] = f'<{asked.path}?{rest}&page={number + 1}>; rel="next"'
        # GitLab tells the newest first.
        return Told(found[::-1][first : first + self.page], 200, headers)

    def _one(self, asked: Asked, values: Mapping[str, str]) -> Told:
        for each in self.issues.get(values["id"], ()):
            if each["iid"] == int(values["issue_iid"]):
                return Told(each)
        return Told({"message": "404 Not found"}, 404)

    def _open(self, asked: Asked, values: Mapping[str, str]) -> Told:
        self.opened.append(asked.json)
        return Told(issue(901), 201)

    def _change(self, asked: Asked, values: Mapping[str, str]) -> Told:
        self.changed.append((values["issue_iid"], asked.json))
        return Told(issue(int(values["issue_iid"]), "closed"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_states_of_issues(folder: str) -> None:
    """Open, closed and closed as a double; a confidential one counts as any other, what is not told is gone."""
    people = [{"name": "Mira Holt", "username": "mira"}, {"name": "Jo", "username": "jo"}]
    host = GitLabHost(
        folder,
        {
            PROJECT: [
                issue(1, assignees=people, due_date="2025-05-01", confidential=True),
                issue(2, "closed"),
                issue(3, "closed", _links={"closed_as_duplicate_of": "https://gitlab.com/api/v4/x"}),
            ]
        },
    )
    with meeting(TRACKER, host, "/api/v4") as (client, server):
        states = {state.key: state for state in client.states(["OPS-1", "OPS-2", "ops-3", "OPS-4"])}
    assert not host.rest.refused
    assert len(server.asked) == 1
    assert states["OPS-1"] == TicketState(
        "OPS-1",
        Status.OPEN,
        "opened",
        "Ticket 1",
        "Mira Holt",
        "mira",
        date(2025, 5, 1),
        None,
        "https://gitlab.com/acme/ops/shop/-/issues/1",
    )
    assert (states["OPS-2"].status, states["OPS-2"].closed) == (Status.DONE, date(2025, 3, 4))
    assert (states["ops-3"].state, states["ops-3"].status) == ("duplicate", Status.CANCELLED)
    assert states["OPS-4"] == TicketState("OPS-4", gone=True)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(("page", "requests"), [(100, 5), (30, 20)])
def test_five_hundred_in_pages(folder: str, page: int, requests: int) -> None:
    """A hundred are asked for at once, and pages are followed where a host gives fewer."""
    host = GitLabHost(folder, {PROJECT: [issue(number) for number in range(1, 501)]}, page)
    with meeting(TRACKER, host, "/api/v4") as (client, server):
        states = list(client.states([f"OPS-{number}" for number in range(500, 0, -1)]))
    assert len({state.key for state in states}) == len(states) == 500
    assert not any(state.gone for state in states)
    assert len(server.asked) == requests
    assert not host.rest.refused


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    ("note", "moved_to", "status", "gone"),
    [
        ("moved to acme/stock#7", "acme/stock#7", Status.OPEN, False),
        ("moved to stock#7", "acme/ops/stock#7", Status.DONE, False),
        ("moved to acme/hidden#7", "acme/hidden#7", None, False),
        ("changed the description", "", None, True),
    ],
)
def test_moved_issues(folder: str, note: str, moved_to: str, status: Status | None, gone: bool) -> None:
    """The note that GitLab leaves says where one is, and that is asked; without it the ticket is gone from here. A person's note says nothing."""
    host = GitLabHost(
        folder,
        {
            PROJECT: [issue(1, "closed", moved_to_id=77)],
            "acme%2Fstock": [issue(7)],
            "acme%2Fops%2Fstock": [issue(7, "closed")],
        },
    )
    host.notes = [{"body": "moved to acme/false#1", "system": False}, {"body": note, "system": True}]
    with meeting(TRACKER, host, "/api/v4") as (client, _):
        (state,) = client.states(["OPS-1"])
    assert (state.key, state.moved_to, state.status, state.gone) == ("OPS-1", moved_to, status, gone)
    assert not host.rest.refused


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(("wanted", "requests"), [(3, 3), (60, 2)])
def test_opened_issues_are_found_again(folder: str, wanted: int, requests: int) -> None:
    """Few marks are searched for one by one, many by the word that they begin with, over all pages."""
    issues = [issue(number, description=f"found by aword{number:04}") for number in range(1, 151)]
    host = GitLabHost(folder, {PROJECT: [*issues, issue(151, description="aword00011 is another")]})
    marks = [f"aword{number:04}" for number in range(1, wanted)] + ["aword9999"]
    with meeting(TRACKER, host, "/api/v4") as (client, server):
        found = [(mark, state.key) for mark, state in client.find(marks)]
    assert sorted(found) == sorted((f"aword{number:04}", f"OPS-{number}") for number in range(1, wanted))
    assert len(server.asked) == requests
    assert not host.rest.refused


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_issue_is_opened_and_taken_back(folder: str) -> None:
    """It has what the action says and the settings add; taking it back closes it."""
    tracker = Tracker("ops", "OPS-#", kind="gitlab", project="acme/ops/shop", labels=("a", "b"), type="task")
    host = GitLabHost(folder, {})
    with meeting(tracker, host, "/api/v4") as (client, _):
        state = client.open(NewTicket("aw11", "Add a test", "aw11", date(2025, 5, 1)))
        client.withdraw(state, state)  # type: ignore[attr-defined]
    assert host.opened == [
        {
            "title": "Add a test",
            "description": "aw11",
            "due_date": "2025-05-01",
            "labels": ["a", "b"],
            "issue_type": "task",
        }
    ]
    assert (state.key, state.status) == ("OPS-901", Status.OPEN)
    assert host.changed == [("901", {"state_event": "close"})]
    assert not host.rest.refused


@pytest.mark.parametrize(
    "tracker",
    [
        Tracker("ops", "OPS-#", kind="gitlab", project="acme/ops/shop"),
        Tracker("ops", "acme/ops/shop##", kind="gitlab"),
        Tracker("ops", "##", "https://gitlab.com/acme/ops/shop/-/work_items/#", kind="gitlab"),
    ],
)
def test_where_the_project_stands(tracker: Tracker) -> None:
    """The settings' project, the key template and the address tell it, in this order."""
    host = GitLabHost("used", {PROJECT: [issue(1)]})
    with meeting(tracker, host, "/api/v4") as (client, _):
        (state,) = client.states([tracker.key[: tracker.key.rindex("#")] + "1"])
    assert (state.title, state.gone) == ("Ticket 1", False)


def test_labels_say_what_the_settings_say() -> None:
    """A board's label is the state of an open issue."""
    tracker = Tracker(
        "ops", "OPS-#", kind="gitlab", project="acme/ops/shop", states={"workflow::review": "in review"}
    )
    host = GitLabHost("used", {PROJECT: [issue(1, labels=["x", "workflow::review"])]})
    with meeting(tracker, host, "/api/v4") as (client, _):
        (state,) = client.states(["OPS-1"])
    assert (state.state, state.status) == ("workflow::review", Status.IN_REVIEW)


def test_a_project_that_is_not_shown() -> None:
    """It is an error that names the project and the token's variable."""
    with (
        meeting(TRACKER, GitLabHost("used", {}), "/api/v4") as (client, _),
        pytest.raises(TrackerError, match="no project acme/ops/shop to the token in AFTERWORD_OPS_TOKEN"),
    ):
        list(client.states(["OPS-1"]))


def test_answers_of_another_shape() -> None:
    """Entries that are no issues are passed over."""
    with meeting(
        TRACKER, lambda asked: Told([5, None, {"iid": "1"}, {"iid": 1, "labels": 5}]), "/api/v4"
    ) as (client, _):
        (state,) = client.states(["OPS-1"])
    assert (state.key, state.gone) == ("OPS-1", False)


def test_an_answer_that_is_no_list_is_not_gitlabs() -> None:
    """Nothing is gone because something else answers at the address of the settings."""
    with (
        meeting(TRACKER, lambda asked: Told({"ok": True}), "/api/v4") as (client, _),
        pytest.raises(TrackerError, match="does not answer as GitLab does"),
    ):
        list(client.states(["OPS-1"]))
