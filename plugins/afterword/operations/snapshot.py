"""The committed snapshot of tickets: where it lies, reading it, writing it."""

from __future__ import annotations

from pathlib import Path

from afterword.convert.ticket_snapshot import snapshot_text
from afterword.model.finding import Finding, Nature
from afterword.model.settings import Settings
from afterword.model.span import START
from afterword.model.ticket import Tickets
from afterword.parse.beside.ticket_snapshot import MAX_BYTES, RULE, read_tickets
from afterword.sources.files import problem_of, read_bytes, reason_of, write_atomically

TICKETS_NAME = "tickets.json"
"""The snapshot, where settings name no other."""


def snapshot_path(settings: Settings) -> str:
    """Give where the snapshot lies, there or not, relative to the settings file's folder; empty where there are no settings, and so no trackers."""
    return "" if settings.path is None else settings.tickets or TICKETS_NAME


def read_snapshot(location: Path, path: str) -> tuple[Tickets, tuple[Finding, ...]]:
    """Read the snapshot in a file that is called `path`, and give what is found in it; nothing of one that is not there."""
    if not path or (not location.exists() and not location.is_symlink()):
        return Tickets(), ()
    try:
        # It is written over: what it led to would be, too.
        problem = "a symbolic link, expected a file" if location.is_symlink() else problem_of(location)
        if problem:
            return Tickets(path), (_unread(problem, path),)
        raw, size = read_bytes(location, MAX_BYTES + 1), location.stat().st_size
    except OSError as error:
        return Tickets(path), (_unread(reason_of(error), path),)
    return read_tickets(raw, path, size)


def write_snapshot(location: Path, tickets: Tickets) -> bool:
    """Write the snapshot whole, and tell whether that changed the file. Raises OSError where it cannot be written."""
    content = snapshot_text(tickets).encode()
    if location.is_file() and read_bytes(location) == content:
        return False
    location.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(location, content)
    return True


def _unread(reason: str, path: str) -> Finding:
    return Finding(RULE, f"not read: {reason}", START, Nature.UNREADABLE, path=path)
