"""Pages of MkDocs whose content the core has made."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, MutableMapping
from functools import cached_property, partial
from html import escape
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from afterword.render.page.planned import AnyFile, AnyPage
from afterword.render.page.site_page import SitePage, TocEntry

TITLE_ID = "aw-top"
"""The id of the heading of every page of an archive."""


class ArchivePage(Page):
    """A page of an archive: MkDocs gives it the shell, the content is there already, or is made when somebody asks for it."""

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        page: AnyPage,
        title: str | None = None,
        changed: dt.date | None = None,
    ) -> None:
        # The theme prints titles as they are: that of the site's owner is meant so, ours are escaped here.
        super().__init__(title or escape(page.nav_title or page.title), file, config)
        self.archive_page = page
        if changed is not None:
            # MkDocs takes the day of the build, or of SOURCE_DATE_EPOCH.
            self.update_date = changed.isoformat()

    _meta: MutableMapping[str, Any]

    @cached_property
    def made(self) -> SitePage:
        """Give the content."""
        return self.archive_page.made()

    @property
    def meta(self) -> MutableMapping[str, Any]:
        """Give what the theme knows of the page; it is asked for of pages in the navigation, too."""
        if not self._meta:
            self._meta = {
                "title": escape(self.archive_page.title),
                "description": escape(self.made.description),
                "search": {"exclude": True},
                "hide": [] if self.made.toc else ["toc"],
            }
        return self._meta

    @meta.setter
    def meta(self, meta: MutableMapping[str, Any]) -> None:
        self._meta = meta

    def forget(self) -> None:
        """Let go of the content, which is published; it can be made again."""
        self.content, self.toc = None, TableOfContents([])
        vars(self).pop("made", None)

    def read_source(self, config: MkDocsConfig) -> None:
        """Leave the file alone: it was read when the archive was loaded."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the content and the table of contents over."""
        self.content = self.made.html
        # The theme's "skip to content" leads to the first entry, and is left out where there is none; the title itself is not listed.
        self.toc = TableOfContents([toc_link(self._top)])

    @property
    def present_anchor_ids(self) -> set[str] | None:  # type: ignore[override]
        """Give what links of other pages may lead to."""
        return set(_ids((self._top,)))

    @property
    def _top(self) -> TocEntry:
        return TocEntry(TITLE_ID, self.archive_page.title, 1, self.made.toc)


class _PlainFile(File):
    """A file whose name is written as MkDocs would write it: there are ten thousand, and that takes as long as all else of making one."""

    @property
    def src_path(self) -> str:
        """Give the name as the system writes it."""
        return os.path.normpath(self.src_uri)

    @src_path.setter
    def src_path(self, value: str) -> None:
        self.src_uri = value


class ArchiveFile(_PlainFile):
    """The file of a page: a record's, with its path below the documents folder, or one that is generated under a name of ours.

    `listed` are pages that an automatic navigation holds; `title` is what the navigation's owner calls the page, `changed` the day on which its content was last changed.
    With `in_loop` MkDocs takes it for a page of documents, and builds it with the others; without, it only knows its address.
    """

    def __init__(
        self,
        page: AnyPage,
        src_uri: str,
        config: MkDocsConfig,
        *,
        listed: bool = False,
        title: str | None = None,
        changed: dt.date | None = None,
        in_loop: bool = True,
    ) -> None:
        name = src_uri if not page.source or src_uri.endswith(".md") else src_uri + ".md"
        super().__init__(
            name,
            config.docs_dir if page.source else None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=page.address + "index.html",
            inclusion=InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV,
        )
        self.url = page.address or "./"
        if page.source:
            # The theme prints the address as it is.
            self.edit_uri = quote(src_uri)
        else:
            self.generated_by = "afterword"
            self.abs_src_path = None
            self._content = ""
        self.archive_page, self.in_loop = page, in_loop
        self._made_page: Page | None = None
        self._make = partial(ArchivePage, self, config, page, title, changed)

    @property
    def page(self) -> Page | None:
        """Give the page, which is not made before somebody asks."""
        if self._made_page is None:
            self._make()
        return self._made_page

    @page.setter
    def page(self, page: Page | None) -> None:
        self._made_page = page

    def is_documentation_page(self) -> bool:
        """Tell whether MkDocs builds it."""
        return self.in_loop

    def copy_file(self, dirty: bool = False) -> None:
        """Write nothing: a page that MkDocs does not build is built by the plugin."""


class PublishedFile(_PlainFile):
    """A file that is published as it is, by MkDocs only if it is `in_loop`."""

    def __init__(self, file: AnyFile, config: MkDocsConfig, *, in_loop: bool) -> None:
        # No source name may end like a Markdown file's, or MkDocs would take it for a page.
        super().__init__(
            file.address,
            None,
            config.site_dir,
            config.use_directory_urls,
            inclusion=InclusionLevel.INCLUDED,
        )
        self.generated_by = "afterword"
        self.abs_src_path = None
        self._content = file.content if in_loop else None
        self.in_loop, self._waiting = in_loop, [file]

    def copy_file(self, dirty: bool = False) -> None:
        """Write it, where MkDocs does."""
        if self.in_loop:
            super().copy_file(dirty)

    def released(self) -> AnyFile:
        """Give what is published once, and let go of it: of ten thousand records it is a quarter of a gigabyte."""
        return self._waiting.pop()


def address_of(page: Page | File) -> str:
    """Give the address of a page; that of the site's own home page is empty."""
    return page.url.removeprefix("./")


def part(file: File) -> None:
    """Take a file and its page apart, of which nobody asks anything any more."""
    known = vars(file)
    page = known.get("_made_page") or known.get("page")
    if page is not None:
        vars(page).clear()
    known.clear()


def toc_link(entry: TocEntry) -> AnchorLink:
    """Give an entry of a table of contents, and those below it, as MkDocs has them."""
    link = AnchorLink(escape(entry.title), entry.id, entry.level)
    link.children = [toc_link(child) for child in entry.children]
    return link


def _ids(entries: Iterable[TocEntry]) -> Iterable[str]:
    for entry in entries:
        yield entry.id
        yield from _ids(entry.children)
