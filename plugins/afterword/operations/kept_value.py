"""Cached values: each has a place, where it replaces the one before, and a key, the hash of what it was made from."""

from __future__ import annotations

from typing import TypeVar

from afterword.model.unpickling import DAMAGED, pickled, unpickled
from afterword.sources.kept_pages import KeptPages

_Value = TypeVar("_Value")


def value_at(place: str, key: str, kept: KeptPages, kind: type[_Value]) -> _Value | None:
    """Give the value at a place, and note its use; None where there is none of this key and kind, or it is damaged."""
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
    """Keep a value, and wait until it is written: until then memory holds it twice."""
    kept.put(place, key.encode() + pickled(value))
    kept.close()
