"""What `afterword sync --create` says of the tickets that it opens."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.check.wording import counted
from afterword.cli.console import path_seen_from, tell_line
from afterword.operations.actions.ticket_opening import Named, Opening
from afterword.report.one_line import one_line


def say_opening(opening: Opening, root: Path, *, dry_run: bool) -> None:
    """List the tickets, one a line, and on standard error what got none and why, and what somebody has to look at."""
    seen = path_seen_from(Path.cwd(), root)
    for each in opening.named:
        done = _done(each, dry_run=dry_run)
        click.echo(one_line(f"{each.reference}: {done}: {each.title}"))
    for left in opening.left_out:
        path, _, line = left.place.rpartition(":")
        tell_line(f"{seen(path)}:{line}: {left.reference}: no ticket is opened: {left.reason}")
    for line in (*opening.notes, *opening.problems):
        tell_line(line)
    tell_line(_counted(opening, dry_run=dry_run))


def _done(named: Named, *, dry_run: bool) -> str:
    if not named.opened:
        return f"{'would name' if dry_run else 'named'} {named.key}, which was opened before"
    return "would open a ticket" if dry_run else f"opened {named.key}"


def _counted(opening: Opening, *, dry_run: bool) -> str:
    named = opening.named
    if not named:
        if not opening.left_out and not opening.problems:
            return "no ticket is missing"
        return "no ticket would be opened" if dry_run else "no ticket was opened"
    tickets = counted(sum(each.opened for each in named), "ticket")
    found = sum(not each.opened for each in named)
    also = f", {found:,} found that {'was' if found == 1 else 'were'} opened before" if found else ""
    return f"{'would open' if dry_run else 'opened'} {tickets}{also}"
