"""`afterword close`: actions that are done, or will not be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from afterword.cli.confirming import confirm_and_write, yes_option
from afterword.cli.console import read_day, settings_option, telling_progress
from afterword.operations.actions.closing import closed


@click.command(
    epilog="""\b
Examples:
  afterword close 2026-03-14-checkout-errors#A3
  afterword close checkout#A3 checkout#A4 --on 2026-05-02
  afterword close checkout#A3 --cancel --because 'the batch job is gone'
  afterword close postmortems/2026/2026-03-14-checkout-errors.md#A3 --yes

Exits with 0 where it is written, 1 where it was shown and not written, 2 where it cannot be done."""
)
@click.argument("actions", nargs=-1, required=True, metavar="RECORD#ID...")
@click.option(
    "--on",
    type=read_day,
    metavar="DAY",
    help="The day on which it was closed (YYYY-MM-DD), instead of today.",
)
@click.option("--cancel", is_flag=True, help="It will not be done; needs --because.")
@click.option("--because", metavar="TEXT", help="Why it is cancelled; goes into its `Notes`.")
@yes_option
@settings_option
@click.pass_context
def close(
    ctx: click.Context,
    actions: tuple[str, ...],
    on: dt.date | None,
    cancel: bool,
    because: str | None,
    yes: bool,
    config: Path | None,
) -> None:
    """Set the status of actions to done, or to cancelled.

    RECORD is an id, a part of one, or a file, and ID that of an action in it. The day goes behind the state, or under `Closed` where the table
    has that column. The change is shown as a diff and asked for; without a terminal, nothing is written unless --yes says so.
    """
    if cancel and not (because or "").strip():
        raise click.UsageError("a cancellation needs its reason: --because 'the batch job is gone'")
    if because is not None and not cancel:
        raise click.UsageError("--because goes with --cancel")
    with telling_progress() as progress:
        changes, loaded = closed(actions, on, because, config, progress)
    ctx.exit(confirm_and_write(changes, loaded, yes=yes))
