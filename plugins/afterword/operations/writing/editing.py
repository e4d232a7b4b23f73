"""An archive while some of its files are being written: what an editor asks for, again and again.

The archive is read once; after a keystroke only the file under the cursor is read and judged, among the others as they were.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from afterword.authoring.completing import complete
from afterword.authoring.explaining import Explanation, explain
from afterword.authoring.manuscript import Manuscript
from afterword.authoring.mending import Mending, all_edits, mendings
from afterword.authoring.mentions import Target, mention_at, target_of
from afterword.authoring.outline import Entry, outline
from afterword.authoring.suggestion import Suggestion
from afterword.check.again import JudgedPassages
from afterword.check.context import ArchiveContext
from afterword.check.language.reading import PassageMemory
from afterword.check.runner import RULE_OPTIONS, check_archive, check_record, findings_beside
from afterword.derive.brief import brief
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.found import Found, Waiting, find
from afterword.operations.reading.known_archive import known_reading
from afterword.operations.reading.loading import read, read_record
from afterword.operations.settings_file import load_settings, settings_from
from afterword.parse.record import parse_record
from afterword.parse.source.memory import Memory
from afterword.parse.source.text import decode, split_lines
from afterword.parse.values.identity import is_meant_as_record, settle
from afterword.sources.clock import today
from afterword.sources.files import (
    HEAD_SIZE,
    SETTINGS_NAME,
    FoundFile,
    find_settings,
    read_bytes,
    repository_root,
)

__all__ = [
    "SETTINGS_NAME",
    "Editing",
    "Entry",
    "Explanation",
    "Manuscript",
    "Mending",
    "Read",
    "Suggestion",
    "Target",
    "all_edits",
    "complete",
    "explain",
    "home",
    "mendings",
    "outline",
    "target",
]


def home(file: Path) -> Path:
    """Give the folder that holds the settings of a file, else the root of its repository, else its own folder."""
    settings = find_settings(file.parent)
    return settings.parent if settings is not None else repository_root(file.parent) or file.parent


def target(manuscript: Manuscript, line: int, column: int) -> Target | None:
    """Give where that stands which is named at a place, None where nothing is named or nowhere found."""
    mention = mention_at(manuscript, line, column)
    return target_of(mention, manuscript) if mention is not None else None


@dataclass(frozen=True, slots=True)
class Read:
    """An archive as its files have it: `records` by path, brief, ids not yet settled; `archive` has everything but the records."""

    archive: Archive
    root: Path
    records: Mapping[str, Postmortem]


_Stamp = tuple[int, int, Settings]


@dataclass(slots=True)
class _Open:
    """A file in the editor; `folder` is the archive folder it lies in. `record` and `findings` are those of its text as it was judged last.

    `read_under` are the settings under which `record` was read from this very text, None where it is that of an earlier one.
    """

    text: str
    lines: tuple[str, ...]
    folder: ArchiveFolder | None
    record: Postmortem | None = None
    findings: tuple[Finding, ...] = ()
    read_under: Settings | None = None
    memory: Memory = field(default_factory=Memory)
    judged: JudgedPassages = field(default_factory=JudgedPassages)


@dataclass(slots=True)
class _Shelf:
    """Records as they were read last, brief (derive/brief.py) and by path, each with the size and time of its file and the settings it was read under."""

    kept: dict[str, tuple[_Stamp, Postmortem]] = field(default_factory=dict)
    current: dict[str, Postmortem] = field(default_factory=dict)

    def fill(self, found: Found) -> None:
        """Take what is known of the records from one program to the next."""
        stamps = {}
        for file, _, path in found.waiting:
            with suppress(OSError):
                stamps[path] = _stamp(file, found.settings)
        with known_reading(found, in_turns=True) as reading:
            reading.read_records()
        self.kept = {
            path: (stamp, record)
            for path, stamp in stamps.items()
            if (record := reading.brief(path)) is not None
        }

    def read(self, waiting: Waiting, settings: Settings) -> Postmortem:
        """Read a record where its file is another than last time. Raises OSError where it cannot be read."""
        file, _, path = waiting
        stamp = _stamp(file, settings)
        known = self.kept.get(path)
        if known is None or known[0][:2] != stamp[:2] or known[0][2] is not settings:
            known = self.kept[path] = stamp, brief(read_record(waiting, settings))
        self.current[path] = known[1]
        return known[1]


def _stamp(file: FoundFile, settings: Settings) -> _Stamp:
    stat = file.location.stat()
    return stat.st_size, stat.st_mtime_ns, settings


class Editing:
    """The archive around a folder, with the files that are open in an editor in the place of those on disk.

    `read` and `look_around` take as long as the archive is large and may run on a thread of their own; all else is for one thread, and quick.
    """

    def __init__(self, folder: Path) -> None:
        """Begin with the settings alone; the archive comes with `adopt`."""
        self._folder = folder
        self._shelf = _Shelf()
        self._open: dict[str, _Open] = {}
        self._beside: Mapping[str, Sequence[Finding]] = {}
        self._whole: Archive | None = None
        self._last: ArchiveContext | None = None
        try:
            settings, root = load_settings(None, folder)
        except CannotRunError:
            settings, root = Settings(), folder
        self._read = Read(Archive(settings), root.resolve(), {})
        self._adopted = False

    @property
    def settings(self) -> Settings:
        """Give the settings under which records are judged: as they were saved."""
        return self._read.archive.settings

    @property
    def archive(self) -> Archive:
        """Give the archive with the open files as they were judged last."""
        if self._whole is None:
            records = dict(self._read.records)
            for path, opened in self._open.items():
                records.pop(path, None)
                if opened.record is not None:
                    records[path] = opened.record
            self._whole = self._read.archive.of_records(settle(records.values()))
        return self._whole

    def path_of(self, file: Path) -> str | None:
        """Give the path of a file relative to the folder of the settings, None where it lies elsewhere."""
        # The folder is resolved and the name is not: a linked file keeps the name that the archive knows it by.
        place = file.parent.resolve() / file.name
        root = self._read.root
        return place.relative_to(root).as_posix() if place.is_relative_to(root) else None

    def location_of(self, path: str) -> Path:
        """Give the file of a path."""
        return self._read.root / path

    def read(self) -> Read:
        """Read the archive's files, those that did not change from memory. Raises CannotRunError where there is no archive."""
        found = find(start=self._folder)
        if found.settings == self.settings:
            found.settings = self.settings
        if not self._shelf.kept:
            self._shelf.fill(found)
        self._shelf.current = {}
        loaded = read(found, reader=self._shelf.read, in_turns=True)
        self._shelf.kept = {path: self._shelf.kept[path] for path in self._shelf.current}
        archive = dataclasses.replace(loaded.archive, records=(), by_id={}, findings=tuple(found.findings))
        return Read(archive, loaded.root, self._shelf.current)

    def adopt(self, read: Read) -> None:
        """Take over what was read; what is open stays as it is in the editor, and is read under the new settings."""
        self._read, self._adopted, self._whole = read, True, None
        for path, each in self._open.items():
            self.write(path, each.text)

    def write(self, path: str, text: str) -> None:
        """Take the text of a file that is open."""
        opened = self._open.get(path)
        if opened is None:
            opened = self._open[path] = _Open(text, (), None)
            self._whole = None
        opened.text, opened.lines, opened.read_under = text, tuple(split_lines(text)), None
        opened.folder = self._folder_of(path)

    def close(self, path: str) -> None:
        """Let the file on disk count again."""
        if self._open.pop(path, None) is not None:
            self._whole = None

    def judge(self, path: str) -> tuple[Finding, ...]:
        """Read and judge one open file by its present text; of one that is neither a record nor the settings there is nothing to find."""
        opened = self._open[path]
        if path == SETTINGS_NAME:
            opened.findings = self._judge_settings(opened.text)
        else:
            if opened.read_under is not self.settings:
                opened.record = self._record(path, opened)
                opened.read_under, self._whole = self.settings, None
            opened.findings = self._judge_record(path) if opened.record is not None else ()
        return opened.findings

    def can_judge(self, path: str) -> bool:
        """Tell whether the other files are read by which a record is judged; the settings stand for themselves."""
        return self._adopted or path == SETTINGS_NAME

    def look_around(self, archive: Archive) -> None:
        """Apply the rules about the whole archive; what they find of an open file is told when it is judged next."""
        self._beside = findings_beside(self._context(archive))

    def manuscript(self, path: str) -> Manuscript:
        """Give an open file with what is known of it. Raises KeyError for one that is not open."""
        opened = self._open[path]
        day = today(self.settings.timezone)
        return Manuscript(path, opened.lines, self.archive, day, opened.record, opened.findings)

    def lines_of(self, path: str) -> tuple[str, ...]:
        """Give the lines of any file of the archive; none of one that cannot be read."""
        opened = self._open.get(path)
        if opened is not None:
            return opened.lines
        try:
            return tuple(split_lines(decode(read_bytes(self.location_of(path)))[0]))
        except OSError:
            return ()

    def _folder_of(self, path: str) -> ArchiveFolder | None:
        """Find the archive folder that a file lies in; hidden files lie in none."""
        for folder in self.settings.archives:
            inside = folder.inside(path)
            if inside is not None and not any(part.startswith(".") for part in inside.split("/")):
                return folder
        return None

    def _record(self, path: str, opened: _Open) -> Postmortem | None:
        raw = opened.text.encode("utf-8", "replace")
        folder = opened.folder
        if folder is None or not is_meant_as_record(PurePosixPath(path).name, raw[:HEAD_SIZE]):
            return None
        inside = folder.inside(path) or path
        return parse_record(raw, path, self.settings, inside, folder.label, memory=opened.memory)

    def _judge_record(self, path: str) -> tuple[Finding, ...]:
        if not self._adopted:
            return ()
        record = next(each for each in self.archive.records if each.path == path)
        judged = self._open[path].judged
        context = self._context(self.archive, judged.passages)
        if self._last is not None:
            context.take_over(self._last)
        self._last = context
        return check_record(record, context, self._beside.get(path, ()), judged)

    def _judge_settings(self, text: str) -> tuple[Finding, ...]:
        settings = settings_from(text.encode("utf-8", "replace"), SETTINGS_NAME)
        archive = dataclasses.replace(self.archive, settings=settings)
        return check_archive(archive, today(settings.timezone), {SETTINGS_NAME})

    def _context(self, archive: Archive, passages: PassageMemory | None = None) -> ArchiveContext:
        return ArchiveContext.of(archive, today(archive.settings.timezone), RULE_OPTIONS, passages)
