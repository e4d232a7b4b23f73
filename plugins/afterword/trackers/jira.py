"""Issues of Jira, Cloud (REST interface 3) and Data Center (2).

Cloud is asked for many keys by `issue/bulkfetch`, which leaves out what it does not know. Data Center has a search alone, which refuses a query as a whole for one key that there is
not, unless it is told not to validate it. Both give an issue that was moved under its new key only, and both answer an address whose token they do not take as if nobody had asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.answers import at, day_at, entries_at, number_at, text_at
from afterword.trackers.connection import Answer, Connection, connect_to
from afterword.trackers.credentials import Credentials, basic, bearer, variable
from afterword.trackers.jira_text import document, plain
from afterword.trackers.keys import in_parts
from afterword.trackers.meaning import meaning
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

TICKETS_AT_ONCE = 100
"""The most that Cloud takes."""

MARKS_AT_ONCE = 20
MAX_PAGES = 1_000

_FIELDS = ("summary", "status", "resolution", "assignee", "duedate", "resolutiondate")
_OF_CLOUD = ("statuscategorychangedate",)
"""When it was closed, in projects that have no resolutions."""

_OPTIONAL = frozenset({"duedate", "labels"})
"""Fields that a project may not have on the screen by which issues are made."""

_LONGEST_TITLE = 255

_VERSION = re.compile(r"(.*)/rest/api/([23])/*$")
_GATEWAY = "api.atlassian.com"

_USUAL = {
    "new": Status.OPEN,
    "undefined": Status.OPEN,
    "indeterminate": Status.IN_PROGRESS,
    "done": Status.DONE,
}
"""The categories that every status of Jira is in."""

_IN_REVIEW = frozenset(
    {"code review", "in review", "in test", "in testing", "peer review", "review", "testing"}
)
_NOTHING_DONE = frozenset(
    {
        "abandoned", "as designed", "canceled", "cancelled", "cannot reproduce", "declined", "duplicate", "incomplete", "invalid", "known error",
        "not a bug", "obsolete", "rejected", "won't do", "won't fix", "won't implement", "works as designed",
    }
)  # fmt: skip
"""Resolutions, or states of the category `done`, that say that nothing was done."""


def connect(tracker: Tracker, around: Surroundings) -> Jira:
    """Connect to a site; `api` is its address. One that ends in `/rest/api/3` or `/rest/api/2` says which interface it has, otherwise those of Atlassian are Cloud. Raises TrackerError."""
    found = _VERSION.match(tracker.api)
    site = found[1] if found else tracker.api.rstrip("/")
    host = urlsplit(site).hostname or ""
    of_atlassian = host.endswith(".atlassian.net") or host == _GATEWAY
    is_cloud = found[2] == "3" if found else of_atlassian

    def login(credentials: Credentials) -> tuple[str, str]:
        if credentials.user:
            return basic(credentials)
        if is_cloud and host != _GATEWAY:
            raise TrackerError(
                f"Jira Cloud takes a token with the e-mail address of its user only: {variable(tracker.name, 'USER')} is not set"
            )
        return bearer(credentials)

    connection = connect_to(replace(tracker, api=site), around, scheme=login, takes_password=not is_cloud)
    return Jira(tracker, connection, is_cloud=is_cloud)


class _QueryRefusedError(TrackerError):
    """A query was not run; the messages say why."""

    def __init__(self, host: str, messages: object) -> None:
        said = (
            [message for message in messages if isinstance(message, str)]
            if isinstance(messages, list)
            else []
        )
        self._words = " ".join(said)
        super().__init__(f"{host} refuses the query ('{' '.join(self._words.split())[:200]}')")

    def names(self, key: str) -> bool:
        """Tell whether a key is what it was refused for."""
        return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", self._words, re.IGNORECASE) is not None


class Jira:
    """The issues of one site, and of one project where they are opened."""

    def __init__(self, tracker: Tracker, connection: Connection, *, is_cloud: bool) -> None:
        self._tracker = tracker
        self._connection = connection
        self._is_cloud = is_cloud
        self._interface = f"rest/api/{3 if is_cloud else 2}"
        self._fields = [*_FIELDS, *(_OF_CLOUD if is_cloud else ())]
        self._is_known = False

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what Jira has of these issues."""
        named = {key.upper(): key for key in keys}
        for part in in_parts(named, TICKETS_AT_ONCE):
            missing = dict.fromkeys(part)
            for issue in self._with_keys(part):
                key = text_at(issue, "key").upper()
                if key in missing:
                    del missing[key]
                    yield self._state(named[key], issue)
            if missing:
                self._insist_on_login()
                yield from self._whereabouts({key: named[key] for key in missing})

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield the issues with these marks in their descriptions. Cloud's search lags a little behind what was just written."""
        self._insist_on_login()
        for part in in_parts(dict.fromkeys(marks), MARKS_AT_ONCE):
            phrases = " OR ".join(f"description ~ {_quoted(_quoted(mark))}" for mark in part)
            query = f"project = {_quoted(self._project)} AND ({phrases}) ORDER BY key"
            for issue in self._search(query, [*self._fields, "description"]):
                text = plain(at(issue, "fields", "description"))
                for mark in part:
                    if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text):
                        yield mark, self._state(text_at(issue, "key"), issue)

    def open(self, ticket: NewTicket) -> TicketState:
        """Create an issue; what the project has no field for is left out."""
        title = " ".join(ticket.title.split())
        fields: dict[str, Any] = {
            "project": {"key": self._project},
            "issuetype": {"name": self._tracker.type or "Task"},
            "summary": title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
            "description": document(ticket.description) if self._is_cloud else ticket.description,
        }
        if ticket.due:
            fields["duedate"] = ticket.due.isoformat()
        if self._tracker.labels:
            fields["labels"] = list(self._tracker.labels)
        answer = self._create(fields, accept={400})
        if answer.status == 400:
            refused = at(answer.json(), "errors")
            unknown = set(refused) if isinstance(refused, Mapping) else set()
            # Refused as a whole, nothing was opened.
            answer = self._create(
                {name: value for name, value in fields.items() if name not in unknown & _OPTIONAL}
            )
        key = text_at(answer.json(), "key")
        if not key:
            raise TrackerError(f"{self._connection.address.host} opened an issue, and tells no key of it")
        told = self._one(key)
        return TicketState(key, Status.OPEN, title=title, url=self._url(key)) if told is None else told

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Bring an issue to its end by the first step of its workflow that leads there, one to an end without work before the others."""
        path = f"{self._interface}/issue/{quote(ticket.key, safe='')}/transitions"
        steps = [
            step
            for step in entries_at(self._connection.get(path).json(), "transitions")
            if text_at(step, "to", "statusCategory", "key") == "done"
        ]
        if not steps:
            raise TrackerError(
                f"{ticket.key} was opened twice, as {instead.key} before, and has no step of its workflow that closes it: close it by hand"
            )
        steps.sort(key=lambda step: text_at(step, "to", "name").casefold() not in _NOTHING_DONE)
        self._connection.post(path, {"transition": {"id": text_at(steps[0], "id")}}, repeatable=False)

    @property
    def _project(self) -> str:
        project = self._tracker.project or self._tracker.key.rpartition("#")[0].rstrip("-")
        if not project:
            raise TrackerError("the settings name no project, expected project: KEY")
        return project

    def _create(self, fields: Mapping[str, Any], accept: set[int] | None = None) -> Answer:
        return self._connection.post(
            f"{self._interface}/issue", {"fields": fields}, repeatable=False, accept=accept or ()
        )

    def _with_keys(self, keys: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        if self._is_cloud:
            body = {"issueIdsOrKeys": list(keys), "fields": self._fields}
            answer = self._connection.post(f"{self._interface}/issue/bulkfetch", body, repeatable=True).json()
            for failed in entries_at(answer, "issueErrors"):
                # Those that cannot be told for now; what there is not stands nowhere in the answer.
                raise TrackerError(
                    f"{self._connection.address.host} could not tell all issues ('{text_at(failed, 'errorMessage')[:200]}')"
                )
            yield from self._issues(answer)
            return
        left = list(keys)
        while left:
            try:
                yield from self._search(_any_of(left), self._fields)
            except _QueryRefusedError as refused:
                # Not validated, a query is not refused; of one that is, the answer names the keys that there are not.
                known = [key for key in left if not refused.names(key)]
                if len(known) == len(left):
                    raise
                left = known
            else:
                return

    def _whereabouts(self, missing: Mapping[str, str]) -> Iterator[TicketState]:
        """Find out what became of issues that were not told under their keys: moved, deleted, or not shown."""
        # Asked for alone, for the issue may have been told under its new key already.
        moved = list(self._with_keys(list(missing)))
        if len(missing) == len(moved) == 1:
            yield self._state(next(iter(missing.values())), moved[0])
            return
        for key in missing.values():
            told = self._one(key) if moved else None
            yield TicketState(key, gone=True) if told is None else told

    def _one(self, key: str) -> TicketState | None:
        answer = self._connection.get(
            f"{self._interface}/issue/{quote(key, safe='')}",
            {"fields": ",".join(self._fields)},
            accept={403, 404},
        )
        return self._state(key, answer.json()) if answer.status == 200 else None

    def _search(self, query: str, fields: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Yield what a query finds, each issue once, in whatever order and however often the pages have it."""
        seen: set[str] = set()
        for issue in (self._cloud_pages if self._is_cloud else self._data_center_pages)(query, fields):
            key = text_at(issue, "key")
            if key not in seen:
                seen.add(key)
                yield issue

    def _cloud_pages(self, query: str, fields: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        body: dict[str, Any] = {"jql": query, "fields": list(fields), "maxResults": TICKETS_AT_ONCE}
        tokens: set[str] = set()
        while True:
            answer = self._connection.post(f"{self._interface}/search/jql", body, repeatable=True).json()
            yield from self._issues(answer)
            token = text_at(answer, "nextPageToken")
            if not token or at(answer, "isLast") is True:
                return
            if token in tokens or len(tokens) >= MAX_PAGES:
                raise TrackerError(f"{self._connection.address.host} leads from page to page without end")
            tokens.add(token)
            body["nextPageToken"] = token

    def _data_center_pages(self, query: str, fields: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        body: dict[str, Any] = {
            "jql": query,
            "fields": list(fields),
            "maxResults": TICKETS_AT_ONCE,
            "startAt": 0,
            "validateQuery": False,
        }
        for _ in range(MAX_PAGES):
            answered = self._connection.post(f"{self._interface}/search", body, repeatable=True, accept={400})
            answer = answered.json()
            if answered.status == 400:
                raise _QueryRefusedError(self._connection.address.host, at(answer, "errorMessages"))
            issues = self._issues(answer)
            yield from issues
            body["startAt"] += len(issues)
            if not issues or body["startAt"] >= number_at(answer, "total"):
                return
        raise TrackerError(f"{self._connection.address.host} leads from page to page without end")

    def _issues(self, answer: object) -> Sequence[Mapping[str, Any]]:
        if not isinstance(at(answer, "issues"), list):
            raise TrackerError(
                f"{self._connection.address.host} does not answer as Jira does, expected `api` to be the address of the site"
            )
        return entries_at(answer, "issues")

    def _insist_on_login(self) -> None:
        """Make sure that a token is taken before its holder is told that there is nothing: to nobody, Jira shows an empty site and says no word of it."""
        if not self._is_known:
            self._connection.get(f"{self._interface}/myself")
            self._is_known = True

    def _state(self, key: str, issue: Mapping[str, Any]) -> TicketState:
        now, name = text_at(issue, "key"), text_at(issue, "fields", "status", "name")
        resolution = text_at(issue, "fields", "resolution", "name")
        category = text_at(issue, "fields", "status", "statusCategory", "key")
        usual = _USUAL.get(category, Status.OPEN)
        if usual is Status.IN_PROGRESS and _folded(name) in _IN_REVIEW:
            usual = Status.IN_REVIEW
        if usual is Status.DONE and {_folded(name), _folded(resolution)} & _NOTHING_DONE:
            usual = Status.CANCELLED
        # A resolution that the settings name says more than the state that it was closed with.
        word, status = meaning(self._tracker, name, usual, [resolution] if resolution else [])
        closed = day_at(issue, "fields", "resolutiondate")
        if category == "done" and closed is None:
            closed = day_at(issue, "fields", "statuscategorychangedate")
        return TicketState(
            key,
            status,
            word,
            text_at(issue, "fields", "summary"),
            owner=text_at(issue, "fields", "assignee", "displayName"),
            login=text_at(issue, "fields", "assignee", "accountId" if self._is_cloud else "name"),
            due=day_at(issue, "fields", "duedate"),
            closed=closed if category == "done" else None,
            url=self._url(now),
            moved_to="" if now.upper() == key.upper() else now,
        )

    def _url(self, key: str) -> str:
        """Give the address of an issue's page; the gateway has none, and does not say where the site is."""
        if self._connection.address.host == _GATEWAY:
            return ""
        return self._connection.url_of(f"browse/{quote(key, safe='')}")


def _any_of(keys: Sequence[str]) -> str:
    return f"key in ({', '.join(_quoted(key) for key in keys)}) ORDER BY key"


def _folded(word: str) -> str:
    return word.strip().casefold().replace("’", "'")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
