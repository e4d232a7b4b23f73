"""Graphs laid out by a Graphviz engine: one process for all, and one bad graph costs only itself.

The engine answers in its plain format: the place of each node and the way of each edge, a line each.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WHEEL = "graphviz-pure"
"""The distribution that brings an engine along, named like its program."""

CHOSEN_BY = "AFTERWORD_DOT"
"""The variable that names another engine. It is no setting: those of a pull request would name a program that the one who checks it runs."""

Told = Callable[[int, str], object]
"""Is given the position of a graph and its layout."""

_HANGS = "hangs"
_SECONDS_PER_GRAPH = 0.02
_LEAST_SECONDS = 0.05
_VERSION_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that reads DOT and writes where things stand; `version` names it with its version and belongs into the key of any cache."""

    program: str
    version: str


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """One layout per graph, None for those that could not be laid out; `problem` says why."""

    layouts: tuple[str | None, ...]
    problem: str | None


def find_engine() -> Engine | None:
    """Choose what lays out: the program that AFTERWORD_DOT names, else the one of the wheel, else `dot`; None where there is none.

    A named program that cannot be found is no reason to take another: it is chosen, and `lay_out` says that it does not run.
    """
    configured = os.environ.get(CHOSEN_BY)
    if configured:
        return _named(shutil.which(configured) or configured)
    wheel = _of_the_wheel()
    if wheel is not None:
        return wheel
    dot = shutil.which("dot")
    return _named(dot) if dot else None


def lay_out(
    dots: Sequence[str],
    engine: Engine,
    timeout: float = 60,
    told: Told = lambda _position, _layout: None,
) -> LayoutResult:
    """Lay out graphs in the order given, within about `timeout` seconds (and a little for each graph).

    Engines drop the rest of a stream at a syntax error without a word, so answers are counted; where one is missing, or the engine hangs,
    the stream is halved until the graph that does it stands alone.

    `told` is given each layout while the engine is at the next. That is a first word: it holds only where the result has a layout of that
    graph, and of several the last one does.
    """
    layouts: list[str | None] = [None] * len(dots)
    if not dots:
        return LayoutResult((), None)
    deadline = time.monotonic() + timeout + _SECONDS_PER_GRAPH * len(dots)
    waiting = deque([range(len(dots))])
    reason = ""
    while waiting:
        part = waiting.popleft()
        # Half of what is left each time: good halves are drawn long before one that hangs has used up the rest.
        seconds = (deadline - time.monotonic()) / 2
        if seconds < _LEAST_SECONDS:
            reason = reason or f"no answer within {timeout:g} s, the program was ended"
            break
        try:
            answers, error = _run(engine.program, dots, part, seconds, told)
            error = f"no answer within {timeout:g} s, the program was ended" if error is _HANGS else error
        except OSError as failure:
            chosen = f", which {CHOSEN_BY} names," if os.environ.get(CHOSEN_BY) else ""
            reason = f"{engine.program}{chosen} cannot be run: {(failure.strerror or str(failure)).lower()}"
            break
        if len(answers) == len(part):
            for index, answer in zip(part, answers, strict=True):
                layouts[index] = answer
            continue
        reason = error or reason
        if len(part) > 1:
            middle = len(part) // 2
            waiting.extend((part[:middle], part[middle:]))
    missing = layouts.count(None)
    problem = None
    if missing:
        what = "tree" if len(layouts) == 1 else "trees"
        problem = f"{missing} of {len(layouts)} {what} not drawn by {engine.version}{': ' if reason else ''}{reason}"
    return LayoutResult(tuple(layouts), problem)


def _of_the_wheel() -> Engine | None:
    """Find the wheel's program where its installation recorded it, whatever the scheme, else beside this Python."""
    try:
        distribution = importlib.metadata.distribution(WHEEL)
    except importlib.metadata.PackageNotFoundError:
        return None
    recorded = (Path(str(file.locate())) for file in distribution.files or () if file.stem == WHEEL)
    beside = Path(sys.executable).with_name(f"{WHEEL}.exe" if os.name == "nt" else WHEEL)
    for program in (*recorded, beside):
        if program.is_file():
            return Engine(str(program.resolve()), f"{WHEEL} {distribution.version}")
    return None


def _named(program: str) -> Engine:
    """Ask a program for its version; one that gives none is known by its name."""
    name = Path(program).stem
    said: list[str] = []
    try:
        errors = _converse([program, "-V"], b"", _VERSION_SECONDS, said.extend)
    except OSError:
        return Engine(program, name)
    version = re.search(r"\d+\.\d+[\w.]*", "".join((*said, errors or "")))
    return Engine(program, f"{name} {version.group()}" if version else name)


def _run(program: str, dots: Sequence[str], part: range, seconds: float, told: Told) -> tuple[list[str], str]:
    """Give what one process answers to a part of the graphs, and what it complained about; no answers where it did not end in time."""
    answers: list[str] = []

    def read(output: Iterable[str]) -> None:
        for layout in _layouts(output):
            if len(answers) < len(part):
                told(part[len(answers)], layout)
            answers.append(layout)

    stream = "\n".join(dots[part.start : part.stop]).encode("utf-8", "replace")
    errors = _converse([program, "-Tplain"], stream, seconds, read)
    if errors is None:
        return [], _HANGS
    said = [line for line in errors.splitlines() if line.strip()]
    complaints = [line for line in said if "rror" in line] or said
    return answers, complaints[-1][:200] if complaints else ""


def _layouts(output: Iterable[str]) -> Iterator[str]:
    """Yield the lines of each graph as soon as its last one is there."""
    lines: list[str] = []
    for line in output:
        if lines or line.startswith("graph "):
            lines.append(line)
            if line.rstrip("\n") == "stop":
                yield "".join(lines).rstrip("\n")
                lines = []


def _converse(
    command: Sequence[str], stream: bytes, seconds: float, read: Callable[[Iterable[str]], object]
) -> str | None:
    """Have what a program writes read while it runs, and give what it wrote as errors; None where it had to be ended."""
    # Files for what goes in and for errors: of the three streams only one has to be waited for.
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
        asked.write(stream)
        asked.seek(0)
        # A session of its own, so that what the program may have started ends with it.
        process = subprocess.Popen(  # noqa: S603 - the program that the environment names, and no shell
            command,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        late = threading.Event()

        def give_up() -> None:
            late.set()
            _end(process)

        watch = threading.Timer(seconds, give_up)
        watch.daemon = True
        watch.start()
        with process:
            try:
                read(process.stdout or ())
                process.wait()
            except BaseException:
                _end(process)
                raise
            finally:
                watch.cancel()
        errors.seek(0)
        complaint = errors.read().decode(errors="replace")
        if process.returncode and not complaint:
            complaint = f"it ended with status {process.returncode}"
        return None if late.is_set() else complaint


def _end(process: subprocess.Popen[str]) -> None:
    """End a program with all that it started, unless it has ended."""
    if process.returncode is not None:
        return
    if os.name == "posix":
        # One that has ended and was not waited for is none that may be ended, on some systems.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
