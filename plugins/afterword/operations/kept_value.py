"""Values that are kept in a place of their own, each with the hash of what it was made from: the next one takes the place of the one before."""

from __future__ import annotations

from afterword.model.unpickling import pickled, unpickled
from afterword.sources.kept_pages import KeptPages


def value_at(place: str, key: str, kept: KeptPages) -> object:
    """Give what is kept at a place under a key, None where that is something else. Raises an error of `DAMAGED` where it is not whole."""
    found = kept.get(place)
    if found is None or not found.startswith(key.encode()):
        return None
    return unpickled(found[len(key) :])


def keep_value(place: str, key: str, value: object, kept: KeptPages) -> None:
    """Keep a value, and wait until it is written: what waits is held twice."""
    kept.put(place, key.encode() + pickled(value))
    kept.close()
