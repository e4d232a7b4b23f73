"""What all commands share at the terminal: failing plainly, days, colour, and paths as the caller sees them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from afterword.model.finding import Finding
from afterword.operations import CannotRunError

CANNOT_RUN = 2
"""The exit code of a command that could not do its work, as against 1 for one that found faults."""


class Failure(click.ClickException):
    """Says in one line why a command cannot run."""

    exit_code = CANNOT_RUN

    def show(self, file: Any = None) -> None:
        """Print the reason to standard error."""
        click.echo(f"afterword: {self.format_message()}", file=file or sys.stderr)


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn what keeps a command from running into a line of text and exit code 2."""
    try:
        yield
    except CannotRunError as error:
        raise Failure(str(error)) from error
    except BrokenPipeError:
        # Whoever read the output has seen enough: click ends quietly.
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Failure(f"{error.filename}: {reason}" if error.filename else reason) from error


class Day(click.ParamType[dt.date]):
    """A day given as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day, or fail with the form that is expected."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"'{value}' is no day, expected YYYY-MM-DD such as 2026-03-14", param, ctx)


DAY = Day()


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Tell whether standard output is a terminal whose user has not declined colour."""
    declined = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return sys.stdout.isatty() and not declined


def as_seen_from(here: Path, root: Path, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give findings with paths relative to the folder `here` instead of `root`, with `/`."""
    base, start = root.resolve(), here.resolve()
    seen: dict[str, str] = {}
    for finding in findings:
        if finding.path not in seen:
            seen[finding.path] = os.path.relpath(base / finding.path, start).replace(os.sep, "/")
    return tuple(dataclasses.replace(finding, path=seen[finding.path]) for finding in findings)
