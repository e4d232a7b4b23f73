"""Until when pages of records hold: each is made again where something that it is made from has changed, or where the day has come that matters to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from afterword.sources.cache import Cache

Span = tuple[dt.date, dt.date]
"""The day as of which a page was made, and the last one as of which the same page would come of it."""


@dataclass(frozen=True, slots=True)
class PageDays:
    """The spans of the pages of an archive, by the hash of all that each is made from beside the day; `place` is the key under which they are kept."""

    cache: Cache
    place: str

    def holding_on(self, day: dt.date) -> Mapping[str, Span]:
        """Give what is kept of those pages that hold on a day."""
        found = {}
        for line in (self.cache.get(self.place) or "").splitlines():
            made_of, since, until = line.split()
            span = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
            if span[0] <= day <= span[1]:
                found[made_of] = span
        return found

    def keep(self, spans: Iterable[tuple[str, Span]]) -> None:
        """Keep the spans of all pages in the place of what was kept before."""
        told = "\n".join(f"{made_of} {since} {until}" for made_of, (since, until) in spans)
        if told != self.cache.get(self.place):
            self.cache.put(self.place, told)


def dated(made_of: str, since: dt.date) -> str:
    """Give the key of a page as of a day, from the hash of all else that it is made from."""
    return Cache.key(made_of, since.isoformat())
