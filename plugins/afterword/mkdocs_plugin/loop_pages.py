"""What an archive adds to the pages that MkDocs builds in its own loop: other people's, and the archive's own where those go through it."""

from __future__ import annotations

from mkdocs.structure.pages import Page

from afterword.mkdocs_plugin.pages import ArchivePage, address_of
from afterword.mkdocs_plugin.shell import mended
from afterword.operations.site.site import Site
from afterword.render.page.assets import PAGE


def filled(html: str, page: Page, site: Site) -> str:
    """Fill in the generated part of an archive's home page, wrap the content of its ordinary pages, and give all of its pages their scripts."""
    block = site.home_blocks.get(page.file.src_uri)
    if block is not None:
        html = site.with_block(html, block)
    kind = _kind(page, site)
    if kind == PAGE:
        html = f'<div class="aw aw-page">{html}</div>'
    return html + site.scripts(address_of(page), kind) if kind else html


def dressed(output: str, page: Page, site: Site) -> str:
    """Give the pages of an archive their style sheet, and mend the theme's shell of those in its folder; other pages stay as they are."""
    if site.places.hold(page.file.src_uri):
        output = mended(output)
    if not _kind(page, site):
        return output
    return output.replace("</head>", site.head(address_of(page)) + "</head>", 1)


def _kind(page: Page, site: Site) -> str:
    """Give the kind of a page of an archive, which decides what scripts it has; empty for any other page."""
    if isinstance(page, ArchivePage):
        return page.archive_page.kind
    if page.file.src_uri in site.home_blocks:
        return "home"
    return PAGE if site.places.hold(page.file.src_uri) else ""
