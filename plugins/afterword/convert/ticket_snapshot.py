"""`tickets.json`, written: the same states give the same bytes, and one ticket that changes is a few lines of a diff."""

from __future__ import annotations

import json
from typing import Any

from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.parse.beside.ticket_snapshot import FORMAT
from afterword.parse.source.text import escaped_json


def snapshot_text(tickets: Tickets) -> str:
    """Write a snapshot as JSON, sorted; what is empty of a ticket is left out."""
    content = {
        "format": FORMAT,
        "trackers": {name: _tracker(each) for name, each in sorted(tickets.trackers.items())},
    }
    return (
        escaped_json(json.dumps(content, indent=1, ensure_ascii=False)).encode("utf-8", "replace").decode()
        + "\n"
    )


def _tracker(snapshot: TrackerSnapshot) -> dict[str, Any]:
    return {
        "as_of": snapshot.as_of.isoformat() if snapshot.as_of else None,
        "problem": snapshot.problem,
        "tickets": {key: _ticket(each) for key, each in sorted(snapshot.tickets.items())},
    }


def _ticket(state: TicketState) -> dict[str, Any]:
    content = {
        "key": state.key,
        "status": str(state.status) if state.status else "",
        "state": state.state,
        "title": state.title,
        "owner": state.owner,
        "login": state.login,
        "due": state.due.isoformat() if state.due else "",
        "closed": state.closed.isoformat() if state.closed else "",
        "url": state.url,
        "moved_to": state.moved_to,
        "gone": state.gone,
    }
    return {name: value for name, value in content.items() if value}
