"""Pages about many records, made side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.operations.collecting import not_collecting
from afterword.operations.processes import spare_processes
from afterword.render.page.planned import ListedPage
from afterword.render.page.site_page import SitePage
from afterword.sources.crew import Crew
from afterword.sources.memory import room

FEWEST_SHARED = 40
"""Pages from which it pays to split processes off."""

AT_ONCE = 8
"""Pages of one message."""


def made_lists(pages: Sequence[ListedPage]) -> Iterator[SitePage]:
    """Give an iterator that makes pages in the order given, by several processes where that is faster; they are forked when this is called."""
    count = min(spare_processes(), max(1, room())) if len(pages) >= FEWEST_SHARED else 1
    if count == 1:
        return (page.make() for page in pages)
    return _shared(Crew(count, lambda: _Maker(pages)), len(pages))


def _shared(crew: Crew, total: int) -> Iterator[SitePage]:
    with crew:
        yield from crew.results(crew.dealt(range(total), AT_ONCE), range(total), dict)


class _Maker:
    """What a worker process does: it makes the pages of these numbers."""

    def __init__(self, pages: Sequence[ListedPage]) -> None:
        self._pages = pages

    def __call__(self, numbers: Sequence[int]) -> Sequence[tuple[int, SitePage]]:
        with not_collecting():
            return [(number, self._pages[number].make()) for number in numbers]
