"""The search of a site, with one part for each of its archives, and what is added to the site's own search box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from afterword.derive.address import archive_address
from afterword.derive.passages import passages
from afterword.derive.search_documents import SearchDocument, search_documents
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.operations.loading import Progress
from afterword.operations.search_box import BoxEntry, box_entries
from afterword.operations.site_search import SiteSearch, site_search
from afterword.render.planned import PlannedFile
from afterword.search.parts import parts_address, parts_content
from afterword.sources.cache import Cache

ToldBy = Callable[[str], str]
"""Gives the hash of what is told of the text of the record at a path, empty where it is not known."""


@dataclass(frozen=True, slots=True)
class ArchiveSearch:
    """What finds the records of each archive of the settings, in their order, and the entries for the search box. It can be pickled."""

    made: tuple[SiteSearch, ...]
    box: tuple[BoxEntry, ...]

    def notes(self, archive: Archive) -> Iterator[str]:
        """Say which engine reads each archive, and why."""
        folders = archive.settings.archives
        for folder, made in zip(folders, self.made, strict=True):
            yield f"{folder.label}: {made.note}" if len(folders) > 1 else made.note

    def parts(self, archive: Archive, told_by: ToldBy) -> Iterator[PlannedFile]:
        """Plan the files with the texts that results show; `told_by` is that of the documents."""
        for folder, made in zip(archive.settings.archives, self.made, strict=True):
            base = archive_address(folder)
            for record in archive.of_folder(folder).records if made.finds_texts else ():
                yield PlannedFile(
                    parts_address(record.id, base), told_by(record.path), partial(_parts, record)
                )


def archive_search(
    archive: Archive,
    cache: Cache,
    told_by: ToldBy,
    progress: Progress | None = None,
    *,
    at_once: bool = False,
) -> ArchiveSearch:
    """Make all of it; with `at_once` what an earlier build has indexed will do. Raises CannotRunError where a package is missing."""
    made: list[SiteSearch] = []
    documents: list[SearchDocument] = []
    for folder in archive.settings.archives:
        own = search_documents(archive.of_folder(folder), told_by)
        made.append(
            site_search(own, archive.settings, archive_address(folder), cache, progress, at_once=at_once)
        )
        documents += own
    return ArchiveSearch(tuple(made), box_entries(archive, sorted(documents, key=lambda each: each.id)))


def stale(
    search: ArchiveSearch,
    archive: Archive,
    cache: Cache,
    told_by: ToldBy,
    progress: Progress | None = None,
) -> tuple[Callable[[], SiteSearch], ...]:
    """Give what makes anew the search of each archive whose texts are found as they were."""
    return tuple(
        partial(_renewed, folder, archive, cache, told_by, progress)
        for folder, made in zip(archive.settings.archives, search.made, strict=True)
        if not made.is_current
    )


def _renewed(
    folder: ArchiveFolder, archive: Archive, cache: Cache, told_by: ToldBy, progress: Progress | None
) -> SiteSearch:
    own = search_documents(archive.of_folder(folder), told_by)
    return site_search(own, archive.settings, archive_address(folder), cache, progress)


def _parts(record: Postmortem) -> bytes:
    return parts_content(passages(record))
