"""A small archive with promises in it, and commands run on it in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from afterword.cli.main import cli
from tests.git import git

HEADER = """\
---
title: Checkout returned errors
date: {date}
severity: sev3
status: in-review
kind: outage
services: [{service}]
failure_class: [capacity]
authors: [Petra Vellumworth]
---

## Action items

"""
HEAD = """\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
"""
SETTINGS = """\
timezone: UTC
services: [{id: checkout, team: payments, aliases: [basket]}, {id: search, team: web}]
teams: [{id: payments, name: Payments}, {id: web, name: Web}]
people:
  - { name: Juno Papercliff, id: juno, team: payments }
  - { name: Tansy Inkersley, id: tansy, team: web }
  - { name: Ambrose Staplegate, left: 2026-03-31 }
"""
CHECKOUT = "2026-03-14-checkout-errors"
SEARCH = "2026-02-02-search-slow"
ROWS = {
    CHECKOUT: """\
| A1 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-1 | prevent | open |
| A2 | Page at 90 % | @juno (payments) | 2026-05-03 | PAY-2 | detect | in progress |
| A3 | Halve the load | JUNO | 2026-04-20 | PAY-3 | prevent | done 2026-04-02 |
| A4 | Show the pool on the dashboard | | | | detect | candidate |
""",
    SEARCH: """\
| A1 | Reindex at night | Tansy Inkersley | 2026-04-01 | WEB-1 | prevent | open |
| A2 | Time searches out after 2 seconds | Ambrose Staplegate | 2026-06-01 | WEB-2 | mitigate | open |
""",
}


def record(rows: str, head: str = HEAD, date: str = "2026-03-14", service: str = "checkout") -> str:
    """Complete the rows of an action table to a record."""
    return HEADER.format(date=date, service=service) + head + rows


def draw_archive(folder: Path, settings: str = SETTINGS) -> Path:
    """Write the archive, and give its folder."""
    (folder / "afterword.yml").write_text(settings, "utf-8")
    place = folder / "postmortems"
    place.mkdir()
    for name, rows in ROWS.items():
        service = "search" if name == SEARCH else "checkout"
        (place / f"{name}.md").write_text(record(rows, date=name[:10], service=service), "utf-8")
    return folder


def path_of(folder: Path, name: str = CHECKOUT) -> Path:
    """Give the file of a record."""
    return folder / "postmortems" / f"{name}.md"


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, code: int = 0) -> Result:
    """Run a command in a folder, as it is run in a pipe, and expect an exit code."""
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, f"exit {result.exit_code}\n{result.stdout}\n{result.stderr}"
    return result


def commit(folder: Path, day: str) -> None:
    """Commit everything at noon of a day; the first makes the repository."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", day, day=day)
