"""What all commands share at the terminal: failing plainly, days, colour, and paths as the caller sees them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from afterword.operations.cannot_run import CannotRunError
from afterword.render.text.terminal import Terminal
from afterword.report.one_line import one_line
from afterword.sources.crew_errors import EndedError
from afterword.sources.files import named_reason, way_to

if TYPE_CHECKING:  # every command starts with this module
    from afterword.derive.promises.reach import Reach
    from afterword.model.finding import Finding
    from afterword.operations.reading.loading import Progress

CANNOT_RUN = 2
"""The exit code of a command that could not do its work, as against 1 for one that found faults."""


NARROWEST, WIDEST = 40, 120
"""Columns between which text follows the width of the terminal."""


class Failure(click.ClickException):
    """Says in one line why a command cannot run."""

    exit_code = CANNOT_RUN

    def show(self, file: Any = None) -> None:
        """Print the reason to standard error; it may name files, and no build service obeys it."""
        lines = (one_line(line) for line in f"afterword: {self.format_message()}".splitlines())
        click.echo("\n".join(lines), file=file or sys.stderr)


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn what keeps a command from running into a line of text and exit code 2."""
    try:
        yield
    except (CannotRunError, EndedError) as error:
        raise Failure(str(error)) from error
    except BrokenPipeError:
        raise  # it is no fault
    except OSError as error:
        raise Failure(named_reason(error)) from error


def read_day(text: str) -> dt.date:
    """Read a day given as YYYY-MM-DD; as the type of an option it fails with the form that is expected."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise click.BadParameter(f"'{text}' is no day, expected YYYY-MM-DD such as 2026-03-14") from error


def read_reach(text: str) -> Reach:
    """Read how far to look; as the type of an option it fails with what is expected."""
    from afterword.derive.promises.reach import Reach

    try:
        return Reach.read(text)
    except ValueError as error:
        raise click.BadParameter(
            f"'{text}' is no length of time, expected such as 7d, 2w, 6m or 1y, or a day such as 2026-03-14"
        ) from error


def read_address(text: str) -> tuple[str, int]:
    """Read an address given as HOST:PORT; as the type of an option it fails with the form that is expected."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise click.BadParameter(f"'{text}' is no address, expected HOST:PORT such as 127.0.0.1:9000")
    return host, int(port)


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of standard output.",
)

as_of_option = click.option(
    "--as-of", type=read_day, metavar="DAY", help="Judge as on this day (YYYY-MM-DD) instead of today."
)
settings_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings to use instead of the afterword.yml found upwards from here.",
)


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Tell whether standard output is a terminal whose user has not declined colour."""
    declined = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return is_terminal(sys.stdout) and not declined


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody looks at a stream; one that was closed before the command began is None to Python."""
    return stream is not None and stream.isatty()


def this_terminal() -> Terminal:
    """Give what text is set for: the terminal that standard output is, else 80 columns without colour."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or "utf-8"
    if not is_terminal(sys.stdout):
        return Terminal(encoding=encoding)
    # Lines that are longer are hard to read, and shorter ones have no room for columns.
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    return Terminal(width, wants_colour(os.environ), encoding)


def echo_harmless(text: str) -> None:
    """Print lines of a record's words, which neither a terminal nor a build service obeys."""
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        click.echo(line[:indent] + one_line(line[indent:]))


def tell_line(line: str) -> None:
    """Print a line on standard error; no words of a record in it are obeyed, as by `echo_harmless`."""
    click.echo(one_line(line), err=True)


@contextmanager
def telling_progress() -> Iterator[Progress | None]:
    """Give what tells on the terminal how far reading has come, None where nobody looks at standard error.

    What is over within a second is not told of; the line is gone when the work is done.
    """
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield None
        return
    last = time.monotonic()
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal last, told
        now = time.monotonic()
        if now - last >= (0.2 if told else 1):
            last, told = now, True
            sys.stderr.write(f"\rread {done:,} of {total:,} records")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def as_seen_from(here: Path, root: Path, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give findings with paths relative to the folder `here` instead of `root`, with `/`."""
    seen = path_seen_from(here, root)
    return tuple(dataclasses.replace(finding, path=seen(finding.path)) for finding in findings)


def path_seen_from(here: Path, root: Path) -> Callable[[str], str]:
    """Give what turns a path relative to `root` into one relative to the folder `here`, with `/`."""
    base, start = root.resolve(), here.resolve()

    @cache
    def seen(path: str) -> str:
        return way_to(base / path, start)

    return seen
