"""A small tracker, its client and its server: one file, as a new kind of tracker is."""

from __future__ import annotations

import importlib.metadata  # noqa: F401 - loaded before processes are forked
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.model.words import TRACKER_KINDS
from afterword.parse.settings import settings_trackers
from afterword.trackers.connection import Connection, connect_to
from afterword.trackers.states import status_of
from afterword.trackers.table import KINDS, TrackerKind
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError
from tests.trackers.scripted_server import Asked, Told

AT_ONCE = 50
"""Tickets of a request."""

PAGE = 15
"""Tickets of a page, where the server has no other number."""

DRAWN = TrackerKind("tests.trackers.drawn_tracker", "a tracker of the tests")


def register() -> None:
    """Write the line of the table, and the word that the settings know it by."""
    KINDS["drawn"] = DRAWN
    settings_trackers.TRACKER_KINDS = (*TRACKER_KINDS, "drawn")


def unregister() -> None:
    """Take both away again."""
    del KINDS["drawn"]
    settings_trackers.TRACKER_KINDS = TRACKER_KINDS


def connect(tracker: Tracker, around: Surroundings) -> DrawnTracker:
    """Connect to it."""
    return DrawnTracker(tracker, connect_to(tracker, around))


class DrawnTracker:
    """Its client."""

    def __init__(self, tracker: Tracker, connection: Connection) -> None:
        self._tracker = tracker
        self._connection = connection

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Ask for as many tickets at once as it allows, and follow the pages of its answer."""
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            missing = {key.casefold() for key in some}
            for page in self._connection.pages("tickets", {"keys": ",".join(some)}):
                sys.audit("drawn.page", len(keys))
                for told in page.json():
                    missing.discard(told["key"].casefold())
                    yield self._state(told)
            yield from (TicketState(key, gone=True) for key in some if key.casefold() in missing)

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Find nothing."""
        yield from ()

    def open(self, ticket: NewTicket) -> TicketState:
        """Open nothing."""
        raise TrackerError("no ticket can be opened here")

    def _state(self, told: Mapping[str, Any]) -> TicketState:
        due = date.fromisoformat(told["due"]) if told.get("due") else None
        return TicketState(
            told["key"], status_of(told["state"], self._tracker), told["state"], owner=told["owner"], due=due
        )


@dataclass
class DrawnServer:
    """What the tracker holds; `turn` may answer in the place of a page, by how many requests there were before."""

    states: dict[str, str] = field(default_factory=dict)
    turn: Callable[[int], Told | None] = lambda number: None
    backwards: bool = False
    page: int = PAGE
    page: int = PAGE
    requests: int = 0

    def __call__(self, asked: Asked) -> Told:
        """Answer a request."""
        number, self.requests = self.requests, self.requests + 1
        instead = self.turn(number)
        if instead is not None:
            return instead
        if asked.headers.get("Authorization") != "Bearer t0ken":
            return Told({"message": "who is that"}, 401)
        known = [key for key in asked.query["keys"].split(",") if key in self.states]
        if self.backwards:
            known.reverse()
        first = int(asked.query.get("from", "0"))
        page = [
            {"key": key, "state": self.states[key], "owner": "Juno Papercliff"}
            for key in known[first : first + self.page]
        ]
        rest = first + self.page
        link = (
            {"Link": f'</tickets?keys={asked.query["keys"]}&from={rest}>; rel="next"'}
            if rest < len(known)
            else {}
        )
        return Told(page, headers=link)
