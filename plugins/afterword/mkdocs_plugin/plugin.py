"""The MkDocs plugin: each event wraps what MkDocs gives, calls one use case, wraps what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from afterword.mkdocs_plugin.navigation import order_pages
from afterword.mkdocs_plugin.pages import ArchivePage, page_file, static_file
from afterword.mkdocs_plugin.search_box import add_entries, name_dialog
from afterword.operations.loading import CannotRunError, Progress
from afterword.operations.opening import Opened, open_archive
from afterword.operations.site import Site, build_site

log = get_plugin_logger("afterword")

PROGRESS_EVERY = 250
"""Records between two lines of progress in the log."""


class AfterwordConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """The options of the plugin; all else stands in `afterword.yml`."""

    config = config_options.Optional(config_options.Type(str))
    folder = config_options.Optional(config_options.Type(str))


class AfterwordPlugin(BasePlugin[AfterwordConfig]):  # type: ignore[no-untyped-call]  # likewise
    """Publishes the post-mortems below the documents folder."""

    opened: Opened
    site: Site
    as_of: dt.date | None = None
    """The day that the pages speak of, today where nobody sets it."""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Put the archive's pages in the place of its files."""
        named = [file for file in files if _has_readable_name(file)]
        site_folder = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        with _stopping_the_build():
            self.opened = open_archive(
                site_folder, Path(config.docs_dir), self.config.config, self.config.folder, _progress("read")
            )
        pages = [file for file in named if file.is_documentation_page()]
        for file in pages:
            _give_address(file, self.opened.moved(file.src_uri, file.dest_uri))
        addresses = {file.src_uri: file.url.removeprefix("./") for file in pages}
        with _stopping_the_build():
            self.site = build_site(
                self.opened,
                addresses,
                site_folder,
                _named_files(config),
                _own_templates(config),
                self.as_of,
                _progress("rendered"),
            )
        for note in self.site.notes:
            log.info(note)
        made = [
            page_file(page, self.opened.src(page.source) if page.source else "", config)
            for page in self.site.pages
        ]
        made += [static_file(file, config) for file in self.site.files]
        replaced = {file.dest_uri for file in made}
        kept = [
            file
            for file in named
            # Files of the theme and of other plugins come from elsewhere.
            if not (file.src_dir == config.docs_dir and self.site.is_taken(file.src_uri))
            and file.dest_uri not in replaced
        ]
        return Files([*kept, *made])

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the archive's own pages into the order in which readers look for them."""
        order_pages(nav)
        return nav

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the generated part of an archive's home page."""
        block = self.site.home_blocks.get(page.file.src_uri)
        return html if block is None else self.site.with_block(html, block)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Give the archive's own pages their style sheet and scripts; other pages stay as they are but for the search box."""
        output = name_dialog(output)
        if isinstance(page, ArchivePage):
            kind = page.archive_page.kind
        elif page.file.src_uri in self.site.home_blocks:
            kind = "home"
        else:
            return output
        return output.replace("</head>", self.site.head(page.url.removeprefix("./"), kind) + "</head>", 1)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Name the search box of pages that are no documents, such as that of a dead address."""
        return name_dialog(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Let the site's search box find records, after the search plugin has written its index."""
        add_entries(Path(config.site_dir), self.site.search_box)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the settings beside the documents."""
        for path in self.site.watched:
            server.watch(str(path))
        return server


def _give_address(file: File, dest_uri: str) -> None:
    if file.dest_uri != dest_uri:
        file.dest_uri = dest_uri
        vars(file).pop("url", None)  # MkDocs keeps what it once made of the old one


@contextmanager
def _stopping_the_build() -> Iterator[None]:
    """Turn what keeps the archive from being shown into what MkDocs prints as one line."""
    try:
        yield
    except CannotRunError as error:
        raise PluginError(f"afterword: {error}") from error


def _progress(verb: str) -> Progress:
    def tell(done: int, total: int) -> None:
        if done % PROGRESS_EVERY == 0 and total > PROGRESS_EVERY:
            log.info("%s %d of %d records", verb, done, total)

    return tell


def _has_readable_name(file: File) -> bool:
    """Tell whether a name is UTF-8; MkDocs cannot make an address of another, and a record has one without it."""
    try:
        file.src_uri.encode()
    except UnicodeEncodeError:
        log.info("%s is not published under its name, which is not UTF-8", ascii(file.src_uri))
        return False
    return True


def _named_files(config: MkDocsConfig) -> frozenset[str]:
    """Give the files that the site's own settings name: they are published whether a page links to them or not."""
    named = {str(path) for path in (*config.extra_css, *config.extra_javascript)}
    named |= {
        str(config.theme.get(name)) for name in ("logo", "favicon") if isinstance(config.theme.get(name), str)
    }
    return frozenset(named)


def _own_templates(config: MkDocsConfig) -> Path | None:
    custom = config.theme.custom_dir
    return Path(custom) / "afterword" if custom else None
