"""The records of an archive, read and judged once each by several processes, and kept in a cache from one run to the next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat
from pathlib import Path

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, among, conclude, findings_beside, told
from afterword.derive.again.repeated import Promise, repeated_actions
from afterword.derive.brief import brief
from afterword.model.archive import Archive
from afterword.model.asked_day import AskedDay
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.unpickling import unpickled
from afterword.operations.collecting import not_collecting
from afterword.operations.program import program_marks, settings_mark
from afterword.operations.reading.found import Found, Waiting, is_record_file
from afterword.operations.reading.kept_repeats import kept_repeats
from afterword.operations.reading.linked_files import LinkedFiles
from afterword.operations.reading.loading import Loaded, Progress, content_of, read, read_record
from afterword.operations.reading.reading_packs import Reading, ReadingPacks, pack_of, packed
from afterword.operations.reading.record_crew import RecordCrew
from afterword.operations.reading.record_pages import RecordPages
from afterword.operations.reading.record_reader import (
    Answer,
    Batch,
    RecordReader,
    digest_of,
    reading_key,
)
from afterword.parse.source.large_stack import on_large_stack
from afterword.sources.cache import Cache
from afterword.sources.files import reason_of
from afterword.sources.kept_pages import KeptPages


def context_of(found: Found, day: dt.date) -> Context:
    """Give what the rules about one record know on a day, before any record is read."""
    return Context(
        found.settings,
        day,
        frozenset(path for _, _, path in found.waiting),
        {each.path: each for each in found.attachments},
        frozenset(found.pages),
        RULE_OPTIONS,
    )


class ArchiveReading:
    """The records of an archive, read and judged as of a day. Close it when no more pages are to be made.

    `pages` makes the pages of its records.
    """

    def __init__(
        self,
        found: Found,
        day: dt.date,
        kept: KeptPages | None = None,
        processes: int | None = None,
        *,
        whole: bool = False,
        place: str = "",
        in_turns: bool = False,
        makes_pages: bool = True,
    ) -> None:
        """Begin without reading anything.

        `kept` is the cache of earlier readings, and `place` tells this archive from others in it. `processes` is the number of worker processes, by default one for each core
        where that is faster. With `whole` records keep their full text in memory, and the cache is not used. With `in_turns` this process reads all records, and lets its other
        threads read one in between. Where it `makes_pages`, workers hold on to the records that they have read, since pages are made from them.
        """
        self.day = day
        self.is_whole = whole
        self._found = found
        self._asked = AskedDay.of(day)
        self._context = context_of(found, self._asked)
        self._readings: dict[str, Reading] = {}
        self._kept = None if whole else kept
        self._packs = ReadingPacks(self._kept, self._basis(place)) if self._kept is not None else None
        self._linked = LinkedFiles(self._context)
        reader = partial(
            RecordReader, found, self._asked, self._context, whole, in_turns=in_turns, makes_pages=makes_pages
        )
        self._crew = RecordCrew(found, reader, processes, shares=not (whole or in_turns))
        self.pages = RecordPages(self._crew, self._readings)
        self._paths = {str(file.location): path for file, _, path in found.waiting}
        self._numbers = {path: number for number, (_, _, path) in enumerate(found.waiting)}

    def close(self) -> None:
        """End the processes, and forget the records."""
        self._crew.close()
        if self._kept is not None:
            self._kept.close()

    def loaded(self, progress: Progress | None = None) -> Loaded:
        """Read the whole archive; its records are brief (derive/brief.py)."""
        unread = self.read_records(progress)

        def reader(waiting: Waiting, _: Settings) -> Postmortem:
            path = waiting[2]
            if path in unread:
                raise _UnreadError(unread[path])
            return self._readings[path].record

        return read(self._found, reader=reader)

    def read_records(self, progress: Progress | None = None) -> Mapping[str, str]:
        """Read all records, for `brief` to give, and return why some could not be read, by path."""
        total = len(self._found.waiting)
        unread: dict[str, str] = {}
        with not_collecting():
            beside = dict(self._look_up(self._keys(unread)))
            done = total - sum(len(each.wanted) for each in beside)
            for answer in self._crew.read(list(beside)):
                unread |= answer.unread
                self._take(answer, beside[answer.batch])
                for _ in answer.batch.wanted:
                    done += 1
                    if progress:
                        progress(done, total)

        if self._kept is not None:
            # Processes that are split off later find nobody writing.
            self._kept.close()
        return unread

    def _keys(self, unread: dict[str, str]) -> Mapping[int, str]:
        """Give the cache key of each record that can be read, by its number; without a cache any unique text will do. Note in `unread` why others cannot."""
        keys = {}
        for number, waiting in enumerate(self._found.waiting):
            path = waiting[2]
            if self._packs is None:
                keys[number] = path
                continue
            try:
                keys[number] = reading_key(waiting, digest_of(content_of(waiting)))
            except OSError as error:
                unread[path] = reason_of(error)
        return keys

    def _basis(self, place: str) -> str:
        return Cache.key(*program_marks(), settings_mark(self._found.settings), place)

    def _look_up(self, keys: Mapping[int, str]) -> Iterator[tuple[Batch, Mapping[str, Reading]]]:
        """Take readings from the cache, and yield the records that it lacks, pack by pack, each pack with the readings that are still valid in it."""
        batches: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, key in keys.items():
            batches[pack_of(self._found.waiting[number][2])].append((number, key))
        known = self._packs.each(batches) if self._packs is not None else repeat({})
        for (pack, wanted), kept in zip(batches.items(), known, strict=False):
            held: dict[str, Reading] = {}
            missing: list[int] = []
            for number, key in wanted:
                reading = kept.get(key)
                if (
                    isinstance(reading, Reading)
                    and reading.holds_on(self.day)
                    and reading.beside == self._linked.of(reading.record)
                ):
                    self._readings[reading.record.path] = held[key] = reading
                else:
                    missing.append(number)
            if missing:
                yield Batch(pack, tuple(missing)), held
        if self._packs is not None:
            self._packs.use(batches)

    def _take(self, answer: Answer, held: Mapping[str, Reading]) -> None:
        """Take new readings, and write their pack to the cache together with `held`, the readings in it that are still valid."""
        content = answer.readings
        readings: Mapping[str, Reading] = unpickled(content) if isinstance(content, bytes) else content
        self._readings.update((each.record.path, each) for each in readings.values())
        if self._packs is not None and isinstance(content, bytes) and readings:
            self._packs.put(answer.batch.pack, packed({**held, **readings}) if held else content)

    def read_again(self, path: str) -> Postmortem | None:
        """Read and judge a record again, replace its reading, and give it whole; None where its file cannot be read, or is no longer a record."""
        again = self.read_whole(path)
        if again is None:
            return None
        record, reading = again
        self._readings[path] = replace(reading, record=brief(record))
        return record

    def read_whole(self, path: str) -> tuple[Postmortem, Reading] | None:
        """Read and judge a record again without replacing its reading; None as in `read_again`."""
        waiting = self._found.waiting[self._numbers[path]]
        try:
            if not is_record_file(waiting[0]):
                return None
        except OSError:
            return None
        reader = RecordReader(self._found, self._asked, self._context, whole=True)
        try:
            reading = on_large_stack(lambda: reader.read(waiting))
        except OSError:
            return None
        return reader.record(path), reading

    def whole(self, path: str) -> Postmortem:
        """Give a record whole, as its file is now. Raises OSError where that cannot be read."""
        waiting = self._found.waiting[self._numbers[path]]
        return on_large_stack(lambda: read_record(waiting, self._found.settings))

    def is_changed(self, path: str) -> bool:
        """Tell whether the file of a record has changed since it was read."""
        try:
            return digest_of(content_of(self._found.waiting[self._numbers[path]])) != self.digest(path)
        except OSError:
            return True

    def findings(
        self,
        archive: Archive,
        only: Collection[str] | None = None,
        beside: Mapping[str, Sequence[Finding]] | None = None,
    ) -> tuple[Finding, ...]:
        """Give what `check_archive` gives; parameters as in `all_findings`."""
        return told(self.all_findings(archive, only, beside))

    def all_findings(
        self,
        archive: Archive,
        only: Collection[str] | None,
        beside: Mapping[str, Sequence[Finding]] | None = None,
    ) -> tuple[Finding, ...]:
        """Give what `find_all` gives. `archive` is the one that was read, `only` the paths that findings are wanted for, None for all; `beside` is what `findings_beside` gave, where that is known."""
        context = ArchiveContext.of(archive, self.day, RULE_OPTIONS)

        def found_in(record: Postmortem) -> list[Finding]:
            reading = self._readings[record.path]
            later = among(record, context) if reading.waits else ()
            # What making the ids unique has found is with the record.
            return [*reading.findings, *record.findings, *later]

        return conclude(context, only, found_in, beside)

    def findings_beside(self, archive: Archive) -> Mapping[str, Sequence[Finding]]:
        """Give what the rules find that look at the whole archive, by path."""
        return findings_beside(
            ArchiveContext.of(archive, self.day, RULE_OPTIONS, repeated=self.repeated_actions)
        )

    def repeated_actions(self, records: Iterable[Postmortem]) -> Iterator[tuple[Promise, Promise]]:
        """Yield what `derive.repeated` does, from what is kept where no action has changed."""
        if self._kept is None:
            return repeated_actions(records)
        return repeated_actions(records, partial(kept_repeats, self._kept))

    def path_of(self, location: Path) -> str | None:
        """Give the path of the record in a file, None where none is."""
        return self._paths.get(str(location))

    def is_record(self, path: str) -> bool:
        """Tell whether the file at a path was taken for a record, read or not."""
        return path in self._numbers

    def brief(self, path: str) -> Postmortem | None:
        """Give a record as it was read, its id not yet settled among the others; None where it could not be read."""
        reading = self._readings.get(path)
        return reading.record if reading is not None else None

    def digest(self, path: str) -> str:
        """Give the hash of a record's file."""
        return self._readings[path].digest

    def facts(self, path: str) -> str:
        """Give the hash of the facts of a record that overviews show, its summary not included."""
        return self._readings[path].facts

    def summary(self, path: str) -> str:
        """Give the hash of the summary of a record as overviews show it."""
        return self._readings[path].summary

    def text(self, path: str) -> str:
        """Give the hash of the text of a record as the search shows it; empty where that is not known: it was read whole, or again."""
        return self._readings[path].text


class _UnreadError(OSError):
    """A file that could not be read by the process that tried."""
