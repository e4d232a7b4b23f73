"""A small tracker behind HTTP on this machine, and the client of it: what tickets are opened in for real."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from afterword.model.action import Status
from afterword.model.ticket import TicketState
from afterword.trackers.tracker import NewTicket, TrackerError

Watch = Callable[[int, str], None]
"""Told of each request before (`asked`) and behind (`stored`) what it does, with its number from 1; an OSError raised by it cuts the connection."""


@dataclass
class DrawnTracker:
    """The tickets, in the order of their opening, and what watches the requests."""

    address: str = ""
    tickets: list[dict[str, str]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    watch: Watch = lambda number, moment: None
    lock: threading.RLock = field(default_factory=threading.RLock)

    def standing(self) -> dict[str, list[str]]:
        """Give the keys of the tickets that are not withdrawn, by their titles."""
        found: dict[str, list[str]] = {}
        for ticket in self.tickets:
            if ticket["status"] != "cancelled":
                found.setdefault(ticket["title"], []).append(ticket["key"])
        return found

    def answer(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """Do what a request asks for."""
        with self.lock:
            self.requests.append(f"{method} {path}")
            number = len(self.requests)
        self.watch(number, "asked")
        with self.lock:
            answer = self._done(path, body)
        self.watch(number, "stored")
        return answer

    def _done(self, path: str, body: dict[str, Any]) -> Any:
        if path == "/search":
            return [
                {**ticket, "mark": mark}
                for ticket in reversed(self.tickets)
                for mark in body["marks"]
                if mark in ticket["description"]
            ]
        if path == "/states":
            return [each for each in self.tickets if each["key"] in body["keys"]]
        if path == "/open":
            ticket = {**body, "key": f"PAY-{len(self.tickets) + 1}", "status": "open"}
            self.tickets.append(ticket)
            return ticket
        ticket = next(each for each in self.tickets if each["key"] == body["key"])
        ticket["status"] = "cancelled"
        return ticket


@dataclass(frozen=True)
class DrawnClient:
    """The tracker's client; it cannot take a ticket back."""

    address: str

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Opening asks for no states."""
        raise NotImplementedError

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Search for marks."""
        for ticket in self._ask("/search", {"marks": list(marks)}):
            yield ticket["mark"], _state(ticket)

    def open(self, ticket: NewTicket) -> TicketState:
        """Open a ticket."""
        said = {"mark": ticket.mark, "title": ticket.title, "description": ticket.description}
        return _state(self._ask("/open", said))

    def _ask(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(f"{self.address}{path}", json.dumps(body).encode())  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return json.load(answer)
        except (OSError, ValueError) as error:
            raise TrackerError(f"no answer: {error}") from error


class WithdrawingClient(DrawnClient):
    """The client of a tracker in which a ticket can be taken back."""

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Take a ticket back."""
        self._ask("/withdraw", {"key": ticket.key, "instead": instead.key})


@contextmanager
def running() -> Iterator[DrawnTracker]:
    """Run a tracker on a free port."""
    tracker = DrawnTracker()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Answer, or cut the connection."""
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                answer = json.dumps(tracker.answer("POST", self.path, body)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tracker.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield tracker
    finally:
        server.shutdown()
        server.server_close()


def _state(ticket: dict[str, str]) -> TicketState:
    return TicketState(
        ticket["key"], Status(ticket["status"]), url=f"https://tracker.example/{ticket['key']}"
    )
