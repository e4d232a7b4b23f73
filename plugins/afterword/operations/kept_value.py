"""Values that are kept in a place of their own, each with the hash of what it was made from: the next one takes the place of the one before."""

from __future__ import annotations

from typing import TypeVar

from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.sources.kept_pages import KeptPages

_Value = TypeVar("_Value")


def value_at(place: str, key: str, kept: KeptPages, kind: type[_Value]) -> _Value | None:
    """Give what is kept at a place under a key, and note that it was of use; None where that is something else, or not whole."""
    try:
        found = kept.get(place)
        if found is None or not found.startswith(key.encode()):
            return None
        value = unpickled(found[len(key) :])
        if not isinstance(value, kind):
            return None
        kept.use([place])
        return value
    except DAMAGED:
        return None
    finally:
        kept.close()


def keep_value(place: str, key: str, value: object, kept: KeptPages) -> None:
    """Keep a value, and wait until it is written: what waits is held twice."""
    kept.put(place, key.encode() + pickled(value))
    kept.close()
