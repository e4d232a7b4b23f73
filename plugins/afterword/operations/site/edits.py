"""Records that are edited while their site is shown: the page of one, made again without the rest of the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.derive.brief import brief
from afterword.derive.catalogue.index import RecordIndex, day_and_id
from afterword.derive.history.as_it_was import record_as_it_was
from afterword.derive.places.address import record_address
from afterword.derive.words.labels import class_ids, service_ids
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.operations.pages.kept_layouts import KeptLayouts
from afterword.operations.pages.page_making import PageMaker
from afterword.operations.pages.pictures import JudgedRecord, draw_kept, has_causes
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.render.page.links import SiteIndex
from afterword.render.page.planned import Wanted
from afterword.render.page.site_page import SiteFile, SitePage
from afterword.render.page.surroundings import Surroundings
from afterword.render.picture.drawing import drawing_files, is_inline


@dataclass(frozen=True, slots=True)
class Edited:
    """The page of an edited record, and the files beside it."""

    page: SitePage
    files: tuple[SiteFile, ...]


@dataclass(slots=True)
class Edits:
    """The archive of a site as it was built, and the edits since.

    `read` is the archive as its files are, `archive` the same as of the day of the site. `index` is that of the build: what other pages say of an edited
    record, and which records are related to it by its words, changes with the next build. `beside` are the findings of the rules that look at all records.
    """

    reading: ArchiveReading
    read: Archive
    archive: Archive
    index: SiteIndex
    page_addresses: Mapping[str, str]
    maker: PageMaker
    beside: Mapping[str, Sequence[Finding]]

    def path_of(self, location: Path) -> str | None:
        """Give the path of the record in a file, None where the build knew of none."""
        return self.reading.path_of(location)

    def is_edited(self, path: str) -> bool:
        """Tell whether the file of a record has changed since it was read last."""
        return self.reading.is_changed(path)

    def edited(self, path: str) -> Edited | None:
        """Make the page of a record from its file as it is now, as a build would; None where only a build can tell, as after a change of its address."""
        before, settled = _at(self.archive, path), _at(self.read, path)
        whole = self.reading.read_again(path)
        if whole is None or before is None or settled is None or settled.findings:
            return None  # gone, or one of several records of one id
        if record_address(whole, self.archive.settings) != record_address(before, self.archive.settings):
            return None
        record = brief(whole)
        life = self.archive.history.record(record.id)
        self.read = _with(self.read, record)
        self.beside = {**self.beside, path: _moved(self.beside.get(path, ()), settled, record)}
        findings = self.reading.findings(self.read, {path}, self.beside)
        then = record_as_it_was(record, life, self.maker.day, now=self.maker.now)
        self.archive = _with(self.archive, then)
        self.index = self.index.with_record(then, self.archive.settings)
        if _filed(then, self.archive) != _filed(before, self.archive):
            # Its neighbours are others, too.
            self.index = replace(self.index, records=RecordIndex.of(self.archive))
        return self._made(whole, then, findings)

    def prepare(self) -> None:
        """Do now what would make the first edit slow: compile the templates, work out what the rules know."""
        for record in self.archive.records[:1]:
            again = self.reading.read_whole(record.path)
            if again is not None:
                self._made(again[0], record, ())

    def _made(self, whole: Postmortem, then: Postmortem, findings: Sequence[Finding]) -> Edited:
        """Make the page of a record; `then` is the record as the archive has it."""
        drawings = self._drawings(then)
        beside = Surroundings.of(then, self.archive, self.index, self.page_addresses)
        wanted = Wanted(then.path, beside, then.id in drawings)
        with KeptLayouts.within(self.maker.cache.folder) as layouts:
            maker = replace(
                self.maker,
                wanted=(wanted.packed(),),
                layouts=layouts.of([then.path]),
                findings={then.path: findings},
            )
            made = maker.made(lambda _: whole, maker.environment())
            layouts.keep(made.layouts)
        return Edited(made.pages[then.path], drawing_files(then, self.archive, drawings.get(then.id)))

    def _drawings(self, record: Postmortem) -> Mapping[str, str]:
        """Give the drawing of a record whose drawing is a file of its own."""
        if not has_causes(record) or is_inline(record):
            return {}
        judged = JudgedRecord.of(record, self.archive, self.maker.day)
        return draw_kept([judged], self.archive.settings, self.maker.cache).drawings


def _moved(findings: Sequence[Finding], before: Postmortem, record: Postmortem) -> tuple[Finding, ...]:
    """Let what was found in the row of an action go with the row."""
    now = {action.id: action.span.line for action in record.actions}
    by = {each.span.line: now[each.id] - each.span.line for each in before.actions if each.id in now}
    return tuple(
        replace(each, span=_lower(each.span, by[each.span.line])) if each.span.line in by else each
        for each in findings
    )


def _lower(span: Span, by: int) -> Span:
    return replace(span, line=span.line + by, end_line=span.end_line + by)


def _filed(record: Postmortem, archive: Archive) -> object:
    """Give what decides where a record stands among others."""
    settings = archive.settings
    return day_and_id(record), class_ids(record, settings), service_ids(record, settings)


def _at(archive: Archive, path: str) -> Postmortem | None:
    return next((record for record in archive.records if record.path == path), None)


def _with(archive: Archive, record: Postmortem) -> Archive:
    """Put a record into the place of the one that has its path."""
    records = tuple(record if each.path == record.path else each for each in archive.records)
    by_id = {name: record if each.path == record.path else each for name, each in archive.by_id.items()}
    return replace(archive, records=records, by_id=by_id)
