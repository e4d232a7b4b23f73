"""The plan of all pages of records: what each is made from, and whether it has to be made at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from afterword.check.wording import counted
from afterword.derive.address import record_address
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.operations.kept_related import KeptRelated
from afterword.operations.life_marks import mark_of_life
from afterword.operations.page_days import MadePage, PageDays
from afterword.operations.page_making import PageMaker
from afterword.operations.pictures import JudgedRecord, draw_kept, has_causes
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.reading import ArchiveReading
from afterword.render.drawing import drawing_files, is_inline
from afterword.render.links import SiteIndex
from afterword.render.page import SiteFile
from afterword.render.planned import PlannedPage, Wanted, hashed
from afterword.render.related import NOTHING, Related
from afterword.render.sketch import has_more_boxes
from afterword.render.surroundings import Surroundings
from afterword.sources.cache import NOWHERE, Cache
from afterword.sources.kept_pages import KeptPages
from afterword.sources.layout import find_engine

NO_ENGINE = "no layout engine was found, causal trees are shown as lists: pip install graphviz-pure"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of the page of a record before it is made; `changed` as in `PlannedPage`, `has_file` as in `Wanted`.

    `made_of` is the hash of all that the page is made from, except for the day and the findings of its record. `before` is what is known of an earlier page with this hash that is
    still valid. `wanted` is packed; where there is such a page it is None, and is worked out only if the page has to be made after all.
    """

    made_of: str
    before: MadePage | None
    wanted: bytes | None
    changed: dt.date | None
    has_file: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of all records, in their order, the drawings that are files of their own, and sentences for the log. It can be pickled."""

    drafts: tuple[Draft, ...]
    files: tuple[SiteFile, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planning:
    """What the pages of an archive's records are planned from; `index` is a function, since not every build needs it."""

    reading: ArchiveReading
    archive: Archive
    index: Callable[[], SiteIndex]
    page_addresses: Mapping[str, str]
    maker: PageMaker

    def plan(self) -> Plan:
        """Plan all pages."""
        archive, kept = self.archive, self.maker.cache
        large = [record for record in archive.records if has_causes(record) and not is_inline(record)]
        judged = [JudgedRecord.of(each, archive, self.reading.day) for each in large]
        drawn = draw_kept(judged, archive.settings, kept)
        basis = Cache.key(*_basis(self.maker))
        is_kept, day = not self.reading.is_whole, self.reading.day
        days = self._days()
        kept_pages = KeptPages(kept.folder if is_kept else NOWHERE)
        below = KeptRelated.of(archive, self.index(), self.reading.digest, kept_pages)
        drafts = []
        for record in archive.records:
            wanted = self._wanted(record, NOTHING, has_file=record.id in drawn.drawings)
            whole = None
            related = below.known(record)
            if related is None:
                whole = self._with_related(record, wanted)
                related = below.note(record, whole.beside.related)
            life = wanted.beside.life
            digest, lived = self.reading.digest(record.path), mark_of_life(life)
            made_of = Cache.key(basis, digest, repr(wanted), lived, related)
            page = days.holding_on(day, made_of) if is_kept else None
            changed = life.changed_by(day) if life else None
            drafts.append(
                Draft(
                    made_of,
                    page,
                    None if page else (whole or self._with_related(record, wanted)).packed(),
                    changed.date() if changed else None,
                    wanted.has_file,
                )
            )
        below.keep()
        files = (
            file for record in large for file in drawing_files(record, archive, drawn.drawings.get(record.id))
        )
        return Plan(tuple(drafts), tuple(files), tuple(_notes(archive, drawn.notes)))

    def keep_days(self, plan: Plan, found: Mapping[str, str], until: Mapping[str, dt.date]) -> None:
        """Cache until when the pages of a plan are valid, once they are made. `until` has the last day of each page that was made now, by the path of its record; `found` as in `pages`."""
        if self.reading.is_whole:
            return
        made = {}
        for record, draft in zip(self.archive.records, plan.drafts, strict=True):
            page = self._before(record, draft, found)
            if page is None and record.path in until:
                page = MadePage(found.get(record.path, NOTHING_FOUND), self.reading.day, until[record.path])
            if page is not None:
                made[draft.made_of] = page
        self._days().keep(made, len(plan.drafts))

    def _before(self, record: Postmortem, draft: Draft, found: Mapping[str, str]) -> MadePage | None:
        """Give what is known of an earlier page of a record, where its findings were those of now."""
        is_same = draft.before and draft.before.found == found.get(record.path, NOTHING_FOUND)
        return draft.before if is_same else None

    def _days(self) -> PageDays:
        place = Cache.key("page days", self.archive.settings.path or "", str(self.maker.for_author))
        return PageDays(self.maker.cache, place)

    def _wanted(
        self,
        record: Postmortem,
        below: Related | None = None,
        *,
        has_file: bool,
    ) -> Wanted:
        """Give what the page of a record is made from; `below` replaces its related records where it is given."""
        beside = Surroundings.of(record, self.archive, self.index(), self.page_addresses, below)
        return Wanted(record.path, beside, has_file)

    def _with_related(self, record: Postmortem, wanted: Wanted) -> Wanted:
        return replace(wanted, beside=wanted.beside.with_related(record, self.archive, self.index()))

    def pages(
        self, plan: Plan, findings: Mapping[str, Sequence[Finding]], found: Mapping[str, str]
    ) -> tuple[PlannedPage, ...]:
        """Give the pages of a plan; `findings` are those of all records by path, and `found` the hashes of them."""

        def page(record: Postmortem, draft: Draft) -> PlannedPage:
            def wanted() -> bytes:
                return draft.wanted or self._wanted(record, has_file=draft.has_file).packed()

            before = self._before(record, draft, found)
            since = before.since if before else self.reading.day
            return PlannedPage(
                record_address(record, self.archive.settings),
                record.title,
                Cache.key(draft.made_of, found.get(record.path, NOTHING_FOUND), since.isoformat()),
                wanted,
                lambda: next(self.reading.pages(self.maker, [(record.path, wanted())], findings)),
                record.path,
                draft.changed,
            )

        return tuple(map(page, self.archive.records, plan.drafts))


NOTHING_FOUND = "nothing"
"""Stands for the hash of the findings of a record that has none."""


def marks_of(findings: Mapping[str, Sequence[Finding]]) -> Mapping[str, str]:
    """Give the hash of the findings of each record, by path."""
    return {path: hashed(tuple(found)) for path, found in findings.items()}


def _basis(maker: PageMaker) -> Iterator[str]:
    """Yield all that every page depends on beside the day."""
    yield from program_marks()
    engine = find_engine()
    yield engine.version if engine else ""
    yield settings_mark(maker.settings)
    yield repr((maker.now, maker.for_author))
    yield from contents_of(maker.templates)


def _notes(archive: Archive, drawn: Sequence[str]) -> Iterator[str]:
    """Yield why causes are shown as lists; `drawn` are the notes on the drawings that are files of their own."""
    largest = archive.settings.largest_drawing
    for record in archive.records:
        if has_more_boxes(record, largest):
            yield f"{record.path}: the causes are more than {counted(largest, 'statement')} (`largest_drawing`) and are shown as a list"
    yield from drawn
    if find_engine() is None and any(map(has_causes, archive.records)):
        yield NO_ENGINE
