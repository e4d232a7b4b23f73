"""Issues of Roundup, by its REST interface (2.4 and later).

A field of links is asked for by what it links to (`status.name`), and a list of numbers finds many issues at once. Schemas differ from tracker to tracker: the day that something
is due is a field that only some have.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from afterword.check.wording import did_you_mean, shown
from afterword.model.action import Status
from afterword.model.key_template import digits_in, filled
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.answers import at, day_at, entries_at, text_at
from afterword.trackers.connection import Connection, connect_to
from afterword.trackers.credentials import Credentials, basic, bearer
from afterword.trackers.keys import by_number, in_parts
from afterword.trackers.meaning import meaning
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

TICKETS_AT_ONCE = 100
"""More would make addresses longer than servers take."""

MAX_PAGES = 1_000

_FIELDS = ("title", "status.name", "assignedto.username", "assignedto.realname")
_DUE_FIELDS = ("duedate", "due_date", "due", "deadline")
"""What schemas call the day that something is due; those that come with Roundup have none."""

_DISTINCT = 8
"""Letters from which on the common beginning of several texts is worth searching by."""

_USUAL = {
    "deferred": Status.OPEN,
    "chatting": Status.IN_PROGRESS,
    "need-eg": Status.IN_PROGRESS,
    "in-progress": Status.IN_PROGRESS,
    "in progress": Status.IN_PROGRESS,
    "testing": Status.IN_REVIEW,
    "done-cbb": Status.DONE,
    "done": Status.DONE,
    "resolved": Status.DONE,
    "fixed": Status.DONE,
    "closed": Status.DONE,
    "cancelled": Status.CANCELLED,
    "rejected": Status.CANCELLED,
    "invalid": Status.CANCELLED,
    "wont-fix": Status.CANCELLED,
    "duplicate": Status.CANCELLED,
}
"""The states of the schemas that come with Roundup, and what others are often called; any other is open until the settings say what it is."""


def connect(tracker: Tracker, around: Surroundings) -> Roundup:
    """Connect to a Roundup; `api` is the address of the tracker itself, the one that its pages are below. Raises TrackerError."""
    return Roundup(tracker, connect_to(tracker, around, scheme=_login, takes_password=True))


def _login(credentials: Credentials) -> tuple[str, str]:
    """Carry a user's name and password, or a signed token where no user is named."""
    return basic(credentials) if credentials.user else bearer(credentials)


class Roundup:
    """The issues of one tracker."""

    def __init__(self, tracker: Tracker, connection: Connection) -> None:
        self._tracker = tracker
        self._connection = connection
        # Roundup refuses what a page of another site could make a browser send.
        self._headers = {"X-Requested-With": "afterword", "Origin": connection.address.origin}
        self._due: str | None = None
        self._keywords: Sequence[str] | None = None
        # Messages without an issue, by their mark: what is left where the issue was refused.
        self._alone: dict[str, str] = {}

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what Roundup has of these issues; one that is retired, or not shown, is gone."""
        for part in in_parts(by_number(self._tracker, keys).items(), TICKETS_AT_ONCE):
            numbers = ",".join(str(number) for number, _ in part)
            issues = {_number(issue): issue for issue in self._issues({"id": numbers}, at_most=len(part))}
            for number, key in part:
                issue = issues.get(str(number))
                yield TicketState(key, gone=True) if issue is None else self._state(key, issue)

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield the issues that have a message with one of these marks for its summary: what messages contain cannot be searched for."""
        wanted = set(marks)
        beginning = os.path.commonprefix(sorted(wanted))  # noqa: RUF071 — texts, not paths
        # Texts are found by any part of them, and by one text at a time: what all marks begin with finds them together.
        found: dict[str, str] = {}
        for text in [beginning] if len(beginning) >= _DISTINCT else sorted(wanted):
            for message in self._all("msg", {"summary": text, "@fields": "summary"}):
                if text_at(message, "summary") in wanted:
                    found[_number(message)] = text_at(message, "summary")
        self._alone |= {mark: message for message, mark in found.items()}
        for part in in_parts(found, TICKETS_AT_ONCE):
            for issue in self._issues({"messages": ",".join(part)}, "messages"):
                key = filled(self._tracker.key, _number(issue))
                for number in {_number(each) for each in entries_at(issue, "messages")} & set(part):
                    self._alone.pop(found[number], None)
                    yield found[number], self._state(key, issue)

    def open(self, ticket: NewTicket) -> TicketState:
        """Create an issue with a message whose summary is the mark. What can be refused is looked at first: a message that was created stays."""
        self._refuse_labels()
        issue: dict[str, Any] = {"title": ticket.title, "messages": [self._message(ticket)]}
        if ticket.due and self._due_field():
            issue[self._due_field()] = ticket.due.isoformat()
        if self._tracker.labels:
            issue["keyword"] = list(self._tracker.labels)
        key = filled(self._tracker.key, self._create("issue", issue))
        return next(self.states([key]))

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Retire an issue: it is found no more, and can be restored."""
        path = f"rest/data/issue/{digits_in(self._tracker.key, ticket.key)}"
        etag = text_at(self._connection.get(path, headers=self._headers).json(), "data", "@etag")
        headers = {**self._headers, "If-Match": etag}
        self._connection.put(path, {}, method="DELETE", headers=headers)

    def _message(self, ticket: NewTicket) -> str:
        """Give the message of a ticket: the one that an earlier try has left, where it says the same, or a new one."""
        left = self._alone.pop(ticket.mark, "")
        if left:
            query = {"id": left, "@fields": "content", "@verbose": "3"}
            for message in self._all("msg", query, at_most=1):
                # Roundup takes away the space around a text.
                if text_at(message, "content").split() == ticket.description.split():
                    return left
        made: dict[str, Any] = {"content": ticket.description, "summary": ticket.mark}
        if self._connection.credentials.user:
            # Roundup sends messages to their authors, and fails at one that has none.
            made["author"] = self._connection.credentials.user
        # Where only the first of the two requests comes through, nothing was opened: a message without an issue is shown nowhere.
        return self._create("msg", made)

    def _refuse_labels(self) -> None:
        """Raise TrackerError for labels of the settings that are no keywords."""
        if not self._tracker.labels:
            return
        if self._keywords is None:
            try:
                self._keywords = [text_at(each, "name") for each in self._all("keyword", {"@fields": "name"})]
            except TrackerError:
                # Keywords that may not be seen may be given all the same: then the issue itself is taken or refused.
                self._keywords = self._tracker.labels
        for label in self._tracker.labels:
            if label not in self._keywords:
                raise TrackerError(
                    f"`labels` in the settings names '{shown(label)}', which is no keyword of {self._connection.address.host}{did_you_mean(label, self._keywords)}: create it there, or leave it out"
                )

    def _create(self, kind: str, values: Mapping[str, Any]) -> str:
        answer = self._connection.post(
            f"rest/data/{kind}", values, repeatable=False, headers=self._headers
        ).json()
        number = _number(at(answer, "data"))
        if not number:
            raise TrackerError(f"{self._connection.address.host} opened an {kind}, and tells no number of it")
        return number

    def _issues(self, query: Mapping[str, str], *more: str, at_most: int = 0) -> Iterator[Mapping[str, Any]]:
        fields = [*_FIELDS, *more, *filter(None, [self._due_field()])]
        return self._all("issue", {**query, "@fields": ",".join(fields)}, at_most)

    def _all(self, kind: str, query: Mapping[str, str], at_most: int = 0) -> Iterator[Mapping[str, Any]]:
        """Yield what a query finds, page by page, each item once; `at_most` is how many there can be, where that is known.

        A tracker may give smaller pages than it is asked for, therefore only an empty one is surely the last.
        """
        seen: set[str] = set()
        for page in range(1, MAX_PAGES + 1):
            params = {**query, "@sort": "id", "@page_size": str(TICKETS_AT_ONCE), "@page_index": str(page)}
            answer = self._connection.get(f"rest/data/{kind}", params, headers=self._headers).json()
            if not isinstance(at(answer, "data", "collection"), list):
                raise TrackerError(
                    f"{self._connection.address.host} does not answer as Roundup does, expected `api` to be the address of the tracker"
                )
            items = entries_at(answer, "data", "collection")
            for item in items:
                if _number(item) not in seen:
                    seen.add(_number(item))
                    yield item
            total = at(answer, "data", "@total_size")
            if not items or len(seen) in (at_most, total):
                return
        raise TrackerError(f"{self._connection.address.host} leads from page to page without end")

    def _due_field(self) -> str:
        """Give what this tracker calls the day that something is due, empty where it has none. A field that there is not is refused; asked about no issue, the others answer with nothing."""
        if self._due is None:
            self._due = ""
            for name in _DUE_FIELDS:
                params = {"id": "0", "@fields": name, "@page_size": "1"}
                answer = self._connection.get("rest/data/issue", params, headers=self._headers, accept={400})
                if answer.status != 400:
                    self._due = name
                    break
        return self._due

    def _state(self, key: str, issue: Mapping[str, Any]) -> TicketState:
        name = text_at(issue, "status.name")
        word, status = meaning(self._tracker, name, _USUAL.get(name.casefold(), Status.OPEN))
        login = text_at(issue, "assignedto.username")
        return TicketState(
            key,
            status,
            word,
            text_at(issue, "title"),
            owner=text_at(issue, "assignedto.realname") or login,
            login=login,
            due=day_at(issue, self._due_field()) if self._due_field() else None,
            url=self._connection.url_of(f"issue{_number(issue)}"),
        )


def _number(item: object) -> str:
    found = at(item, "id")
    return str(found) if isinstance(found, str | int) and str(found).isdigit() else ""
