"""Pages of records before they are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from afterword.render.page import SitePage
from afterword.render.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page of the record at `path` is to be made from: what is `beside` it, and whether its drawing is a file of its own."""

    path: str
    beside: Surroundings
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that is not made yet, and need not be where one of its `key` is at hand.

    `key` is the hash of all that the page is made from. The other fields are those of the page that `make` gives; see `SitePage`.
    """

    address: str
    title: str
    key: str
    wanted: Wanted
    make: Callable[[], SitePage]
    source: str
    changed: date | None = None
    kind: str = "record"
    nav_title: None = None

    def made(self) -> SitePage:
        """Make the page; many are made faster by `Site.made`."""
        return self.make()
