"""`afterword sync`: what trackers say of the tickets that records name."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from afterword.check.wording import counted, listed
from afterword.cli.confirming import confirm_and_write, yes_option
from afterword.cli.console import is_terminal, settings_option, tell_line, telling_progress
from afterword.cli.opening import say_opening
from afterword.model.ticket import Tickets, TicketState
from afterword.operations.actions.adopting import adopt
from afterword.operations.actions.sync import AskedTracker, Synced, sync
from afterword.operations.actions.ticket_opening import open_missing
from afterword.report.one_line import one_line

NOT_WHOLE = 1
"""The exit code where a tracker did not tell all that it was asked for."""

_SHOWN = 20
"""Changed tickets of a tracker that are listed."""


class _Line:
    """The last line of a terminal, written over as work goes on; elsewhere only what is to stay is written."""

    def __init__(self) -> None:
        self._is_seen = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._last = time.monotonic()
        self._told = False

    def asking(self, name: str, told: int, asked: int) -> None:
        """Say how far asking has come, from time to time."""
        now = time.monotonic()
        if self._is_seen and now - self._last >= 0.2:
            self._last, self._told = now, True
            sys.stderr.write(f"\r\033[K{one_line(name)}: {told:,} of {counted(asked, 'ticket')}")
            sys.stderr.flush()

    def stay(self, line: str) -> None:
        """Say something that stays: what is waited for, and for how long."""
        self.clear()
        tell_line(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._told:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
        self._told = False


@contextmanager
def telling() -> Iterator[_Line]:
    """Give what tells how far asking has come; nothing of it is left when the work is done."""
    line = _Line()
    try:
        yield line
    finally:
        line.clear()


@click.command(
    name="sync",
    epilog="""\b
Examples:
  afterword sync                      all trackers of the settings
  afterword sync --tracker Jira       one of them; the others stay as they were known
  afterword sync --dry-run            ask, and say what would change
  afterword sync --create --dry-run   say which tickets would be opened
  afterword sync --create             open them, and write their keys into the records
  afterword sync --adopt --dry-run    show what the records would say
  afterword sync --adopt              write into the records what trackers say; shown before it is written

\b
Environment, of the tracker that the settings call Jira:
  AFTERWORD_JIRA_TOKEN=…                      its token
  AFTERWORD_JIRA_HOST=example.atlassian.net   the only host that it may go to

Exits with 0 where all was told, 1 where a tracker did not tell all (what was known of the rest is kept), a ticket could not be opened or written,
or a change was shown and not made, 2 where it cannot run.""",
)
@click.option(
    "--tracker",
    "trackers",
    multiple=True,
    metavar="NAME",
    help="Ask this tracker alone, by its name in the settings; may be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Ask, and say what would change; write nothing.")
@click.option(
    "--create",
    is_flag=True,
    help="First open a ticket for each unfinished action of a final record that has none, and write its key into the row.",
)
@click.option("--drafts", is_flag=True, help="With --create: of records that are not final, too.")
@click.option(
    "--adopt",
    "adopting",
    is_flag=True,
    help="Then write the tickets' state, owner, due day and new keys into the records, after a diff and a question.",
)
@yes_option
@settings_option
@click.pass_context
def sync_command(
    ctx: click.Context,
    trackers: tuple[str, ...],
    dry_run: bool,
    create: bool,
    drafts: bool,
    adopting: bool,
    yes: bool,
    config: Path | None,
) -> None:
    """Bring in what trackers say of the tickets that records name.

    Asked for are the tickets in the action tables, and no others. What is told goes into a snapshot, tickets.json beside afterword.yml, which is committed with the records:
    `check`, `build` and `export` read it and ask nobody. It is written whole or not at all. Tokens come from the environment alone.

    --create opens no ticket twice: each carries a mark that is searched for first, so it may be run again after it was cut short.
    """
    _refuse(trackers, create=create, drafts=drafts, adopting=adopting, yes=yes)
    created = not create or _create(trackers, config, drafts=drafts, dry_run=dry_run)
    with telling_progress() as progress, telling() as line:
        done = sync(
            trackers,
            config,
            write=not dry_run,
            progress=progress,
            asking=line.asking,
            tell=line.stay,
        )
    _say(done, dry_run)
    code = 0 if created and done.is_whole else NOT_WHOLE
    if adopting:
        code = max(code, _adopt(trackers, config, done.tickets, yes=yes, dry_run=dry_run))
    ctx.exit(code)


def _refuse(trackers: tuple[str, ...], *, create: bool, drafts: bool, adopting: bool, yes: bool) -> None:
    if drafts and not create:
        raise click.UsageError("--drafts goes with --create")
    if yes and not adopting:
        raise click.UsageError("--yes goes with --adopt: nothing else asks")
    if create and len(trackers) > 1:
        raise click.UsageError("--create opens tickets in one tracker: give --tracker once")


def _create(trackers: tuple[str, ...], config: Path | None, *, drafts: bool, dry_run: bool) -> bool:
    """Open what is missing, and tell whether all went well."""
    with telling_progress() as progress, telling() as line:
        opening, loaded = open_missing(
            "".join(trackers),
            config,
            of_drafts=drafts,
            dry_run=dry_run,
            progress=progress,
            asking=line.asking,
            tell=line.stay,
        )
    say_opening(opening, loaded.root, dry_run=dry_run)
    return not opening.problems


def _adopt(
    trackers: tuple[str, ...], config: Path | None, tickets: Tickets, *, yes: bool, dry_run: bool
) -> int:
    with telling_progress() as progress:
        adopted, loaded = adopt(trackers, config, progress, tickets=tickets)
    for line in adopted.left_out:
        tell_line(line)
    return confirm_and_write(adopted.changes, loaded, yes=yes, dry_run=dry_run)


def _say(done: Synced, dry_run: bool) -> None:
    for fault in done.faults:
        tell_line(f"{fault.path}:{fault.span.line}:{fault.span.column}: {fault.message}")
    for tracker in done.trackers:
        _say_tracker(tracker)
    if done.not_asked:
        names = listed(done.not_asked)
        tell_line(f"not asked: {names}, which have no `kind` in the settings")
    if not done.trackers:
        tell_line("no record names a ticket of a tracker that can be asked")
    if dry_run:
        tell_line(f"{done.path} would change" if done.changed else f"{done.path} would stay as it is")
    else:
        tell_line(f"wrote {done.path}" if done.changed else f"{done.path} is as it was")


def _say_tracker(tracker: AskedTracker) -> None:
    told = f"{tracker.told:,} of {counted(tracker.asked, 'ticket')} told, {len(tracker.changed):,} changed"
    click.echo(f"{one_line(tracker.name)}: {told}")
    for before, now in tracker.changed[:_SHOWN]:
        click.echo(f"  {one_line(_change(before, now))}")
    if len(tracker.changed) > _SHOWN:
        click.echo(f"  and {len(tracker.changed) - _SHOWN:,} more")
    if tracker.unknown_words:
        words = listed(f"'{word}'" for word in tracker.unknown_words)
        tell_line(
            f"{tracker.name}: {words}: what this means is not known, write it under `states` of the tracker in the settings"
        )
    if tracker.problem:
        tell_line(f"{tracker.name}: {tracker.problem}")
        if tracker.kept:
            tell_line(f"{tracker.name}: what was known of {counted(tracker.kept, 'ticket')} is kept")


def _change(before: TicketState | None, now: TicketState) -> str:
    """Say in a few words what is new about a ticket."""
    if now.gone:
        return f"{now.key}: gone"
    if now.moved_to and (before is None or before.moved_to != now.moved_to):
        return f"{now.key}: moved to {now.moved_to}"
    word = now.status or now.state or "no state"
    if before is None:
        return f"{now.key}: {word}"
    parts = []
    if before.status != now.status:
        parts.append(f"{before.status or before.state or 'no state'} → {word}")
    elif before.state != now.state:
        parts.append(f"{before.state or 'no state'} → {now.state or 'no state'}")
    if before.owner != now.owner:
        parts.append(f"owner {before.owner or 'nobody'} → {now.owner or 'nobody'}")
    if before.due != now.due:
        parts.append(f"due {before.due or 'never'} → {now.due or 'never'}")
    return f"{now.key}: {', '.join(parts) or 'other details'}"
