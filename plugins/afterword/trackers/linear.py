"""Issues of a Linear team: a hundred identifiers are asked for in one request.

An issue is opened with an id that is made from its mark and its team. Linear refuses a second one with it, so that nothing is opened twice, whoever asks and however often.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.trackers.answers import at, day_at, entries_at, number_at, text_at
from afterword.trackers.connection import Connection, connect_to
from afterword.trackers.credentials import Credentials, bare, bearer
from afterword.trackers.graphql import Reply, ask
from afterword.trackers.keys import by_number, in_parts
from afterword.trackers.meaning import meaning
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

API = "https://api.linear.app"

TICKETS_AT_ONCE = 100
LOOKED_FOR_AT_ONCE = 20

_TYPES = {
    "triage": Status.OPEN,
    "backlog": Status.OPEN,
    "unstarted": Status.OPEN,
    "started": Status.IN_PROGRESS,
    "completed": Status.DONE,
    "canceled": Status.CANCELLED,
    "duplicate": Status.CANCELLED,
}
_IN_REVIEW = "in review"
"""What new teams call the second of their states of the type `started`."""

_ISSUE = """
fragment issue on Issue {
  id identifier number title url dueDate completedAt canceledAt trashed previousIdentifiers state { name type } assignee { name displayName }
}"""

_ISSUES = f"""query($filter: IssueFilter!, $after: String) {{
  issues(filter: $filter, first: {TICKETS_AT_ONCE}, after: $after, includeArchived: true) {{
    nodes {{ ...issue }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}{_ISSUE}"""

_TEAM = """query($key: String!) { teams(filter: { key: { eq: $key } }) { nodes { id } } }"""

_LABELS = """query($names: [String!]!, $team: ID!) {
  issueLabels(filter: { name: { in: $names }, or: [{ team: { null: true } }, { team: { id: { eq: $team } } }] }, first: 100) { nodes { id name } }
}"""

_OPEN = f"""mutation($input: IssueCreateInput!) {{ issueCreate(input: $input) {{ success issue {{ ...issue }} }} }}{_ISSUE}"""

MAX_PAGES = 100


def connect(tracker: Tracker, around: Surroundings) -> Linear:
    """Connect to a team's issues. Raises TrackerError."""
    return Linear(tracker, connect_to(tracker, around, API, _carried))


def _carried(credentials: Credentials) -> tuple[str, str]:
    """Carry a key of a person bare, and a token of an application as a bearer's, as Linear wants them."""
    return (bare if credentials.token.startswith("lin_api_") else bearer)(credentials)


class Linear:
    """The issues of one team."""

    def __init__(self, tracker: Tracker, connection: Connection) -> None:
        self._team = (tracker.project or tracker.key.rpartition("#")[0].rstrip("-")).upper()
        if not re.fullmatch(r"[A-Z0-9]+", self._team):
            raise TrackerError(
                "the settings name no team, expected project: KEY or a key template such as ENG-#"
            )
        self._tracker = tracker
        self._connection = connection
        self._team_id = ""

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what Linear has of these issues, archived ones too."""
        for part in in_parts(by_number(self._tracker, keys).items(), TICKETS_AT_ONCE):
            missing = dict(part)
            wanted = {"team": {"key": {"eq": self._team}}, "number": {"in": [number for number, _ in part]}}
            for issue in self._issues(wanted):
                key = missing.pop(number_at(issue, "number"), "")
                if key:
                    yield self._state(key, issue)
            yield from self._elsewhere(missing)

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield issues that were opened with these marks."""
        for part in in_parts(marks, TICKETS_AT_ONCE):
            ids = {self._id(mark): mark for mark in part}
            for issue in self._issues({"id": {"in": list(ids)}}):
                mark = ids.get(text_at(issue, "id").lower())
                if mark:
                    yield mark, self._state(text_at(issue, "identifier"), issue)

    def open(self, ticket: NewTicket) -> TicketState:
        """Open an issue, or give the one that was opened with this mark before."""
        known = self._id(ticket.mark)
        wanted: dict[str, object] = {
            "id": known,
            "teamId": self._team_id,
            "title": ticket.title,
            "description": ticket.description,
        }
        if ticket.due:
            wanted["dueDate"] = ticket.due.isoformat()
        if self._tracker.labels:
            wanted["labelIds"] = self._label_ids()
        reply = self._ask(_OPEN, {"input": wanted})
        issue = at(reply.found, "issueCreate", "issue")
        if not text_at(issue, "identifier"):
            issue = next(self._issues({"id": {"eq": known}}), None)
        if issue is None:
            reply.insist(self._connection.address.host)
            raise TrackerError(
                f"{self._connection.address.host} did not open the issue, and does not say why"
            )
        state = self._state(text_at(issue, "identifier"), issue)
        if state.gone:
            raise TrackerError(
                f"{state.key} was opened for this action and lies in the trash: restore it, or delete it for good"
            )
        return state

    def _issues(self, wanted: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
        after = None
        for _ in range(MAX_PAGES):
            reply = self._ask(_ISSUES, {"filter": wanted, "after": after})
            found = reply.insist(self._connection.address.host)
            yield from entries_at(found, "issues", "nodes")
            following = text_at(found, "issues", "pageInfo", "endCursor")
            if (
                at(found, "issues", "pageInfo", "hasNextPage") is not True
                or not following
                or following == after
            ):
                return
            after = following

    def _elsewhere(self, missing: Mapping[int, str]) -> Iterator[TicketState]:
        """Look for issues that another team has now: Linear finds them by the identifiers that they had, one by one, and gives nothing at all where one is not there."""
        for part in in_parts(missing.items(), LOOKED_FOR_AT_ONCE):
            left = dict(part)
            while left:
                fields = " ".join(
                    f'i{number}: issue(id: "{self._team}-{number}") {{ ...issue }}' for number in left
                )
                reply = self._ask(f"query {{ {fields} }}{_ISSUE}", {})
                refused = {complaint.path[0] for complaint in reply.complaints if complaint.path}
                gone = [number for number in left if f"i{number}" in refused]
                if reply.complaints and not gone:
                    reply.insist(self._connection.address.host)
                for number in gone:
                    yield TicketState(left.pop(number), gone=True)
                if gone and not reply.found:
                    continue
                for number, key in left.items():
                    issue = reply.found.get(f"i{number}")
                    yield self._moved(key, number, issue) if issue else TicketState(key, gone=True)
                break

    def _moved(self, key: str, number: int, issue: object) -> TicketState:
        now = text_at(issue, "identifier")
        return self._state(key, issue, "" if now.upper() == f"{self._team}-{number}" else now)

    def _state(self, key: str, issue: object, moved_to: str = "") -> TicketState:
        name = text_at(issue, "state", "name")
        usual = _TYPES.get(text_at(issue, "state", "type"), Status.OPEN)
        if usual is Status.IN_PROGRESS and name.casefold() == _IN_REVIEW:
            usual = Status.IN_REVIEW
        word, status = meaning(self._tracker, name, usual)
        return TicketState(
            key,
            status,
            word,
            text_at(issue, "title"),
            text_at(issue, "assignee", "name"),
            text_at(issue, "assignee", "displayName"),
            day_at(issue, "dueDate"),
            day_at(issue, "completedAt") or day_at(issue, "canceledAt"),
            text_at(issue, "url"),
            moved_to,
            gone=at(issue, "trashed") is True,
        )

    def _id(self, mark: str) -> str:
        """Make the id of the issue of a mark. The team's is in it: ids of Linear are one space, and others may have the same mark."""
        if not self._team_id:
            teams = self._ask(_TEAM, {"key": self._team}).insist(self._connection.address.host)
            self._team_id = text_at(next(iter(entries_at(teams, "teams", "nodes")), {}), "id")
            if not self._team_id:
                raise TrackerError(
                    f"{self._connection.address.host} shows no team {self._team} to the token in {self._connection.credentials.variable}"
                )
        digest = hashlib.sha256(f"{self._team_id} {mark}".encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    def _label_ids(self) -> list[str]:
        names = list(self._tracker.labels)
        found = self._ask(_LABELS, {"names": names, "team": self._team_id}).insist(
            self._connection.address.host
        )
        ids = {
            text_at(label, "name"): text_at(label, "id")
            for label in entries_at(found, "issueLabels", "nodes")
        }
        lacking = next((name for name in names if name not in ids), None)
        if lacking is not None:
            raise TrackerError(f"team {self._team} has no label '{lacking}', and labels are not made here")
        return [ids[name] for name in names]

    def _ask(self, query: str, variables: Mapping[str, object]) -> Reply:
        return ask(self._connection, "graphql", query, variables)
