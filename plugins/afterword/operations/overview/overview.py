"""What an archive says of all its records together: lists, figures, dashboards, feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import partial

from afterword.operations.aside import Aside
from afterword.operations.overview.kept_overview import KeptOverview, Overview
from afterword.operations.overview.overview_basis import OverviewBasis
from afterword.operations.overview.overview_parts import APART, CARDS, DATED, PARTS, ArchiveParts
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.loading import Progress
from afterword.operations.timings import Timings
from afterword.render.page.planned import ListedPage, PlannedFile
from afterword.render.page.site_page import SiteFile
from afterword.sources.cache import Cache


def overview(
    basis: OverviewBasis,
    timings: Timings | None = None,
    progress: Progress | None = None,
    *,
    is_split: bool = False,
) -> Overview:
    """Make the overview of all archives, part by part, and take each part from the cache where it is the same.

    A part changes with the facts of records and with the summaries that it shows, not with other text; feeds and calendars also change with each commit. Long lists are only planned.
    Where it `is_split`, some parts are made by another process at the same time, and `timings` learn what that took. `progress` is told of each part.
    """
    is_whole = basis.opened.reading.is_whole
    pages: list[str] = []
    told: list[Overview] = []
    folders = basis.archive.settings.archives
    total = len(PARTS) * len(folders)
    for folder in folders:
        taking = _Taking(basis)
        archive = ArchiveParts(basis, folder, _made if is_whole else taking, tuple(pages))
        with taking.apart(archive, timings or Timings()) if is_split else nullcontext():
            for name in PARTS:
                told.append(archive.part(name))
                if progress is not None:
                    progress(len(told), total)
        pages += [page.address for part in told[-len(PARTS) :] for page in part.pages]
        archive.settle()
    made = Overview.of(told)
    return _finished(made) if is_whole else _with_summaries(made, basis.opened.reading)


def _made(archive: ArchiveParts, name: str) -> Overview:
    return PARTS[name](archive)


class _Taking:
    """Gives parts from the cache, or makes and caches them."""

    def __init__(self, basis: OverviewBasis) -> None:
        self._basis = basis
        self._ahead: dict[str, Callable[[], Overview]] = {}

    def __call__(self, archive: ArchiveParts, name: str) -> Overview:
        ahead = self._ahead.pop(name, None)
        if ahead is not None:
            return ahead()
        at, make = self._at(archive, name), partial(_made, archive, name)
        known = at.overview(make)
        return self._kept(at, make) if known is None else known

    @contextmanager
    def apart(self, archive: ArchiveParts, timings: Timings) -> Iterator[None]:
        """Begin to make the parts of `APART` in other processes, where they are not cached; they are taken when their turn comes."""
        with ExitStack() as asides:
            for name in APART:
                self._ahead[name] = self._begun(archive, name, timings, asides)
            yield
        self._ahead.clear()

    def _begun(
        self, archive: ArchiveParts, name: str, timings: Timings, asides: ExitStack
    ) -> Callable[[], Overview]:
        """Begin to make a part in another process, unless it is cached, and give a function that waits for it."""
        at, make = self._at(archive, name), partial(_made, archive, name)
        known = at.overview(make)
        if known is not None:
            return lambda: known
        archive.prepare()
        aside = Aside("lists and figures", make, timings, is_split=True)
        return partial(self._kept, at, asides.enter_context(aside).result)

    def _kept(self, at: KeptOverview, make: Callable[[], Overview]) -> Overview:
        """Make a part, and cache it; a file without a key gets that of the part."""
        made = make()
        files = (file if file.key else replace(file, key=at.key) for file in made.files)
        told = replace(made, files=tuple(files))
        at.keep(told)
        return told

    def _at(self, archive: ArchiveParts, name: str) -> KeptOverview:
        """Give where a part lies in the cache."""
        return KeptOverview.at(self._place(archive, name), self._key(archive, name), self._basis.kept)

    def _place(self, archive: ArchiveParts, name: str) -> str:
        basis = self._basis
        return Cache.key(
            "overview", basis.archive.settings.path or "", basis.at.url, archive.folder.folder, name
        )

    def _key(self, archive: ArchiveParts, name: str) -> str:
        basis = self._basis
        shown = CARDS[name](archive.own) if name in CARDS else ()
        summaries = (basis.opened.reading.summary(record.path) for record in shown)
        whole = basis.dated_key if name in DATED else Cache.key(basis.key, *archive.subscriptions)
        return Cache.key(whole, *summaries)


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
