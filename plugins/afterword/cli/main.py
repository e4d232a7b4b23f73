"""The command `afterword`: the table of its subcommands, each imported only when it runs."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from afterword.cli.streams import (
    CUT_SHORT,
    ending_with_the_reader,
    forget_the_rest,
    prepare_streams,
    write_nowhere,
)

INTERRUPTED = 130
"""The exit code that shells give to what Ctrl-C has ended."""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """Where a subcommand lives (`module:name`), its line in the overview, and whether it may go on for long."""

    place: str
    summary: str
    lasts: bool = False


COMMANDS = {
    "init": CommandEntry("afterword.cli.init:init", "Start an archive in a folder or repository."),
    "new": CommandEntry("afterword.cli.new:new", "Begin a record from a template."),
    "template": CommandEntry("afterword.cli.template:template", "List the templates, or print one."),
    "check": CommandEntry("afterword.cli.check:check", "Report what is missing or wrong in post-mortems."),
    "rule": CommandEntry("afterword.cli.rule:rule", "List the rules, or explain one."),
    "build": CommandEntry("afterword.cli.build:build", "Build the archive's site.", lasts=True),
    "serve": CommandEntry(
        "afterword.cli.build:serve", "Show the site, and build it again on every change.", lasts=True
    ),
    "cache": CommandEntry("afterword.cli.cache:cache", "Show what is kept between runs, or forget it."),
    "lsp": CommandEntry("afterword.cli.lsp:lsp", "Serve an editor: findings while you write.", lasts=True),
    "search": CommandEntry("afterword.cli.search:search", "Find records by their words and facts."),
    "show": CommandEntry("afterword.cli.show:show", "Show a record in the terminal."),
    "tree": CommandEntry("afterword.cli.tree:tree", "Show or draw the causes of a record."),
    "actions": CommandEntry(
        "afterword.cli.actions:actions", "List the actions that are owed, or hand them on."
    ),
    "close": CommandEntry("afterword.cli.close:close", "Close actions: done, or cancelled."),
    "sync": CommandEntry("afterword.cli.sync:sync_command", "Bring in what trackers say of tickets."),
    "review": CommandEntry("afterword.cli.review:review", "Print the agenda of the weekly review."),
    "agenda": CommandEntry("afterword.cli.meeting:agenda", "Print the agenda of a record's meeting."),
    "summary": CommandEntry("afterword.cli.meeting:summary", "Print a record on one page."),
    "digest": CommandEntry("afterword.cli.digest:digest", "Tell what happened lately, and what is due."),
    "export": CommandEntry("afterword.cli.export:export", "Write the archive as data."),
}

_EPILOG = """\b
Examples:
  afterword init                        an archive in this folder, with an example
  afterword new                         a record from a template; asks for what it needs
  afterword check                       all records of the archive
  afterword check postmortems/2026      those of one folder
  afterword check --strict              warnings fail too
  afterword search 'connection pool'    records that tell of it; --service, --since 2y narrow it
  afterword show 2026-03-14-checkout    a record in the terminal
  afterword tree 2026-03-14-checkout    its causes; -o tree.svg draws them
  afterword actions --overdue           what is owed and late
  afterword close checkout#A3           an action is done; shown before it is written
  afterword sync                        what trackers say of the tickets, into tickets.json
  afterword review                      the weekly review's agenda
  afterword rule missing-field          what a rule reports, and why
  afterword build                       the site, into site/
  afterword serve                       the site, built again on every change
  afterword digest --since 2w           what happened, and what is due
  afterword export json                 everything as one document
  afterword cache prune --max 500MB     forget what was not used for the longest time
  afterword lsp                         what an editor starts; docs/editors.md sets it up
"""


class CommandTable(click.Group):
    """A group whose subcommands stand in `COMMANDS`: printing the overview and running one command import nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one subcommand."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments, and print what `--help` and `--version` ask for."""
        with ending_with_the_reader():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand, and say in one line what keeps it from running."""
        try:
            from afterword.cli.console import failing_plainly

            with ending_with_the_reader(), failing_plainly():
                return super().invoke(ctx)
        except KeyboardInterrupt as error:
            # Click would exit with 1, which says that records have faults.
            raise click.exceptions.Exit(INTERRUPTED) from error
        except click.Abort as error:
            # What ends a question may be Ctrl-C as well, or the end of what is typed.
            if not isinstance(error.__context__, KeyboardInterrupt):
                raise
            click.echo("Aborted!", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Guess what was meant where there is no such command."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from afterword.check.wording import did_you_mean

            guess = did_you_mean(args[0], COMMANDS) or f", expected {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command '{args[0]}'{guess}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=CommandTable, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="afterword", prog_name="afterword")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Post-mortems kept as Markdown in git: checked, published and followed up."""
    if COMMANDS[ctx.invoked_subcommand or ""].lasts:
        gc.enable()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 2 where it is used wrongly or cannot run."""
    # Whoever reads an archive and ends needs no search for what holds on to each other, which takes half of such a command's time.
    gc.disable()
    prepare_streams()
    try:
        cli.main(args=arguments, prog_name="afterword")
    except BrokenPipeError:
        # Nobody reads why it cannot run.
        write_nowhere()
        sys.exit(CUT_SHORT)
    except OSError as error:
        # Help and version are written before any command begins.
        from afterword.sources.files import named_reason

        click.echo(f"afterword: {named_reason(error)}", err=True)
        sys.exit(2)
    except Exception:
        import traceback

        # Python would exit with 1, which says that records have faults.
        traceback.print_exc()
        sys.exit(2)
    finally:
        forget_the_rest()
