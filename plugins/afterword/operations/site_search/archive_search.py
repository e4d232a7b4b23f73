"""The search of a site, with one part for each of its archives, and what is added to the site's own search box."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from afterword.derive.places.address import archive_address, search_address
from afterword.derive.search_documents import SearchDocument, search_documents
from afterword.derive.words.passages import passages
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.aside import Aside
from afterword.operations.reading.loading import Progress
from afterword.operations.site_search.search_box import BoxEntry, box_entries
from afterword.operations.site_search.site_search import SiteSearch, site_search
from afterword.operations.timings import Timings
from afterword.render.page.planned import AnyFile, PlannedFile
from afterword.render.page.site_page import SiteFile
from afterword.report.one_line import one_line
from afterword.search.parts import parts_address, parts_content
from afterword.sources.cache import Cache

TextMark = Callable[[str], str]
"""Gives a hash of the text of the record at a path, as the search shows it; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class ArchiveSearch:
    """What finds the records of each archive of the settings, in their order, and the entries for the search box. It can be pickled."""

    made: tuple[SiteSearch, ...]
    box: tuple[BoxEntry, ...]


class Searching:
    """The search of a site while it is made: asking for any of it waits for all of it, and raises CannotRunError where a package is missing.

    Where it `is_split`, another process makes it; call `end` where the result is not wanted any more.
    """

    def __init__(
        self,
        archive: Archive,
        cache: Cache,
        text_mark: TextMark,
        progress: Progress | None,
        timings: Timings,
        *,
        is_split: bool,
        at_once: bool,
    ) -> None:
        """Begin; `progress` is told of records that are indexed. With `at_once` the index of an earlier build will do, and `renewed` makes the present one."""
        self._archive, self._cache, self._text_mark, self._progress = archive, cache, text_mark, progress
        make = partial(archive_search, archive, cache, text_mark, progress, at_once=at_once)
        self._aside = Aside("search", make, timings, is_split)
        self._found: ArchiveSearch | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Give the addresses below which its files lie."""
        return tuple(map(search_address, self._archive.settings.archives))

    @property
    def is_split(self) -> bool:
        """Tell whether another process makes it."""
        return self._aside.is_apart

    @property
    def is_ready(self) -> bool:
        """Tell whether asking for it does not wait."""
        return self._found is not None or self._aside.is_ready

    def end(self) -> None:
        """Let nobody make it any more."""
        self._aside.end()

    def wait(self) -> ArchiveSearch:
        """Wait for the search, and give it without the files that were released."""
        if self._found is None:
            self._found = self._aside.result()
        return self._found

    def released(self) -> Iterator[AnyFile]:
        """Yield all files once, with those that hold the texts of results, and let go of each: of ten thousand records they are tens of megabytes."""
        archive, found = self._archive, self.wait()
        waiting = deque(
            (folder, made.finds_texts, deque(made.files))
            for folder, made in zip(archive.settings.archives, found.made, strict=True)
        )
        self._found = replace(found, made=tuple(replace(made, files=()) for made in found.made))
        del found
        while waiting:
            folder, finds_texts, files = waiting.popleft()
            while files:
                each = files.popleft()
                yield SiteFile(each.address, each.content)
            for record in archive.of_folder(folder).records if finds_texts else ():
                address = parts_address(record.id, archive_address(folder))
                yield PlannedFile(address, self._text_mark(record.path), partial(_parts, record))

    def notes(self) -> Iterator[str]:
        """Say which engine reads each archive, and why."""
        folders = self._archive.settings.archives
        for folder, made in zip(folders, self.wait().made, strict=True):
            yield one_line(f"{folder.label}: {made.note}" if len(folders) > 1 else made.note)

    @property
    def is_stale(self) -> bool:
        """Tell whether the index of some archive is that of an earlier build."""
        return not all(made.is_current for made in self.wait().made)

    def renewed(self) -> Iterator[SiteFile]:
        """Make the present index of those archives; it takes seconds where one is large."""
        archive = self._archive
        for folder, made in zip(archive.settings.archives, self.wait().made, strict=True):
            if made.is_current:
                continue
            own = search_documents(archive.of_folder(folder), self._text_mark)
            base = archive_address(folder)
            anew = site_search(own, archive.settings, base, self._cache, self._progress)
            yield from (SiteFile(each.address, each.content) for each in anew.files)


def archive_search(
    archive: Archive,
    cache: Cache,
    text_mark: TextMark,
    progress: Progress | None = None,
    *,
    at_once: bool = False,
) -> ArchiveSearch:
    """Make all of it; with `at_once` what an earlier build has indexed will do. Raises CannotRunError where a package is missing."""
    made: list[SiteSearch] = []
    documents: list[SearchDocument] = []
    for folder in archive.settings.archives:
        own = search_documents(archive.of_folder(folder), text_mark)
        made.append(
            site_search(own, archive.settings, archive_address(folder), cache, progress, at_once=at_once)
        )
        documents += own
    return ArchiveSearch(tuple(made), box_entries(archive, sorted(documents, key=lambda each: each.id)))


def _parts(record: Postmortem) -> bytes:
    return parts_content(passages(record))
