"""The options that say what is not to be told of an archive, and what is said of a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from afterword.check.wording import counted
from afterword.operations import Allowance, Judged
from afterword.operations.checking.baseline import DEFAULT_NAME, Baseline, Writing
from afterword.report.one_line import one_line
from afterword.sources.files import way_to

_SHOWN = 5
"""Fixed findings of a baseline that are named; of more, how many there are is enough."""

_OPTIONS = (
    click.option(
        "--baseline",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=f"Leave out the findings that this file knows (default: `baseline` of the settings, else {DEFAULT_NAME} where it is there).",
    ),
    click.option("--no-baseline", is_flag=True, help="Tell everything, whatever a baseline knows."),
    click.option(
        "--write-baseline",
        is_flag=True,
        help="Write everything that is found now to the baseline; of PATHS, where they are given.",
    ),
    click.option(
        "--update-baseline",
        is_flag=True,
        help="Take out of the baseline what is mended. Nothing is ever added.",
    ),
    click.option(
        "--since",
        metavar="REV",
        help="Tell what the work brought since it left this branch or commit, in whichever record it shows; committed or not. Empty: everything.",
    ),
)


def allowance_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that `allowance` reads."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def allowance(
    baseline: Path | None,
    no_baseline: bool,
    write_baseline: bool,
    update_baseline: bool,
    since: str | None,
) -> Allowance:
    """Read the options; those that contradict each other are a wrong use."""
    if write_baseline and update_baseline:
        raise click.UsageError(
            "--write-baseline adds what is found now and --update-baseline adds nothing: give one of them"
        )
    if no_baseline and (baseline or write_baseline or update_baseline):
        raise click.UsageError("--no-baseline stands alone: the other options are about a baseline")
    if write_baseline and since:
        raise click.UsageError("--write-baseline knows of everything that is found now: leave out --since")
    writing = Writing.ANEW if write_baseline else Writing.SHRINK if update_baseline else Writing.NOTHING
    return Allowance(baseline, not no_baseline, writing, since or None)


def say_left_out(judged: Judged) -> None:
    """Say on standard error what was left out and why, so that reports for programs stay what they are."""
    lines = list(_of_baseline(judged.baseline)) if judged.baseline is not None else []
    if judged.since is not None and judged.since.left_out:
        commit = judged.since.commit[:10]
        lines.append(f"{counted(judged.since.left_out, 'finding')} left out, there already at {commit}")
    for line in lines:
        text = line.lstrip()
        click.echo(f"{line[: -len(text)]}{one_line(text)}", err=True)


def _of_baseline(baseline: Baseline) -> Iterator[str]:
    name = way_to(baseline.path)
    known = counted(baseline.left_out, "known finding")
    gone = [(path, entry) for path, entries in sorted(baseline.fixed.items()) for entry in entries]
    mended = sum(entry.count for _, entry in gone)
    if baseline.writing is Writing.ANEW:
        yield f"wrote {name} with {known}" if baseline.written else f"{name} is as it was, with {known}"
        return
    if baseline.left_out:
        yield f"{known} left out by {name}"
    if not gone:
        return
    if baseline.writing is Writing.SHRINK:
        yield f"took {counted(mended, 'mended finding')} out of {name}:"
    else:
        yield f"{counted(mended, 'finding')} of {name} mended, `afterword check --update-baseline` takes them out:"
    for path, entry in gone[:_SHOWN]:
        times = f" ({entry.count} times)" if entry.count > 1 else ""
        yield f"  {path}: {entry.message} [{entry.rule}]{times}"
    if len(gone) > _SHOWN:
        yield f"  and {len(gone) - _SHOWN} more"
