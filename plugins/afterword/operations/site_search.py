"""What the site's search loads: documents in, files out, apart from the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.derive.search_documents import SearchDocument
from afterword.model.settings import Settings
from afterword.operations.extra import site_extra_missing
from afterword.operations.loading import Progress
from afterword.search.catalogue import catalogue_file
from afterword.search.files import IndexFile, compressed_size
from afterword.search.lunr_index import lunr_file
from afterword.search.pagefind_index import (
    Shard,
    fingerprint,
    from_kept,
    kept_text,
    made_by,
    pagefind_files,
    shards_of,
)
from afterword.search.parts import part_files
from afterword.search.tiers import MARGIN, estimated_size, shown_size
from afterword.search.words import words_file, words_of
from afterword.sources.cache import Cache
from afterword.sources.pagefind import PagefindError, PagefindProgram, find_pagefind, index_pages

LUNR, PAGEFIND, OFF = "lunr", "pagefind", "off"
MISSING = "Pagefind is not installed (`pip install 'afterword[site]'`)"


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The files of one archive's search, and a sentence that says which engine reads them and why.

    `is_current` is False where texts are still found as they were at an earlier build.
    """

    files: tuple[IndexFile, ...]
    note: str
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
    pagefind: PagefindProgram | None = None,
    *,
    at_once: bool = False,
) -> SiteSearch:
    """Make the search of an archive at `base` from its documents in order of id; `progress` is told how many are indexed.

    `pagefind` is the program, by default the one that is found. With `at_once` Pagefind's index of an earlier build is taken where there is one:
    what has changed since is found by its facts and title, and by its text as it was. Raises CannotRunError where a package is missing.
    """
    wanted, budget = settings.search.engine, settings.search.budget
    if wanted == OFF:
        files = (catalogue_file(documents, settings, base, OFF),)
        return SiteSearch(files, "search: no texts, as `search` in the settings says; facts are searched")
    limit = f"and the budget is {shown_size(budget)}"
    index: IndexFile | None = None
    reason = "as `search` in the settings says"
    try:
        if wanted == "auto":
            size, about = estimated_size(documents), "about "
            if size <= MARGIN * budget:
                index = lunr_file(documents, base)
                size, about = compressed_size(index.content), ""
            wanted = LUNR if size <= budget else PAGEFIND
            weight = f"{about}{shown_size(size)} compressed"
            reason = (
                f"its index is {weight} {limit}"
                if wanted == LUNR
                else f"since lunr's index would be {weight} {limit}"
            )
        if wanted == PAGEFIND:
            program = pagefind or find_pagefind()
            try:
                if program is None:
                    raise PagefindError(MISSING)
                made = _by_pagefind(documents, base, cache, program, progress, at_once)
                return _joined(documents, settings, base, PAGEFIND, made, f"search: Pagefind, {reason}")
            except PagefindError as error:
                reason = f"however large its index is: {error}"
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
        *part_files(documents, base),
        words_file(texts.words, base),
        *texts.files,
    )
    return SiteSearch(files, note, texts.is_current)


def _by_pagefind(
    documents: Sequence[SearchDocument],
    base: str,
    cache: Cache,
    program: PagefindProgram,
    progress: Progress | None,
    at_once: bool,
) -> _Texts:
    """Index what has changed: a shard whose records are the same is taken from the cache, and one after the other is in memory.

    Raises PagefindError.
    """
    shards: list[Shard] = []
    words: Counter[str] = Counter()
    done, is_current = 0, True

    def indexed() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(documents))

    def index(pages: Iterator[tuple[str, str]], language: str) -> dict[str, bytes]:
        return index_pages(program, pages, language, indexed)

    divided = shards_of(documents)
    for number, some in enumerate(divided):
        # One place for each shard, so that what was kept before gives way.
        key = Cache.key("pagefind", base, str(number), str(len(divided)))
        made_of = Cache.key(fingerprint(some), program.version)
        kept = cache.get(key)
        made = from_kept(kept, made_of)
        if made is None and at_once:
            made = from_kept(kept, None)
            is_current = is_current and made is None
        if made is None:
            try:
                made = made_by(index, some, number)
            except ValueError as error:
                raise PagefindError(str(error)) from error
            cache.put(key, kept_text(made, made_of))
        else:
            done += len(some)
        shards.append(made)
        words += made.words
    return _Texts(tuple(pagefind_files(shards, documents, base)), words, is_current)
