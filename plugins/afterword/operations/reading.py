"""Reading all records of an archive for its site: each once, by as many processes as there are cores, and little of it held in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TypeVar

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, among, conclude, of_itself, told
from afterword.check.streaming import names_others
from afterword.derive.brief import brief
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.unpickling import pickled, unpickled
from afterword.operations.found import Found, Waiting
from afterword.operations.loading import LARGEST_READ, Loaded, Progress, not_collecting, read, read_record
from afterword.operations.page_making import PageMaker
from afterword.parse.large_stack import on_large_stack
from afterword.render.page import SitePage
from afterword.render.planned import Wanted
from afterword.sources.crew import Crew, spare_cores
from afterword.sources.files import read_bytes, reason_of

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

    `waits` tells whether rules that look at others are still to be asked.
    """

    record: Postmortem
    findings: tuple[Finding, ...]
    waits: bool
    digest: str


@dataclass(frozen=True, slots=True)
class _Unread:
    path: str
    reason: str


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
            return on_large_stack(lambda: [self._read(self._found.waiting[number]) for number in message])

    def record(self, path: str) -> Postmortem:
        """Give a record as it was parsed. Raises OSError where its file has gone meanwhile."""
        held = self._whole.pop(path, None)
        return held or read_record(self._found.waiting[self._waiting[path]], self._found.settings)

    def _digest(self, waiting: Waiting) -> str:
        return sha256(read_bytes(waiting[0].location, LARGEST_READ)).hexdigest()

    def _read(self, waiting: Waiting) -> Reading | bytes | _Unread:
        try:
            digest = self._digest(waiting)
            record = read_record(waiting, self._found.settings, self._found.examine)
        except OSError as error:
            return _Unread(waiting[2], reason_of(error))
        if len(self._whole) < MOST_HELD:
            self._whole[record.path] = record
        waits = names_others(record)
        findings = [*of_itself(record, self._context)]
        if not waits:
            findings += among(record, ArchiveContext.of_one(record, self._context))
        if self._keeps_whole:
            return Reading(replace(record, findings=()), tuple(findings), waits, digest)
        return pickled(Reading(brief(record), tuple(findings), waits, digest))


class ArchiveReading:
    """The records of an archive on a day, read and judged once. Close it when no page is to be made any more."""

    def __init__(
        self, found: Found, day: dt.date, processes: int | None = None, *, whole: bool = False
    ) -> None:
        """Begin; `processes` share the work, by default as many as there are cores where it pays. With `whole` nothing of a record is put away."""
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
        count = processes or (spare_cores() if len(found.waiting) >= FEWEST_SHARED and not whole else 1)
        self._crew = Crew(count, partial(_Reader, found, self._context, whole))
        self._owner = {path: number % count for number, (_, _, path) in enumerate(found.waiting)}

    def close(self) -> None:
        """End the processes, and forget the records."""
        self._crew.close()

    def loaded(self, progress: Progress | None = None) -> Loaded:
        """Read everything; the archive's records are brief (derive/brief.py)."""
        total, done = len(self._found.waiting), 0
        unread: dict[str, str] = {}
        count = self._crew.count
        shares = [_batches(range(number, total, count)) for number in range(count)]
        with not_collecting():
            for _, answers in self._crew.answers(shares):
                for answer in answers:
                    if isinstance(answer, _Unread):
                        unread[answer.path] = answer.reason
                    else:
                        reading: Reading = answer if isinstance(answer, Reading) else unpickled(answer)
                        self._readings[reading.record.path] = reading
                        done += 1
                        if progress:
                            progress(done, total)

        def reader(waiting: Waiting, _: Settings) -> Postmortem:
            path = waiting[2]
            if path in unread:
                raise _UnreadError(unread[path])
            return self._readings[path].record

        return read(self._found, reader=reader)

    def findings(self, archive: Archive) -> tuple[Finding, ...]:
        """Give what `check_archive` gives; `archive` is the one that was read."""
        context = ArchiveContext.of(archive, self._context.as_of, RULE_OPTIONS)

        def found_in(record: Postmortem) -> list[Finding]:
            reading = self._readings[record.path]
            later = among(record, context) if reading.waits else ()
            # What making the ids unique has found is with the record.
            return [*reading.findings, *record.findings, *later]

        return told(conclude(context, None, found_in))

    def digest(self, path: str) -> str:
        """Give the hash of a record's file."""
        return self._readings[path].digest

    def pages(self, maker: PageMaker, wanted: Iterable[Wanted]) -> Iterator[SitePage]:
        """Make the pages of records, in the order in which they are asked for."""
        listed = list(wanted)
        shares: list[list[Wanted]] = [[] for _ in range(self._crew.count)]
        for each in listed:
            shares[self._owner[each.path]].append(each)
        made: dict[str, SitePage] = {}
        batches = [(replace(maker, wanted=tuple(some)) for some in _batches(share)) for share in shares]
        answers = self._crew.answers(batches)
        for each in listed:
            while each.path not in made:
                _, some = next(answers)
                made.update(some.pages)
                self.notes += some.notes
            yield made.pop(each.path)


class _UnreadError(OSError):
    """A file that could not be read by the process that tried."""


def _batches(work: Sequence[_Work]) -> Iterator[Sequence[_Work]]:
    for at in range(0, len(work), AT_ONCE):
        yield work[at : at + AT_ONCE]
