"""Pages of the archive in the theme's shell, as MkDocs puts them into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from afterword.mkdocs_plugin.pages import ArchivePage, address_of
from afterword.mkdocs_plugin.shell import mended
from afterword.operations.site.site import Site

TEMPLATE = "main.html"


class Shell:
    """The theme around pages that MkDocs does not build itself, with the same template and context, so that the bytes are the same."""

    def __init__(
        self,
        config: MkDocsConfig,
        environment: Environment,
        files: Sequence[File],
        nav_of: Callable[[ArchivePage], Navigation],
        site: Site,
        listed: Sequence[Page] = (),
    ) -> None:
        """Begin; `nav_of` gives the navigation that a page shows, and `listed` are the pages in the site's navigation."""
        self.config, self.environment, self.files = config, environment, files
        self.nav_of, self.site, self.listed = nav_of, site, listed

    def page(self, page: ArchivePage) -> bytes:
        """Make a page whole."""
        return encoded(dressed(self.rendered(page), page, self.site))

    def rendered(self, page: ArchivePage) -> str:
        """Render the theme's template with a page, which is filled in if it has no content yet."""
        if page.content is None:
            fill(page, self.config, self.site)
        page.active = True
        try:
            context = get_context(self.nav_of(page), self.files, self.config, page)
            return self.environment.get_template(TEMPLATE).render(context)
        finally:
            page.active = False


def fill(page: ArchivePage, config: MkDocsConfig, site: Site) -> None:
    """Give a page its content and its scripts."""
    page.markdown = ""
    page.render(config, Files([]))
    page.content = (page.content or "") + site.scripts(address_of(page), page.archive_page.kind)


def dressed(output: str, page: ArchivePage, site: Site) -> str:
    """Mend the theme's shell, and give it the style sheet of the archive."""
    return mended(output).replace("</head>", site.head(address_of(page)) + "</head>", 1)


def encoded(output: str) -> bytes:
    """Give the bytes that MkDocs would write."""
    return output.encode("utf-8", errors="xmlcharrefreplace")
