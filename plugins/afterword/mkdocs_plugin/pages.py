"""Pages of MkDocs whose content the core has made."""

from __future__ import annotations

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

    def __init__(self, file: File, config: MkDocsConfig, page: SitePage) -> None:
        # The theme prints titles as they are, so they are escaped here.
        super().__init__(escape(page.nav_title or page.title), file, config)
        self.archive_page = page
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


def page_file(page: SitePage, source: str, config: MkDocsConfig) -> File:
    """Give the file of a generated page; `source` is the record's path below the documents folder, empty for an index."""
    if source:
        src_uri = source if source.endswith(".md") else source + ".md"
        file = File(
            src_uri,
            config.docs_dir,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=page.address + "index.html",
        )
        # The theme prints the address as it is.
        file.edit_uri = quote(source)
    else:
        # An index of the navigation is named as a file beside the home page, or the theme would make a section of its folder.
        is_index = page.nav_title and page.kind != "home"
        name = page.address.rstrip("/") + ".md" if is_index else page.address + "index.md"
        file = File.generated(config, name, content="")
        file.dest_uri = page.address + "index.html"
    file.url = page.address or "./"
    file.inclusion = InclusionLevel.INCLUDED if page.nav_title else InclusionLevel.NOT_IN_NAV
    ArchivePage(file, config, page)
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
