"""`afterword agenda` and `afterword summary`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from afterword.authoring.agenda import LONGEST, SHORTEST, USUAL
from afterword.cli.console import as_of_option, echo_harmless, settings_option
from afterword.model.audience import Audience
from afterword.operations.telling.meeting import record_agenda, record_summary


@click.command(
    epilog="""\b
Examples:
  afterword agenda postmortems/2026/2026-03-14-checkout-errors.md
  afterword agenda 2026-03-14-checkout-errors --minutes 60
  afterword agenda 2026-03-14-checkout-errors > agenda.md"""
)
@click.argument("record")
@click.option(
    "--minutes",
    type=click.IntRange(SHORTEST, LONGEST),
    default=USUAL,
    show_default=True,
    metavar="N",
    help=f"How many minutes the meeting lasts, {SHORTEST} to {LONGEST}.",
)
@settings_option
@as_of_option
def agenda(record: str, minutes: int, config: Path | None, as_of: dt.date | None) -> None:
    """Print the agenda of the meeting about RECORD.

    RECORD is an id, a part of one, or a file. The agenda has ground rules, then what is still open in the record: its decisions, factors that nothing answers, actions to agree.
    """
    echo_harmless(record_agenda(record, config, as_of, minutes))


@click.command(
    epilog="""\b
Examples:
  afterword summary 2026-03-14-checkout-errors
  afterword summary 2026-03-14-checkout-errors --audience executive > page.md"""
)
@click.argument("record")
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    default=str(Audience.ENGINEERING),
    show_default=True,
    help="Who reads it: executives get cost, follow-through and recurrence, and no names.",
)
@settings_option
@as_of_option
def summary(record: str, audience: str, config: Path | None, as_of: dt.date | None) -> None:
    """Print RECORD on one page.

    RECORD is an id, a part of one, or a file. The three contributing factors that matter most stand on one line.
    """
    echo_harmless(record_summary(record, config, as_of, Audience(audience)))
