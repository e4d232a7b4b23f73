"""What is worked out of texts for few to look at, put away for many records together until one is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from afterword.model.unpickling import pickled, unpickled
from afterword.model.value import plain_value


@dataclass(slots=True, eq=False)
class Shelf:
    """What was worked out of the texts of many records, by their keys and then by its names; whoever takes from it has all of it opened."""

    content: bytes
    _opened: Mapping[str, Mapping[str, bytes]] | None = field(default=None, init=False, repr=False)

    def __reduce__(self) -> tuple[type[Shelf], tuple[bytes]]:
        return Shelf, (self.content,)

    @classmethod
    def of(cls, told: Mapping[str, Mapping[str, bytes]]) -> Shelf:
        """Put all of it away."""
        return cls(zlib.compress(pickled(told), 1))

    def opened(self) -> Mapping[str, Mapping[str, bytes]]:
        """Give all of it."""
        if self._opened is None:
            self._opened = unpickled(zlib.decompress(self.content))
        return self._opened


@plain_value()
class PutAway(Mapping[str, bytes]):
    """What is known of one record: `own` is at hand, the rest on `shelves`, each of which has the names that stand with it."""

    own: Mapping[str, bytes]
    key: str
    shelves: tuple[tuple[tuple[str, ...], Shelf], ...]

    def __getitem__(self, name: str) -> bytes:
        for names, shelf in self.shelves:
            if name in names:
                return shelf.opened()[self.key][name]
        return self.own[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        for names, _ in self.shelves:
            yield from names

    def __len__(self) -> int:
        return len(self.own) + sum(len(names) for names, _ in self.shelves)
