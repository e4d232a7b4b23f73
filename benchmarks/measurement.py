"""One measurement: something of ours and a named peer, run in turn, each time in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write_archive

REPOSITORY = Path(__file__).parent.parent
FIGURE = "seconds: "
"""How a run says what its own part took; of one that says nothing the whole process is timed."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Two commands over one archive; `limit` is the ratio that must not be passed, `most` the seconds, None where none are set.

    `write` makes the archive of so many records. `{folder}` in a command is the archive, `{record}` one of its records.
    """

    name: str
    records: int
    ours: str
    ours_command: Sequence[str]
    peer: str
    peer_command: Sequence[str]
    limit: float | None = None
    most: float | None = None
    write: Callable[[Path, int], list[Path]] = write_archive


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of both, in seconds."""

    measurement: Measurement
    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """How many times as long as the peer we take; below 1 we are faster."""
        return self.ours / self.peer

    @property
    def passes(self) -> bool:
        """Tell whether the ratio and the time are within their limits."""
        limit, most = self.measurement.limit, self.measurement.most
        return (limit is None or self.ratio <= limit) and (most is None or self.ours <= most)


def measure(measurement: Measurement, folder: Path, record: Path, repeats: int) -> Result:
    """Run ours and the peer in turn, `repeats` times after one run that only fills the caches of the system."""
    ours, peer = [], []
    for number in range(repeats + 1):
        pair = [
            _run([part.format(folder=folder, record=record) for part in command], folder)
            for command in (measurement.ours_command, measurement.peer_command)
        ]
        if number:
            ours.append(pair[0])
            peer.append(pair[1])
    return Result(measurement, statistics.median(ours), statistics.median(peer))


def environment() -> dict[str, str]:
    """Give the environment in which ours and the peers run."""
    ours = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    # Without compiled files every start would be a first start.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def _run(command: Sequence[str], folder: Path) -> float:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - begin
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    said = [line for line in done.stdout.splitlines() if line.startswith(FIGURE)]
    return float(said[-1].removeprefix(FIGURE)) if said else took
