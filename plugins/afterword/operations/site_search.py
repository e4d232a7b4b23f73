"""What the site's search loads: documents in, files out, apart from the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from afterword.derive.search_documents import SearchDocument
from afterword.model.settings import Settings
from afterword.operations.extra import site_extra_missing
from afterword.search.catalogue import catalogue_file
from afterword.search.files import IndexFile
from afterword.search.lunr_index import lunr_file
from afterword.search.parts import part_files
from afterword.search.words import words_file, words_of


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The files of one archive's search, and a sentence that says which engine reads them and why."""

    files: tuple[IndexFile, ...]
    note: str = ""


def site_search(documents: Sequence[SearchDocument], settings: Settings, base: str) -> SiteSearch:
    """Make the search of an archive at `base` from its documents in order of id. Raises CannotRunError where a package is missing."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(words_of(document))
    try:
        index = lunr_file(documents, base)
    except ImportError as error:
        raise site_extra_missing(error) from error
    return SiteSearch(
        (
            catalogue_file(documents, settings, base, "lunr"),
            *part_files(documents, base),
            words_file(counts, base),
            index,
        )
    )
