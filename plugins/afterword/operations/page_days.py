"""Until when pages of records hold: each is made again where something that it is made from has changed, or where the day has come that matters to it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from afterword.sources.cache import Cache


@dataclass(frozen=True, slots=True)
class MadePage:
    """What a page was made from: the hash of what was found in its record, and the day; up to `until` the same page would come of it."""

    found: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class PageDays:
    """The pages of an archive that were made, by the hash of all else that each is made from; `place` is the key under which they are kept."""

    cache: Cache
    place: str

    def holding_on(self, day: dt.date) -> Mapping[str, MadePage]:
        """Give what is kept of those pages that hold on a day, nothing where another program has kept it in another form."""
        lines = (self.cache.get(self.place) or "").splitlines()
        with contextlib.suppress(ValueError):
            return {made_of: page for made_of, page in map(_read, lines) if page.since <= day <= page.until}
        return {}

    def keep(self, pages: Iterable[tuple[str, MadePage]]) -> None:
        """Keep what is known of all pages in the place of what was kept before."""
        told = "\n".join(f"{made_of} {page.found} {page.since} {page.until}" for made_of, page in pages)
        if told != self.cache.get(self.place):
            self.cache.put(self.place, told)


def _read(line: str) -> tuple[str, MadePage]:
    made_of, found, since, until = line.split()
    return made_of, MadePage(found, dt.date.fromisoformat(since), dt.date.fromisoformat(until))
