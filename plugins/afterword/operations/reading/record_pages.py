"""The pages of an archive's records, made by the processes that have read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from afterword.model.finding import Finding
from afterword.operations.pages.kept_layouts import KeptLayouts
from afterword.operations.pages.page_making import Made, PageMaker
from afterword.operations.reading.reading_packs import Reading
from afterword.operations.reading.record_crew import RecordCrew
from afterword.render.page.site_page import SitePage

AT_ONCE = 25
"""Records of one message."""


class RecordPages:
    """Makes pages of records when it is called, and gathers what is known of them then.

    `notes` are sentences for the log. `until` is the last day on which each page would be made the same, by the path of its record.
    """

    def __init__(self, crew: RecordCrew, readings: Mapping[str, Reading]) -> None:
        """Begin; `readings` are the latest of each record, by its path."""
        self._crew, self._readings = crew, readings
        self.notes: list[str] = []
        self.until: dict[str, dt.date] = {}
        self._overtaken: set[str] = set()

    def __call__(
        self,
        maker: PageMaker,
        wanted: Iterable[tuple[str, bytes]],
        findings: Mapping[str, Sequence[Finding]],
    ) -> Iterator[SitePage]:
        """Yield pages in the order of `wanted`, which has the path of each record and its packed `Wanted`; `findings` are those of all records, by path."""
        listed = list(wanted)
        crew, shares = self._crew.dealt(listed)
        with KeptLayouts.within(maker.cache.folder) as layouts:

            def taken(made: Made) -> Mapping[str, SitePage]:
                layouts.keep(made.layouts)
                self.notes += made.notes
                overtaken = {
                    path for path, read in made.digests.items() if read != self._readings[path].digest
                }
                self._overtaken |= overtaken
                self.until |= {path: day for path, day in made.until.items() if path not in overtaken}
                return made.pages

            messages = [_messages(maker, share, findings) for share in shares]
            yield from crew.results(messages, (path for path, _ in listed), taken)

    def is_overtaken(self, path: str) -> bool:
        """Tell whether the file of a record had changed, after it was read, by the time its page was made: the page does not belong to that reading."""
        return path in self._overtaken


def _messages(
    maker: PageMaker, share: Sequence[tuple[str, bytes]], findings: Mapping[str, Sequence[Finding]]
) -> Iterator[PageMaker]:
    with KeptLayouts.within(maker.cache.folder) as layouts:
        for at in range(0, len(share), AT_ONCE):
            some = share[at : at + AT_ONCE]
            known = layouts.of(path for path, _ in some)
            yield replace(
                maker,
                wanted=tuple(each for _, each in some),
                layouts=known,
                findings={path: findings[path] for path, _ in some if path in findings},
            )
