"""The worker processes that share the records of an archive; each makes the pages of the records that it has read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from afterword.operations.processes import spare_processes
from afterword.operations.reading.found import Found
from afterword.operations.reading.record_reader import Answer, Batch, RecordReader
from afterword.sources.crew import Crew

FEWEST_SHARED = 100
"""Records from which it pays to split processes off."""


class RecordCrew:
    """Workers that are forked when there is enough work for the first time; until then this process does it. Close it when there is no more work."""

    def __init__(
        self, found: Found, make: Callable[[int], RecordReader], count: int | None, *, shares: bool
    ) -> None:
        """Begin with this process alone. `make` makes what answers messages for one of so many processes; `count` is the number of workers, by default one for each core where that is faster, and only where it `shares` the work."""
        self._found, self._make = found, make
        self._count, self._shares = count, shares
        self._crew: Crew | None = None
        self._owner: dict[str, int] = {}

    def close(self) -> None:
        """End the processes, and forget the records."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None

    def _workers(self, work: int) -> Crew:
        """Give the workers for so many records, and fork them where they are worth it for the first time."""
        if self._crew is None or (self._crew.count == 1 and work >= FEWEST_SHARED):
            shared = work >= FEWEST_SHARED and self._shares
            count = self._count or (spare_processes() if shared else 1)
            if self._crew is None or self._crew.count != count:
                self._crew = Crew(count, partial(self._make, count))
        return self._crew

    def read(self, batches: Sequence[Batch]) -> Iterator[Answer]:
        """Have batches read, and yield the answers as they come."""
        crew = self._workers(sum(len(each.wanted) for each in batches))
        # All take from one list: a process of a core that does something else besides takes fewer.
        waiting = iter(batches)
        for owner, answer in crew.answers([waiting] * crew.count):
            self._owner |= {self._found.waiting[number][2]: owner for number in answer.batch.wanted}
            yield answer

    def dealt(self, wanted: Sequence[tuple[str, bytes]]) -> tuple[Crew, list[list[tuple[str, bytes]]]]:
        """Give the workers, and the share of pages that each is to make: those of the records that it has read. Pages are wanted as in `RecordPages`."""
        crew = self._workers(len(wanted))
        shares: list[list[tuple[str, bytes]]] = [[] for _ in range(crew.count)]
        for number, (path, each) in enumerate(wanted):
            shares[self._owner.get(path, number) % crew.count].append((path, each))
        return crew, shares
