"""What a command takes, with all that it starts: time on the clock, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.steps import Figures

LOOK = 0.1
"""Seconds between two looks at the memory of what runs."""

_PROC = Path("/proc")
_KILOBYTE = 1024
_COUNTED_IN = 1 if sys.platform == "darwin" else _KILOBYTE


class CommandError(Exception):
    """A measured command did not end well; its message has the end of what it said."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds and bytes.

    `processor` is user and system time of the command and of all that it started and waited for. `largest` is the most that any one process held in
    memory, as the system counts it; `programs` the same for each program, and `together` the most that all held at once, what they share counted
    once. These two are seen by looking ten times a second, and absent where the system has no /proc.
    """

    wall: float
    processor: float
    largest: int
    programs: dict[str, int] = field(default_factory=dict)
    together: int = 0

    def figures(self) -> Figures:
        """Give them as they are kept in a file."""
        return asdict(self)

    @property
    def python(self) -> int:
        """Give the most that a process of Python held; where nobody could look, the most that any held."""
        return max((held for name, held in self.programs.items() if name.startswith("python")), default=self.largest)  # fmt: skip


def measured(command: Sequence[str | Path], folder: Path, log: Path, environment: dict[str, str]) -> Spent:
    """Run a command in a folder; what it says goes to `log`. Raises CommandError."""
    with log.open("wb") as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        watch = _Watch(process.pid)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            took = time.perf_counter() - begin
            watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    end = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    if process.returncode or "Traceback" in end:
        raise CommandError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{end}")
    return Spent(
        took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _COUNTED_IN, watch.programs, watch.together
    )


class _Watch(threading.Thread):
    """Looks at a process and all below it, until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.programs: dict[str, int] = {}
        self.together = 0
        self._ends = threading.Event()
        self._most = 0

    def run(self) -> None:
        """Look again and again."""
        while not self._ends.wait(LOOK):
            self.look()

    def stop(self) -> None:
        """Look no more."""
        self._ends.set()
        self.join()

    def look(self) -> None:
        """Note what is held now."""
        pids = [*_family(self.pid)]
        resident = 0
        for pid in pids:
            known = _status(pid)
            program = _program(pid)
            if program and known:
                resident += known["VmRSS"]
                self.programs[program] = max(self.programs.get(program, 0), known["VmHWM"])
        # Counting what is shared once takes the system longer: only where there is news.
        if resident > 1.02 * self._most:
            self._most = resident
            self.together = max(self.together, sum(map(_share, pids)))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    try:
        for thread in (_PROC / str(pid) / "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))
    except (OSError, ValueError):  # it has just ended, or there is no /proc
        return


def _program(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "exe").readlink().name
    except OSError:
        return ""


def _status(pid: int) -> dict[str, int]:
    """Give what a process holds and the most it ever held; nothing of one that has just ended."""
    return _bytes(_PROC / str(pid) / "status", ("VmRSS", "VmHWM"))


def _share(pid: int) -> int:
    return _bytes(_PROC / str(pid) / "smaps_rollup", ("Pss",)).get("Pss", 0)


def _bytes(file: Path, names: tuple[str, ...]) -> dict[str, int]:
    try:
        fields = (line.partition(":") for line in file.read_text().splitlines())
        found = {name: int(told.split()[0]) * _KILOBYTE for name, _, told in fields if name in names}
    except (OSError, ValueError, IndexError):
        return {}
    return found if len(found) == len(names) else {}
