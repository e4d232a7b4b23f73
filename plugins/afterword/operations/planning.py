"""What pages of records are to be made, and from what, before any is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from afterword.derive.address import record_address
from afterword.derive.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.unpickling import pickled
from afterword.operations.page_making import PageMaker
from afterword.operations.pictures import NO_ENGINE, Subject, draw, has_causes, too_large
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.reading import ArchiveReading
from afterword.render.drawing import drawing_files, is_inline
from afterword.render.links import SiteIndex
from afterword.render.page import SiteFile, SitePage
from afterword.render.planned import PlannedPage, Wanted
from afterword.render.surroundings import Surroundings
from afterword.sources.cache import Cache
from afterword.sources.layout import find_engine


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of the page of a record before it is made; the fields are those of `PlannedPage`, `wanted` is pickled."""

    key: str
    wanted: bytes
    changed: dt.date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of all records, in their order, the drawings that are files of their own, and sentences for the log. It can be pickled."""

    drafts: tuple[Draft, ...]
    files: tuple[SiteFile, ...]
    notes: tuple[str, ...]

    def pages(self, archive: Archive, reading: ArchiveReading, maker: PageMaker) -> tuple[PlannedPage, ...]:
        """Give the pages of the records of the archive."""
        return tuple(
            PlannedPage(
                record_address(record, archive.settings),
                record.header.title or record.id,
                draft.key,
                draft.wanted,
                partial(_one, reading, maker, record.path, draft.wanted),
                record.path,
                draft.changed,
            )
            for record, draft in zip(archive.records, self.drafts, strict=True)
        )


def plan_pages(
    reading: ArchiveReading,
    archive: Archive,
    index: SiteIndex,
    page_addresses: Mapping[str, str],
    findings: Iterable[Finding],
    maker: PageMaker,
) -> Plan:
    """Plan the pages of an archive's records; `findings` are those of all of them."""
    settings, cache = archive.settings, maker.cache
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    large = [record for record in archive.records if has_causes(record) and not is_inline(record)]
    subjects = [Subject(each, archive, RecordCauses.of(each, archive, reading.day)) for each in large]
    drawn = draw(subjects, settings, cache)
    basis = Cache.key(*_basis(maker))
    drafts = []
    for record in archive.records:
        beside = Surroundings.of(record, archive, index, page_addresses, by_path.get(record.path, ()))
        wanted = Wanted(record.path, beside, record.id in drawn.drawings)
        life = beside.life
        changed = life.changed_by(reading.day) if life else None
        drafts.append(
            Draft(
                Cache.key(basis, reading.digest(record.path), repr(wanted)),
                pickled(wanted),
                changed.date() if changed else None,
            )
        )
    return Plan(
        tuple(drafts),
        tuple(
            file for record in large for file in drawing_files(record, archive, drawn.drawings.get(record.id))
        ),
        tuple(_notes(archive, drawn.notes)),
    )


def _one(reading: ArchiveReading, maker: PageMaker, path: str, wanted: bytes) -> SitePage:
    return next(reading.pages(maker, [(path, wanted)]))


def _basis(maker: PageMaker) -> Iterator[str]:
    """Yield all that every page depends on."""
    yield from program_marks()
    engine = find_engine()
    yield engine.version if engine else ""
    yield settings_mark(maker.settings)
    yield repr((maker.day, maker.now, maker.for_author))
    yield from contents_of(maker.templates)


def _notes(archive: Archive, drawn: Sequence[str]) -> Iterator[str]:
    records = archive.records
    told = dict.fromkeys(note for note in drawn if note != NO_ENGINE)
    yield from (
        note for record in records if (note := too_large(record, archive.settings)) and note not in told
    )
    yield from told
    if find_engine() is None and any(map(has_causes, records)):
        yield NO_ENGINE
