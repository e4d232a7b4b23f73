"""Issues and pull requests of GitHub: of github.com, of GHE.com and of an Enterprise Server.

States are asked for by GraphQL, a hundred numbers at once: REST lists the issues of a repository, but not those of given numbers, and so would take a request each. GraphQL says
of an issue that was transferred only that it is not there; REST leads on to where it is now, and is asked about those alone.
"""

from __future__ import annotations

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
from afterword.trackers.graphql import ask
from afterword.trackers.keys import by_number, in_parts, project_of
from afterword.trackers.meaning import meaning
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

API = "https://api.github.com"

TICKETS_AT_ONCE = 100
SEARCHES_AT_ONCE = 20

_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_IN_ADDRESS = re.compile(r"https?://[^/]+/([^/]+/[^/]+)/(?:issues|pull)/#")

_USUAL = {
    "open": Status.OPEN,
    "completed": Status.DONE,
    "closed": Status.DONE,
    "not planned": Status.CANCELLED,
    "duplicate": Status.CANCELLED,
    "pull request": Status.IN_REVIEW,
    "draft pull request": Status.IN_PROGRESS,
    "merged": Status.DONE,
    "closed pull request": Status.CANCELLED,
}
"""What issues and pull requests are, in GitHub's words."""

_PEOPLE_AND_LABELS = "assignees(first: 1) { nodes { login name } } labels(first: 50) { nodes { name } }"
_ISSUE = f"""
fragment issue on Issue {{
  __typename number title url state stateReason%s closedAt {_PEOPLE_AND_LABELS}
}}"""
_TICKET = f"""
fragment ticket on IssueOrPullRequest {{
  ...issue
  ... on PullRequest {{ __typename number title url pullState: state isDraft closedAt {_PEOPLE_AND_LABELS} }}
}}"""
# Two enumerations may not share one name in an answer, hence `pullState`.


def connect(tracker: Tracker, around: Surroundings) -> GitHub:
    """Connect to a repository's issues. Raises TrackerError."""
    return GitHub(tracker, connect_to(tracker, around, API))


class GitHub:
    """The issues of one repository."""

    def __init__(self, tracker: Tracker, connection: Connection) -> None:
        repository = project_of(tracker, _IN_ADDRESS)
        if not _REPOSITORY.fullmatch(repository):
            raise TrackerError(
                f"'{repository}' is no repository, expected project: OWNER/NAME"
                if repository
                else "the settings name no repository, expected project: OWNER/NAME"
            )
        self._tracker = tracker
        self._connection = connection
        self._owner, _, self._name = repository.partition("/")
        path = connection.address.path
        is_server = path.endswith("/v3")
        self._graphql = (
            f"{connection.address.origin}{path.removesuffix('/v3') if is_server else path}/graphql"
        )
        # An Enterprise Server may be too old to tell duplicates.
        self._issue = _ISSUE % ("" if is_server else "(enableDuplicate: true)")

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what GitHub has of these issues or pull requests."""
        for part in in_parts(by_number(self._tracker, keys).items(), TICKETS_AT_ONCE):
            fields = " ".join(
                f"t{number}: issueOrPullRequest(number: {number}) {{ ...ticket }}" for number, _ in part
            )
            repository = self._repository(fields)
            lost = []
            for number, key in part:
                found = at(repository, f"t{number}")
                if found is None:
                    lost.append((number, key))
                else:
                    yield self._state(key, found)
            for number, key in lost:
                yield self._whereabouts(number, key)

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield issues that were opened with these marks.

        The index of GitHub's search lags behind by seconds to minutes, therefore the newest issues are looked through as well: those are told as they are.
        """
        for part in in_parts(marks, SEARCHES_AT_ONCE):
            phrases = {
                f"m{place}": f'"{mark}" in:body is:issue repo:{self._owner}/{self._name}'
                for place, mark in enumerate(part)
            }
            reply = ask(
                self._connection,
                self._graphql,
                "query("
                + ", ".join(
                    ["$owner: String!", "$name: String!", *(f"${alias}: String!" for alias in phrases)]
                )
                + ") { repository(owner: $owner, name: $name) {"
                + " issues(first: 100, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { ...issue body } } } "
                + " ".join(
                    f"{alias}: search(type: ISSUE, first: 20, query: ${alias}) {{ nodes {{ ...issue ... on Issue {{ body }} }} }}"
                    for alias in phrases
                )
                + " }"
                + self._issue,
                {"owner": self._owner, "name": self._name, **phrases},
            )
            self._insist_on_repository(reply.found)
            found = reply.insist(self._connection.address.host)
            issues = [*entries_at(found, "repository", "issues", "nodes")]
            for alias in phrases:
                issues += entries_at(found, alias, "nodes")
            yield from self._marked(part, issues)

    def open(self, ticket: NewTicket) -> TicketState:
        """Open an issue. GitHub has no due days."""
        body: dict[str, object] = {"title": ticket.title, "body": ticket.description}
        if self._tracker.labels:
            body["labels"] = list(self._tracker.labels)
        if self._tracker.type:
            body["type"] = self._tracker.type
        answer = self._connection.post(self._issues, body, repeatable=False, headers=_HEADERS).json()
        if not number_at(answer, "number"):
            raise TrackerError(f"{self._connection.address.host} opened an issue, and tells no number of it")
        return self._told_by_rest("", answer)

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Close an issue as not planned."""
        number = next(iter(by_number(self._tracker, [ticket.key])))
        body = {"state": "closed", "state_reason": "not_planned"}
        self._connection.put(f"{self._issues}/{number}", body, headers=_HEADERS, method="PATCH")

    @property
    def _issues(self) -> str:
        return f"repos/{quote(self._owner)}/{quote(self._name)}/issues"

    def _repository(self, fields: str) -> Mapping[str, Any]:
        reply = ask(
            self._connection,
            self._graphql,
            f"query($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {{ {fields} }} }}{self._issue}{_TICKET}",
            {"owner": self._owner, "name": self._name},
        )
        for complaint in reply.complaints:
            if complaint.kind != "NOT_FOUND":
                raise TrackerError(f"{self._connection.address.host} answered: {complaint.message}")
        return self._insist_on_repository(reply.found)

    def _insist_on_repository(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        repository = found.get("repository")
        if not isinstance(repository, Mapping):
            raise TrackerError(
                f"{self._connection.address.host} shows no repository {self._owner}/{self._name} to the token in {self._connection.credentials.variable}"
            )
        return repository

    def _marked(
        self, marks: Sequence[str], issues: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[str, TicketState]]:
        seen = set()
        for issue in issues:
            body, number = text_at(issue, "body"), number_at(issue, "number")
            for mark in marks:
                # A search finds what is alike, too.
                if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", body) and (mark, number) not in seen:
                    seen.add((mark, number))
                    yield mark, self._state(filled(self._tracker.key, str(number)), issue)

    def _state(self, key: str, found: object) -> TicketState:
        if text_at(found, "__typename") == "PullRequest":
            state = _PULL_REQUESTS.get(text_at(found, "pullState"), "closed pull request")
            if state == "pull request" and at(found, "isDraft") is True:
                state = "draft pull request"
        else:
            state = _word(text_at(found, "state"), text_at(found, "stateReason"))
        assignee = next(iter(entries_at(found, "assignees", "nodes")), {})
        return self._made(
            key,
            found,
            state,
            [text_at(label, "name") for label in entries_at(found, "labels", "nodes")],
            owner=text_at(assignee, "name") or text_at(assignee, "login"),
            login=text_at(assignee, "login"),
            closed=day_at(found, "closedAt"),
            url=text_at(found, "url"),
        )

    def _told_by_rest(self, key: str, found: object) -> TicketState:
        state = _word(text_at(found, "state"), text_at(found, "state_reason"))
        if isinstance(at(found, "pull_request"), Mapping):
            merged = text_at(found, "pull_request", "merged_at")
            state = "merged" if merged else "pull request" if state == "open" else "closed pull request"
            if state == "pull request" and at(found, "draft") is True:
                state = "draft pull request"
        login = text_at(next(iter(entries_at(found, "assignees")), {}), "login")
        return self._made(
            key or filled(self._tracker.key, str(number_at(found, "number"))),
            found,
            state,
            [text_at(label, "name") for label in entries_at(found, "labels")],
            owner=login,
            login=login,
            closed=day_at(found, "closed_at"),
            url=text_at(found, "html_url"),
        )

    def _made(self, key: str, found: object, state: str, labels: Sequence[str], **rest: Any) -> TicketState:
        word, status = meaning(self._tracker, state, _USUAL[state], labels)
        return TicketState(key, status, word, text_at(found, "title"), **rest)

    def _whereabouts(self, number: int, key: str) -> TicketState:
        """Find out what became of an issue: transferred (301, which the connection follows), deleted (410), or not shown (404)."""
        answer = self._connection.get(f"{self._issues}/{number}", headers=_HEADERS, accept={404, 410})
        if answer.status in (404, 410):
            return TicketState(key, gone=True)
        found = answer.json()
        state = self._told_by_rest(key, found)
        repository = "/".join(text_at(found, "repository_url").split("/")[-2:])
        here = f"{self._owner}/{self._name}#{number}"
        now = f"{repository}#{number_at(found, 'number')}"
        if not repository or now.casefold() == here.casefold():
            return state
        return TicketState(
            state.key,
            state.status,
            state.state,
            state.title,
            state.owner,
            state.login,
            None,
            state.closed,
            state.url,
            now,
        )


_PULL_REQUESTS = {"OPEN": "pull request", "MERGED": "merged", "CLOSED": "closed pull request"}


def _word(state: str, reason: str) -> str:
    """Give GitHub's word for how an issue stands; both interfaces are read, whose words differ in case."""
    if state.casefold() == "open":
        return "open"
    word = reason.casefold().replace("_", " ")
    return word if word in ("completed", "not planned", "duplicate") else "closed"
