"""An overview between two builds: finished pages and files, and of the others what they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from afterword.model.unpickling import DAMAGED
from afterword.operations.kept_value import keep_value, value_at
from afterword.render.page import SiteFile, SitePage
from afterword.render.planned import ListedPage, ListPage
from afterword.render.subscribing import FeedLink
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

PART = 16_000_000
"""Bytes of files that are kept, and held a second time, at once; a larger file is a part of its own."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Pages and files about many records. `home_blocks` are the generated parts of ordinary home pages by `src`, `feeds` those that a page leads to, by its address; `lost` are sentences about what has no place."""

    pages: tuple[ListPage, ...]
    files: tuple[SiteFile, ...]
    home_blocks: Mapping[str, str]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is kept of a page that need not be made."""

    address: str
    title: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of an overview beside its files, of which there are so many `parts`; the other fields are those of `Overview`."""

    pages: tuple[SitePage | _Listed, ...]
    parts: int
    home_blocks: Mapping[str, str]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    lost: tuple[str, ...]


def kept_overview(place: str, key: str, kept: KeptPages, make: Callable[[], Overview]) -> Overview | None:
    """Give the overview of a key, None where another one is at its place, or none that is whole.

    A page of it that is wanted after all is one of those that `make` gives.
    """
    try:
        found = value_at(place, key, kept)
        if not isinstance(found, _Kept):
            return None
        files: list[SiteFile] = []
        for number in range(found.parts):
            part = value_at(_part(place, number), key, kept)
            if not isinstance(part, tuple):
                return None
            files += part
        kept.use([place, *(_part(place, number) for number in range(found.parts))])
    except DAMAGED:
        return None
    finally:
        kept.close()

    @cache
    def again() -> Mapping[str, ListPage]:
        return {page.address: page for page in make().pages}

    def page(of: SitePage | _Listed) -> ListPage:
        if isinstance(of, SitePage):
            return of
        return ListedPage(of.address, of.title, of.kind, of.key, lambda: again()[of.address].made())

    return Overview(tuple(map(page, found.pages)), tuple(files), found.home_blocks, found.feeds, found.lost)


def keep_overview(made: Overview, place: str, key: str, kept: KeptPages) -> None:
    """Keep an overview in the place of the one before it."""
    number = -1
    for number, files in enumerate(_parts(made.files)):
        keep_value(_part(place, number), key, files, kept)
    pages = tuple(
        _Listed(page.address, page.title, page.kind, page.key) if isinstance(page, ListedPage) else page
        for page in made.pages
    )
    whole = _Kept(pages, number + 1, made.home_blocks, made.feeds, made.lost)
    keep_value(place, key, whole, kept)


def _part(place: str, number: int) -> str:
    return Cache.key(place, str(number))


def _parts(files: Sequence[SiteFile]) -> Iterator[tuple[SiteFile, ...]]:
    some: list[SiteFile] = []
    size = 0
    for file in files:
        if some and size + len(file.content) > PART:
            yield tuple(some)
            some, size = [], 0
        some.append(file)
        size += len(file.content)
    if some:
        yield tuple(some)
