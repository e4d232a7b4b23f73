"""`afterword actions`: what is owed, and handing it on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from afterword.cli.confirming import confirm_and_write, yes_option
from afterword.cli.console import (
    as_of_option,
    read_reach,
    settings_option,
    tell_line,
    telling_progress,
    this_terminal,
)
from afterword.cli.paging import tell_text
from afterword.derive.promises.action_choice import NOBODY, STATES, Choice
from afterword.model.words import PRIORITIES
from afterword.operations.actions.asked_actions import FORMS, ask, reassigned


@click.command(
    epilog="""\b
Examples:
  afterword actions                                    what is owed, overdue first
  afterword actions --overdue --team payments          what a team is late with
  afterword actions --owner 'Ada Example' --owner @lin either of two
  afterword actions --due-within 7d                    before the next review
  afterword actions --unchanged 30d                    where nothing has moved, by git
  afterword actions --unowned                          what nobody owns
  afterword actions --drift                            whose ticket tells otherwise
  afterword actions --state done --format csv          for a spreadsheet
  afterword actions --as-of 2026-06-30                 as it was on that day
  afterword actions --owner ada --reassign 'Lin Ito'   hand them on; shown before it is written

Exits with 0 where it is listed or written, 1 where a change was shown and not written, 2 where it is used wrongly or cannot be done;
a name that is nowhere is wrong use."""
)
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar="NAME",
    help="Of this person: a name, id or @handle in any case.",
)
@click.option("--unowned", is_flag=True, help="Of nobody; so does --owner ''.")
@click.option(
    "--team", "teams", multiple=True, metavar="TEAM", help="Of a team: the owner's, else the service's."
)
@click.option("--service", "services", multiple=True, metavar="SERVICE", help="Of records of this service.")
@click.option("--category", "categories", multiple=True, metavar="CATEGORY", help="Of this category.")
@click.option(
    "--priority",
    "priorities",
    multiple=True,
    type=click.Choice(PRIORITIES, case_sensitive=False),
    help="Of this priority.",
)
@click.option("--overdue", is_flag=True, help="Past their due day.")
@click.option(
    "--due-within",
    type=read_reach,
    metavar="TIME",
    help="Due within this time, `7d`, or until this day; overdue ones are not among them.",
)
@click.option(
    "--unchanged",
    type=read_reach,
    metavar="TIME",
    help="Of which nothing has changed for so long, `30d`, or since this day.",
)
@click.option(
    "--drift", is_flag=True, help="Whose ticket says something else than the record does, in any state."
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES, case_sensitive=False),
    help="In this state, closed ones too.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="In any state, and those of incidents that are told again from elsewhere.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="table",
    show_default=True,
    help="How they are listed; json and csv as on the site.",
)
@click.option("--reassign", metavar="NAME", help="Make this person the owner of the unfinished ones.")
@yes_option
@settings_option
@as_of_option
@click.pass_context
def actions(
    ctx: click.Context,
    /,
    owners: tuple[str, ...],
    unowned: bool,
    form: str,
    reassign: str | None,
    yes: bool,
    config: Path | None,
    as_of: dt.date | None,
    **asked: Any,
) -> None:
    """List the actions that are owed, overdue ones first.

    Of one option given several times any may fit; of several options all must.
    A past day is read from git. With --reassign the owners are written into the records, after a diff and a question;
    without a terminal, nothing is written unless --yes says so.
    """
    choice = Choice(owners=(*owners, *((NOBODY,) if unowned else ())), **asked)
    if choice.states and choice.everything:
        raise click.UsageError("--all is any state: leave out --state, or --all")
    if yes and reassign is None:
        raise click.UsageError("--yes goes with --reassign: a list changes nothing")
    if reassign is not None:
        _refuse_with_reassign(choice, reassign, form, as_of)
    with telling_progress() as progress:
        found = ask(choice, config, as_of, progress)
    for note in found.notes:
        tell_line(note)
    if reassign is not None:
        ctx.exit(confirm_and_write(*reassigned(found, reassign), yes=yes))
    made = FORMS[form](found, this_terminal())
    if isinstance(made, str):
        tell_text(made)
    else:
        click.echo(made, nl=False)


def _refuse_with_reassign(choice: Choice, name: str, form: str, as_of: dt.date | None) -> None:
    if not name.strip():
        raise click.UsageError("--reassign needs the name of who is to own them")
    if not choice.owners:
        raise click.UsageError("--reassign needs --owner NAME or --unowned: whose actions are handed on?")
    if as_of is not None:
        raise click.UsageError("--reassign changes the records as they are now: leave --as-of out")
    if form != "table":
        raise click.UsageError("--reassign shows a diff: leave --format out")
    if choice.everything or choice.states:
        raise click.UsageError("--reassign hands on what is unfinished: leave --all and --state out")
