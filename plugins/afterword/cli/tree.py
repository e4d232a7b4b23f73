"""`afterword tree`: the causes of one record, as text or as a picture."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from afterword.check.wording import listed
from afterword.cli.console import (
    Failure,
    as_of_option,
    echo_harmless,
    is_terminal,
    output_option,
    settings_option,
    telling_progress,
    this_terminal,
)
from afterword.cli.endings import endings_of, form_said_by, refuse_output
from afterword.operations.telling.showing import FORMS, NoCausesError, show_causes, write_causes
from afterword.render.text.terminal import Terminal


class _NoCauses(Failure):
    """Says what a record lacks: nothing went wrong, and there is nothing to see."""

    exit_code = 1


@click.command(
    epilog="""\b
Examples:
  afterword tree 2026-03-14-checkout-errors                      in the terminal
  afterword tree 2026-03-14-checkout-errors -o tree.svg          light and dark, for a page
  afterword tree 2026-03-14-checkout-errors -o tree.png          for slides and chat
  afterword tree 2026-03-14-checkout-errors --format mermaid     for a block of `mermaid` on GitHub
  afterword tree 2026-03-14-checkout-errors --format dot | dot -Tpdf -o tree.pdf

Exits with 0 where something is shown, 1 where the record has nothing to show, 2 where it cannot run."""
)
@click.argument("record")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    help="How to show it (default: what the ending of -o says, else text). png needs `pip install 'afterword[png]'`.",
)
@output_option
@settings_option
@as_of_option
def tree(
    record: str, form: str | None, output: Path | None, config: Path | None, as_of: dt.date | None
) -> None:
    """Show the causal tree or the five whys of RECORD, with what became of each cause.

    RECORD is an id, a part of one, or a file. Gates, root causes, states and actions are in every form, and of a record with both every form shows both and where they join.
    """
    file = None if output is None or str(output) == "-" else output
    form = form or _form_of(file)
    if file is not None:
        refuse_output(file, form, FORMS)
    if file is None and form == "png" and is_terminal(sys.stdout):
        raise click.UsageError("a PNG is not for the eye in this form: write it to a file with -o tree.png")
    try:
        with telling_progress() as progress:
            shown = show_causes(
                record, form, Terminal() if file else this_terminal(), config, as_of, progress
            )
    except NoCausesError as error:
        raise _NoCauses(str(error)) from error
    if file is not None:
        write_causes(shown, file)
    elif form == "text" and not is_terminal(sys.stdout):
        echo_harmless(str(shown))
    elif form == "text":
        click.echo(shown, nl=False)
    else:
        # As bytes: programs read UTF-8 whatever the terminal's encoding.
        click.echo(shown if isinstance(shown, bytes) else shown.encode("utf-8", "replace"), nl=False)


def _form_of(file: Path | None) -> str:
    if file is None:
        return "text"
    form = form_said_by(file, FORMS)
    if form is None:
        raise click.UsageError(
            f"-o {file} does not say in which format, expected --format or one of {listed(endings_of(FORMS))}"
        )
    return form
