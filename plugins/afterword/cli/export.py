"""`afterword export`: the archive as data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from afterword.cli.console import as_of_option, settings_option, tell_line, telling_progress
from afterword.cli.endings import refuse_output
from afterword.operations import CannotRunError
from afterword.operations.telling import exporting
from afterword.sources.files import why_no_folder


def _writable(ctx: click.Context, parameter: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that cannot be written, or is to hold something else, before anything is read."""
    if output is not None and str(output) != "-":
        refuse_output(output, "json", ["json"])
    return output


_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    callback=_writable,
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of standard output.",
)


@click.group(
    epilog="""\b
Examples:
  afterword export json                            to standard output
  afterword export json -o archive.json            to a file
  afterword export json --as-of 2026-06-30         as on that day
  afterword export schema                          what the JSON holds
  afterword export vale -o styles                  blameless language as a style for Vale
  afterword export front-matter-schema             what a record's header may hold"""
)
def export() -> None:
    """Write the archive as data for other programs."""


@export.command(
    "json",
    epilog="""\b
Examples:
  afterword export json                            to standard output
  afterword export json -o archive.json            to a file
  afterword export json --as-of 2026-06-30         as on that day
  afterword export json | jq -r '.records[].id'    the ids of all records""",
)
@_OUTPUT
@as_of_option
@settings_option
def json(output: Path | None, as_of: dt.date | None, config: Path | None) -> None:
    """Write all records and findings as one JSON document.

    Findings do not change the exit code: it is 0 where the document is written, and 2 where it cannot be.
    """
    with telling_progress() as progress:
        written, notes = exporting.export_json(config, as_of, progress)
    for note in notes:
        tell_line(note)
    _write(written, output)


@export.command(
    "schema",
    epilog="""\b
Examples:
  afterword export schema                             to read
  afterword export schema -o archive.schema.json      for a program that validates by it""",
)
@_OUTPUT
def schema(output: Path | None) -> None:
    """Write the JSON Schema of `afterword export json`."""
    _write(exporting.archive_schema(), output)


@export.command(
    "vale",
    short_help="Write the words of blameless language for Vale.",
    epilog="""\b
Examples:
  afterword export vale                        to styles/Afterword/
  afterword export vale -o .github/styles      where .vale.ini has `StylesPath = .github/styles`

Vale uses it where .vale.ini names it: `BasedOnStyles = Afterword`.""",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    default=Path("styles"),
    show_default=True,
    help="Vale's `StylesPath`; the style is written to the folder Afterword below it.",
)
def vale(output: Path) -> None:
    """Write the words of the rules about blameless language as a style for Vale.

    Vale sees words and no subjects: it finds less than `afterword check` does, and is wrong more often.
    """
    reason = why_no_folder(output)
    if reason:
        raise CannotRunError(f"cannot write {output}: {reason}")
    for path in exporting.write_vale_style(output):
        click.echo(f"wrote {path.as_posix()}")


@export.command(
    "front-matter-schema",
    short_help="Write the JSON Schema of a record's header.",
    epilog="""\b
Examples:
  afterword export front-matter-schema -o front-matter.schema.json
  afterword export front-matter-schema --draft 7     for remark-lint-frontmatter-schema""",
)
@_OUTPUT
@click.option(
    "--draft",
    type=click.Choice(exporting.DRAFTS),
    default=exporting.DRAFTS[0],
    show_default=True,
    help="The draft of JSON Schema that the program reads.",
)
@settings_option
def front_matter_schema(output: Path | None, draft: str, config: Path | None) -> None:
    """Write the JSON Schema of a record's front matter, with the words of the settings.

    Editors complete and explain header fields by it.
    """
    _write(exporting.front_matter_schema(config, draft), output)


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        # As bytes: JSON is UTF-8 whatever the terminal's encoding.
        click.echo(text.encode("utf-8", "replace"), nl=False)
    else:
        exporting.write_export(text, output)
