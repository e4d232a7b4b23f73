"""`afterword show`: one record in the terminal."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import click

from afterword.cli.console import (
    as_of_option,
    echo_harmless,
    is_terminal,
    settings_option,
    telling_progress,
    this_terminal,
)
from afterword.operations.showing import show_record

_LESS = "-FRX"
"""What git gives to `less` where its user has said nothing: colours pass, and the text stays on the screen."""

_NO_PAGER = "cat"


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
    """Show RECORD, an id, a part of one, or a file, in the terminal.

    Header, summary, timeline, causal tree or five whys, factors and action items. What is longer than the screen is shown by the pager
    (`PAGER`, else `less`). NO_COLOR is respected.
    """
    terminal = this_terminal()
    with telling_progress() as progress:
        text = show_record(record, terminal, config, as_of, progress)
    if not is_terminal(sys.stdout):
        echo_harmless(text)
    elif _is_paged(text):
        os.environ.setdefault("LESS", _LESS)
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)


def _is_paged(text: str) -> bool:
    """Tell whether a pager shows the text: elsewhere than on POSIX it would be `more`, which garbles what is not ASCII."""
    is_longer = text.count("\n") >= shutil.get_terminal_size().lines
    return os.name == "posix" and is_longer and os.environ.get("PAGER") != _NO_PAGER
