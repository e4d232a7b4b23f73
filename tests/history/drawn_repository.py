"""Small repositories for the tests, drawn commit by commit and written by one process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from afterword.model.history import ActionLife, History
from afterword.operations.reading.ledger import history_of
from afterword.operations.reading.loading import load
from afterword.sources.cache import Cache
from tests.git import git

Drawing = tuple[str, str, Mapping[str, str | None]]
"""A commit: its day, with or without a time (else noon, UTC), its message, and the files that it writes; None takes one away. Of a message `:N` is the name of the Nth commit."""

ID = "2026-03-01-orders-fail"
PATH = f"postmortems/2026/{ID}.md"
HEAD = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n"


def record(*rows: str, status: str = "final", more: str = "") -> str:
    """Write a record with actions: `A1 open`, `A1 open 2026-04-01`, `A1 done_2026-04-01 2026-04-01 Ada_Moss`."""
    table = ""
    for row in rows:
        name, state, *rest = row.split()
        due, owner = (*rest, *("2026-04-01", "Ada_Moss")[len(rest) :])
        table += f"| {name} | Alert on depth | {owner.replace('_', ' ')} | {due} | PAY-1 | detect | {state.replace('_', ' ')} |\n"
    header = f"title: Orders fail\ndate: 2026-03-01\nseverity: sev3\nstatus: {status}\nkind: outage\nservices: [orders]\n{more}"
    return f"---\n{header}---\n\n## Summary\n\nOrders failed.\n\n## Action items\n\n{HEAD if rows else ''}{table}"


def draw(folder: Path, *commits: Drawing, form: str = "sha1") -> Path:
    """Make a repository of commits, one after the other, and check its files out."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", f"--object-format={form}")
    names: list[str] = []
    for number, (day, message, files) in enumerate(commits, start=1):
        for earlier, name in enumerate(names, start=1):
            message = message.replace(f":{earlier}", name)
        # Only a message that names a commit has to wait for it.
        waits = any(f":{number}" in later for _, later, _ in commits)
        names.append(_import(folder, _commit(day, message, files, first=number == 1), waits))
    git(folder, "checkout", "--quiet", "--force", "main")
    return folder


def _import(folder: Path, stream: bytes, waits: bool) -> str:
    git(folder, "fast-import", "--quiet", "--date-format=raw", stream=stream)
    return git(folder, "rev-parse", "main") if waits else ""


def _commit(day: str, message: str, files: Mapping[str, str | None], *, first: bool) -> bytes:
    when = datetime.fromisoformat(day if len(day) > 10 else f"{day}T12:00:00").replace(tzinfo=UTC)
    lines = [
        "commit refs/heads/main",
        f"committer Ada Moss <ada@company.example> {int(when.timestamp())} +0000",
    ]
    lines.append(f"data {len(message.encode())}\n{message}")
    lines += [] if first else ["from refs/heads/main^0"]
    for path, text in sorted(files.items(), key=lambda each: each[1] is not None):
        if text is None:
            lines.append(f"D {path}")
        else:
            lines.append(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}")
    return "\n".join([*lines, ""]).encode()


def told(folder: Path, cache: Path | None = None) -> History:
    """Give the history of the archive in a folder."""
    loaded = load(start=folder)
    return history_of(loaded.archive, loaded.root, Cache(cache or folder.parent / "cache"))


def moments(life: ActionLife | None) -> Sequence[str]:
    """Write what became of an action in a line for each moment: `2026-03-02 open due 2026-04-01`, `! ` before it where nobody meant it."""
    assert life is not None
    return [
        f"{'! ' if each.undone else ''}{each.day} "
        + (f"{each.state.status} {each.state.due}" if each.state else "gone")
        for each in life.moments
    ]
