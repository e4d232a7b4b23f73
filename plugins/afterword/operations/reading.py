"""Reading all records of an archive for its site: each once, by as many processes as there are cores, and little of it held in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, among, conclude, findings_beside, of_itself, told
from afterword.check.streaming import names_others
from afterword.derive.brief import TEXT_ONLY, brief
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.unpickling import DAMAGED, pickled, pickled_without_places, unpickled
from afterword.operations.found import Found, Waiting, is_record_file
from afterword.operations.loading import LARGEST_READ, Loaded, Progress, not_collecting, read, read_record
from afterword.operations.page_making import PageMaker
from afterword.operations.program import program_marks, settings_mark
from afterword.parse.large_stack import on_large_stack
from afterword.render.page import SitePage
from afterword.sources.cache import Cache
from afterword.sources.crew import Crew, spare_cores
from afterword.sources.files import read_bytes, reason_of
from afterword.sources.kept_pages import KeptPages

_Work = TypeVar("_Work")

FEWEST_SHARED = 100
"""Records from which it pays to split processes off."""

AT_ONCE = 25
"""Records of one message."""

MOST_HELD = 4000
"""Records that one process holds whole between reading them and making their pages; others are read again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one record gives: the record without its text, what was found in it alone, and the hash of its file.

    `waits` tells whether rules that look at others are still to be asked. `facts` is the hash of what an overview of many records is made from. `beside` is what there was where it links to: with other files there it is found in another state.
    """

    record: Postmortem
    findings: tuple[Finding, ...]
    waits: bool
    digest: str
    beside: str
    facts: str


@dataclass(frozen=True, slots=True)
class _Unread:
    path: str
    reason: str


def digest_of(waiting: Waiting) -> str:
    """Give the hash of a record's file. Raises OSError where it cannot be read."""
    location = waiting[0].location
    raw = read_bytes(location, LARGEST_READ)
    size = len(raw) if len(raw) < LARGEST_READ else location.stat().st_size
    return f"{sha256(raw).hexdigest()} {size}"


def linked_files(record: Postmortem, context: Context) -> str:
    """Tell what there is where a record links to; where there is nothing, what there is at all, for a finding may name the nearest."""
    paths = sorted({each.path_from(record.path) for each in record.references} - {""})
    told = [
        repr(replace(context.attachments[path], linked=False))
        if path in context.attachments
        else path
        if path in context.records or path in context.pages or f"{path.rstrip('/')}/index.md" in context.pages
        else ""
        for path in paths
    ]
    if "" in told:
        told += [*sorted(context.records), *sorted(context.pages), *sorted(context.attachments)]
    return sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest() if told else ""


def facts_of(record: Postmortem) -> str:
    """Give the hash of all that pages about many records may say of a brief one."""
    known = {name: value for name, value in record.known.items() if name not in TEXT_ONLY}
    return sha256(pickled_without_places(replace(record, known=known, findings=(), body_line=1))).hexdigest()


class _Reader:
    """What one process does: reads records, holds on to them, and makes their pages when it is told what is beside them."""

    def __init__(self, found: Found, context: Context, whole: bool) -> None:
        self._keeps_whole = whole
        self._found = found
        self._context = context
        self._whole: dict[str, Postmortem] = {}
        self._waiting = {path: number for number, (_, _, path) in enumerate(found.waiting)}

    def __call__(self, message: Sequence[int] | PageMaker) -> object:
        with not_collecting():
            if isinstance(message, PageMaker):
                return on_large_stack(lambda: message.made(self.record))
            return on_large_stack(
                lambda: [(number, self.read(self._found.waiting[number])) for number in message]
            )

    def record(self, path: str) -> Postmortem:
        """Give a record as it was parsed. Raises OSError where its file has gone meanwhile."""
        held = self._whole.pop(path, None)
        return held or read_record(self._found.waiting[self._waiting[path]], self._found.settings)

    def read(self, waiting: Waiting) -> Reading | bytes | _Unread:
        """Read and judge one record."""
        try:
            digest = digest_of(waiting)
            record = read_record(waiting, self._found.settings, self._found.examine)
        except OSError as error:
            return _Unread(waiting[2], reason_of(error))
        if len(self._whole) < MOST_HELD:
            self._whole[record.path] = record
        waits = names_others(record)
        findings = [*of_itself(record, self._context)]
        if not waits:
            findings += among(record, ArchiveContext.of_one(record, self._context))
        kept = replace(record, findings=()) if self._keeps_whole else brief(record)
        facts = "" if self._keeps_whole else facts_of(kept)
        reading = Reading(kept, tuple(findings), waits, digest, linked_files(record, self._context), facts)
        return reading if self._keeps_whole else pickled(reading)


class ArchiveReading:
    """The records of an archive on a day, read and judged once. Close it when no page is to be made any more."""

    def __init__(
        self,
        found: Found,
        day: dt.date,
        kept: KeptPages | None = None,
        processes: int | None = None,
        *,
        whole: bool = False,
    ) -> None:
        """Begin; `kept` holds what was read before, and `processes` share the work, by default as many as there are cores where it pays.

        With `whole` nothing of a record is put away, and nothing kept.
        """
        self.day = day
        self.is_whole = whole
        self._found = found
        self._context = Context(
            found.settings,
            day,
            frozenset(path for _, _, path in found.waiting),
            {each.path: each for each in found.attachments},
            frozenset(found.pages),
            RULE_OPTIONS,
        )
        self._readings: dict[str, Reading] = {}
        self.notes: list[str] = []
        self._kept = None if whole else kept
        self._processes = processes
        self._crew: Crew | None = None
        self._owner: dict[str, int] = {}
        self._paths = {str(file.location): path for file, _, path in found.waiting}
        self._numbers = {path: number for number, (_, _, path) in enumerate(found.waiting)}

    def close(self) -> None:
        """End the processes, and forget the records."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None
        if self._kept is not None:
            self._kept.close()

    def _workers(self, work: int) -> Crew:
        """Give the processes, split off when there is so much work for the first time."""
        if self._crew is None or (self._crew.count == 1 and work >= FEWEST_SHARED):
            shared = work >= FEWEST_SHARED and not self.is_whole
            count = self._processes or (spare_cores() if shared else 1)
            if self._crew is None or self._crew.count != count:
                self._crew = Crew(count, partial(_Reader, self._found, self._context, self.is_whole))
        return self._crew

    def loaded(self, progress: Progress | None = None) -> Loaded:
        """Read everything; the archive's records are brief (derive/brief.py)."""
        total = len(self._found.waiting)
        unread: dict[str, str] = {}
        with not_collecting():
            keys = dict(self._look_up(unread))
            missing = [number for number in range(total) if number in keys]
            done = total - len(missing)
            crew = self._workers(len(missing))
            shares = [missing[number :: crew.count] for number in range(crew.count)]
            for owner, share in enumerate(shares):
                self._owner |= {self._found.waiting[number][2]: owner for number in share}
            for _, answers in crew.answers([_batches(share) for share in shares]):
                for number, answer in answers:
                    if isinstance(answer, _Unread):
                        unread[answer.path] = answer.reason
                    else:
                        self._take(keys[number], answer)
                    done += 1
                    if progress:
                        progress(done, total)

        if self._kept is not None:
            # Processes that are split off later find nobody writing.
            self._kept.close()

        def reader(waiting: Waiting, _: Settings) -> Postmortem:
            path = waiting[2]
            if path in unread:
                raise _UnreadError(unread[path])
            return self._readings[path].record

        return read(self._found, reader=reader)

    def _look_up(self, unread: dict[str, str]) -> Iterator[tuple[int, str]]:
        """Take what is kept of the records, and yield the numbers of all others with the keys under which to keep them."""
        basis = "\n".join((*program_marks(), settings_mark(self._found.settings), str(self.day)))
        basis = sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()
        used = []
        for number, waiting in enumerate(self._found.waiting):
            file, folder, path = waiting
            if self._kept is None:
                yield number, ""
                continue
            try:
                digest = digest_of(waiting)
            except OSError as error:
                unread[path] = reason_of(error)
                continue
            key = Cache.key(basis, path, str(file.path), folder.label if folder else "", digest)
            reading = self._known(key)
            if reading is None:
                yield number, key
            else:
                used.append(key)
                self._readings[path] = reading
        if self._kept is not None:
            self._kept.use(used)

    def _known(self, key: str) -> Reading | None:
        found = self._kept.get(key) if self._kept is not None else None
        if found is None:
            return None
        try:
            reading = unpickled(found)
            is_current = reading.beside == linked_files(reading.record, self._context)
        except DAMAGED:
            return None
        return reading if is_current else None

    def _take(self, key: str, answer: Reading | bytes) -> None:
        if isinstance(answer, bytes) and self._kept is not None:
            self._kept.put(key, answer)
        reading: Reading = unpickled(answer) if isinstance(answer, bytes) else answer
        self._readings[reading.record.path] = reading

    def read_again(self, path: str) -> Postmortem | None:
        """Read and judge a record as its file is now, in the place of what was read of it before, and give it whole; None where its file cannot be read, or is no record any more."""
        again = self.read_whole(path)
        if again is None:
            return None
        record, reading = again
        self._readings[path] = replace(reading, record=brief(record))
        return record

    def read_whole(self, path: str) -> tuple[Postmortem, Reading] | None:
        """Read and judge a record as its file is now, and leave what was read before as it is; None as in `read_again`."""
        waiting = self._found.waiting[self._numbers[path]]
        try:
            if not is_record_file(waiting[0]):
                return None
        except OSError:
            return None
        reader = _Reader(self._found, self._context, whole=True)
        reading = on_large_stack(lambda: reader.read(waiting))
        return (reader.record(path), reading) if isinstance(reading, Reading) else None

    def is_changed(self, path: str) -> bool:
        """Tell whether the file of a record is another than when it was read last."""
        try:
            return digest_of(self._found.waiting[self._numbers[path]]) != self.digest(path)
        except OSError:
            return True

    def findings(
        self,
        archive: Archive,
        only: Collection[str] | None = None,
        beside: Mapping[str, Sequence[Finding]] | None = None,
    ) -> tuple[Finding, ...]:
        """Give what `check_archive` gives; `archive` is the one that was read. `beside` is what is known of the whole archive, as by `findings_beside`."""
        context = ArchiveContext.of(archive, self._context.as_of, RULE_OPTIONS)

        def found_in(record: Postmortem) -> list[Finding]:
            reading = self._readings[record.path]
            later = among(record, context) if reading.waits else ()
            # What making the ids unique has found is with the record.
            return [*reading.findings, *record.findings, *later]

        return told(conclude(context, only, found_in, beside))

    def findings_beside(self, archive: Archive) -> Mapping[str, Sequence[Finding]]:
        """Give what the rules find that look at the whole archive, by path."""
        return findings_beside(ArchiveContext.of(archive, self._context.as_of, RULE_OPTIONS))

    def path_of(self, location: Path) -> str | None:
        """Give the path of the record in a file, None where none is."""
        return self._paths.get(str(location))

    def digest(self, path: str) -> str:
        """Give the hash of a record's file."""
        return self._readings[path].digest

    def facts(self, path: str) -> str:
        """Give the hash of what overviews say of a record."""
        return self._readings[path].facts

    def pages(self, maker: PageMaker, wanted: Iterable[tuple[str, bytes]]) -> Iterator[SitePage]:
        """Make the pages of records, in the order in which they are asked for: each by its path, with its `Wanted`, pickled."""
        listed = list(wanted)
        crew = self._workers(len(listed))
        shares: list[list[bytes]] = [[] for _ in range(crew.count)]
        for number, (path, packed) in enumerate(listed):
            shares[self._owner.get(path, number) % crew.count].append(packed)
        made: dict[str, SitePage] = {}
        batches = [(replace(maker, wanted=tuple(some)) for some in _batches(share)) for share in shares]
        answers = crew.answers(batches)
        for path, _ in listed:
            while path not in made:
                _, some = next(answers)
                made.update(some.pages)
                self.notes += some.notes
            yield made.pop(path)


class _UnreadError(OSError):
    """A file that could not be read by the process that tried."""


def _batches(work: Sequence[_Work]) -> Iterator[Sequence[_Work]]:
    for at in range(0, len(work), AT_ONCE):
        yield work[at : at + AT_ONCE]
