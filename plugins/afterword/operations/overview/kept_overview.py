"""A part of an overview, cached between builds: its short pages whole, and of long pages and files no more than names and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, starmap

from afterword.derive.causes.archive_coverage import Unanswered
from afterword.operations.slot import Slot
from afterword.render.feeds.subscribing import FeedLink
from afterword.render.page.planned import AnyFile, ListedPage, ListPage, PlannedFile
from afterword.render.page.site_page import SitePage
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True, slots=True)
class Overview:
    """Pages and files about many records: all of them, or a part.

    `home_blocks` are the generated parts of ordinary home pages, by `src`. `feeds` are the feeds that each page leads to, by its address. `lost` are sentences about what could
    not be placed. `unanswered` is what the home page needs of the part about risks.
    """

    pages: tuple[ListPage, ...]
    files: tuple[AnyFile, ...]
    home_blocks: Mapping[str, str]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    lost: tuple[str, ...]
    unanswered: Unanswered | None = None

    @classmethod
    def of(cls, parts: Iterable[Overview]) -> Overview:
        """Put parts together."""
        told = tuple(parts)
        return cls(
            tuple(chain.from_iterable(each.pages for each in told)),
            tuple(chain.from_iterable(each.files for each in told)),
            dict(chain.from_iterable(each.home_blocks.items() for each in told)),
            dict(chain.from_iterable(each.feeds.items() for each in told)),
            tuple(chain.from_iterable(each.lost for each in told)),
        )


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is cached of a long page, which is made only if it is wanted."""

    address: str
    title: str
    kind: str
    key: str
    summaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is cached of an overview; the fields are those of `Overview`, but of its `files` there are only the addresses, keys and summaries: their content lies in the site's folder."""

    pages: tuple[SitePage | _Listed, ...]
    files: tuple[tuple[str, str, tuple[str, ...]], ...]
    home_blocks: Mapping[str, str]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    lost: tuple[str, ...]
    unanswered: Unanswered | None


@dataclass(frozen=True, slots=True)
class KeptOverview:
    """Where an overview lies in the cache."""

    _slot: Slot[_Kept]

    @classmethod
    def at(cls, place: str, key: str, kept: KeptPages) -> KeptOverview:
        """Name the place of an overview, where it replaces the one before, and its key."""
        return cls(Slot(place, key, _Kept, kept))

    @property
    def key(self) -> str:
        """Give the hash of what the overview is made from."""
        return self._slot.key

    def overview(self, make: Callable[[], Overview]) -> Overview | None:
        """Give the cached overview; None where there is none of this key, or it is damaged.

        Where the content of a long page or of a file is wanted, `make` makes the overview anew, once.
        """
        found = self._slot.value()
        if found is None:
            return None

        @cache
        def again() -> tuple[Mapping[str, ListPage], Mapping[str, AnyFile]]:
            made = make()
            return {page.address: page for page in made.pages}, {file.address: file for file in made.files}

        def page(of: SitePage | _Listed) -> ListPage:
            if isinstance(of, SitePage):
                return of
            return ListedPage(
                of.address, of.title, of.kind, of.key, lambda: again()[0][of.address].made(), of.summaries
            )

        def file(address: str, key: str, summaries: tuple[str, ...]) -> PlannedFile:
            return PlannedFile(address, key, lambda: again()[1][address].content, summaries)

        return Overview(
            tuple(map(page, found.pages)),
            tuple(starmap(file, found.files)),
            found.home_blocks,
            found.feeds,
            found.lost,
            found.unanswered,
        )

    def keep(self, made: Overview) -> None:
        """Cache an overview."""
        pages = tuple(
            _Listed(page.address, page.title, page.kind, page.key, page.summaries)
            if isinstance(page, ListedPage)
            else page
            for page in made.pages
        )
        files = tuple(
            (file.address, file.key, file.summaries if isinstance(file, PlannedFile) else ())
            for file in made.files
        )
        self._slot.keep(_Kept(pages, files, made.home_blocks, made.feeds, made.lost, made.unanswered))
