"""From an archive to the pages and files of its site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from afterword.derive.history.as_it_was import is_now
from afterword.model.archive import Archive
from afterword.model.finding import Finding, by_path
from afterword.operations.aside import Aside
from afterword.operations.collecting import not_collecting
from afterword.operations.overview.kept_overview import Overview
from afterword.operations.overview.overview import overview
from afterword.operations.overview.overview_basis import OverviewBasis
from afterword.operations.pages.page_making import PageMaker
from afterword.operations.program import program_marks
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import incident_lists
from afterword.operations.reading.ledger import on_day, still_there
from afterword.operations.reading.opening import Opened
from afterword.operations.site.cache_place import site_cache
from afterword.operations.site.edits import Edits
from afterword.operations.site.planned_records import PlannedRecords, marks_of
from afterword.operations.site.planning import Planning
from afterword.operations.site.publication import attachment_files, linked_from_outside
from afterword.operations.site.site import Site
from afterword.operations.site.site_log import site_notes, site_warnings
from afterword.operations.site.site_places import Places
from afterword.operations.site.site_request import SiteProgress, SiteRequest
from afterword.operations.site_search.archive_search import Searching, TextMark
from afterword.operations.snapshot import snapshot_path
from afterword.operations.timings import Timings
from afterword.render.page.links import SiteIndex
from afterword.render.page.planned import hashed
from afterword.render.page.site_page import SiteFile
from afterword.render.page.site_url import SiteUrl
from afterword.report.one_line import one_line
from afterword.sources.cache import Cache
from afterword.sources.files import SETTINGS_NAME
from afterword.sources.kept_pages import KeptPages
from afterword.sources.memory import room

FEWEST_APART = 500
"""Records from which it pays to do parts of the work side by side."""

ROOM_APART = 8
"""Free memory, in multiples of what this process holds, from which parts are done side by side: with 10,000 records and an empty cache all processes together come to hold 6.5 times more."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a site is put together from; `opened` is the archive as of its day, `edits` as in `Site`. `unreadable` are sentences about `attachments` that cannot be published."""

    opened: Opened
    records: PlannedRecords
    overview: Overview
    search: Searching
    findings: tuple[Finding, ...]
    attachments: Sequence[SiteFile]
    unreadable: Sequence[str]
    edits: Edits | None


@not_collecting()
def build_site(
    opened: Opened,
    request: SiteRequest,
    progress: SiteProgress | None = None,
    *,
    meanwhile: Callable[[], object] | None = None,
    timings: Timings | None = None,
) -> Site:
    """Make all that the archive shows on the day for which it was opened.

    `meanwhile` is called before the results of other processes are waited for. `timings` learn where the time goes. Raises CannotRunError where a package that sites need is missing.
    """
    parts = _parts(opened, request, progress or SiteProgress(), meanwhile, timings or Timings())
    return _put_together(parts, request)


def _parts(
    opened: Opened,
    request: SiteRequest,
    progress: SiteProgress,
    meanwhile: Callable[[], object] | None,
    timings: Timings,
) -> _Parts:
    """Make all parts, several at the same time where that is faster."""
    reading, as_written = opened.reading, opened.loaded.archive
    beside = cache(lambda: reading.findings_beside(as_written))
    judge = partial(_judge, reading, as_written, beside)
    # What a served site is made from stays at hand, so that an edit can be shown.
    is_split = not request.for_author and _is_worth_splitting(opened)
    with Aside("check", judge, timings, is_split) as judging, ExitStack() as unfinished:
        with timings.stage("history"):
            loaded = on_day(opened.loaded, reading.day, progress=progress.past, asked=opened.asked)
            opened, archive = replace(opened, loaded=loaded), loaded.archive
        addresses = opened.by_path(request.page_addresses)
        store = site_cache(opened, request.folder)
        maker = PageMaker(
            archive.settings,
            reading.day,
            is_now(reading.day, archive.history),
            request.custom_templates,
            store,
            request.for_author,
        )
        index = cache(lambda: SiteIndex.of(archive))
        planning = Planning(reading, archive, index, addresses, maker)
        with Aside("derive", planning.plan, timings, is_split) as planned:
            search = Searching(
                archive,
                store,
                _text_mark(reading),
                progress.search,
                timings,
                is_split=is_split,
                at_once=request.for_author,
            )
            unfinished.callback(search.end)
            basis = OverviewBasis(
                opened,
                archive,
                request.page_addresses,
                request.custom_templates,
                SiteUrl.of(request.url),
                KeptPages(store.folder),
            )
            with timings.stage("lists and figures"):
                overviews = overview(basis, timings, progress.lists, is_split=is_split)
            attachments, unreadable = attachment_files(opened)
            if meanwhile is not None:
                meanwhile()
            if not search.is_split:
                # Before the plan, whose index of likeness stays until the pages are made: so memory holds one of the two.
                search.wait()
            judged, marks = judging.result()
            plan = planned.result()
        unfinished.pop_all()
    findings = still_there(judged, as_written, archive)
    records = PlannedRecords(planning, plan, by_path(findings), marks)
    edits = None
    if request.for_author:
        edits = Edits(reading, as_written, archive, index(), addresses, maker, beside())
    return _Parts(opened, records, overviews, search, findings, attachments, unreadable, edits)


def _put_together(parts: _Parts, request: SiteRequest) -> Site:
    """Make a site of its parts, and say what is wrong with it and what is published as it is."""
    opened, findings, overviews, plan = parts.opened, parts.findings, parts.overview, parts.records.plan
    archive, places = opened.loaded.archive, Places.of(opened)
    warnings = site_warnings(archive, findings, for_author=request.for_author)
    notes = (*site_notes(opened.loaded, findings), *parts.unreadable, *overviews.lost, *plan.notes)
    linked = _linked(opened, request.page_addresses, places)
    committed = archive.history.until
    return Site(
        pages=(*parts.records.pages(), *overviews.pages),
        feeds=overviews.feeds,
        files=(*parts.attachments, *plan.files, *overviews.files),
        places=places,
        changed=min(committed.date(), opened.reading.day) if committed else None,
        staying=frozenset((*request.staying, *map(opened.src, archive.pages), *linked)),
        home_blocks=overviews.home_blocks,
        findings=findings,
        warnings=tuple(map(one_line, warnings)),
        notes=tuple(map(one_line, notes)),
        watched=tuple(_watched(opened, request.folder)),
        records=parts.records,
        search=parts.search,
        private=frozenset(map(opened.src, _list_paths(archive))),
        edits=parts.edits,
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


def _linked(opened: Opened, sources: Iterable[str], places: Places) -> Iterable[str]:
    """Give the `src` that pages outside of the archives lead to; `sources` are those of all ordinary pages."""
    outside = (src for src in sources if not places.hold(src))
    return linked_from_outside(opened, outside)


def _watched(opened: Opened, site_folder: Path) -> Iterator[Path]:
    """Yield the files beside the documents that the site is made from, or would be if they were there."""
    settings, root = opened.loaded.archive.settings, opened.loaded.root
    yield opened.settings_path or site_folder / SETTINGS_NAME
    yield from (root / path for path in (*incident_lists(settings), snapshot_path(settings)) if path)


def _text_mark(reading: ArchiveReading) -> TextMark:
    """Give a function from the path of a record to a hash of its text as the search shows it, empty where that is not known."""
    program = hashed(*program_marks())
    return lambda path: Cache.key(program, text) if (text := reading.text(path)) else ""


def _list_paths(archive: Archive) -> list[str]:
    """Give the paths of the incident list and of the trackers' snapshot: they are read, and never published."""
    incidents = archive.incidents.path if archive.incidents else ""
    return [path for path in (incidents, archive.tickets.path) if path]
