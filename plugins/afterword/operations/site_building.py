"""From an archive to the pages and files of its site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from afterword.derive.as_it_was import is_now
from afterword.model.archive import Archive
from afterword.model.finding import Finding, by_path
from afterword.operations.archive_search import Searching, ToldBy
from afterword.operations.aside import Aside
from afterword.operations.cache_place import site_cache
from afterword.operations.collecting import not_collecting
from afterword.operations.edits import Edits
from afterword.operations.found import incident_lists
from afterword.operations.ledger import on_day, still_there
from afterword.operations.opening import Opened
from afterword.operations.overview import overview
from afterword.operations.overview_basis import OverviewBasis
from afterword.operations.page_making import PageMaker
from afterword.operations.planned_records import PlannedRecords, marks_of
from afterword.operations.planning import Planning
from afterword.operations.program import program_marks
from afterword.operations.publication import attachment_files, linked_from_outside
from afterword.operations.reading import ArchiveReading
from afterword.operations.site import Site
from afterword.operations.site_log import site_notes, site_warnings
from afterword.operations.site_places import Places
from afterword.operations.site_request import SiteProgress, SiteRequest
from afterword.operations.snapshot import snapshot_path
from afterword.operations.timings import Timings
from afterword.render.links import SiteIndex
from afterword.render.planned import hashed
from afterword.render.site_url import SiteUrl
from afterword.report.one_line import one_line
from afterword.sources.cache import Cache
from afterword.sources.files import SETTINGS_NAME
from afterword.sources.kept_pages import KeptPages
from afterword.sources.memory import room

FEWEST_APART = 500
"""Records from which it pays to do parts of the work side by side."""

ROOM_APART = 8
"""Free memory, in multiples of what this process holds, from which parts are done side by side: with 10,000 records and an empty cache all processes together come to hold 6.5 times more."""


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
    reading, spent = opened.reading, timings or Timings()
    told_of, page_addresses = progress or SiteProgress(), request.page_addresses
    day, files_tell = reading.day, opened.loaded.archive
    beside = cache(lambda: reading.findings_beside(files_tell))
    judge = partial(_judge, reading, files_tell, beside)
    # What a served site is made from stays at hand, so that an edit can be shown.
    is_split = not request.for_author and _is_worth_splitting(opened)
    with Aside("check", judge, spent, is_split) as judging, ExitStack() as unfinished:
        with spent.stage("history"):
            opened = replace(
                opened, loaded=on_day(opened.loaded, day, progress=told_of.past, asked=opened.asked)
            )
        archive = opened.loaded.archive
        addresses = {opened.path(src): address for src, address in page_addresses.items()}
        store = site_cache(opened, request.folder)
        maker = PageMaker(
            archive.settings,
            day,
            is_now(day, archive.history),
            request.custom_templates,
            store,
            request.for_author,
        )
        index = cache(lambda: SiteIndex.of(archive))
        planning = Planning(reading, archive, index, addresses, maker)
        told_by = _told_by(reading)
        with Aside("derive", planning.plan, spent, is_split) as planned:
            search = Searching(
                archive,
                store,
                told_by,
                told_of.search,
                spent,
                is_split=is_split,
                at_once=request.for_author,
            )
            unfinished.callback(search.end)
            at = SiteUrl.of(request.url)
            basis = OverviewBasis(
                opened,
                archive,
                page_addresses,
                addresses,
                request.custom_templates,
                at,
                KeptPages(store.folder),
            )
            with spent.stage("lists and figures"):
                told = overview(basis, spent, told_of.lists, is_split=is_split)
            attachments, lost = attachment_files(opened)
            if meanwhile is not None:
                meanwhile()
            judged, marks = judging.result()
            drafted = planned.result()
        if not search.is_split:
            search.wait()
        unfinished.pop_all()
    findings = still_there(judged, files_tell, archive)
    records = PlannedRecords(planning, drafted, by_path(findings), marks)
    files = (*attachments, *drafted.files, *told.files)
    places = Places.of(opened)
    warnings = site_warnings(archive, findings, for_author=request.for_author)
    notes = (*site_notes(opened.loaded, findings), *lost, *told.lost, *drafted.notes)
    return Site(
        pages=(*records.pages(), *told.pages),
        records=records,
        feeds=told.feeds,
        files=files,
        places=places,
        changed=min(archive.history.until.date(), day) if archive.history.until else None,
        kept=frozenset(
            (*request.kept, *map(opened.src, archive.pages), *_linked(opened, page_addresses, places))
        ),
        home_blocks=told.home_blocks,
        findings=findings,
        warnings=tuple(map(one_line, warnings)),
        notes=tuple(map(one_line, notes)),
        watched=tuple(_watched(opened, request.folder)),
        search=search,
        private=frozenset(map(opened.src, _list_paths(archive))),
        edits=Edits(reading, files_tell, archive, index(), addresses, maker, beside())
        if request.for_author
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


def _linked(opened: Opened, sources: Iterable[str], places: Places) -> Iterable[str]:
    """Give the `src` that pages outside of the archives lead to; `sources` are those of all ordinary pages."""
    outside = (src for src in sources if not places.hold(src))
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
