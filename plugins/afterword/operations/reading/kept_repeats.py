"""Promises that were made before, cached between builds: they are looked for again only where an action has changed."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.derive.again.repeated import Place, Promising
from afterword.operations.program import program_marks
from afterword.operations.slot import Slot
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


def kept_repeats(kept: KeptPages, promising: Promising) -> Iterable[tuple[Place, Place]]:
    """Give what `Promising.repeats` gives, from the cache where no action has changed; the cache has one entry for the same archives."""
    place = Cache.key("repeats", *sorted({record.archive for record in promising.records}))
    key = Cache.key(*program_marks("derive"), promising.told())
    slot = Slot(place, key, tuple, kept)
    known = slot.value()
    if known is not None:
        return known
    made = tuple(promising.repeats())
    slot.keep(made)
    return made
