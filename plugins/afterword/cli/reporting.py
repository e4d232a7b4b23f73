"""How `afterword check` reports: to the terminal, into files, into the summary of a job."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from afterword.check.wording import did_you_mean, listed
from afterword.cli.console import (
    as_seen_from,
    is_terminal,
    path_seen_from,
    tell_line,
    wants_colour,
)
from afterword.cli.endings import refuse_output
from afterword.model.finding import Finding
from afterword.operations.checking.checking import Judged
from afterword.operations.checking.source_lines import lines_below
from afterword.report.github import job_summary
from afterword.report.outcome import Outcome, Screen
from afterword.report.sarif import left_out
from afterword.report.table import FORMS
from afterword.sources.files import reason_of, repository_root, write_atomically

_Command = TypeVar("_Command", bound=Callable[..., Any])

STANDARD_OUTPUT = "-"

_WORD = re.compile(r"[\w-]+")
"""What may stand before `=` as a form; a path that holds a dot or a separator there is a file."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What is asked for: the form on standard output, files with the name of the form of each, and whether rules are counted."""

    form: str
    files: Sequence[tuple[str, Path]]
    statistics: bool

    @classmethod
    def of(cls, form: str, output: Sequence[str], statistics: bool) -> Reporting:
        """Read the options. A file without a form of its own takes that of `--format`, and leaves text to standard output."""
        files = [_file(each, form) for each in output]
        taken = any(name is None for name, _ in files)
        named = [(name or form, Path(path)) for name, path in files if path != STANDARD_OUTPUT]
        shown = "text" if taken else form
        if statistics and not FORMS[shown].counts:
            forms = ", ".join(name for name, each in FORMS.items() if each.counts)
            raise click.UsageError(f"--statistics has no place in --format {shown}, expected one of {forms}")
        for each, path in named:
            refuse_output(path, each, FORMS)
        return cls(shown, named, statistics)


def report_options(command: _Command) -> _Command:
    """Give a command the options of reporting: `form`, `output`, `statistics`."""
    for option in (
        click.option("--statistics", is_flag=True, help="Count the findings of each rule, below them."),
        click.option(
            "-o",
            "--output",
            multiple=True,
            metavar="[FORMAT=]FILE",
            help="Write the report to this file, whole or not at all, and text to standard output; with FORMAT= another form beside the one shown. May be repeated.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(list(FORMS)),
            default="text",
            show_default=True,
            help="How to report.",
        ),
    ):
        command = option(command)
    return command


def tell(findings: Sequence[Finding], judged: Judged, strict: bool, asked: Reporting) -> None:
    """Report findings, whose paths are relative to the current folder, in every form that is asked for.

    Raises OSError where a file cannot be written.
    """
    here = Path.cwd()
    outcomes = _outcomes(findings, judged, strict, here)
    for name, location in asked.files:
        form = FORMS[name]
        counted = dataclasses.replace(
            outcomes[form.from_repository], statistics=asked.statistics and form.counts
        )
        write_atomically(location, form.report(counted).encode("utf-8", "replace"))
    form = FORMS[asked.form]
    shown = dataclasses.replace(
        outcomes[form.from_repository], statistics=asked.statistics, screen=_screen(os.environ)
    )
    report = form.report(shown)
    click.echo(report.encode("utf-8", "replace") if form.for_programs else report, nl=False)
    if "sarif" in (asked.form, *(name for name, _ in asked.files)) and left_out(findings):
        click.echo(f"{left_out(findings):,} findings are not in the SARIF log, which is full", err=True)
    if asked.form == "github":
        _summarise(shown, os.environ)


def _file(text: str, form: str) -> tuple[str | None, str]:
    name, separator, path = text.partition("=")
    if separator and name in FORMS:
        if not path or path == STANDARD_OUTPUT:
            raise click.UsageError(f"--output {text} names no file, expected {name}=FILE")
        return name, path
    if separator and _WORD.fullmatch(name):
        raise click.UsageError(
            f"--output {text}: no format '{name}', expected {listed(FORMS)}{did_you_mean(name, FORMS)}; a file of this name is ./{text}"
        )
    return (form if text == STANDARD_OUTPUT else None), text


def _outcomes(
    findings: Sequence[Finding], judged: Judged, strict: bool, here: Path
) -> Mapping[bool, Outcome]:
    """Give what there is to report as seen from the root of the repository (True) and from the current folder (False)."""
    outcomes = {}
    for from_repository in (False, True):
        base = (repository_root(here) or here) if from_repository else here
        seen = path_seen_from(base, judged.root)
        outcomes[from_repository] = Outcome(
            as_seen_from(base, here, findings) if base != here else findings,
            [seen(path) for path in judged.records],
            lines_below(base),
            strict,
        )
    return outcomes


def _screen(environment: Mapping[str, str]) -> Screen | None:
    if not is_terminal(sys.stdout):
        return None
    return Screen(shutil.get_terminal_size().columns, wants_colour(environment))


def _summarise(outcome: Outcome, environment: Mapping[str, str]) -> None:
    """Add to the summary of a GitHub job; a summary that cannot be written is no reason to fail."""
    place = environment.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    try:
        with Path(place).open("ab") as file:
            file.write(job_summary(outcome).encode("utf-8", "replace"))
    except OSError as error:
        tell_line(f"no job summary: {place}: {reason_of(error)}")
