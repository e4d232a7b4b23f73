"""The MkDocs plugin: each event wraps what MkDocs gives, calls one use case, wraps what comes back.

MkDocs asks one class for all events, so that this file is longer than others.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from afterword.mkdocs_plugin.building import build_pages, date_packed_sitemap, documents, publish_files
from afterword.mkdocs_plugin.configured import (
    has_readable_name,
    is_material,
    named_files,
    own_templates,
    site_folder,
)
from afterword.mkdocs_plugin.findings_log import FindingsLog
from afterword.mkdocs_plugin.live import LiveServer
from afterword.mkdocs_plugin.navigation import named_titles, order_pages, seen_from_inside
from afterword.mkdocs_plugin.others import listening, looking_around
from afterword.mkdocs_plugin.pages import ArchiveFile, ArchivePage, PublishedFile
from afterword.mkdocs_plugin.publication import Publication, naming_what_cannot_be_written
from afterword.mkdocs_plugin.quick import Built
from afterword.mkdocs_plugin.renewing import SearchRenewal
from afterword.mkdocs_plugin.search_box import add_entries
from afterword.mkdocs_plugin.shell import mended
from afterword.mkdocs_plugin.shell_page import Shell
from afterword.mkdocs_plugin.staging import Staging
from afterword.operations.cache_place import site_cache
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.keeping import allowed_size
from afterword.operations.loading import Progress, not_collecting
from afterword.operations.opening import Opened, open_archive
from afterword.operations.site import Site, build_site
from afterword.operations.timings import Timings
from afterword.render.assets import PAGE
from afterword.render.page import SitePage
from afterword.render.planned import AnyPage
from afterword.sources.site_folder import Entry

log = get_plugin_logger("afterword")

MKDOCS = "mkdocs"
"""What Timings call the time between two events of this plugin."""

PROGRESS_EVERY = 250
"""Records between two lines of progress in the log."""

OTHER_THEME = (
    "the pages of the archive are made for Material for MkDocs, and the theme is %s: `theme: { name: material, font: false }` in the site's "
    "configuration shows them as they are meant"
)
MISSING_ENTRY = "the navigation does not lead to %s: write %s, and MkDocs lists it"
MISSING_IN_NAV = "the navigation does not lead to %s: name %s under `nav` in the site's configuration"
OTHERS = (
    "all pages of the archive are built anew, one by one: %s may change them; what leaves them alone can be named under the plugin's "
    "option `cache_safe_plugins`, beside search"
)
LOOKING_AROUND = (
    "all pages of the archive are built anew, one by one: the template %s shows what stands on other pages"
)


class AfterwordConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """The options of the plugin; all else stands in `afterword.yml`."""

    config = config_options.Optional(config_options.Type(str))
    folder = config_options.Optional(config_options.Type(str))
    cache_safe_plugins = config_options.Type(list, default=["search"])


class AfterwordPlugin(BasePlugin[AfterwordConfig]):  # type: ignore[no-untyped-call]  # likewise
    """Publishes the post-mortems below the documents folder."""

    opened: Opened
    site: Site
    nav: Navigation
    navs: dict[str, Navigation]
    """The navigation that pages show instead of the site's, by `src`."""

    as_of: dt.date | None = None
    """The day that the pages speak of, today where nobody sets it."""

    theme_told: bool = False
    """Whether the log has said that the pages are made for another theme: once will do while a site is served."""

    told: FindingsLog | None = None
    """What the log has said of findings; None where the site is not made for an author, and the log counts them only."""

    renewal: SearchRenewal | None = None
    """What renews the search of a served site; None where a site is built once."""

    staging: Staging | None = None
    """Where MkDocs builds while a build goes on."""

    publication: Publication | None = None
    """What is published of a build that goes on."""

    alone: bool = False
    """Whether nobody else has a part in the archive's pages, so that they need not go through MkDocs."""

    documents: Sequence[File] = ()
    """The files of all pages of the site."""

    entries: Mapping[str, Entry] = MappingProxyType({})
    """What is known of the files of a served site."""

    shell: Shell | None = None
    """What the theme puts around the pages of the archive, where nobody else has a part in them."""

    built: Built = Built()
    """What the last build of a served site has left."""

    def __init__(self) -> None:
        super().__init__()
        self.timings = Timings()
        """What learns where the time of a build goes."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether the site is shown to whoever writes it. MkDocs keeps a plugin that asks this from one build to the next."""
        self.told = FindingsLog() if command == "serve" else None
        self.renewal = SearchRenewal(_write) if command == "serve" else None

    def on_shutdown(self) -> None:
        """Leave nothing beside the site, whatever ended the build."""
        self._end_build()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it was."""
        self._end_build()

    def _end_build(self) -> None:
        if self.publication is not None:
            self.publication.end()
            self.publication = None
            self.site.close()
        if self.staging is not None:
            self.staging.end()
            self.staging = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Say where the pages will not look as they are meant to."""
        if not self.theme_told and not is_material(config):
            log.info(OTHER_THEME, config.theme.name or "one of this site's own")
        self.theme_told = True
        if self.renewal is not None:
            self.renewal.stop()
        return config

    @event_priority(1000)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Let MkDocs, and all plugins after this one, build beside the site's folder."""
        with naming_what_cannot_be_written(Path(config.site_dir)):
            self.staging = Staging(config)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Put the archive's pages in the place of its files."""
        with self._keeping_all():
            return self._files(files, config)

    def _files(self, files: Files, config: MkDocsConfig) -> Files:
        self.alone = self._is_alone(config)
        named = [file for file in files if has_readable_name(file)]
        place = site_folder(config)
        with _stopping_the_build(), self.timings.stage("read"):
            self.opened = open_archive(
                place,
                Path(config.docs_dir),
                self.config.config,
                self.config.folder,
                _progress("read"),
                self.as_of,
            )
        is_record = self.opened.reading.is_record
        pages = [
            file
            for file in named
            if file.is_documentation_page() and not is_record(self.opened.path(file.src_uri))
        ]
        for file in pages:
            _give_address(file, self.opened.moved(file.src_uri, file.dest_uri))
        addresses = {file.src_uri: file.url.removeprefix("./") for file in pages}
        with _stopping_the_build(), self.timings.stage("derive"):
            self.site = build_site(
                self.opened,
                addresses,
                place,
                named_files(config),
                own_templates(config),
                _progress("read", "earlier versions of records", 10 * PROGRESS_EVERY),
                _progress("indexed", "records for the search", 4 * PROGRESS_EVERY),
                for_author=self.told is not None,
                site_url=config.site_url,
                search_at_once=self.renewal is not None,
                timings=self.timings,
            )
        for note in self.site.notes:
            log.info(note)
        if self.told is not None:
            for line in self.told.lines(self.site.findings, self.opened.loaded.root):
                log.info(line)
        made: list[File] = [*self._page_files(config)]
        if not self.alone:
            self.site.close()
        if self.staging is not None:
            # A served site has a folder of its own each time: what is known of its files is worth nothing after it.
            known = self.entries if self.told is not None else None
            self.publication = Publication(site_cache(self.opened, place), self.staging, known)
        by_mkdocs = not self.alone or self.publication is None
        made += [PublishedFile(file, config, in_loop=by_mkdocs) for file in self.site.files]
        # Each lets go of its content when it is published.
        self.site = replace(self.site, files=())
        # Files of the theme and of other plugins come from elsewhere.
        kept = [
            file
            for file in named
            if not (file.src_dir == config.docs_dir and self.site.is_taken(file.src_uri))
        ]
        return Files(self._one_for_each_address(kept, made))

    @contextmanager
    def _keeping_all(self) -> Iterator[None]:
        """Spare what is read and made the search for cycles, for good where the process ends with the build: walking it again and again takes a seventh of the time."""
        with not_collecting():
            yield
            if self.told is None:
                gc.freeze()

    def _page_files(self, config: MkDocsConfig) -> Iterator[ArchiveFile]:
        nav = config.nav
        titles = dict(named_titles(nav))
        usual = None if "SOURCE_DATE_EPOCH" in os.environ else self.site.changed
        for page in self.site.pages if self.alone else self._made(self.site.pages):
            src = self.opened.src(page.source) if page.source else self.site.src_of(page)
            # In a larger site the navigation stays what it is; in one that somebody has written, too.
            listed = bool(page.nav_title) and nav is None and not self.site.place_of(page.address).folder
            yield ArchiveFile(
                page,
                src,
                config,
                listed=listed,
                title=titles.get(src),
                changed=page.changed or usual,
                in_loop=not self.alone or listed,
            )

    def _is_alone(self, config: MkDocsConfig) -> bool:
        """Tell whether the archive's pages are ours alone, and say why they are not."""
        others = listening(config, self.config.cache_safe_plugins)
        template = None if others else looking_around(config)
        if others:
            log.info(OTHERS, ", ".join(others))
        elif template is not None:
            log.info(LOOKING_AROUND, template)
        return not others and template is None

    def _one_for_each_address(self, kept: list[File], made: list[File]) -> Iterator[File]:
        """Yield files so that none hides another: inside an archive ours win, outside those that were there."""
        ours = {file.dest_uri for file in made}
        outside = {
            file.dest_uri: file
            for file in kept
            if file.dest_uri in ours and not self.site.is_inside(file.src_uri)
        }
        yield from (file for file in kept if file.dest_uri not in ours or file.dest_uri in outside)
        for file in made:
            if file.dest_uri not in outside:
                yield file
            else:
                log.warning(
                    "%s is not published: %s has its address", file.src_uri, outside[file.dest_uri].src_uri
                )

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the archive's own pages into the order in which readers look for them, where nobody has written another."""
        if config.nav is None:
            order_pages(nav)
        self.nav = nav
        if self.alone:
            # It has taken what it lists from the documents; from here on nobody but this plugin builds them.
            for file in files:
                if isinstance(file, ArchiveFile):
                    file.in_loop = False
        return nav

    @event_priority(-1000)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Prepare the navigation that the pages of an archive in a larger site show, and build its pages where nobody else has a part in them."""
        self.documents = documents(files)
        pages = [file.page for file in self.documents if file.page is not None]
        self.navs = {}
        for place in self.site.places:
            inside = [page for page in pages if page.file.src_uri.startswith(place.folder)]
            home = next((page for page in inside if page.url.removesuffix("index.html") == place.base), None)
            if not place.folder or home is None:
                continue
            if home not in self.nav.pages:
                log.info(
                    MISSING_ENTRY if config.nav is None else MISSING_IN_NAV, place.folder, home.file.src_uri
                )
            nav = seen_from_inside(self.nav, home, inside)
            self.navs |= {page.file.src_uri: nav for page in inside}
        if self.alone and self.publication is not None:
            navs, nav = self.navs, self.nav
            self.shell = Shell(
                config,
                env,
                self.documents,
                lambda page: navs.get(page.file.src_uri, nav),
                self.site,
                nav.pages,
            )
            with self.timings.stage("write"):
                publish_files(files, self.publication)
            build_pages(files, self.shell, self.publication, self._made, self.timings)
        return env

    def _made(self, pages: Sequence[AnyPage]) -> Iterator[SitePage]:
        yield from self.site.made(pages, _progress("rendered", "pages"))
        for note in self.site.reading.notes:
            log.info(note)

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the archive's pages in the navigation of each other, and of nobody else."""
        context["nav"] = self.navs.get(page.file.src_uri, nav)
        return self._with_all_pages(context)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Let the sitemap, and other templates that list pages, know those that MkDocs does not build."""
        return self._with_all_pages(context)

    def _with_all_pages(self, context: TemplateContext) -> TemplateContext:
        if self.alone:
            context["pages"] = self.documents
        return context

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the generated part of an archive's home page, dress its ordinary pages, and give all of them their scripts."""
        block = self.site.home_blocks.get(page.file.src_uri)
        if block is not None:
            html = self.site.with_block(html, block)
        kind = self._kind(page)
        if kind == PAGE:
            html = f'<div class="aw aw-page">{html}</div>'
        return html + self.site.scripts(_address(page), kind) if kind else html

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Give the archive's own pages their style sheet, and mend the theme's shell of those in its folder; other pages stay as they are."""
        if self.site.is_inside(page.file.src_uri):
            output = mended(output)
        if not self._kind(page):
            return output
        return output.replace("</head>", self.site.head(_address(page)) + "</head>", 1)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Mend the shell of pages that are no documents, such as that of a dead address, where the site is an archive."""
        return mended(output_content) if self.site.is_whole_site else output_content

    def _kind(self, page: Page) -> str:
        """Tell what a page of the archive is; empty for any other page."""
        if isinstance(page, ArchivePage):
            return page.archive_page.kind
        if page.file.src_uri in self.site.home_blocks:
            return "home"
        return PAGE if self.site.is_inside(page.file.src_uri) else ""

    @event_priority(-50)
    def _fill_search_box(self, *, config: MkDocsConfig) -> None:
        """Let the site's search box find records, after the search plugin has written its index and before Material's offline plugin copies it."""
        add_entries(Path(config.site_dir), self.site.search_box)

    @event_priority(-1000)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Bring the site's own folder up to date, when nobody adds to what was built any more."""
        if self.publication is None:
            return  # somebody calls events of their own
        with _stopping_the_build(), self.timings.stage("write"):
            if self.alone:
                date_packed_sitemap(config, self.documents)
            published = self.publication.publish()
            self.publication.tidy(allowed_size())
        folder = self.publication.folder
        self.entries = folder.entries
        if self.told is not None:
            self.built = Built.of(self.site, self.shell if self.alone else None, folder)
        self._end_build()
        log.info(published.line())
        if self.renewal is not None:
            self.renewal.start(self.site, folder.folder)

    on_post_build = CombinedEvent(_fill_search_box, _publish)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the settings beside the documents, and show an edit of a record before all is built again."""
        for path in self.site.watched:
            server.watch(str(path))
        return LiveServer(server, lambda: self.built)


def _write(path: Path, content: bytes) -> None:
    write_file(content, str(path))


def _address(page: Page) -> str:
    return page.url.removeprefix("./")


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


def _progress(verb: str, noun: str = "records", every: int = PROGRESS_EVERY) -> Progress:
    def tell(done: int, total: int) -> None:
        if done % every == 0 and total > every:
            log.info("%s %d of %d %s", verb, done, total, noun)

    return tell
