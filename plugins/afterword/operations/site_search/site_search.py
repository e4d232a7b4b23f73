"""What the site's search loads: documents in, files out, apart from the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from afterword.derive.search_documents import SearchDocument
from afterword.model.settings import Settings
from afterword.operations.extra import site_extra_missing
from afterword.operations.reading.loading import Progress
from afterword.operations.site_search.postings_index import postings_index
from afterword.search.catalogue import catalogue_file
from afterword.search.files import IndexFile, compressed_size, rows_mark
from afterword.search.lunr_index import lunr_file
from afterword.search.pieces import index_files
from afterword.search.tiers import MARGIN, estimated_size, shown_size
from afterword.search.words import words_file, words_of
from afterword.sources.cache import Cache

LUNR, POSTINGS, OFF = "lunr", "postings", "off"


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The files of one archive's search beside the parts of its records, and a sentence that says which engine reads them and why.

    `finds_texts` is False where it finds facts alone, and shows no parts. `is_current` is False where texts are still found as they were at an earlier build.
    """

    files: tuple[IndexFile, ...]
    note: str
    finds_texts: bool = True
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class _Texts:
    """What an engine finds the texts by, with the archive's words."""

    files: tuple[IndexFile, ...]
    words: Counter[str]
    is_current: bool = True


def site_search(
    documents: Sequence[SearchDocument],
    settings: Settings,
    base: str,
    cache: Cache,
    progress: Progress | None = None,
    *,
    at_once: bool = False,
) -> SiteSearch:
    """Make the search of an archive at `base` from its documents in order of id; `progress` is told how many are indexed.

    With `at_once` a large index of an earlier build is taken where there is one: what has changed since is found by its facts, and by its text
    as it was. Raises CannotRunError where a package is missing.
    """
    wanted, budget = settings.search.engine, settings.search.budget
    if wanted == OFF:
        files = (catalogue_file(documents, settings, base, OFF),)
        note = "search: no texts, as `search` in the settings says; facts are searched"
        return SiteSearch(files, note, finds_texts=False)
    limit = f"and the budget is {shown_size(budget)}"
    index: IndexFile | None = None
    reason = "as `search` in the settings says"
    try:
        if wanted == "auto":
            size, about = estimated_size(documents), "about "
            if size <= MARGIN * budget:
                index = lunr_file(documents, base)
                size, about = compressed_size(index.content), ""
            wanted = LUNR if size <= budget else POSTINGS
            weight = f"{about}{shown_size(size)} compressed"
            reason = (
                f"its index is {weight} {limit}"
                if wanted == LUNR
                else f"since lunr's index would be {weight} {limit}"
            )
        if wanted == POSTINGS:
            made = _by_postings(documents, base, cache, progress, at_once)
            return _joined(documents, settings, base, POSTINGS, made, f"search: postings, {reason}")
        index = index or lunr_file(documents, base)
    except ImportError as error:
        raise site_extra_missing(error) from error
    words: Counter[str] = Counter()
    for document in documents:
        words.update(words_of(document))
    return _joined(documents, settings, base, LUNR, _Texts((index,), words), f"search: lunr, {reason}")


def _joined(
    documents: Sequence[SearchDocument], settings: Settings, base: str, engine: str, texts: _Texts, note: str
) -> SiteSearch:
    files = (
        catalogue_file(documents, settings, base, engine),
        words_file(texts.words, base),
        *texts.files,
    )
    return SiteSearch(files, note, is_current=texts.is_current)


def _by_postings(
    documents: Sequence[SearchDocument], base: str, cache: Cache, progress: Progress | None, at_once: bool
) -> _Texts:
    done = 0

    def indexed() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(min(done, len(documents)), len(documents))

    found = postings_index(documents, base, cache, indexed, at_once=at_once)
    rows = rows_mark(each.id for each in documents)
    return _Texts(tuple(index_files(found.pieces, rows, base)), found.words, found.is_current)
