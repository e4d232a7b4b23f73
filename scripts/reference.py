"""Writes the generated pages of docs/: `python scripts/reference.py`; with `--check` it only says which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import click

from afterword.check.reference import rules_reference
from afterword.cli.main import cli

DOCS = Path(__file__).resolve().parent.parent / "docs"

_COMMANDS = """\
# Command line

Every command explains itself with `--help`. Made from the commands by `make docs`.

All commands end with 2 where they are used wrongly or cannot run, with a message on standard error that says why, with 130 where Ctrl-C ends them, and with 141 where nobody reads
their output to its end, as in `| head -1`.
"""


def pages() -> dict[str, str]:
    """Give the text of every generated page by its name in docs/."""
    return {"rules.md": rules_reference(), "command-line.md": command_reference()}


def command_reference() -> str:
    """Describe all commands as Markdown, those of groups below the group."""
    return "\n".join([_COMMANDS, *_describe(cli, "afterword", click.Context(cli, info_name="afterword"))])


def _describe(command: click.Command, name: str, context: click.Context) -> Iterator[str]:
    if context.parent is not None:
        yield f"## {name}\n"
        yield f"```text\n{name} {' '.join(command.collect_usage_pieces(context))}\n```\n"
        yield _paragraphs(command.help or "")
        yield from _options(command, context)
        if command.epilog:
            yield _paragraphs(command.epilog)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from _describe(inner, f"{name} {each}", click.Context(inner, context, each))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    rows = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
            value = "" if parameter.is_flag else f" `{_value(parameter, context)}`"
            default = f" Default: `{parameter.default}`." if parameter.show_default else ""
            rows.append(f"| {names}{value} | {parameter.help or ''}{default} |")
    if rows:
        yield "\n".join(["| option | does |", "|---|---|", *rows]) + "\n"


def _value(option: click.Option, context: click.Context) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices)).replace("|", "\\|")
    return option.type.name.upper()


def _paragraphs(text: str) -> str:
    """Write a help text: what click is told to leave alone becomes a code block."""
    written = []
    for part in text.strip().split("\n\n"):
        lines = [line.strip("\n") for line in part.split("\n")]
        if lines[0].strip() == "\b":
            written.append(_examples(lines[1:]))
        else:
            written.append(" ".join(line.strip() for line in lines))
    return "\n\n".join(written) + "\n"


def _examples(lines: list[str]) -> str:
    title, *rest = lines
    block = dedent("\n".join(rest))
    return f"{title.strip()}\n\n```text\n{block}\n```"


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` compare them; give the exit code."""
    stale = [
        name
        for name, text in pages().items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    for name in stale:
        if "--check" in arguments:
            sys.stdout.write(f"docs/{name} is out of date: run `make docs`\n")
        else:
            (DOCS / name).write_text(pages()[name], encoding="utf-8")
            sys.stdout.write(f"wrote docs/{name}\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
