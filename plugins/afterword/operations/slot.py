"""Cached values: each has a place, where it replaces the one before, and a key, the hash of what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.sources.kept_pages import KeptPages

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Slot(Generic[_Value]):
    """Where a value of a `kind` lies in the cache: at a `place`, under a `key`."""

    place: str
    key: str
    kind: type[_Value]
    kept: KeptPages

    def value(self) -> _Value | None:
        """Give the value, and note its use; None where there is none of this key and kind, or it is damaged."""
        try:
            found = self.kept.get(self.place)
            if found is None or not found.startswith(self.key.encode()):
                return None
            value = unpickled(found[len(self.key) :])
            if not isinstance(value, self.kind):
                return None
            self.kept.use([self.place])
            return value
        except DAMAGED:
            return None
        finally:
            self.kept.close()

    def keep(self, value: _Value) -> None:
        """Keep a value, and wait until it is written: until then memory holds it twice."""
        self.kept.put(self.place, self.key.encode() + pickled(value))
        self.kept.close()
