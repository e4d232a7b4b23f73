"""The plan of all pages of records: what each is made from, and whether it has to be made at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from afterword.check.wording import counted
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.overview.life_marks import mark_of_life
from afterword.operations.pages.page_making import PageMaker
from afterword.operations.pages.pictures import JudgedRecord, draw_kept, has_causes
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.site.kept_related import KeptRelated
from afterword.operations.site.page_days import MadePage, PageDays
from afterword.render.page.links import SiteIndex
from afterword.render.page.planned import Wanted
from afterword.render.page.related import NOTHING, Related
from afterword.render.page.site_page import SiteFile
from afterword.render.page.surroundings import Surroundings
from afterword.render.picture.drawing import drawing_files, is_inline
from afterword.render.picture.sketch import has_more_boxes
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
        archive, cache, day = self.archive, self.maker.cache, self.reading.day
        large = [record for record in archive.records if has_causes(record) and not is_inline(record)]
        judged = [JudgedRecord.of(each, archive, day) for each in large]
        drawn = draw_kept(judged, archive.settings, cache)
        basis = Cache.key(*_basis(self.maker))
        is_cached, days = not self.reading.is_whole, self.days()
        kept = KeptPages(cache.folder if is_cached else NOWHERE)
        below = KeptRelated.of(archive, self.index(), self.reading.digest, kept)
        drafts = []
        for record in archive.records:
            wanted = self.wanted(record, NOTHING, has_file=record.id in drawn.drawings)
            whole = None
            related = below.known(record)
            if related is None:
                whole = self._with_related(record, wanted)
                related = below.note(record, whole.beside.related)
            life = wanted.beside.life
            digest, lived = self.reading.digest(record.path), mark_of_life(life)
            made_of = Cache.key(basis, digest, repr(wanted), lived, related)
            page = days.holding_on(day, made_of) if is_cached else None
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

    def days(self) -> PageDays:
        """Give what is known of the pages of earlier builds."""
        place = Cache.key("page days", self.archive.settings.path or "", str(self.maker.for_author))
        return PageDays(self.maker.cache, place)

    def wanted(self, record: Postmortem, below: Related | None = None, *, has_file: bool) -> Wanted:
        """Give what the page of a record is made from; `below` replaces its related records where it is given."""
        beside = Surroundings.of(record, self.archive, self.index(), self.page_addresses, below)
        return Wanted(record.path, beside, has_file)

    def _with_related(self, record: Postmortem, wanted: Wanted) -> Wanted:
        return replace(wanted, beside=wanted.beside.with_related(record, self.archive, self.index()))


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
