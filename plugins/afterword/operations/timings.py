"""Where the time of a build went, in the words of its design."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

WHOLE = "in all"


@dataclass(slots=True)
class Spent:
    """Seconds on the clock and of the processor, and how often a stage was entered."""

    wall: float = 0.0
    processor: float = 0.0
    times: int = 0


@dataclass(slots=True)
class Timings:
    """Records how long the stages of a build take; a stage within another one counts for itself alone, so that all of them together are the whole.

    It is handed through to whoever works, and knows of the process that it lives in. What another process did meanwhile is added to the processor's seconds where that has
    times of its own (`add`); what those take that read records and make pages is on the clock only.
    """

    spent: dict[str, Spent] = field(default_factory=dict)
    _open: list[tuple[str, float, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done here as a stage."""
        self.enter(name)
        try:
            yield
        finally:
            self.leave()

    def enter(self, name: str) -> None:
        """Begin a stage; the one that it interrupts goes on after it."""
        self._pause()
        self.spent.setdefault(name, Spent()).times += 1
        self._open.append((name, *_now()))

    def leave(self) -> None:
        """End the stage that was entered last; without one nothing happens."""
        if not self._open:
            return
        self._pause()
        self._open.pop()
        if self._open:
            self._open[-1] = (self._open[-1][0], *_now())

    def change(self, name: str) -> None:
        """End the stage that was entered last and begin another in its place: for work that is done between two events."""
        self.leave()
        self.enter(name)

    def add(self, other: Timings) -> None:
        """Add what another process has taken of its processor: on the clock it was done beside something else."""
        for name, each in other.spent.items():
            self.spent.setdefault(name, Spent()).processor += each.processor

    def rows(self) -> Iterator[tuple[str, float, float]]:
        """Yield each stage with its seconds on the clock and of the processor, in the order in which they were first entered; the whole comes last."""
        for name, each in self.spent.items():
            yield name, each.wall, each.processor
        yield (
            WHOLE,
            sum(each.wall for each in self.spent.values()),
            sum(each.processor for each in self.spent.values()),
        )

    def _pause(self) -> None:
        if self._open:
            name, wall, processor = self._open[-1]
            now = _now()
            self.spent[name].wall += now[0] - wall
            self.spent[name].processor += now[1] - processor


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()
