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
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WHEEL = "graphviz-pure"
"""The distribution that brings an engine along, named like its program."""

CHOSEN_BY = "AFTERWORD_DOT"
"""The variable that names another engine. It is no setting: those of a pull request would name a program that the one who checks it runs."""

_LAYOUT = re.compile(r"^graph .*?^stop$", re.DOTALL | re.MULTILINE)
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
    """One layout per graph, None for those that could not be laid out; `problem` says why, `engine` is the version of what drew."""

    layouts: tuple[str | None, ...]
    problem: str | None
    engine: str | None


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


def lay_out(dots: Sequence[str], engine: Engine | None, timeout: float = 60) -> LayoutResult:
    """Lay out graphs in the order given, within about `timeout` seconds (and a little for each graph).

    Engines drop the rest of a stream at a syntax error without a word, so answers are counted; where one is missing, or the engine hangs,
    the stream is halved until the graph that does it stands alone.
    """
    layouts: list[str | None] = [None] * len(dots)
    if not dots:
        return LayoutResult((), None, engine.version if engine else None)
    if engine is None:
        return LayoutResult(
            tuple(layouts), "there is no layout engine: install graphviz-pure or Graphviz", None
        )
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
            answers, error = _run(engine.program, [dots[index] for index in part], seconds)
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
    return LayoutResult(tuple(layouts), problem, engine.version)


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
    try:
        answer = _communicate([program, "-V"], b"", _VERSION_SECONDS)
    except OSError:
        return Engine(program, name)
    version = re.search(r"\d+\.\d+[\w.]*", b"".join(answer or ()).decode(errors="replace"))
    return Engine(program, f"{name} {version.group()}" if version else name)


def _run(program: str, dots: Sequence[str], seconds: float) -> tuple[list[str], str]:
    """Give the answers of one process, and what it complained about; none where it did not end in time."""
    answer = _communicate([program, "-Tplain"], "\n".join(dots).encode("utf-8", "replace"), seconds)
    if answer is None:
        return [], _HANGS
    output, errors = (each.decode(errors="replace") for each in answer)
    complaints = [line for line in errors.splitlines() if "rror" in line]
    return _LAYOUT.findall(output), complaints[-1][:200] if complaints else ""


def _communicate(command: Sequence[str], stream: bytes, seconds: float) -> tuple[bytes, bytes] | None:
    """Give what a program wrote to its output and as errors; None where it had to be ended."""
    # A session of its own, so that what the program may have started ends with it.
    process = subprocess.Popen(  # noqa: S603 - the program that the environment names, and no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        return process.communicate(stream, timeout=seconds)
    except BaseException as interruption:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        if isinstance(interruption, subprocess.TimeoutExpired):
            return None
        raise
