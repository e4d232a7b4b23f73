"""The pages of an archive's records, planned and judged: each is made when it is wanted, and until when it holds is cached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from afterword.derive.places.address import record_address
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.operations.site.page_days import MadePage
from afterword.operations.site.planning import Draft, Plan, Planning
from afterword.render.page.planned import PlannedPage, hashed
from afterword.render.page.site_page import SitePage
from afterword.sources.cache import Cache

NOTHING_FOUND = "nothing"
"""Stands for the hash of the findings of a record that has none."""


def marks_of(findings: Mapping[str, Sequence[Finding]]) -> Mapping[str, str]:
    """Give the hash of the findings of each record, by path."""
    return {path: hashed(tuple(found)) for path, found in findings.items()}


@dataclass(frozen=True, slots=True)
class PlannedRecords:
    """A plan, with the `findings` of all records by path, and their hashes in `marks`."""

    planning: Planning
    plan: Plan
    findings: Mapping[str, Sequence[Finding]]
    marks: Mapping[str, str]

    def pages(self) -> Iterator[PlannedPage]:
        """Yield the pages of all records, in their order."""
        return map(self._page, self.planning.archive.records, self.plan.drafts)

    def _page(self, record: Postmortem, draft: Draft) -> PlannedPage:
        before = self._before(record, draft)
        since = before.since if before else self.planning.reading.day

        def wanted() -> bytes:
            return draft.wanted or self.planning.wanted(record, has_file=draft.has_file).packed()

        return PlannedPage(
            record_address(record, self.planning.archive.settings),
            record.title,
            Cache.key(draft.made_of, self._mark(record), since.isoformat()),
            wanted,
            lambda: next(self._made([(record.path, wanted())])),
            record.path,
            draft.changed,
        )

    def made(self, pages: Iterable[PlannedPage]) -> Iterator[SitePage]:
        """Make some of the pages, by the processes that have read their records."""
        return self._made([(page.source, page.wanted()) for page in pages])

    def _made(self, wanted: Sequence[tuple[str, bytes]]) -> Iterator[SitePage]:
        return self.planning.reading.pages(self.planning.maker, wanted, self.findings)

    @property
    def notes(self) -> Sequence[str]:
        """Give sentences for the log about the pages that were made."""
        return self.planning.reading.pages.notes

    def is_overtaken(self, path: str) -> bool:
        """Do as `RecordPages.is_overtaken`."""
        return self.planning.reading.pages.is_overtaken(path)

    def keep_days(self) -> None:
        """Cache until when the pages are valid, once they are made."""
        reading = self.planning.reading
        if reading.is_whole:
            return
        until = reading.pages.until
        made = {}
        for record, draft in zip(self.planning.archive.records, self.plan.drafts, strict=True):
            page = self._before(record, draft)
            if page is None and record.path in until:
                page = MadePage(self._mark(record), reading.day, until[record.path])
            if page is not None:
                made[draft.made_of] = page
        self.planning.days().keep(made, len(self.plan.drafts))

    def close(self) -> None:
        """Let go of the records: no page is made any more."""
        self.planning.reading.close()

    def _before(self, record: Postmortem, draft: Draft) -> MadePage | None:
        """Give what is known of an earlier page of a record, where its findings were those of now."""
        is_same = draft.before and draft.before.found == self._mark(record)
        return draft.before if is_same else None

    def _mark(self, record: Postmortem) -> str:
        return self.marks.get(record.path, NOTHING_FOUND)
