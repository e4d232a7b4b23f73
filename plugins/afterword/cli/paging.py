"""Long text for whoever looks at it: the pager's, where it is longer than the screen."""

from __future__ import annotations

import os
import shutil
import sys

import click

from afterword.cli.console import echo_harmless, is_terminal

_LESS = "-FRX"
"""What git gives to `less` where its user has said nothing: colours pass, and the text stays on the screen."""

_NO_PAGER = "cat"


def tell_text(text: str) -> None:
    """Print text that was set for this terminal; in a pipe, so that nobody who reads it obeys a line of it."""
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
