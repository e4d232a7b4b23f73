"""`afterword digest`: what happened in the archive lately."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from afterword.cli.console import (
    as_of_option,
    echo_harmless,
    is_terminal,
    output_option,
    read_reach,
    settings_option,
    tell_line,
    telling_progress,
)
from afterword.cli.endings import form_said_by, refuse_output
from afterword.derive.promises.reach import Reach
from afterword.model.audience import Audience
from afterword.operations.telling.digest import FORMS, Asked, write_digest
from afterword.operations.telling.exporting import write_export

SOMETHING_DUE = 1
"""The exit code with `--exit-code`, as `git diff` has it."""


@click.command(
    epilog="""\b
Examples:
  afterword digest                                            the last seven days, as Markdown
  afterword digest --since 1m --audience executive            one screen for those who decide
  afterword digest --since 2w --team Payments                 what concerns one team
  afterword digest --since 2026-03-01 --as-of 2026-03-31      a month that is over
  afterword digest --format text | mail -s "Post-mortems" engineering@example.org
  afterword digest -o digest.html --site-url https://postmortems.example.org/"""
)
@click.option(
    "--since",
    type=read_reach,
    default="7d",
    show_default=True,
    metavar="TIME",
    help="How far to look back: days (7d), weeks (2w), months (1m), years (1y), or the first day (YYYY-MM-DD).",
)
@as_of_option
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    default=str(Audience.ENGINEERING),
    show_default=True,
    help="Who reads it: executives get cost, follow-through and recurrence, and no names.",
)
@click.option("--team", metavar="TEAM", help="Tell only what concerns this team, by its name or id.")
@click.option(
    "--service", metavar="SERVICE", help="Tell only what concerns this service, by its id or an alias."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    help="How to write it (default: as the ending of FILE says, else markdown).",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Of each list show N entries, and say how many more there are.",
)
@click.option(
    "--site-url",
    default="",
    metavar="URL",
    help="Where the site is published, for the links (default: site_url of mkdocs.yml; without it, records are named).",
)
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit with 1 where something waits: overdue or due within seven days, a draft past its deadline, a risk to review.",
)
@output_option
@settings_option
def digest(
    since: Reach,
    as_of: dt.date | None,
    audience: str,
    team: str | None,
    service: str | None,
    form: str | None,
    most: int | None,
    site_url: str,
    exit_code: bool,
    output: Path | None,
    config: Path | None,
) -> None:
    """Tell what happened in the archive lately, and what is due.

    Records published, actions done, promised, put off and cancelled, what was seen again; what is overdue or soon due, drafts past their deadline,
    accepted risks to review. The first and the last day are included. Where nothing happened and nothing is due, one line says so.
    """
    written_to = output if output is not None and str(output) != "-" else None
    form = form or form_said_by(written_to, FORMS) or "markdown"
    if written_to is not None:
        refuse_output(written_to, form, FORMS)
    asked = Asked(
        since,
        Audience(audience),
        team,
        service,
        form,
        site_url,
        most,
    )
    with telling_progress() as progress:
        written = write_digest(asked, config, as_of, progress)
    for note in written.notes:
        tell_line(note)
    if written_to is not None:
        write_export(written.text, written_to)
    elif is_terminal(sys.stdout) or asked.form == "text":
        echo_harmless(written.text)
    else:
        # As bytes: what a mail or an issue is made from is UTF-8 whatever the terminal's encoding.
        click.echo(written.text.encode("utf-8", "replace"), nl=False)
    if exit_code and written.is_due:
        raise click.exceptions.Exit(SOMETHING_DUE)
