"""One build of a site with an archive in it. The plugin's events call it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import mkdocs
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from afterword.check.wording import counted, listed
from afterword.mkdocs_plugin.archive_files import FilePublishing, files_at_hand, one_for_each_address
from afterword.mkdocs_plugin.building import build_pages, date_packed_sitemap, documents
from afterword.mkdocs_plugin.configured import custom_templates, has_readable_name, named_files, site_folder
from afterword.mkdocs_plugin.dating import MOMENT, check_moment
from afterword.mkdocs_plugin.loop_pages import dressed, filled
from afterword.mkdocs_plugin.navigation import named_titles, order_pages, own_navs
from afterword.mkdocs_plugin.options import AfterwordConfig
from afterword.mkdocs_plugin.others import listening, looking_around
from afterword.mkdocs_plugin.pages import ArchiveFile, PublishedFile, address_of
from afterword.mkdocs_plugin.progress import PROGRESS_EVERY, progress, slow_progress
from afterword.mkdocs_plugin.publication import Publication, naming_what_cannot_be_written
from afterword.mkdocs_plugin.quick import Built
from afterword.mkdocs_plugin.search_box import add_entries
from afterword.mkdocs_plugin.served import Served
from afterword.mkdocs_plugin.shell import mended
from afterword.mkdocs_plugin.shell_page import Shell
from afterword.mkdocs_plugin.staging import Staging
from afterword.mkdocs_plugin.warning_count import WarningCount
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.collecting import keeping_all
from afterword.operations.processes import spare_processes
from afterword.operations.reading.keeping import allowed_size
from afterword.operations.reading.opening import Opened, open_archive
from afterword.operations.site.cache_place import site_cache
from afterword.operations.site.site import Site
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteProgress, SiteRequest
from afterword.operations.site_search.archive_search import Searching
from afterword.operations.template_cache import template_cache
from afterword.operations.timings import Timings
from afterword.render.page.planned import AnyPage
from afterword.render.page.site_page import SitePage
from afterword.sources.crew_errors import EndedError
from afterword.sources.files import named_reason

log = get_plugin_logger("afterword")

OTHERS = (
    "all pages of the archive are built anew, one by one: %s may change them; what leaves them alone can be named under the plugin's "
    "option `cache_safe_plugins`"
)
LOOKING_AROUND = (
    "all pages of the archive are built anew, one by one: the template %s shows what stands on other pages"
)
LEFT_OUT = "`{}` leaves out {} ({}), and all records are published: one that is not to be lies outside of the archive's folder"
STAYS = "the site stays as it was: there are warnings, and none are allowed"


class Making:
    """Makes a site once: `begin`, `stage`, `files`, `order`, `build`, `publish`, and `end` whatever happens."""

    opened: Opened
    site: Site
    nav: Navigation
    navs: dict[str, Navigation]
    """The navigation that a page shows instead of the site's, by the `src` of the page."""

    staging: Staging | None = None
    """The folder that MkDocs builds in; None where something other than MkDocs calls the events, and not `stage`."""

    publication: Publication | None = None
    """What is published; None where there is no such folder."""

    most: int
    """The bytes that the cache may take."""

    alone: bool = False
    """Whether no other plugin, hook or template may change the archive's pages, so that they need not go through MkDocs' own loop."""

    to_come: Searching | None = None
    """The search, where it was not ready when MkDocs asked for files; its files are published later."""

    documents: Sequence[File] = ()
    """The files of all pages of the site."""

    shell: Shell | None = None
    """The theme around the archive's pages, where they do not go through MkDocs' own loop."""

    def __init__(self, as_of: dt.date | None, timings: Timings, served: Served | None) -> None:
        """Take the day of which pages speak, today where it is None, what learns where the time goes, and what is kept where the site is made for an author, to whom it is served."""
        self.as_of, self.timings, self.served, self.warned = as_of, timings, served, WarningCount()
        self.at_end = ExitStack()
        """What is undone when the build ends, however it does."""

    def begin(self) -> None:
        """Begin the build, and stop what the one before may still be doing."""
        self.warned.begin()
        self.at_end.callback(self.warned.end)
        if self.served is not None:
            self.served.search.stop()

    def end(self) -> None:
        """Remove everything beside the site, whatever ended the build; a second time does nothing."""
        self.at_end.close()

    def stage(self, config: MkDocsConfig) -> None:
        """Let MkDocs, and all plugins after this one, build beside the site's folder. What the environment says wrongly of the cache's size, of processes or of the time stops the build here, before any record is read."""
        with _stopping_the_build():
            self.most = allowed_size()
            spare_processes()
            check_moment()
        with naming_what_cannot_be_written(Path(config.site_dir)):
            self.staging = Staging(config)
        self.at_end.callback(self.staging.end)

    def files(self, files: Files, config: MkDocsConfig, options: AfterwordConfig) -> Files:
        """Replace the archive's files by its pages."""
        named = [file for file in files if has_readable_name(file)]
        with keeping_all(), _stopping_the_build():
            self.opened = self._opened(config, options)
            self.alone = self._is_alone(config, options)
            self.site = self._site(self._addresses_of_ordinary(named), config)
            self.at_end.callback(lambda: self.site.close())
            self._tell_of_site(named)
            return self._among_others(named, [*self._page_files(config)], config)

    def _opened(self, config: MkDocsConfig, options: AfterwordConfig) -> Opened:
        """Read the archive."""
        documents = Path(config.docs_dir)
        with self.timings.stage("read"):
            return open_archive(
                site_folder(config), documents, options.config, options.folder, progress("read"), self.as_of
            )

    def _is_alone(self, config: MkDocsConfig, options: AfterwordConfig) -> bool:
        """Tell whether nothing else may change the archive's pages; else the log says what."""
        settings = self.opened.loaded.archive.settings
        others = listening(config, {*options.cache_safe_plugins, *settings.cache_safe_plugins})
        template = None if others else looking_around(config)
        if others:
            log.info(OTHERS, ", ".join(others))
        elif template is not None:
            log.info(LOOKING_AROUND, template)
        return not others and template is None

    def _addresses_of_ordinary(self, files: Iterable[File]) -> dict[str, str]:
        """Set the addresses of the pages that are no records, and give them by `src`."""
        addresses = {}
        for file in files:
            src = file.src_uri
            if file.is_documentation_page() and not self.opened.reading.is_record(self.opened.path(src)):
                _give_address(file, self.opened.moved(src, file.dest_uri))
                addresses[src] = address_of(file)
        return addresses

    def _site(self, addresses: Mapping[str, str], config: MkDocsConfig) -> Site:
        """Work out the site of the archive that was read; `addresses` are those of ordinary pages by `src`."""
        place = site_folder(config)
        request = SiteRequest(
            place,
            addresses,
            named_files(config),
            custom_templates(config),
            config.site_url,
            for_author=self.served is not None,
        )
        site_progress = SiteProgress(
            past=progress("read", "earlier versions of records", 10 * PROGRESS_EVERY),
            search=progress("indexed", "records for the search", 4 * PROGRESS_EVERY),
            lists=slow_progress("made", "parts of lists and figures"),
        )
        meanwhile = partial(self._look_at_published, place)
        with self.timings.stage("derive"):
            return build_site(self.opened, request, site_progress, meanwhile=meanwhile, timings=self.timings)

    def _look_at_published(self, place: Path) -> None:
        """Look at what is in the site's folder, where MkDocs builds beside it."""
        if self.staging is None:
            return
        # A served site has a folder of its own each time: what is known of its files is worth nothing after it.
        known = self.served.built.after if self.served is not None else None
        with self.timings.stage("write"):
            self.publication = Publication(site_cache(self.opened, place), self.staging, known, self.most)
        self.at_end.callback(self.publication.end)

    def _tell_of_site(self, files: Iterable[File]) -> None:
        """Log what the site has to say before its pages are made."""
        # A site that is made for an author is not published, so it need not fail under `--strict`.
        warn = log.warning if self.served is None else log.info
        for warning in (*self.site.warnings, *self._of_left_out(files)):
            warn(warning)
        for note in self.site.notes:
            log.info(note)
        if self.served is not None:
            loaded = self.opened.loaded
            for line in self.served.findings.lines(self.site.findings, loaded.archive.settings, loaded.root):
                log.info(line)

    def _of_left_out(self, files: Iterable[File]) -> Iterator[str]:
        """Say which records MkDocs would leave out: whoever wrote so does not expect them in the site."""
        is_record, path = self.opened.reading.is_record, self.opened.path
        records = [each for each in files if is_record(path(each.src_uri))]
        for option, level in (
            ("exclude_docs", InclusionLevel.EXCLUDED),
            ("draft_docs", InclusionLevel.DRAFT),
        ):
            names = [each.src_uri for each in records if each.inclusion is level]
            if names:
                yield LEFT_OUT.format(option, counted(len(names), "record"), listed(names, 3))

    def _page_files(self, config: MkDocsConfig) -> Iterator[ArchiveFile]:
        nav = config.nav
        titles = dict(named_titles(nav))
        usual = None if MOMENT in os.environ else self.site.changed
        for page in self.site.pages if self.alone else self._made(self.site.pages):
            src = self.opened.src(page.source) if page.source else self.site.places.src_of(page)
            # In a larger site the navigation stays what it is; in one that somebody has written, too.
            listed = bool(page.nav_title) and nav is None and not self.site.places.at(page.address).folder
            yield ArchiveFile(
                page,
                src,
                config,
                listed=listed,
                title=titles.get(src),
                changed=page.changed or usual,
                in_loop=not self.alone or listed,
            )

    def _among_others(self, named: Sequence[File], made: list[File], config: MkDocsConfig) -> Files:
        """Give the files that stay, those of the archive's pages, and those that are published beside them."""
        # Files of the theme and of other plugins come from elsewhere.
        staying = [
            file
            for file in named
            if not (file.src_dir == config.docs_dir and self.site.is_taken(file.src_uri))
        ]
        by_mkdocs = not self.alone or self.publication is None
        ours, self.to_come = files_at_hand(self.site, staying, by_mkdocs=by_mkdocs)
        made += [PublishedFile(file, config, in_loop=by_mkdocs) for file in ours]
        # A file's content is let go of when it is published: nothing else may hold on to it.
        self.site = replace(self.site, files=())
        if not self.alone:
            self.site.close()
        return Files(one_for_each_address(self.site, staying, made))

    def order(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Sort the archive's own pages as readers look for them, where the configuration has no `nav`."""
        if config.nav is None:
            order_pages(nav)
        self.nav = nav
        if self.alone:
            # The navigation has been made from documentation pages; from here on only this plugin builds these.
            for file in files:
                if isinstance(file, ArchiveFile):
                    file.in_loop = False

    def build(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Work out which navigation each page shows, and build the archive's pages where MkDocs does not."""
        # Compiled templates may be cached only if no other plugin changes the environment that they depend on.
        if len(config.plugins.events["env"]) == 1:
            env.bytecode_cache = template_cache(mkdocs.__version__, *sorted(env.extensions))
        self.documents = documents(files)
        pages = [file.page for file in self.documents if file.page is not None]
        self.navs = dict(own_navs(self.nav, pages, self.site.places, is_written=config.nav is not None))
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
            beside = FilePublishing(files, self.to_come, self.publication)
            with _stopping_the_build():
                build_pages(files, self.shell, self.publication, self._made, self.timings, beside)

    def _made(self, pages: Sequence[AnyPage]) -> Iterator[SitePage]:
        yield from self.site.made(pages, progress("rendered", "pages"))
        for note in self.site.records.notes:
            log.info(note)

    def in_context(self, context: TemplateContext, page: Page, nav: Navigation) -> TemplateContext:
        """Give pages of an archive in a larger site a navigation with that archive in it."""
        context["nav"] = self.navs.get(page.file.src_uri, nav)
        return self.with_all_pages(context)

    def with_all_pages(self, context: TemplateContext) -> TemplateContext:
        """Give templates that list pages those that MkDocs does not build."""
        if self.alone:
            context["pages"] = self.documents
        return context

    def filled(self, html: str, page: Page) -> str:
        """Do as `loop_pages.filled`."""
        return filled(html, page, self.site)

    def dressed(self, output: str, page: Page) -> str:
        """Do as `loop_pages.dressed`."""
        return dressed(output, page, self.site)

    def mended(self, output: str) -> str:
        """Mend a page that is no document, such as `404.html`, where the site is an archive."""
        return mended(output) if self.site.places.are_whole_site else output

    def fill_search_box(self, config: MkDocsConfig) -> None:
        """Let the site's search box find records, and say how texts are found."""
        for note in self.site.search.notes():
            log.info(note)
        add_entries(Path(config.site_dir), self.site.search.wait().box)

    def publish(self, config: MkDocsConfig) -> None:
        """Bring the site's own folder up to date, after all other plugins."""
        if self.publication is None:
            return  # something other than MkDocs calls the events
        if config.strict and self.warned.count:
            log.info(STAYS)
            self.end()
            return
        with _stopping_the_build(), self.timings.stage("write"):
            if self.alone:
                date_packed_sitemap(config, self.documents)
            published = self.publication.publish()
            full = self.publication.tidy()
        folder = self.publication.folder
        served = self.served
        if served is not None:
            theme = config.theme.custom_dir
            served.built = Built.of(self.site, self.shell, self.documents, folder, theme)
        self.end()
        if full:
            log.info(full)
        log.info(published.line())
        if served is not None:
            served.search.start(self.site, folder.folder)


def _give_address(file: File, dest_uri: str) -> None:
    if file.dest_uri != dest_uri:
        file.dest_uri = dest_uri
        vars(file).pop("url", None)  # MkDocs has cached the URL of the old one


@contextmanager
def _stopping_the_build() -> Iterator[None]:
    """Turn errors that keep the archive from being shown into the one that MkDocs prints as one line."""
    try:
        yield
    except (CannotRunError, EndedError) as error:
        raise PluginError(f"afterword: {error}") from error
    except OSError as error:
        # A record's file may go while its page is made.
        raise PluginError(f"afterword: {named_reason(error)}") from error
