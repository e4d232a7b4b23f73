"""Issues of a GitLab project, on gitlab.com or elsewhere: a hundred numbers are asked for in one request."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from afterword.model.action import Status
from afterword.model.key_template import filled
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.answers import at, day_at, entries_at, number_at, text_at
from afterword.trackers.connection import Connection, connect_to
from afterword.trackers.keys import by_number, in_parts, project_of
from afterword.trackers.meaning import meaning
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

API = "https://gitlab.com/api/v4"

TICKETS_AT_ONCE = 100
"""As many as a page of GitLab's holds."""

MARKS_ONE_BY_ONE = 5
"""A search takes one text. Of more marks the beginning that they share is searched, and the pages that hold it are looked through."""

_SHORTEST_SEARCH = 3
_IN_ADDRESS = re.compile(r"https?://[^/]+/(.+?)/-/(?:issues|work_items)/#")
_MOVED = re.compile(r"moved to (?P<project>[\w./-]+)?#(?P<number>[0-9]+)")


def connect(tracker: Tracker, around: Surroundings) -> GitLab:
    """Connect to a project's issues. Raises TrackerError."""
    return GitLab(tracker, connect_to(tracker, around, API))


class GitLab:
    """The issues of one project."""

    def __init__(self, tracker: Tracker, connection: Connection) -> None:
        self._project = project_of(tracker, _IN_ADDRESS)
        if not self._project:
            raise TrackerError("the settings name no project, expected project: GROUP/NAME")
        self._tracker = tracker
        self._connection = connection

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what GitLab has of these issues; those that the token may not see, confidential ones among them, are not told from deleted ones."""
        for part in in_parts(by_number(self._tracker, keys).items(), TICKETS_AT_ONCE):
            missing = dict(part)
            for issue in self._issues({"iids[]": [number for number, _ in part]}):
                key = missing.pop(number_at(issue, "iid"), "")
                if key:
                    moved = number_at(issue, "moved_to_id")
                    yield self._moved(key, issue) if moved else self._state(key, issue)
            for key in missing.values():
                yield TicketState(key, gone=True)

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield issues that were opened with these marks; GitLab searches a project's issues in its database, where they are at once."""
        shared = os.path.commonprefix(list(marks))  # noqa: RUF071 - of words, not of paths
        one_by_one = len(marks) <= MARKS_ONE_BY_ONE or len(shared) < _SHORTEST_SEARCH
        for sought in marks if one_by_one else [shared]:
            for issue in self._issues({"search": sought, "in": "description"}):
                description = text_at(issue, "description")
                for mark in [sought] if one_by_one else marks:
                    if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", description):
                        yield mark, self._state(self._key(issue), issue)

    def open(self, ticket: NewTicket) -> TicketState:
        """Open an issue."""
        body: dict[str, object] = {"title": ticket.title, "description": ticket.description}
        if ticket.due:
            body["due_date"] = ticket.due.isoformat()
        if self._tracker.labels:
            body["labels"] = list(self._tracker.labels)
        if self._tracker.type:
            body["issue_type"] = self._tracker.type
        issue = self._connection.post(f"{self._at(self._project)}/issues", body, repeatable=False).json()
        if not number_at(issue, "iid"):
            raise TrackerError(f"{self._connection.address.host} opened an issue, and tells no number of it")
        return self._state(self._key(issue), issue)

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Close an issue."""
        number = next(iter(by_number(self._tracker, [ticket.key])))
        self._connection.put(f"{self._at(self._project)}/issues/{number}", {"state_event": "close"})

    def _issues(self, params: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
        path = f"{self._at(self._project)}/issues"
        asked = {**params, "scope": "all", "per_page": TICKETS_AT_ONCE}
        for answer in self._connection.pages(path, asked, accept={404}):
            if answer.status == 404:
                raise TrackerError(
                    f"{self._connection.address.host} shows no project {self._project} to the token in {self._connection.credentials.variable}"
                )
            told = answer.json()
            if not isinstance(told, list):
                raise TrackerError(
                    f"{self._connection.address.host} does not answer as GitLab does, expected `api` to be the address of the interface, such as {API}"
                )
            yield from entries_at({"issues": told}, "issues")

    def _moved(self, key: str, issue: Mapping[str, Any]) -> TicketState:
        """Find out where an issue went: GitLab tells only the number that it has in the database, but leaves a note."""
        at_first = f"{self._at(self._project)}/issues/{number_at(issue, 'iid')}/notes"
        notes = self._connection.get(at_first, {"sort": "desc", "per_page": 100}, accept={404})
        for note in entries_at({"notes": notes.json()}, "notes") if notes.status == 200 else ():
            found = _MOVED.search(text_at(note, "body")) if at(note, "system") is True else None
            if found:
                break
        else:
            return TicketState(key, state="moved", title=text_at(issue, "title"), gone=True)
        project = found["project"] or self._project
        if "/" not in project:
            # A project of the same group is named without it.
            project = f"{self._project.rpartition('/')[0]}/{project}"
        place = f"{self._at(project)}/issues/{found['number']}"
        answer = self._connection.get(place, accept={403, 404})
        moved_to = f"{project}#{found['number']}"
        if answer.status != 200:
            return TicketState(key, state="moved", title=text_at(issue, "title"), moved_to=moved_to)
        return self._state(key, answer.json(), moved_to)

    def _key(self, issue: Mapping[str, Any]) -> str:
        return filled(self._tracker.key, str(number_at(issue, "iid")))

    def _state(self, key: str, issue: object, moved_to: str = "") -> TicketState:
        labels = at(issue, "labels")
        is_closed = text_at(issue, "state") == "closed"
        if is_closed and text_at(issue, "_links", "closed_as_duplicate_of"):
            state, usual = "duplicate", Status.CANCELLED
        else:
            state, usual = ("closed", Status.DONE) if is_closed else ("opened", Status.OPEN)
        named = [label for label in labels if isinstance(label, str)] if isinstance(labels, list) else []
        word, status = meaning(self._tracker, state, usual, named)
        # Several people may share an issue where that is paid for; the first is whom an action names.
        assignee = next(iter(entries_at(issue, "assignees")), at(issue, "assignee"))
        return TicketState(
            key,
            status,
            word,
            text_at(issue, "title"),
            text_at(assignee, "name"),
            text_at(assignee, "username"),
            day_at(issue, "due_date"),
            day_at(issue, "closed_at"),
            text_at(issue, "web_url"),
            moved_to,
        )

    def _at(self, project: str) -> str:
        return f"projects/{quote(project, safe='')}"
