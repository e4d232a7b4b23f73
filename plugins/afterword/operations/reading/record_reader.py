"""What a worker process does: it reads and judges records, holds on to them, and makes their pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from jinja2 import Environment

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import among, of_itself
from afterword.check.streaming import names_others
from afterword.derive.brief import brief, facts_mark, summary_mark, text_mark
from afterword.model.asked_day import AskedDay
from afterword.model.record import Postmortem
from afterword.operations.collecting import not_collecting
from afterword.operations.pages.page_making import PageMaker
from afterword.operations.reading.found import Found, Waiting
from afterword.operations.reading.linked_files import LinkedFiles
from afterword.operations.reading.loading import content_of, read_record
from afterword.operations.reading.reading_packs import Reading, packed
from afterword.parse.source.large_stack import on_large_stack
from afterword.sources.cache import Cache
from afterword.sources.files import reason_of

MOST_HELD, MOST_HELD_ALONE = 4000, 1000
"""Records that one of several processes holds whole between reading them and making their pages, and those that a process holds which does all else besides; others are read again. One takes 140 KB."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one pack that are to be read, by their numbers."""

    pack: int
    wanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The readings of a batch by their cache keys, packed unless records are kept whole, and why other records could not be read, by path."""

    batch: Batch
    readings: Mapping[str, Reading] | bytes
    unread: Mapping[str, str]


def digest_of(content: tuple[bytes, int]) -> str:
    """Give the hash of a record's file from its `content_of`."""
    raw, size = content
    return f"{sha256(raw).hexdigest()} {size}"


def reading_key(waiting: Waiting, digest: str) -> str:
    """Give the cache key of the reading of a record: the hash of its path, its folder and its file, whose hash is `digest`."""
    file, folder, path = waiting
    return Cache.key(path, str(file.path), folder.label if folder else "", digest)


class RecordReader:
    """Answers a `Batch` with an `Answer`, and a `PageMaker` with the pages that it wants.

    It holds on to records that it has read, so that their pages can be made without reading them again.
    """

    def __init__(
        self,
        found: Found,
        day: AskedDay,
        context: Context,
        whole: bool,
        processes: int = 1,
        *,
        in_turns: bool = False,
        makes_pages: bool = True,
    ) -> None:
        """Begin; `day` is the day of the context, and this is one of so many `processes`. With `whole` readings keep the full text. With `in_turns` other threads may read a record in between. Unless it `makes_pages` it holds on to nothing."""
        self._keeps_whole, self._in_turns = whole, in_turns
        self._most_held = (MOST_HELD if processes > 1 else MOST_HELD_ALONE) if makes_pages else 0
        self._found = found
        self._day, self._context = day, context
        self._linked = LinkedFiles(context)
        self._whole: dict[str, Postmortem] = {}
        self._again: dict[str, str] = {}
        self._templates: Environment | None = None
        self._waiting = {path: number for number, (_, _, path) in enumerate(found.waiting)}

    def __call__(self, message: Batch | PageMaker) -> object:
        """Answer a message."""
        with not_collecting():
            if isinstance(message, PageMaker):
                self._again = {}
                templates = self._templates = self._templates or message.environment()
                made = on_large_stack(lambda: message.made(self.record, templates))
                return replace(made, digests=self._again)
            if self._in_turns:
                return self._answer(message, lambda waiting: on_large_stack(lambda: self.read(waiting)))
            return on_large_stack(lambda: self._answer(message, self.read))

    def _answer(self, batch: Batch, read: Callable[[Waiting], Reading]) -> Answer:
        readings: dict[str, Reading] = {}
        unread: dict[str, str] = {}
        for number in batch.wanted:
            waiting = self._found.waiting[number]
            try:
                reading = read(waiting)
                # By what was read: the file may be another than when it was looked for.
                readings[reading_key(waiting, reading.digest)] = reading
            except OSError as error:
                unread[waiting[2]] = reason_of(error)
        return Answer(batch, readings if self._keeps_whole else packed(readings), unread)

    def record(self, path: str) -> Postmortem:
        """Give a whole record: the one that was held, once, else from its file. Raises OSError where that has gone meanwhile."""
        held = self._whole.pop(path, None)
        if held is not None:
            return held
        waiting = self._found.waiting[self._waiting[path]]
        content = content_of(waiting)
        self._again[path] = digest_of(content)
        return read_record(waiting, self._found.settings, content=content)

    def read(self, waiting: Waiting) -> Reading:
        """Read and judge one record. Raises OSError where it cannot be read."""
        content = content_of(waiting)
        record = read_record(waiting, self._found.settings, self._found.examine, content)
        if len(self._whole) < self._most_held:
            self._whole[record.path] = record
        waits = names_others(record)
        self._day.begin()
        findings = [*of_itself(record, self._context)]
        if not waits:
            findings += among(record, ArchiveContext.of_one(record, self._context))
        kept = replace(record, findings=()) if self._keeps_whole else brief(record)
        marks = ("", "", "") if self._keeps_whole else (facts_mark(kept), summary_mark(kept), text_mark(kept))
        return Reading(
            kept,
            tuple(findings),
            waits,
            digest_of(content),
            self._linked.of(record),
            *marks,
            self._day.plain,
            self._day.until,
        )
