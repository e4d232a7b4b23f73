"""`afterword template`: list the templates, or print one."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.authoring.templates import TEMPLATES
from afterword.cli.console import settings_option
from afterword.operations.writing.writing import open_desk, template_text, template_texts


@click.command(
    epilog="""\b
Examples:
  afterword template                           all templates, a line each
  afterword template interview > talks.md      a worksheet, to fill in
  afterword template postmortem                what `afterword new` begins with"""
)
@click.argument("name", required=False)
@settings_option
def template(name: str | None, config: Path | None) -> None:
    """List the templates, or print the one of this NAME.

    A file in the folder `templates/` beside the settings wins over the shipped template of its name.
    """
    desk = open_desk(config)
    if name is not None:
        click.echo(template_text(desk, name).encode(), nl=False)
        return
    summaries = {each.name: each.summary for each in TEMPLATES}
    there = template_texts(desk)
    width = max(map(len, there))
    for each, path in there.items():
        own = "" if path is None else "  (yours)"
        click.echo(f"{each:<{width}}  {summaries.get(each, 'a template of this repository')}{own}")
