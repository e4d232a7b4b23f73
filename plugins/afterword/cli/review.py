"""`afterword review`: the agenda of the weekly review of actions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from afterword.cli.console import (
    as_of_option,
    echo_harmless,
    settings_option,
    tell_line,
    telling_progress,
    this_terminal,
)
from afterword.cli.paging import tell_text
from afterword.operations.actions.reviewing import FORMS, weekly_review


@click.command(
    epilog="""\b
Examples:
  afterword review                                   to read in the terminal
  afterword review --team payments
  afterword review --format markdown > review.md     to paste into an issue
  afterword review --as-of 2026-06-30                as it was on that day"""
)
@click.option("--team", metavar="TEAM", help="Of this team's actions, and of the risks of its services.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="text",
    show_default=True,
    help="How it is written.",
)
@settings_option
@as_of_option
def review(team: str | None, form: str, config: Path | None, as_of: dt.date | None) -> None:
    """Print the agenda of the weekly review: what needs a decision, and what was closed.

    Overdue actions, those due in the next seven days, those that nobody answers for, those of which nothing has changed for 30 days,
    rows deleted while open, promises that several records make, accepted risks to look at again. Parts with nothing in them are left out.
    """
    with telling_progress() as progress:
        made, notes = weekly_review(form, this_terminal(), team, config, as_of, progress)
    for note in notes:
        tell_line(note)
    if isinstance(made, bytes):
        click.echo(made, nl=False)
    elif form == "text":
        tell_text(made)
    else:
        echo_harmless(made)
