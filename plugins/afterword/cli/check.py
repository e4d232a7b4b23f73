"""`afterword check`: report all findings of all records at once."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from afterword import operations
from afterword.cli.allowance import allowance, allowance_options, say_left_out
from afterword.cli.console import as_of_option, as_seen_from, settings_option, telling_progress, wants_colour
from afterword.cli.fixes import diff_of, tell_fixes
from afterword.cli.reporting import Reporting, report_options, tell
from afterword.model.finding import Level
from afterword.operations.checking.fixing import Fixing, without_edits
from afterword.sources.cache import user_cache


@click.command(
    epilog="""\b
Examples:
  afterword check                                    all records of the archive
  afterword check postmortems/2026                   those of one folder
  afterword check 2026-03-14-checkout.md --strict    one file; warnings fail too
  afterword check --format concise --statistics      a line each, and how often each rule speaks
  afterword check --format sarif -o afterword.sarif  a file for code scanning, and text to read
  afterword check --format github -o junit=t.xml     annotations, and test results beside them
  afterword check --since origin/main                what this branch brings
  afterword check --write-baseline                   know of all that is found now
  afterword check --update-baseline                  and forget what is mended
  afterword check --secrets                          passwords, keys and personal data, too
  afterword check --as-of 2026-06-30                 as on that day
  afterword check --diff                             what --fix would change
  afterword check --fix 2026-03-14-checkout.md       mend what is marked [*]; the rest is reported
  afterword check --language-only minutes.md docs/   blameless language in any Markdown

Exits with 0 where nothing is wrong, 1 where there are errors (with --strict: or warnings), 2 where it cannot run.
With --diff: 0 where --fix would change nothing, 1 where it would."""
)
# What cannot be read is a finding: click would stop at the first.
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--strict", is_flag=True, help="Let warnings fail as errors do.")
@click.option(
    "--in-archive",
    is_flag=True,
    help="Leave out PATHS that lie in no archive, instead of judging them as records.",
)
@report_options
@click.option(
    "--language-only",
    is_flag=True,
    help="Judge the language alone, in any Markdown document, record or not; there need be no archive.",
)
@click.option(
    "--secrets/--no-secrets",
    default=False,
    help="Look for passwords, keys and personal data in the whole text, code included (default: no; the pre-commit hook and the workflows of `afterword init` do).",
)
@click.option(
    "--cache/--no-cache",
    default=True,
    help="Read and judge again what has changed since it was read last (default), or everything.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend in the files what is safe to mend: findings marked [*]. The others are reported.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@allowance_options
@settings_option
@as_of_option
@click.pass_context
def check(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    strict: bool,
    in_archive: bool,
    form: str,
    output: tuple[str, ...],
    statistics: bool,
    language_only: bool,
    secrets: bool,
    cache: bool,
    fix: bool,
    diff: bool,
    config: Path | None,
    as_of: dt.date | None,
    **allowed: Any,
) -> None:
    """Report what is missing or wrong in post-mortems.

    PATHS are records or folders; without any, the whole archive is judged. A file that lies in no archive is judged as a record.
    """
    reporting = Reporting.of(form, output, statistics)
    allowing = allowance(**allowed)
    if language_only and allowing != operations.Allowance():
        raise click.UsageError(
            "--language-only needs no archive, and has no baseline and no --since: leave them out"
        )
    if language_only and (fix or diff):
        raise click.UsageError("--language-only has nothing to mend: leave out --fix and --diff")
    if language_only and secrets:
        raise click.UsageError("--language-only judges the language alone: leave --secrets out")
    if diff and (form != "text" or output or statistics):
        raise click.UsageError(
            "--diff shows what --fix would change, as a diff and in no other form: leave out --format, -o and --statistics"
        )
    mended: frozenset[str] = frozenset()
    if fix or diff:
        fixing = _fixing(config, paths, in_archive, as_of, allowing, write=not diff)
        if diff:
            click.echo(diff_of(fixing, wants_colour(os.environ)), nl=False)
            ctx.exit(1 if fixing.changes else 0)
        mended = fixing.mended
    with telling_progress() as progress:
        if language_only:
            judged = operations.judge_language(operations.find_documents(config, paths), progress)
        else:
            found = operations.find(config, paths=paths, strays=not in_archive)
            if secrets:
                operations.look_for_secrets(found)
            judged = operations.judge(found, as_of, progress, user_cache() if cache else None, allowing)
    findings = as_seen_from(Path.cwd(), judged.root, without_edits(judged.findings, mended))
    tell(findings, judged, strict, reporting)
    say_left_out(judged)
    failing = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    ctx.exit(1 if any(finding.level in failing for finding in findings) else 0)


def _fixing(
    config: Path | None,
    paths: tuple[Path, ...],
    in_archive: bool,
    as_of: dt.date | None,
    allowing: operations.Allowance,
    *,
    write: bool,
) -> Fixing:
    """Mend what would be told, and say so."""
    with telling_progress() as progress:
        found = operations.find(config, paths=paths, strays=not in_archive)
        left_out = operations.left_out(found, as_of, allowing)
        loaded = operations.read(operations.find(config, paths=paths, strays=not in_archive), progress)
        fixing = operations.fix(loaded, as_of, write=write, left_out=left_out)
    tell_fixes(fixing, written=write)
    return fixing
