"""Work that another process does meanwhile."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pickle import PicklingError
from typing import Any, Generic, TypeVar

from afterword.sources.crew import CrewError

_Done = TypeVar("_Done")


class Apart(Generic[_Done]):
    """One piece of work, begun in a process split off from this one with all that it holds at that moment; see `spare_cores` for where that can be.

    What it gives must be possible to pickle. End it where nobody asks for that any more.
    """

    def __init__(self, work: Callable[[], _Done]) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe(duplex=False)
        self._process: Any = context.Process(target=_do, args=(theirs, work), daemon=True)
        self._process.start()
        theirs.close()

    def result(self) -> _Done:
        """Wait for what the work gives. Raises what it has raised, or CrewError where its process has ended without a word."""
        try:
            failed, told = self._ours.recv()
        except (EOFError, OSError) as error:
            raise CrewError(
                f"a process that did part of the work ended: {error or 'no reason given'}"
            ) from error
        finally:
            self.end()
        if failed:
            raise told
        done: _Done = told
        return done

    def end(self) -> None:
        """End the process, whatever it has come to."""
        if self._process is not None:
            self._ours.close()
            self._process.terminate()
            self._process.join()
            self._process = None


def _do(connection: Connection, work: Callable[[], Any]) -> None:
    # Whoever split it off ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    told: tuple[bool, Any]
    try:
        told = False, work()
    except Exception as error:
        told = True, error
    with contextlib.suppress(OSError):
        try:
            connection.send(told)
        except (TypeError, AttributeError, ValueError, PicklingError) as error:
            # An exception that cannot be pickled is told in its own words.
            connection.send((True, CrewError(f"{type(error).__name__}: {error}")))
