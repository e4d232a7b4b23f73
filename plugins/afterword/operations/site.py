"""An archive to the pages and files of its site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from afterword.check.wording import counted
from afterword.derive.address import archive_address, attachment_address
from afterword.derive.as_it_was import is_now
from afterword.model.archive import Archive
from afterword.model.finding import Finding, Level, by_path
from afterword.model.history import History
from afterword.operations.archive_search import Searching, ToldBy
from afterword.operations.aside import Aside
from afterword.operations.baseline import telling_all
from afterword.operations.cache_place import site_cache
from afterword.operations.collecting import not_collecting
from afterword.operations.edits import Edits
from afterword.operations.found import incident_lists
from afterword.operations.ledger import on_day, still_there
from afterword.operations.list_making import made_lists
from afterword.operations.loading import Loaded, Progress
from afterword.operations.opening import Opened
from afterword.operations.overview import overview
from afterword.operations.overview_basis import OverviewBasis
from afterword.operations.page_making import PageMaker
from afterword.operations.planning import Planning, marks_of
from afterword.operations.program import program_marks
from afterword.operations.publication import linked_from_outside, published_attachments
from afterword.operations.reading import ArchiveReading
from afterword.operations.snapshot import snapshot_path
from afterword.operations.timings import Timings
from afterword.render.assets import script_links, style_link
from afterword.render.attachments import safe_attachment
from afterword.render.links import SiteIndex
from afterword.render.page import SiteFile, SitePage
from afterword.render.planned import AnyFile, AnyPage, ListedPage, PlannedPage, hashed
from afterword.render.site_url import SiteUrl
from afterword.render.subscribing import FeedLink, head_links
from afterword.report.one_line import one_line
from afterword.report.text import summary_line
from afterword.sources.cache import Cache
from afterword.sources.files import SETTINGS_NAME, read_bytes, reason_of
from afterword.sources.kept_pages import KeptPages
from afterword.sources.memory import room

FEWEST_APART = 500
"""Records from which it pays to do parts of the work side by side."""

ROOM_APART = 8
"""Free memory, in multiples of what this process holds, from which parts are done side by side: with 10,000 records and an empty cache all processes together come to hold 6.5 times more."""

HOME_MARK = "<!-- afterword: home -->"
"""Where the generated part of a home page goes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is: `folder` is what the `src` of its files begins with, `base` what the addresses of its pages begin with. Both are empty where it is the whole site."""

    folder: str
    base: str


@dataclass(frozen=True, slots=True)
class Site:
    """What an archive adds to a site; every `src` is a path below the documents folder, with `/`.

    `pages` and `files` are to be published. `feeds` are the feeds that each page leads to, by its address. `places` are where the archives are. `changed` is the day of the last
    commit, no later than the day that the pages speak of, None where there is none. `kept` are the `src` in archives that are published as they are, `private` those that are never
    published, whatever links to them. `home_blocks` are the generated parts of ordinary home pages, by `src`. `findings` are those of all records, sorted by place. `warnings` and `notes`
    are sentences for the log. A change of a `watched` file, beside the documents and there or not, asks for a new build. `reading` and `maker` make the pages of records, and `keep_days` caches until when those
    hold. `search` has files and notes of its own, which may not be ready yet. `edits` makes the page of a record again while its author writes, None where the site is not made for an author.
    """

    pages: tuple[AnyPage, ...]
    feeds: Mapping[str, tuple[FeedLink, ...]]
    files: tuple[AnyFile, ...]
    places: tuple[Place, ...]
    changed: dt.date | None
    kept: frozenset[str]
    home_blocks: Mapping[str, str]
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    watched: tuple[Path, ...]
    reading: ArchiveReading
    maker: PageMaker
    keep_days: Callable[[Mapping[str, dt.date]], None]
    search: Searching
    private: frozenset[str] = frozenset()
    edits: Edits | None = None

    def made(self, pages: Iterable[AnyPage], progress: Progress | None = None) -> Iterator[SitePage]:
        """Make pages, in the order given, by several processes where that is faster; `progress` is told of each page."""
        wanted = list(pages)
        lists = made_lists([page for page in wanted if isinstance(page, ListedPage)])
        records = self.reading.pages(
            self.maker,
            [(page.source, page.wanted()) for page in wanted if isinstance(page, PlannedPage)],
            by_path(self.findings),
        )
        for number, page in enumerate(wanted, start=1):
            if isinstance(page, ListedPage):
                yield next(lists)
            else:
                yield next(records) if isinstance(page, PlannedPage) else page
            if progress:
                progress(number, len(wanted))
        self.keep_days(self.reading.pages.until)

    def close(self) -> None:
        """Let go of what pages and the search were made from: nothing is asked for any more."""
        self.reading.close()
        self.search.end()

    def is_taken(self, src: str) -> bool:
        """Tell whether a file is not to be published as it is: in the folder of an archive only the files in `kept` are."""
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
        if len(self.places) == 1 and address.startswith(self.places[0].base):
            return self.places[0]
        at = (place for place in self.places if address.startswith(place.base))
        return max(at, key=lambda place: len(place.base), default=Place("", ""))

    def src_at(self, address: str) -> str:
        """Give the `src` that a file with an address has, or would have, in the folder of its archive."""
        place = self.place_of(address)
        return place.folder + address.removeprefix(place.base)

    def src_of(self, page: AnyPage) -> str:
        """Give the `src` by which the navigation knows a page that has no file: `index.md` for the home page, a name beside it for the others."""
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


@not_collecting()
def build_site(
    opened: Opened,
    page_addresses: Mapping[str, str],
    site_folder: Path,
    kept: Collection[str] = (),
    custom_templates: Path | None = None,
    past_progress: Progress | None = None,
    search_progress: Progress | None = None,
    lists_progress: Progress | None = None,
    *,
    for_author: bool = False,
    site_url: str | None = None,
    search_at_once: bool = False,
    meanwhile: Callable[[], object] | None = None,
    timings: Timings | None = None,
) -> Site:
    """Make all that the archive shows on the day for which it was opened.

    `page_addresses` are the addresses of the ordinary pages by `src`; `site_folder` is the folder of the site's configuration; `kept` are `src` that
    stay published whether a page links to them or not (a logo, a style sheet); templates in `custom_templates` win over those of the package.
    `past_progress` is told of earlier versions of records that are read, `search_progress` of records that are indexed for the search of a large archive, and `lists_progress` of parts of
    the lists and figures.
    `site_url` is where the site is published, for feeds and calendars. With `search_at_once` a large search index may be that of an earlier build, and
    `search.renewed` of the site makes the present one. With `for_author` the pages of records show all of their findings, which published pages do not.
    `meanwhile` is called before the results of other processes are waited for. `timings` learn where the time goes. Raises CannotRunError where a package that sites need is missing.
    """
    reading, spent = opened.reading, timings or Timings()
    day, files_tell = reading.day, opened.loaded.archive
    beside = cache(lambda: reading.findings_beside(files_tell))
    judge = partial(_judge, reading, files_tell, beside)
    # What a served site is made from stays at hand, so that an edit can be shown.
    is_split = not for_author and _is_worth_splitting(opened)
    with Aside("check", judge, spent, is_split) as judging, ExitStack() as unfinished:
        with spent.stage("history"):
            opened = replace(
                opened, loaded=on_day(opened.loaded, day, progress=past_progress, asked=opened.asked)
            )
        archive = opened.loaded.archive
        addresses = {opened.path(src): address for src, address in page_addresses.items()}
        store = site_cache(opened, site_folder)
        maker = PageMaker(
            archive.settings, day, is_now(day, archive.history), custom_templates, store, for_author
        )
        index = cache(lambda: SiteIndex.of(archive))
        planning = Planning(reading, archive, index, addresses, maker)
        told_by = _told_by(reading)
        with Aside("derive", planning.plan, spent, is_split) as planned:
            search = Searching(
                archive, store, told_by, search_progress, spent, is_split=is_split, at_once=search_at_once
            )
            unfinished.callback(search.end)
            at = SiteUrl.of(site_url)
            basis = OverviewBasis(
                opened, archive, page_addresses, addresses, custom_templates, at, KeptPages(store.folder)
            )
            with spent.stage("lists and figures"):
                told = overview(basis, spent, lists_progress, is_split=is_split)
            attachments, lost = _attachments(opened)
            if meanwhile is not None:
                meanwhile()
            judged, marks = judging.result()
            drafted = planned.result()
        if not search.is_split:
            search.wait()
        unfinished.pop_all()
    findings = still_there(judged, files_tell, archive)
    files = (*attachments, *drafted.files, *told.files)
    places = _places(opened)
    # An author is told of these as of all findings.
    faults = [] if for_author else [_told(each) for each in findings if _is_of_settings(each)]
    withheld = [_unknown(archive.history)] if archive.history.is_withheld else []
    notes = (*_notes(opened.loaded, findings), *lost, *told.lost, *drafted.notes)
    return Site(
        pages=(*planning.pages(drafted, by_path(findings), marks), *told.pages),
        reading=reading,
        maker=maker,
        keep_days=partial(planning.keep_days, drafted, marks),
        feeds=told.feeds,
        files=files,
        places=places,
        changed=min(archive.history.until.date(), day) if archive.history.until else None,
        kept=frozenset((*kept, *map(opened.src, archive.pages), *_linked(opened, page_addresses, places))),
        home_blocks=told.home_blocks,
        findings=findings,
        warnings=tuple(map(one_line, (*faults, *withheld))),
        notes=tuple(map(one_line, notes)),
        watched=tuple(_watched(opened, site_folder)),
        search=search,
        private=frozenset(map(opened.src, _list_paths(archive))),
        edits=Edits(reading, files_tell, archive, index(), addresses, maker, beside())
        if for_author
        else None,
    )


def _is_worth_splitting(opened: Opened) -> bool:
    """Tell whether several processes are to do parts of the work at the same time."""
    is_large = len(opened.loaded.archive.records) >= FEWEST_APART
    return is_large and not opened.reading.is_whole and room() >= ROOM_APART


def _judge(
    reading: ArchiveReading, archive: Archive, beside: Callable[[], Mapping[str, Sequence[Finding]]]
) -> tuple[tuple[Finding, ...], Mapping[str, str]]:
    """Give the findings of all records, and the hash of those of each, by its path."""
    found = reading.findings(archive, beside=beside())
    return found, marks_of(by_path(found))


def _places(opened: Opened) -> tuple[Place, ...]:
    folders = opened.loaded.archive.settings.archives
    return tuple(Place(opened.folder_src(folder), archive_address(folder)) for folder in folders)


def _linked(opened: Opened, sources: Iterable[str], places: Collection[Place]) -> Iterable[str]:
    """Give the `src` that pages outside of the archives lead to; `sources` are those of all ordinary pages."""
    outside = (src for src in sources if not any(src.startswith(place.folder) for place in places))
    return linked_from_outside(opened, outside)


def _watched(opened: Opened, site_folder: Path) -> Iterator[Path]:
    """Yield the files beside the documents that the site is made from, or would be if they were there."""
    settings, root = opened.loaded.archive.settings, opened.loaded.root
    yield opened.settings_path or site_folder / SETTINGS_NAME
    yield from (root / path for path in (*incident_lists(settings), snapshot_path(settings)) if path)


def _told_by(reading: ArchiveReading) -> ToldBy:
    """Give a function from the path of a record to a hash of its text as the search shows it, empty where that is not known."""
    program = hashed(*program_marks())
    return lambda path: Cache.key(program, text) if (text := reading.text(path)) else ""


def _list_paths(archive: Archive) -> list[str]:
    """Give the paths of the incident list and of the trackers' snapshot: they are read, and never published."""
    incidents = archive.incidents.path if archive.incidents else ""
    return [path for path in (incidents, archive.tickets.path) if path]


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


def _unknown(history: History) -> str:
    return f"what became of actions is not known, only how they stand: {history.absent}"


def _is_of_settings(finding: Finding) -> bool:
    """Tell whether a finding says that the settings cannot be read as they are written, so that the site is not the one they ask for."""
    return finding.rule in ("settings", "settings-format") and finding.level in (Level.ERROR, Level.WARNING)


def _told(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.line}: {finding.message}"


def _notes(loaded: Loaded, findings: Collection[Finding]) -> Iterable[str]:
    archive = loaded.archive
    listed_by = f" ({telling_all(archive.settings, loaded.root)} lists them)" if findings else ""
    yield f"{summary_line(findings, len(archive.records))}{listed_by}"
    if archive.history.absent and not archive.history.is_withheld:
        yield _unknown(archive.history)
    marked = sum(1 for record in archive.records if record.hidden)
    public = sum(1 for record in archive.records if record.header.visibility == "public")
    if marked or public:
        yield (
            f"this build hides nothing: {counted(public, 'record')} with `visibility: public`, {counted(marked, 'record')} with internal marks, "
            "and every record is published whole"
        )
