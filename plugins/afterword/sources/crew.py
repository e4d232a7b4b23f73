"""Processes that share work, each of which remembers what it did before."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from queue import Queue
from typing import TYPE_CHECKING, Any, TypeVar

from afterword.sources.crew_errors import PROCESSES, EndedError, sent
from afterword.sources.splitting import split_off

if TYPE_CHECKING:  # Windows has none
    from multiprocessing.context import ForkProcess

_NUMBER = re.compile(r"0*[1-9][0-9]{0,3}")

Handler = Callable[[Any], Any]
"""Answers a message; made once in each process, so that it can hold on to things."""


def spare_cores() -> int:
    """Tell how many processes are worth having: as many as this one may use cores, or as `PROCESSES` says; 1 where a process cannot be split.

    Raises ValueError, with what is expected, where `PROCESSES` is no number of processes.
    """
    asked = os.environ.get(PROCESSES, "").strip()
    if asked and not _NUMBER.fullmatch(asked):
        raise ValueError(f"'{asked}' is no number of processes, expected a whole number from 1 to 9999")
    if "fork" not in multiprocessing.get_all_start_methods() or os.name != "posix" or _is_mac():
        return 1
    if asked:
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_mac() -> bool:
    # Its own libraries do not survive a fork (Python's documentation on `multiprocessing`, "Contexts and start methods").
    return os.uname().sysname == "Darwin"


_Name = TypeVar("_Name", bound=Hashable)
_Result = TypeVar("_Result")
_Work = TypeVar("_Work")


class Crew:
    """So many processes, split off from this one with all that it holds at that moment. Close it, or let `with` do so.

    With `count` 1 there is no other process: the handler answers in this one, when it is asked.
    """

    def __init__(self, count: int, make: Callable[[], Handler]) -> None:
        """Split processes off; each calls `make` once."""
        self.count = count
        self._handler: Handler | None = make() if count == 1 else None
        self._members: list[tuple[ForkProcess, Connection]] = []
        if count == 1:
            return
        for _ in range(count):
            ours, theirs = multiprocessing.Pipe()
            process = split_off(_serve, theirs, ours, make)
            theirs.close()
            self._members.append((process, ours))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for process, connection in self._members:
            connection.close()
            process.terminate()
        for process, _ in self._members:
            process.join()
        self._members = []
        self._handler = None

    def answers(self, shares: Sequence[Iterable[Any]]) -> Iterator[tuple[int, Any]]:
        """Yield what each member answers to its share of messages, with the member's number, as the answers come; those of one member in their order.

        Shares may be generators: they are asked for the next message when the member is free, each in a thread of its own where there are several members.
        Raises what a member has raised, or EndedError where it has ended without a word.
        """
        if self._handler is not None:
            for share in shares:
                for message in share:
                    yield 0, self._handler(message)
            return
        # Whoever is slow to take answers is not to hold all of them.
        come: Queue[tuple[int, bool, Any]] = Queue(2 * self.count)
        threads = [
            threading.Thread(target=_converse, args=(number, connection, share, come), daemon=True)
            for number, ((_, connection), share) in enumerate(zip(self._members, shares, strict=True))
        ]
        for thread in threads:
            thread.start()
        busy = len(threads)
        while busy:
            number, is_answer, answer = come.get()
            if is_answer:
                yield number, answer
            elif answer is not None:
                raise answer
            else:
                busy -= 1

    def dealt(self, work: Sequence[_Work], at_once: int) -> list[list[Sequence[_Work]]]:
        """Deal work out in messages of at most so many pieces, and give each member's share of them."""
        messages = [work[at : at + at_once] for at in range(0, len(work), at_once)]
        return [messages[number :: self.count] for number in range(self.count)]

    def results(
        self,
        shares: Sequence[Iterable[Any]],
        order: Iterable[_Name],
        taken: Callable[[Any], Mapping[_Name, _Result]],
    ) -> Iterator[_Result]:
        """Yield results in the order of their names, whatever member gives which and when; `taken` gives those that an answer of `answers` holds, by name.

        What comes before its turn is held until then.
        """
        answers = self.answers(shares)
        held: dict[_Name, _Result] = {}
        for name in order:
            while name not in held:
                _, answer = next(answers)
                held.update(taken(answer))
            yield held.pop(name)


def _converse(number: int, connection: Connection, share: Iterable[Any], come: Queue[Any]) -> None:
    try:
        for message in share:
            connection.send(message)
            failed, answer = connection.recv()
            come.put((number, not failed, answer))
            if failed:
                return
    except (EOFError, OSError):
        come.put((number, False, EndedError()))
    except BaseException as error:
        come.put((number, False, error))
    else:
        come.put((number, False, None))


def _serve(connection: Connection, other_end: Connection, make: Callable[[], Handler]) -> None:
    """Answer until nobody asks any more."""
    other_end.close()
    with contextlib.suppress(EOFError, OSError):
        handler = make()
        while True:
            message = connection.recv()
            try:
                answer = False, handler(message)
            except Exception as error:
                answer = True, sent(error)
            connection.send(answer)
