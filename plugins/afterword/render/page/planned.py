"""Pages before they are made."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from afterword.model.record import Postmortem
from afterword.model.unpickling import pickled, unpickled
from afterword.render.page.site_page import SiteFile, SitePage
from afterword.render.page.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page of the record at `path` is to be made from: what is `beside` it, and whether its drawing is a file of its own."""

    path: str
    beside: Surroundings
    has_file: bool = False

    def packed(self) -> bytes:
        """Give it as bytes, a quarter of eleven kilobytes: those of all records may wait at once."""
        return zlib.compress(pickled(self), 1)

    @staticmethod
    def unpacked(content: bytes) -> Wanted:
        """Give it back."""
        wanted: Wanted = unpickled(zlib.decompress(content))
        return wanted


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """The page of a record that is not made yet, and need not be where one of its `key` is at hand.

    `key` is the hash of all that the page is made from, `wanted` gives that without the record itself, a packed `Wanted`. The other fields are those of the page
    that `make` gives; see `SitePage`.
    """

    address: str
    title: str
    key: str
    wanted: Callable[[], bytes]
    make: Callable[[], SitePage]
    source: str
    changed: date | None = None
    kind: str = "record"
    nav_title: None = None

    def made(self) -> SitePage:
        """Make the page; many are made faster by `Site.made`."""
        return self.make()


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page about many records that is not made yet, and need not be where one of its `key` is at hand.

    `key` is the hash of all that the page is made from, but for the summaries that it shows: those of the records at the paths in `summaries`.
    The other fields are those of the page that `make` gives; see `SitePage`.
    """

    address: str
    title: str
    kind: str
    key: str
    make: Callable[[], SitePage]
    summaries: tuple[str, ...] = ()
    source: str = ""
    nav_title: None = None
    changed: None = None

    def made(self) -> SitePage:
        """Make the page; many are made faster by `Site.made`."""
        return self.make()

    def then(self, change: Callable[[SitePage], SitePage], *others: object) -> ListedPage:
        """Give a page to which something is done when it has been made; `others` is what that depends on."""
        made = self.make
        return replace(self, key=hashed(self.key, others), make=lambda: change(made()))

    def with_summaries(self, mark: Callable[[str], str]) -> ListedPage:
        """Give the page with a key of everything; `mark` gives the hash of the summary of the record at a path."""
        return replace(self, key=_whole_key(self.key, self.summaries, mark), summaries=())


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that is not made yet, and need not be where one of its `key` is at hand; see `SiteFile`, and `ListedPage` for `summaries`."""

    address: str
    key: str
    make: Callable[[], bytes]
    summaries: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """Make what it holds."""
        return self.make()

    def with_summaries(self, mark: Callable[[str], str]) -> PlannedFile:
        """Give the file with a key of everything; `mark` gives the hash of the summary of the record at a path."""
        return replace(self, key=_whole_key(self.key, self.summaries, mark), summaries=())


def _whole_key(key: str, summaries: Iterable[str], mark: Callable[[str], str]) -> str:
    marks = tuple(map(mark, summaries))
    return hashed(key, *marks) if marks else key


ListPage = SitePage | ListedPage
AnyPage = SitePage | PlannedPage | ListedPage
AnyFile = SiteFile | PlannedFile


@dataclass(frozen=True, slots=True)
class PageKeys:
    """What the keys of pages and files about many records are made from.

    `common` is the hash of all that any of them depends on beside its records; `records` are the hashes of what pages may say of each record beside its summary, by its id.
    `places` is the hash of where all lies that a record may link to.
    """

    common: str = ""
    records: Mapping[str, str] = field(default_factory=dict)
    places: str = ""

    def of(self, address: str, records: Iterable[Postmortem], *others: object) -> str:
        """Give the key of a page that tells of so many records, in this order, and is made from `others` besides."""
        marks = (self.records.get(record.id, record.id) for record in records)
        return hashed(self.common, address, *marks, others)

    def within(self, *others: object) -> PageKeys:
        """Give the keys of pages all of which depend on `others`, too."""
        return PageKeys(hashed(self.common, others), self.records, self.places)


UNKEYED = PageKeys()
"""For pages that are made whatever is at hand."""


def hashed(*parts: object) -> str:
    """Give the hash of what values are written as; texts are taken as they are."""
    told = "\n".join(part if isinstance(part, str) else repr(part) for part in parts)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
