"""Questions in GraphQL, which many trackers answer at one address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.trackers.answers import at, entries_at, text_at
from afterword.trackers.connection import Connection
from afterword.trackers.tracker import TrackerError

_LIMITED = frozenset({"RATE_LIMITED", "RATELIMITED"})
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Complaint:
    """What went wrong with a part of a question; `path` leads to that part, `kind` is the host's word for it."""

    message: str
    kind: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question got: `found` has what could be told, the complaints say what could not."""

    found: Mapping[str, Any]
    complaints: Sequence[Complaint]

    def insist(self, host: str) -> Mapping[str, Any]:
        """Give what was found. Raises TrackerError where there is a complaint."""
        for complaint in self.complaints:
            raise TrackerError(f"{host} answered: {complaint.message}")
        return self.found


def ask(
    connection: Connection,
    path: str,
    query: str,
    variables: Mapping[str, object] | None = None,
    *,
    repeatable: bool = True,
) -> Reply:
    """Put a question. Raises TrackerError where no answer comes, or one that is none.

    Limits are told in an answer of status 200 or 400; the connection waits for their end before the next attempt, where the headers tell it.
    """
    body = {"query": query, "variables": dict(variables or {})}
    for _ in range(_ATTEMPTS):
        told = connection.post(path, body, repeatable=repeatable, accept={400}).json()
        complaints = [_complaint(entry) for entry in entries_at(told, "errors")]
        if not any(complaint.kind in _LIMITED for complaint in complaints):
            break
    else:
        raise TrackerError(f"{connection.address.host} allows no more requests for now: run it again later")
    found = at(told, "data")
    if not isinstance(found, Mapping):
        if not complaints:
            raise TrackerError(f"{connection.address.host} answered with neither data nor errors")
        found = {}
    return Reply(found, complaints)


def _complaint(entry: Mapping[str, Any]) -> Complaint:
    path = entry.get("path")
    return Complaint(
        text_at(entry, "extensions", "userPresentableMessage") or text_at(entry, "message") or "no reason",
        text_at(entry, "type") or text_at(entry, "extensions", "code"),
        tuple(str(part) for part in path) if isinstance(path, list) else (),
    )
