"""What an archive says of all its records together: lists, figures, dashboards, feeds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from afterword.operations.kept_overview import Overview, keep_overview, kept_overview
from afterword.operations.overview_basis import OverviewBasis
from afterword.operations.overview_parts import CARDS, DATED, PARTS, ArchiveParts
from afterword.operations.reading import ArchiveReading
from afterword.render.page import SiteFile
from afterword.render.planned import ListedPage, PlannedFile
from afterword.sources.cache import Cache


def overview(basis: OverviewBasis) -> Overview:
    """Make the overview of all archives, or take what is kept of it: a part is the same until a fact of a record changes, or a summary that it shows, whatever else is written there, and for feeds and calendars until something is committed.

    Its long lists are only planned.
    """
    is_whole = basis.opened.reading.is_whole
    pages: list[str] = []
    told: list[Overview] = []
    for folder in basis.archive.settings.archives:
        take = _made if is_whole else partial(_part, basis)
        archive = ArchiveParts(basis, folder, take, tuple(pages))
        parts = [archive.part(name) for name in PARTS]
        pages += [page.address for part in parts for page in part.pages]
        told += parts
        archive.settle()
    made = Overview.of(told)
    return _finished(made) if is_whole else _with_summaries(made, basis.opened.reading)


def _made(archive: ArchiveParts, name: str) -> Overview:
    return PARTS[name](archive)


def _part(basis: OverviewBasis, archive: ArchiveParts, name: str) -> Overview:
    """Take a part as it is kept, or make and keep it."""
    shown = CARDS[name](archive.own) if name in CARDS else ()
    summaries = (basis.opened.reading.summary(record.path) for record in shown)
    whole = basis.dated_key if name in DATED else Cache.key(basis.key, *archive.subscriptions)
    key = Cache.key(whole, *summaries)
    place = Cache.key(
        "overview", basis.archive.settings.path or "", basis.at.url, archive.folder.folder, name
    )
    known = kept_overview(place, key, basis.kept, lambda: _made(archive, name))
    if known is None:
        made = _made(archive, name)
        files = (file if file.key else replace(file, key=key) for file in made.files)
        known = replace(made, files=tuple(files))
        keep_overview(known, place, key, basis.kept)
    return known


def _finished(made: Overview) -> Overview:
    files = tuple(SiteFile(file.address, file.content) for file in made.files)
    return replace(made, pages=tuple(page.made() for page in made.pages), files=files)


def _with_summaries(made: Overview, reading: ArchiveReading) -> Overview:
    pages = (
        page.with_summaries(reading.summary) if isinstance(page, ListedPage) else page for page in made.pages
    )
    files = (
        file.with_summaries(reading.summary) if isinstance(file, PlannedFile) else file for file in made.files
    )
    return replace(made, pages=tuple(pages), files=tuple(files))
