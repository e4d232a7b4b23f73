"""Graphs laid out by a Graphviz engine: one process for all, and one bad graph costs only itself."""

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

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SECONDS_PER_GRAPH = 0.02
_LEAST_SECONDS = 0.05
_VERSION_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that reads DOT and writes SVG; `version` names it with its version and belongs into the key of any cache."""

    program: str
    version: str


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """One SVG per graph, None for those that could not be laid out; `problem` says why, `engine` is the version of what drew."""

    svgs: tuple[str | None, ...]
    problem: str | None
    engine: str | None


def find_engine(configured: str | None = None) -> Engine | None:
    """Choose what lays out: the configured program, else the one of the wheel, else `dot`; None where there is none.

    A configured program that cannot be found is no reason to take another: it is chosen, and `lay_out` says that it does not run.
    """
    if configured:
        return _named(shutil.which(configured) or configured)
    wheel = _of_the_wheel()
    if wheel is not None:
        return wheel
    dot = shutil.which("dot")
    return _named(dot) if dot else None


def lay_out(dots: Sequence[str], engine: Engine | None, timeout: float = 60) -> LayoutResult:
    """Lay out graphs in the order given, within about `timeout` seconds (and a little for each graph).

    Engines drop the rest of a stream at a syntax error without a word, so drawings are counted; where one is missing, or the engine hangs,
    the stream is halved until the graph that does it stands alone.
    """
    svgs: list[str | None] = [None] * len(dots)
    if not dots:
        return LayoutResult((), None, engine.version if engine else None)
    if engine is None:
        return LayoutResult(tuple(svgs), "there is no layout engine: install graphviz-pure or Graphviz", None)
    deadline = time.monotonic() + timeout + _SECONDS_PER_GRAPH * len(dots)
    waiting = deque([range(len(dots))])
    reason = ""
    while waiting:
        part = waiting.popleft()
        # Half of what is left each time: good halves are drawn long before one that hangs has used up the rest.
        seconds = (deadline - time.monotonic()) / 2
        if seconds < _LEAST_SECONDS:
            reason = reason or f"no answer within {timeout:g} s"
            break
        try:
            drawings, error = _run(engine.program, [dots[index] for index in part], seconds)
        except OSError as failure:
            reason = f"cannot be run: {failure.strerror or failure}"
            break
        if len(drawings) == len(part):
            for index, drawing in zip(part, drawings, strict=True):
                svgs[index] = drawing
            continue
        reason = error or reason
        if len(part) > 1:
            middle = len(part) // 2
            waiting.extend((part[:middle], part[middle:]))
    missing = svgs.count(None)
    problem = None
    if missing:
        what = "tree" if len(svgs) == 1 else "trees"
        problem = (
            f"{missing} of {len(svgs)} {what} not drawn by {engine.version}{': ' if reason else ''}{reason}"
        )
    return LayoutResult(tuple(svgs), problem, engine.version)


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
    """Give the drawings of one process, and what it complained about; none where it did not end in time."""
    answer = _communicate([program, "-Tsvg"], "\n".join(dots).encode("utf-8", "replace"), seconds)
    if answer is None:
        return [], f"no answer within {seconds:.1f} s"
    output, errors = (each.decode(errors="replace") for each in answer)
    complaints = [line for line in errors.splitlines() if "rror" in line]
    return _DRAWING.findall(output), complaints[-1][:200] if complaints else ""


def _communicate(command: Sequence[str], stream: bytes, seconds: float) -> tuple[bytes, bytes] | None:
    """Give what a program wrote to its output and as errors; None where it had to be ended."""
    # A session of its own, so that what the program may have started ends with it.
    process = subprocess.Popen(  # noqa: S603 - the program that settings or PATH name, and no shell
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
