"""Promises that were made before, cached between builds: they are looked for again only where an action has changed."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.derive.repeated import Place, Promising
from afterword.operations.kept_value import keep_value, value_at
from afterword.operations.program import program_marks
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


def kept_repeats(kept: KeptPages, promising: Promising) -> Iterable[tuple[Place, Place]]:
    """Give what `Promising.repeats` gives, from the cache where no action has changed; the cache has one entry for the same archives."""
    place = Cache.key("repeats", *sorted({record.archive for record in promising.records}))
    key = Cache.key(*program_marks("derive"), promising.told())
    known = value_at(place, key, kept, tuple)
    if known is not None:
        return known
    made = tuple(promising.repeats())
    keep_value(place, key, made, kept)
    return made
