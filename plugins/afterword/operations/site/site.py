"""What an archive adds to a site: its pages and files, and what is known of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from afterword.model.finding import Finding
from afterword.operations.overview.list_making import made_lists
from afterword.operations.reading.loading import Progress
from afterword.operations.site.edits import Edits
from afterword.operations.site.planned_records import PlannedRecords
from afterword.operations.site.site_places import Places
from afterword.operations.site_search.archive_search import Searching
from afterword.render.feeds.subscribing import FeedLink, head_links
from afterword.render.page.assets import script_links, style_link
from afterword.render.page.planned import AnyFile, AnyPage, ListedPage, PlannedPage
from afterword.render.page.site_page import SitePage

HOME_MARK = "<!-- afterword: home -->"
"""Where the generated part of a home page goes."""


@dataclass(frozen=True, slots=True)
class Site:
    """What an archive adds to a site; every `src` is a path below the documents folder, with `/`.

    `pages` and `files` are to be published. `feeds` are the feeds that each page leads to, by its address. `places` are where the archives are. `changed` is the day of the last
    commit, no later than the day that the pages speak of, None where there is none. `staying` are the `src` in archives that are published as they are, `private` those that are never
    published, whatever links to them. `home_blocks` are the generated parts of ordinary home pages, by `src`. `findings` are those of all records, sorted by place. `warnings` and `notes`
    are sentences for the log. A change of a `watched` file, beside the documents and there or not, asks for a new build. `records` makes the pages of records. `search` has files and notes of its own, which may not be ready yet. `edits` makes the page of a record again while its author writes, None where the site is not made for an author.
    """

    pages: tuple[AnyPage, ...]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    files: tuple[AnyFile, ...]
    places: Places
    changed: dt.date | None
    staying: frozenset[str]
    home_blocks: Mapping[str, str]
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    watched: tuple[Path, ...]
    records: PlannedRecords
    search: Searching
    private: frozenset[str] = frozenset()
    edits: Edits | None = None

    def made(self, pages: Iterable[AnyPage], progress: Progress | None = None) -> Iterator[SitePage]:
        """Make pages, in the order given, by several processes where that is faster; `progress` is told of each page."""
        wanted = list(pages)
        lists = made_lists([page for page in wanted if isinstance(page, ListedPage)])
        records = self.records.made(page for page in wanted if isinstance(page, PlannedPage))
        for number, page in enumerate(wanted, start=1):
            if isinstance(page, ListedPage):
                yield next(lists)
            else:
                yield next(records) if isinstance(page, PlannedPage) else page
            if progress:
                progress(number, len(wanted))
        self.records.keep_days()

    def close(self) -> None:
        """Let go of what pages and the search were made from: nothing is asked for any more."""
        self.records.close()
        self.search.end()

    def is_taken(self, src: str) -> bool:
        """Tell whether a file is not to be published as it is: in the folder of an archive only the files in `staying` are."""
        return src in self.private or (src not in self.staying and self.places.hold(src))

    def head(self, address: str) -> str:
        """Give what a page at `address` needs in its head."""
        feeds = self.feeds.get(address.removesuffix("index.html"), ())
        return style_link(address, self.places.at(address).base) + head_links(address, feeds)

    def scripts(self, address: str, kind: str) -> str:
        """Give what a page at `address` needs at the end of its content."""
        return script_links(address, self.places.at(address).base, kind)

    @staticmethod
    def with_block(html: str, block: str) -> str:
        """Put the generated part of a home page where its author left the place for it, else at the end."""
        return html.replace(HOME_MARK, block, 1) if HOME_MARK in html else html + block
