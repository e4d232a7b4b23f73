"""Until when pages of records hold: each is made again where something that it is made from has changed, or where the day has come that matters to it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from afterword.sources.cache import Cache

STATES = 3
"""States of an archive whose pages are known: whoever takes a template back, or goes to another branch and back, finds pages that need not be made, and they do not tell it themselves."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """What a page was made from: the hash of what was found in its record, and the day; up to `until` the same page would come of it."""

    found: str
    since: dt.date
    until: dt.date


class PageDays:
    """The pages of an archive that were made, by the hash of all else that each is made from."""

    def __init__(self, cache: Cache, place: str) -> None:
        """Look into a cache; `place` is the key under which they are kept."""
        self.cache, self.place = cache, place

    @cached_property
    def _lines(self) -> Mapping[str, str]:
        """What is kept by its hashes, the latest state first."""
        lines = (self.cache.get(self.place) or "").splitlines()
        return {made_of: rest for made_of, _, rest in (line.partition(" ") for line in lines)}

    def holding_on(self, day: dt.date, made_of: str) -> MadePage | None:
        """Give what is known of a page, None where it does not hold on a day, or another program has kept it in another form."""
        line = self._lines.get(made_of)
        if line is not None:
            with contextlib.suppress(ValueError):
                page = _read(line)
                if page.since <= day <= page.until:
                    return page
        return None

    def keep(self, pages: Mapping[str, MadePage], count: int) -> None:
        """Keep what is known of the pages of a state, which has so many, and of those of earlier states."""
        now = {made_of: f"{page.found} {page.since} {page.until}" for made_of, page in pages.items()}
        earlier = ((made_of, rest) for made_of, rest in self._lines.items() if made_of not in now)
        kept = dict(islice(chain(now.items(), earlier), STATES * count))
        if [*kept.items()] != [*self._lines.items()]:
            self.cache.put(self.place, "\n".join(f"{made_of} {rest}" for made_of, rest in kept.items()))


def _read(line: str) -> MadePage:
    found, since, until = line.split(" ")
    return MadePage(found, dt.date.fromisoformat(since), dt.date.fromisoformat(until))
