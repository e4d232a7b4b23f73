"""Pages of MkDocs whose content the core has made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from afterword.render.page import SiteFile, SitePage, TocEntry

TITLE_ID = "aw-top"
"""The id of the heading of every page of an archive."""


class ArchivePage(Page):
    """A page of an archive: MkDocs gives it the shell, the content is there already."""

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        page: SitePage,
        title: str | None = None,
        changed: dt.date | None = None,
    ) -> None:
        # The theme prints titles as they are: that of the site's owner is meant so, ours are escaped here.
        super().__init__(title or escape(page.nav_title or page.title), file, config)
        self.archive_page = page
        if changed is not None:
            # MkDocs takes the day of the build, or of SOURCE_DATE_EPOCH.
            self.update_date = changed.isoformat()
        self.meta = {
            "title": escape(page.title),
            "description": escape(page.description),
            "search": {"exclude": True},
            "hide": [] if page.toc else ["toc"],
        }

    def read_source(self, config: MkDocsConfig) -> None:
        """Leave the file alone: it was read when the archive was loaded."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the content and the table of contents over."""
        self.content = self.archive_page.html
        # The theme's "skip to content" leads to the first entry, and is left out where there is none; the title itself is not listed.
        top = TocEntry(TITLE_ID, self.archive_page.title, 1, self.archive_page.toc)
        self.toc = TableOfContents([_link(top)])
        self.present_anchor_ids = set(_ids((top,)))


def page_file(
    page: SitePage,
    src_uri: str,
    config: MkDocsConfig,
    *,
    listed: bool = False,
    title: str | None = None,
    changed: dt.date | None = None,
) -> File:
    """Give the file of a page: a record's, with its path below the documents folder, or one that is generated under a name of ours.

    `listed` are pages that an automatic navigation holds; `title` is what the navigation's owner calls the page, `changed` the day on which its content was last changed.
    """
    dest_uri = page.address + "index.html"
    if page.source:
        name = src_uri if src_uri.endswith(".md") else src_uri + ".md"
        file = File(name, config.docs_dir, config.site_dir, config.use_directory_urls, dest_uri=dest_uri)
        # The theme prints the address as it is.
        file.edit_uri = quote(src_uri)
    else:
        file = File.generated(config, src_uri, content="")
        file.dest_uri = dest_uri
    file.url = page.address or "./"
    file.inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
    ArchivePage(file, config, page, title, changed)
    return file


def static_file(file: SiteFile, config: MkDocsConfig) -> File:
    """Give a file that is published as it is."""
    # No source name may end like a Markdown file's, or MkDocs would take it for a page.
    return File.generated(config, file.address, content=file.content, inclusion=InclusionLevel.INCLUDED)


def _link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(escape(entry.title), entry.id, entry.level)
    link.children = [_link(child) for child in entry.children]
    return link


def _ids(entries: Iterable[TocEntry]) -> Iterable[str]:
    for entry in entries:
        yield entry.id
        yield from _ids(entry.children)
