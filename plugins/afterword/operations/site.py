"""An archive to the pages and files of its site."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from afterword.check.wording import counted
from afterword.derive.address import archive_address, attachment_address
from afterword.derive.archive_coverage import archive_coverage, causes_of
from afterword.derive.archive_figures import archive_figures
from afterword.derive.catalogue import facets, services_of
from afterword.derive.figure_groups import divided
from afterword.derive.health import archive_health
from afterword.derive.promises_again import bundles
from afterword.derive.search_documents import search_documents
from afterword.derive.unrecorded import listed_incidents
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.settings import ArchiveFolder
from afterword.operations.cache_place import site_cache
from afterword.operations.ledger import on_day, still_there
from afterword.operations.loading import Progress, not_collecting
from afterword.operations.opening import Opened
from afterword.operations.page_making import PageMaker
from afterword.operations.planning import plan_pages
from afterword.operations.publication import linked_from_outside, published_attachments
from afterword.operations.reading import ArchiveReading
from afterword.operations.search_box import BoxEntry, box_entries
from afterword.operations.site_search import SiteSearch, site_search
from afterword.render.action_export import action_files
from afterword.render.action_file import rows_file
from afterword.render.action_lists import ListIndex, action_list_pages
from afterword.render.actions import actions_page
from afterword.render.assets import asset_files, script_links, style_link
from afterword.render.attachments import safe_attachment
from afterword.render.calendars import calendar_files
from afterword.render.environment import environment
from afterword.render.facets import facet_pages
from afterword.render.feeds import feed_files
from afterword.render.figure_export import figure_files
from afterword.render.figures import figure_pages
from afterword.render.health import health_page
from afterword.render.health_export import health_files
from afterword.render.holders import holder_pages
from afterword.render.home import home_block, home_page
from afterword.render.links import SiteIndex
from afterword.render.page import SiteFile, SitePage
from afterword.render.planned import PlannedPage
from afterword.render.promises import Promises
from afterword.render.redirects import redirect_files
from afterword.render.risk_export import risk_files
from afterword.render.risks import risks_page
from afterword.render.search import search_page
from afterword.render.service_export import service_files
from afterword.render.service_sharing import with_sharing
from afterword.render.site_url import SiteUrl
from afterword.render.subscribing import FeedLink, feed_links, head_links, with_subscriptions
from afterword.report.one_line import one_line
from afterword.report.text import summary_line
from afterword.sources.files import read_bytes, reason_of

HOME_MARK = "<!-- afterword: home -->"
"""Where the generated part of a home page goes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is: the `src` that its files begin with, and the address that its pages begin with; both are empty where it is the whole site."""

    folder: str
    base: str


@dataclass(frozen=True, slots=True)
class Site:
    """What an archive adds to a site; every `src` is a path below the documents folder, with `/`.

    `places` are where the archives are, and `kept` the `src` there that are published as they lie there. `home_blocks` are the generated
    parts of ordinary home pages by `src`. `feeds` are those that a page leads to, by its address. `changed` is the day of the last commit, no later than the one that pages speak of, None where there is none. `search_box` is for the site's own search. `findings` are those of all records, by place. `notes` are sentences for the log, `watched` files beside the
    documents whose change asks for a new build. `private` are `src` that are never published, whatever links to them. `stale_search` makes anew the search of archives whose texts are found as they were.
    """

    pages: tuple[SitePage | PlannedPage, ...]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    files: tuple[SiteFile, ...]
    places: tuple[Place, ...]
    changed: dt.date | None
    kept: frozenset[str]
    home_blocks: Mapping[str, str]
    search_box: tuple[BoxEntry, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    watched: tuple[Path, ...]
    reading: ArchiveReading
    maker: PageMaker
    private: frozenset[str] = frozenset()
    stale_search: tuple[Callable[[], SiteSearch], ...] = ()

    def renewed_search(self) -> Iterator[SiteFile]:
        """Make the search of each archive whose texts are found as they were at an earlier build; it takes seconds where the archive is large."""
        for making in self.stale_search:
            yield from (SiteFile(each.address, each.content) for each in making().files)

    def made(
        self, pages: Iterable[SitePage | PlannedPage], progress: Progress | None = None
    ) -> Iterator[SitePage]:
        """Make pages, in the order given, by as many processes as are worth having; `progress` is told how many there are already."""
        wanted = list(pages)
        planned = self.reading.pages(
            self.maker, [page.wanted for page in wanted if isinstance(page, PlannedPage)]
        )
        for number, page in enumerate(wanted, start=1):
            yield next(planned) if isinstance(page, PlannedPage) else page
            if progress:
                progress(number, len(wanted))

    def close(self) -> None:
        """Let go of what pages were made from: none is asked for any more."""
        self.reading.close()

    def is_taken(self, src: str) -> bool:
        """Tell whether a file is not published as it lies there: below an archive only ordinary pages, and what was asked for, are."""
        return src in self.private or (src not in self.kept and self.is_inside(src))

    def is_inside(self, src: str) -> bool:
        """Tell whether a file lies in the folder of an archive."""
        return any(src.startswith(place.folder) for place in self.places)

    @property
    def is_whole_site(self) -> bool:
        """Tell whether an archive is the site itself rather than a folder of it."""
        return any(not place.folder for place in self.places)

    def place_of(self, address: str) -> Place:
        """Give the place of the archive that a page at `address` belongs to."""
        at = (place for place in self.places if address.startswith(place.base))
        return max(at, key=lambda place: len(place.base), default=Place("", ""))

    def src_of(self, page: SitePage | PlannedPage) -> str:
        """Give the name that a page without a file has for the site's navigation: the home page's is `index.md`, the others lie beside it."""
        place = self.place_of(page.address)
        below = page.address.removeprefix(place.base)
        return place.folder + (f"{below.rstrip('/')}.md" if page.nav_title and below else f"{below}index.md")

    def head(self, address: str) -> str:
        """Give what a page at `address` needs in its head."""
        feeds = self.feeds.get(address.removesuffix("index.html"), ())
        return style_link(address, self.place_of(address).base) + head_links(address, feeds)

    def scripts(self, address: str, kind: str) -> str:
        """Give what a page at `address` needs at the end of its content."""
        return script_links(address, self.place_of(address).base, kind)

    @staticmethod
    def with_block(html: str, block: str) -> str:
        """Put the generated part of a home page where its author left the place for it, else at the end."""
        return html.replace(HOME_MARK, block, 1) if HOME_MARK in html else html + block


def build_site(
    opened: Opened,
    page_addresses: Mapping[str, str],
    site_folder: Path,
    kept: Collection[str] = (),
    custom_templates: Path | None = None,
    past_progress: Progress | None = None,
    search_progress: Progress | None = None,
    *,
    for_author: bool = False,
    site_url: str | None = None,
    search_at_once: bool = False,
) -> Site:
    """Make all that the archive shows on the day for which it was opened.

    `page_addresses` are the addresses of the ordinary pages by `src`; `site_folder` is where the site's configuration lies; `kept` are `src` that
    stay published whether a page links to them or not (a logo, a style sheet); templates in `custom_templates` win over those of the package.
    `past_progress` is told how many earlier versions of them are read, `search_progress` how many are indexed for a large archive's search.
    `site_url` is where the site lies, for feeds and calendars. With `search_at_once` a large index of texts is that of an earlier build, and
    `renewed_search` of the site makes the present one. With `for_author` the pages of records show everything that is found in them, as a page that is published never does.
    Raises CannotRunError where a package that sites need is missing.
    """
    reading = opened.reading
    day, files_tell = reading.day, opened.loaded.archive
    opened = replace(opened, loaded=on_day(opened.loaded, day, progress=past_progress))
    archive = opened.loaded.archive
    findings = still_there(reading.findings(files_tell), files_tell, archive)
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    templates, at = environment(custom_templates), SiteUrl.of(site_url)
    addresses = {opened.path(src): address for src, address in page_addresses.items()}
    with not_collecting():
        causes = causes_of(archive, day)
        index = SiteIndex.of(archive)
    cache = site_cache(opened, site_folder)
    planned = plan_pages(
        reading, archive, index, addresses, by_path, causes, custom_templates, cache, for_author=for_author
    )
    attachments, lost = _attachments(opened)

    pages: list[SitePage | PlannedPage] = list(planned.pages)
    files = [*attachments, *planned.files]
    home_blocks: dict[str, str] = {}
    search_notes: list[str] = []
    stale: list[Callable[[], SiteSearch]] = []
    links: dict[str, tuple[FeedLink, ...]] = {}
    ordinary = _live(opened, page_addresses)
    own_pages = frozenset(map(opened.src, archive.pages))
    documents = search_documents(archive)
    listed, main = listed_incidents(archive, day), archive.settings.archives[0]
    for folder in archive.settings.archives:
        own, base = archive.of_folder(folder), archive_address(folder)
        promises = Promises.of(own, folder, day)
        lists = ListIndex.of(promises, bundles(own.records))
        figures = archive_figures(own)
        by_group = divided(figures, own.settings, day)
        by_facet = facets(own, promises.views)
        services = services_of(by_facet)
        of_facets = facet_pages(own, folder, day, templates, promises, by_group, addresses, by_facet)
        pages += [
            *with_sharing(of_facets, services, folder, at, templates),
            actions_page(promises, lists, templates),
        ]
        pages += [*action_list_pages(promises, lists, templates), *holder_pages(promises, templates)]
        covered = archive_coverage(own, day, causes)
        pages += [risks_page(covered, own, folder, day, templates), search_page(own, folder, templates)]
        pages += figure_pages(own, figures, by_group, folder, day, templates)
        # Incidents of the tracker belong to no folder; each is counted once.
        health = archive_health(own, day, listed if folder is main else None, promises.quarters)
        pages.append(
            health_page(
                health, own, folder, day, templates, main.label if listed and folder is not main else ""
            )
        )
        home = _page_at(base, page_addresses)
        if home is None:
            pages.append(home_page(own, folder, day, templates, covered, figures, promises))
        elif home in own_pages:
            home_blocks[home] = home_block(
                own, folder, day, page_addresses[home], templates, covered, figures, promises
            )
        else:
            lost.append(f"{home} stands at the address of the archive's home page, and stays as it is")
        feeds = (
            *feed_files(own, folder, day, at, index, addresses),
            *calendar_files(promises, covered.risks, at),
        )
        files += feeds
        there = {each.address for each in feeds}
        links |= {
            page: found
            for page in (base, *(each.address for each in pages))
            if (found := feed_links(page, folder, there))
        }
        live = (*ordinary, *(page.address for page in pages))
        files += [*asset_files(base), *redirect_files(own, folder, live)]
        ids = {record.id for record in own.records}
        searched = [each for each in documents if each.id in ids]
        making = partial(site_search, searched, archive.settings, base, cache, search_progress)
        made = making(at_once=search_at_once)
        if not made.is_current:
            stale.append(making)
        files += [SiteFile(each.address, each.content) for each in made.files]
        search_notes.append(
            made.note if len(archive.settings.archives) == 1 else f"{folder.label}: {made.note}"
        )
        files += [*action_files(promises), rows_file(promises), *risk_files(covered, own, folder, day)]
        files += figure_files(figures, by_group, own.settings, folder, day)
        files += health_files(health, folder, day)
        files += service_files(services, by_group, own.settings, folder, day, at)
    places = tuple(
        Place(_folder_src(opened, folder), archive_address(folder)) for folder in archive.settings.archives
    )
    outside = (src for src in page_addresses if not any(src.startswith(place.folder) for place in places))
    return Site(
        pages=tuple(
            page
            if isinstance(page, PlannedPage)
            else with_subscriptions(page, links.get(page.address, ()), templates)
            for page in pages
        ),
        reading=reading,
        maker=planned.maker,
        feeds=links,
        files=tuple(files),
        places=places,
        changed=min(archive.history.until.date(), day) if archive.history.until else None,
        kept=frozenset((*kept, *own_pages, *linked_from_outside(opened, outside))),
        home_blocks=home_blocks,
        search_box=box_entries(archive, documents),
        findings=findings,
        notes=tuple(
            one_line(note) for note in (*_notes(archive, findings), *search_notes, *lost, *planned.notes)
        ),
        watched=tuple(
            path
            for path in (opened.settings_path, custom_templates, *_lists(opened))
            if path and path.exists()
        ),
        private=frozenset(map(opened.src, _list_paths(archive))),
        stale_search=tuple(stale),
    )


def _page_at(base: str, page_addresses: Mapping[str, str]) -> str | None:
    """Give the ordinary page at an archive's address, which ends with a file's name where the site's pages are files."""
    return next(
        (src for src, address in page_addresses.items() if address.removesuffix("index.html") == base), None
    )


def _live(opened: Opened, page_addresses: Mapping[str, str]) -> Iterable[str]:
    """Give the addresses of the pages that MkDocs itself publishes: those of records and of unread files it does not."""
    archive = opened.loaded.archive
    folders = [_folder_src(opened, folder) for folder in archive.settings.archives]
    pages = {opened.src(page) for page in archive.pages}
    return tuple(
        address
        for src, address in page_addresses.items()
        if src in pages or not any(src.startswith(folder) for folder in folders)
    )


def _lists(opened: Opened) -> list[Path]:
    return [opened.loaded.root / path for path in _list_paths(opened.loaded.archive)]


def _list_paths(archive: Archive) -> list[str]:
    """Give the paths of the incident list and of the trackers' snapshot: they are read, and never published."""
    incidents = archive.incidents.path if archive.incidents else ""
    return [path for path in (incidents, archive.tickets.path) if path]


def _folder_src(opened: Opened, folder: ArchiveFolder) -> str:
    src = opened.src(folder.folder)
    return "" if src == "." else src + "/"


def _attachments(opened: Opened) -> tuple[list[SiteFile], list[str]]:
    """Give what is published beside the pages, and sentences about what cannot be read."""
    settings = opened.loaded.archive.settings
    files: list[SiteFile] = []
    lost: list[str] = []
    for each in published_attachments(opened):
        try:
            content = read_bytes(opened.loaded.root / each.path)
        except OSError as error:
            lost.append(f"{each.path} is not published: {reason_of(error)}")
            continue
        files.append(SiteFile(attachment_address(each, settings), safe_attachment(each.path, content)))
    return files, lost


def _notes(archive: Archive, findings: Collection[Finding]) -> Iterable[str]:
    listed_by = " (`afterword check` lists them)" if findings else ""
    yield f"{summary_line(findings, len(archive.records))}{listed_by}"
    if archive.history.absent:
        yield f"what became of actions is not known, only how they stand: {archive.history.absent}"
    settings = archive.settings.path
    yield from (
        f"{each.path}:{each.span.line}: {each.message}"
        for each in findings
        if settings and each.path == settings
    )
    marked = sum(1 for record in archive.records if record.hidden)
    public = sum(1 for record in archive.records if record.header.visibility == "public")
    if marked or public:
        yield (
            f"this build hides nothing: {counted(public, 'record')} with `visibility: public`, {counted(marked, 'record')} with internal marks, "
            "and every record is published whole"
        )
