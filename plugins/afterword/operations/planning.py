"""What pages of records are to be made, and from what, before any is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from afterword.derive.address import record_address
from afterword.derive.as_it_was import is_now
from afterword.derive.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.model.finding import Finding
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
class Plan:
    """The pages of all records, the drawings that are files of their own, and sentences for the log."""

    pages: tuple[PlannedPage, ...]
    files: tuple[SiteFile, ...]
    notes: tuple[str, ...]
    maker: PageMaker


def plan_pages(
    reading: ArchiveReading,
    archive: Archive,
    index: SiteIndex,
    page_addresses: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]],
    causes: Mapping[str, RecordCauses],
    templates: Path | None,
    cache: Cache,
    *,
    for_author: bool,
) -> Plan:
    """Plan the pages of an archive's records; `findings` are those of each by its path, `causes` its causes by its id."""
    settings = archive.settings
    maker = PageMaker(
        settings, reading.day, is_now(reading.day, archive.history), templates, cache, for_author
    )
    large = [record for record in archive.records if has_causes(record) and not is_inline(record)]
    drawn = draw([Subject(each, archive, causes[each.id]) for each in large], settings, cache)
    basis = "\n".join(_basis(maker))
    pages = []
    for record in archive.records:
        beside = Surroundings.of(record, archive, index, page_addresses, findings.get(record.path, ()))
        wanted = Wanted(record.path, beside, record.id in drawn.drawings)
        life = beside.life
        changed = life.changed_by(reading.day) if life else None
        pages.append(
            PlannedPage(
                record_address(record, settings),
                record.header.title or record.id,
                Cache.key(basis, reading.digest(record.path), repr(wanted)),
                wanted,
                partial(_one, reading, maker, wanted),
                record.path,
                changed.date() if changed else None,
            )
        )
    return Plan(
        tuple(pages),
        tuple(
            file for record in large for file in drawing_files(record, archive, drawn.drawings.get(record.id))
        ),
        tuple(_notes(archive, drawn.notes)),
        maker,
    )


def _one(reading: ArchiveReading, maker: PageMaker, wanted: Wanted) -> SitePage:
    return next(reading.pages(maker, [wanted]))


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
