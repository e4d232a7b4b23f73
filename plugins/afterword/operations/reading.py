"""Reading all records of an archive for its site: each once, by as many processes as there are cores, and little of it held in one place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import repeat
from pathlib import Path

from jinja2 import Environment

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, among, conclude, findings_beside, of_itself, told
from afterword.check.streaming import names_others
from afterword.derive.brief import brief, facts_mark, summary_mark, text_mark
from afterword.derive.repeated import Promise, repeated_actions
from afterword.model.archive import Archive
from afterword.model.asked_day import AskedDay
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.operations.found import Found, Waiting, is_record_file
from afterword.operations.kept_layouts import KeptLayouts
from afterword.operations.kept_repeats import kept_repeats
from afterword.operations.loading import Loaded, Progress, content_of, not_collecting, read, read_record
from afterword.operations.page_making import Made, PageMaker
from afterword.operations.program import program_marks, settings_mark
from afterword.operations.reading_packs import Reading, ReadingPacks, pack_of, packed, unpacked
from afterword.parse.large_stack import on_large_stack
from afterword.render.page import SitePage
from afterword.sources.cache import Cache
from afterword.sources.crew import Crew, spare_cores
from afterword.sources.files import reason_of
from afterword.sources.kept_pages import KeptPages

FEWEST_SHARED = 100
"""Records from which it pays to split processes off."""

AT_ONCE = 25
"""Records of one message."""

MOST_HELD = 4000
"""Records that one process holds whole between reading them and making their pages; others are read again."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """The numbers of records that lie in one pack."""

    pack: int
    wanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was read of a batch: the readings by their keys, as a pack where they come from another process, and why others could not be read, by path."""

    batch: _Batch
    readings: Mapping[str, Reading] | bytes
    unread: Mapping[str, str]


def digest_of(content: tuple[bytes, int]) -> str:
    """Give the hash of a record's file from its `content_of`."""
    raw, size = content
    return f"{sha256(raw).hexdigest()} {size}"


def _key(waiting: Waiting, digest: str) -> str:
    """Give the hash of all of its own that the reading of a record depends on; `digest` is that of its file."""
    file, folder, path = waiting
    return Cache.key(path, str(file.path), folder.label if folder else "", digest)


class LinkedFiles:
    """Tells what there is where records link to."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, record: Postmortem) -> str:
        """Give the hash of what there is where a record links to; where there is nothing, of what there is at all, for a finding may name the nearest."""
        if not record.references:
            return ""
        told = [
            self._at(path)
            for path in sorted({each.path_from(record.path) for each in record.references} - {""})
        ]
        if "" in told:
            told.append(self._all)
        return _hash(told) if told else ""

    def _at(self, path: str) -> str:
        context = self._context
        if path in context.attachments:
            return repr(replace(context.attachments[path], linked=False))
        is_there = path in context.records or path in context.pages
        return path if is_there or f"{path.rstrip('/')}/index.md" in context.pages else ""

    @cached_property
    def _all(self) -> str:
        context = self._context
        return _hash([*sorted(context.records), *sorted(context.pages), *sorted(context.attachments)])


def _hash(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


class _Reader:
    """What one process does: reads records, holds on to them, and makes their pages when it is told what is beside them."""

    def __init__(self, found: Found, day: AskedDay, context: Context, whole: bool) -> None:
        """Begin; `day` is that of the context."""
        self._keeps_whole = whole
        self._found = found
        self._day, self._context = day, context
        self._linked = LinkedFiles(context)
        self._whole: dict[str, Postmortem] = {}
        self._again: dict[str, str] = {}
        self._templates: Environment | None = None
        self._waiting = {path: number for number, (_, _, path) in enumerate(found.waiting)}

    def __call__(self, message: _Batch | PageMaker) -> object:
        with not_collecting():
            if isinstance(message, PageMaker):
                self._again = {}
                templates = self._templates = self._templates or message.environment()
                made = on_large_stack(lambda: message.made(self.record, templates))
                return replace(made, digests=self._again)
            return on_large_stack(lambda: self._answer(message))

    def _answer(self, batch: _Batch) -> _Answer:
        readings: dict[str, Reading] = {}
        unread: dict[str, str] = {}
        for number in batch.wanted:
            waiting = self._found.waiting[number]
            try:
                reading = self.read(waiting)
                # By what was read: the file may be another than when it was looked for.
                readings[_key(waiting, reading.digest)] = reading
            except OSError as error:
                unread[waiting[2]] = reason_of(error)
        return _Answer(batch, readings if self._keeps_whole else packed(readings), unread)

    def record(self, path: str) -> Postmortem:
        """Give a record as it was parsed. Raises OSError where its file has gone meanwhile."""
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
        if len(self._whole) < MOST_HELD:
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


class ArchiveReading:
    """The records of an archive on a day, read and judged once. Close it when no page is to be made any more.

    `notes` are sentences for the log about pages that were made, and `until` is the last day as of which each would be made the same, by the path of its record.
    """

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
        self._asked = AskedDay.of(day)
        self._context = Context(
            found.settings,
            self._asked,
            frozenset(path for _, _, path in found.waiting),
            {each.path: each for each in found.attachments},
            frozenset(found.pages),
            RULE_OPTIONS,
        )
        self._readings: dict[str, Reading] = {}
        self.notes: list[str] = []
        self.until: dict[str, dt.date] = {}
        self._overtaken: set[str] = set()
        self._kept = None if whole else kept
        self._packs = ReadingPacks(self._kept, self._basis()) if self._kept is not None else None
        self._linked = LinkedFiles(self._context)
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
                self._crew = Crew(
                    count, partial(_Reader, self._found, self._asked, self._context, self.is_whole)
                )
        return self._crew

    def loaded(self, progress: Progress | None = None) -> Loaded:
        """Read everything; the archive's records are brief (derive/brief.py)."""
        total = len(self._found.waiting)
        unread: dict[str, str] = {}
        with not_collecting():
            beside = dict(self._look_up(self._keys(unread)))
            batches = list(beside)
            missing = sum(len(each.wanted) for each in batches)
            done = total - missing
            crew = self._workers(missing)
            shares = [batches[number :: crew.count] for number in range(crew.count)]
            for owner, share in enumerate(shares):
                for batch in share:
                    self._owner |= {self._found.waiting[number][2]: owner for number in batch.wanted}
            for _, answer in crew.answers(shares):
                unread |= answer.unread
                self._take(answer, beside[answer.batch])
                for _ in answer.batch.wanted:
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

    def _keys(self, unread: dict[str, str]) -> Mapping[int, str]:
        """Give the keys of all records that can be read by their numbers: hashes of all that each depends on, where readings are kept."""
        keys = {}
        for number, waiting in enumerate(self._found.waiting):
            path = waiting[2]
            if self._packs is None:
                keys[number] = path
                continue
            try:
                keys[number] = _key(waiting, digest_of(content_of(waiting)))
            except OSError as error:
                unread[path] = reason_of(error)
        return keys

    def _basis(self) -> str:
        return _hash((*program_marks(), settings_mark(self._found.settings)))

    def _look_up(self, keys: Mapping[int, str]) -> Iterator[tuple[_Batch, Mapping[str, Reading]]]:
        """Take what is kept of the records, and yield all others with what was kept in their pack."""
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
                yield _Batch(pack, tuple(missing)), held
        if self._packs is not None:
            self._packs.use(batches)

    def _take(self, answer: _Answer, held: Mapping[str, Reading]) -> None:
        """Take what was just read, and keep it with what its pack held before."""
        content = answer.readings
        readings = unpacked(content) if isinstance(content, bytes) else content
        self._readings.update((each.record.path, each) for each in readings.values())
        if self._packs is not None and isinstance(content, bytes) and readings:
            self._packs.put(answer.batch.pack, packed({**held, **readings}) if held else content)

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
        reader = _Reader(self._found, self._asked, self._context, whole=True)
        try:
            reading = on_large_stack(lambda: reader.read(waiting))
        except OSError:
            return None
        return reader.record(path), reading

    def is_changed(self, path: str) -> bool:
        """Tell whether the file of a record is another than when it was read last."""
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
        """Give what `check_archive` gives; `archive` is the one that was read. `beside` is what is known of the whole archive, as by `findings_beside`."""
        context = ArchiveContext.of(archive, self.day, RULE_OPTIONS)

        def found_in(record: Postmortem) -> list[Finding]:
            reading = self._readings[record.path]
            later = among(record, context) if reading.waits else ()
            # What making the ids unique has found is with the record.
            return [*reading.findings, *record.findings, *later]

        return told(conclude(context, only, found_in, beside))

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

    def digest(self, path: str) -> str:
        """Give the hash of a record's file."""
        return self._readings[path].digest

    def is_overtaken(self, path: str) -> bool:
        """Tell whether the page of a record was made when its file was another already than the one that was read: it is no page of that one."""
        return path in self._overtaken

    def facts(self, path: str) -> str:
        """Give the hash of what overviews say of a record beside its summary."""
        return self._readings[path].facts

    def summary(self, path: str) -> str:
        """Give the hash of what overviews show of the summary of a record."""
        return self._readings[path].summary

    def text(self, path: str) -> str:
        """Give the hash of what the search shows of the text of a record; empty where it was read whole, and for one that was read again."""
        return self._readings[path].text

    def pages(
        self,
        maker: PageMaker,
        wanted: Iterable[tuple[str, bytes]],
        findings: Mapping[str, Sequence[Finding]],
    ) -> Iterator[SitePage]:
        """Make the pages of records, in the order in which they are asked for: each by its path, with its `Wanted`, packed; `findings` are those of all records, by path."""
        listed = list(wanted)
        crew = self._workers(len(listed))
        shares: list[list[tuple[str, bytes]]] = [[] for _ in range(crew.count)]
        for number, (path, each) in enumerate(listed):
            shares[self._owner.get(path, number) % crew.count].append((path, each))
        with KeptLayouts.within(maker.cache.folder) as layouts:

            def taken(made: Made) -> Mapping[str, SitePage]:
                layouts.keep(made.layouts)
                self.notes += made.notes
                overtaken = {path for path, read in made.digests.items() if read != self.digest(path)}
                self._overtaken |= overtaken
                self.until |= {path: day for path, day in made.until.items() if path not in overtaken}
                return made.pages

            messages = [_messages(maker, share, findings) for share in shares]
            yield from crew.results(messages, (path for path, _ in listed), taken)


class _UnreadError(OSError):
    """A file that could not be read by the process that tried."""


def _messages(
    maker: PageMaker, share: Sequence[tuple[str, bytes]], findings: Mapping[str, Sequence[Finding]]
) -> Iterator[PageMaker]:
    with KeptLayouts.within(maker.cache.folder) as layouts:
        for at in range(0, len(share), AT_ONCE):
            some = share[at : at + AT_ONCE]
            known = layouts.of(path for path, _ in some)
            yield replace(
                maker,
                wanted=tuple(each for _, each in some),
                layouts=known,
                findings={path: findings[path] for path, _ in some if path in findings},
            )
