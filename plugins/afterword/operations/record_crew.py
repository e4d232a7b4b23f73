"""The processes that share the records of an archive: as many as there are cores, and each makes the pages of what it has read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from afterword.operations.found import Found
from afterword.operations.record_reader import Answer, Batch, RecordReader
from afterword.sources.crew import Crew, spare_cores

FEWEST_SHARED = 100
"""Records from which it pays to split processes off."""


class RecordCrew:
    """Processes that are split off when there is enough work for the first time. Close it when there is none any more."""

    def __init__(
        self, found: Found, make: Callable[[], RecordReader], count: int | None, *, shares: bool
    ) -> None:
        """Begin with this process alone; `count` processes share the work, by default as many as there are cores where it pays, and where it `shares` any."""
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
        """Give the processes, split off when there is so much work for the first time."""
        if self._crew is None or (self._crew.count == 1 and work >= FEWEST_SHARED):
            shared = work >= FEWEST_SHARED and self._shares
            count = self._count or (spare_cores() if shared else 1)
            if self._crew is None or self._crew.count != count:
                self._crew = Crew(count, self._make)
        return self._crew

    def read(self, batches: Sequence[Batch]) -> Iterator[Answer]:
        """Read records, and yield what was read as it comes."""
        crew = self._workers(sum(len(each.wanted) for each in batches))
        # All take from one list: a process of a core that does something else besides takes fewer.
        waiting = iter(batches)
        for owner, answer in crew.answers([waiting] * crew.count):
            self._owner |= {self._found.waiting[number][2]: owner for number in answer.batch.wanted}
            yield answer

    def dealt(self, wanted: Sequence[tuple[str, bytes]]) -> tuple[Crew, list[list[tuple[str, bytes]]]]:
        """Give the processes, and for each of them what pages it is to make: those of the records that it has read. Each is by its path, as in `RecordPages`."""
        crew = self._workers(len(wanted))
        shares: list[list[tuple[str, bytes]]] = [[] for _ in range(crew.count)]
        for number, (path, each) in enumerate(wanted):
            shares[self._owner.get(path, number) % crew.count].append((path, each))
        return crew, shares
