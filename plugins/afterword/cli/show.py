"""`afterword show`: one record in the terminal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from afterword.cli.console import as_of_option, settings_option, telling_progress, this_terminal
from afterword.cli.paging import tell_text
from afterword.operations.telling.showing import show_record


@click.command(
    epilog="""\b
Examples:
  afterword show 2026-03-14-checkout-errors
  afterword show postmortems/2026/2026-03-14-checkout-errors.md
  afterword show 2026-03-14-checkout-errors --as-of 2026-06-30
  afterword show 2026-03-14-checkout-errors > mail.txt        80 columns, no colour
  PAGER=cat afterword show 2026-03-14-checkout-errors         everything at once"""
)
@click.argument("record")
@settings_option
@as_of_option
def show(record: str, config: Path | None, as_of: dt.date | None) -> None:
    """Show RECORD in the terminal.

    RECORD is an id, a part of one, or a file. Shown are header, summary, timeline, causal tree or five whys, factors and action items.
    What is longer than the screen is shown by the pager (`PAGER`, else `less`). NO_COLOR is respected.
    """
    terminal = this_terminal()
    with telling_progress() as progress:
        text = show_record(record, terminal, config, as_of, progress)
    tell_text(text)
