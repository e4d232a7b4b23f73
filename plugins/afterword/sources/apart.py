"""Work that another process does meanwhile."""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from afterword.sources.crew_errors import CrewError, EndedError, sent
from afterword.sources.splitting import split_off

if TYPE_CHECKING:  # Windows has none
    from multiprocessing.context import ForkProcess

_Done = TypeVar("_Done")


class Apart(Generic[_Done]):
    """One piece of work, begun in a process split off from this one with all that it holds at that moment; see `spare_cores` for where that can be.

    What it gives must be possible to pickle. End it where nobody asks for that any more.
    """

    def __init__(self, work: Callable[[], _Done]) -> None:
        ours, theirs = os.pipe()
        self._ours = os.fdopen(ours, "rb")
        self._process: ForkProcess | None = split_off(_do, ours, theirs, work)
        os.close(theirs)

    def result(self) -> _Done:
        """Wait for what the work gives. Raises what it has raised, or CrewError where its process has ended without a word."""
        try:
            # Read as it comes: the search of a large archive is not to be held a second time as a message.
            failed, told = pickle.load(self._ours)  # noqa: S301 - of a process of our own
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise EndedError from error
        finally:
            self.end()
        if failed:
            raise told
        done: _Done = told
        return done

    @property
    def is_ready(self) -> bool:
        """Tell whether it has given something, or ended without a word; not to be asked after `result`."""
        return bool(wait([self._ours.fileno()], 0))

    def end(self) -> None:
        """End the process, whatever it has come to."""
        if self._process is not None:
            self._ours.close()
            self._process.terminate()
            self._process.join()
            self._process = None


def _do(other_end: int, end: int, work: Callable[[], Any]) -> None:
    os.close(other_end)
    told: tuple[bool, Any]
    try:
        told = False, work()
    except Exception as error:
        told = True, sent(error)
    with contextlib.suppress(OSError), os.fdopen(end, "wb") as stream:
        try:
            pickle.dump(told, stream, pickle.HIGHEST_PROTOCOL)
        except (TypeError, AttributeError, ValueError, pickle.PicklingError) as error:
            # What cannot be pickled is told of in words; whatever of it was written before, the last tuple is what is read.
            pickle.dump((True, CrewError(f"{type(error).__name__}: {error}")), stream)
