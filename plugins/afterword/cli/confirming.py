"""Changes to records that are shown before they are made."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from afterword.check.wording import counted
from afterword.cli.console import is_terminal, path_seen_from, wants_colour
from afterword.operations.actions.action_edits import FileChange, write
from afterword.operations.reading.loading import Loaded
from afterword.report.diff import unified_diff

NOT_DONE = 1
"""The exit code where a change was shown and not made."""

yes_option = click.option("-y", "--yes", is_flag=True, help="Make the change without asking.")


def confirm_and_write(
    changes: Sequence[FileChange], loaded: Loaded, *, yes: bool, dry_run: bool = False
) -> int:
    """Show changes as a diff, and make them where somebody says so; gives the exit code.

    On a terminal it is asked, and no is what an empty answer means; elsewhere only `yes` makes them. With `dry_run` they are shown alone.
    """
    seen = path_seen_from(Path.cwd(), loaded.root)
    colour = wants_colour(os.environ)
    for change in changes:
        click.echo(unified_diff(seen(change.path), change.before, change.after, colour), nl=False)
    if not changes:
        click.echo("nothing to change", err=True)
        return 0
    files = counted(len(changes), "file")
    if dry_run:
        click.echo(f"would write {files}", err=True)
        return 0
    if not yes and not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        click.echo("no record was written: --yes makes the change", err=True)
        return NOT_DONE
    if not yes and not click.confirm(f"Write {files}?", default=False, err=True):
        click.echo("no record was written", err=True)
        return NOT_DONE
    write(changes, loaded)
    click.echo(f"wrote {files}", err=True)
    return 0
