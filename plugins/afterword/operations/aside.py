"""Stages of a build that other processes do at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from afterword.operations.processes import spare_processes
from afterword.operations.timings import Timings
from afterword.sources.apart import Apart

_Done = TypeVar("_Done")


class Aside(Generic[_Done]):
    """A stage of a build, done by another process where it `is_split` and there is a core for it, else by this one when its result is asked for.

    Its work and the waiting for it both count as `stage`. End it, or let `with` do so.
    """

    def __init__(self, stage: str, work: Callable[[], _Done], timings: Timings, is_split: bool) -> None:
        self._stage, self._work, self._timings = stage, work, timings
        self._apart = Apart(partial(_timed, stage, work)) if is_split and spare_processes() > 1 else None

    def __enter__(self) -> Aside[_Done]:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def is_apart(self) -> bool:
        """Tell whether another process does it."""
        return self._apart is not None

    @property
    def is_ready(self) -> bool:
        """Tell whether another process has done it."""
        return self._apart is not None and self._apart.is_ready

    def end(self) -> None:
        """Stop the other process, if there is one."""
        if self._apart is not None:
            self._apart.end()

    def result(self) -> _Done:
        """Give what the work gives, and raise what it raises."""
        with self._timings.stage(self._stage):
            if self._apart is None:
                return self._work()
            done, timings = self._apart.result()
        self._timings.add(timings)
        return done


def _timed(stage: str, work: Callable[[], _Done]) -> tuple[_Done, Timings]:
    timings = Timings()
    with timings.stage(stage):
        done = work()
    return done, timings
