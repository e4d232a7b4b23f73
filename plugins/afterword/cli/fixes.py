"""What `afterword check` says of the findings that it mends."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.check.wording import counted
from afterword.cli.console import tell_line
from afterword.operations.checking.fixing import Fixing
from afterword.report.diff import unified_diff
from afterword.sources.files import way_to


def tell_fixes(fixing: Fixing, *, written: bool) -> None:
    """Say on standard error how many findings were mended, and what could not be: standard output is for the report."""
    for path, problem in sorted(fixing.problems.items()):
        tell_line(f"{_from_here(path, fixing.root)}: not mended: {problem}")
    for finding in fixing.put_back:
        place = f"{_from_here(finding.path, fixing.root)}:{finding.span.line}:{finding.span.column}"
        tell_line(f"{place}: not mended: its fix would bring an error, or break a link [{finding.rule}]")
    number = sum(len(change.fixed) for change in fixing.changes)
    fixed = f"{counted(number, 'finding')} in {counted(len(fixing.changes), 'file')}"
    if written:
        click.echo(f"fixed {fixed}" if number else "nothing to fix", err=True)
    else:
        click.echo(f"would fix {fixed}" if number else "nothing to fix", err=True)


def diff_of(fixing: Fixing, colour: bool) -> str:
    """Give the changes as one diff, with paths as seen from here."""
    return "".join(
        unified_diff(_from_here(change.path, fixing.root), change.before, change.after, colour)
        for change in fixing.changes
    )


def _from_here(path: str, root: Path) -> str:
    return way_to(root.resolve() / path, Path.cwd().resolve())
