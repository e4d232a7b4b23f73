"""Reading what was found into an archive: records, what they and the pages link to, attachments."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from afterword.model.archive import Archive, Attachment
from afterword.model.finding import Finding, Nature
from afterword.model.incident import IncidentList
from afterword.model.record import Postmortem, Reference
from afterword.model.settings import Settings
from afterword.model.span import START
from afterword.model.ticket import Tickets
from afterword.operations.collecting import not_collecting
from afterword.operations.reading.found import Examine, Found, Waiting, find
from afterword.operations.snapshot import read_snapshot
from afterword.parse.beside.incident_list import MAX_BYTES, read_incident_list
from afterword.parse.markdown.markdown import Parsed, parse_body
from afterword.parse.markdown.references import read_references
from afterword.parse.record import parse_record
from afterword.parse.source.large_stack import on_large_stack
from afterword.parse.source.limits import MAX_RECORD_BYTES, check_limits
from afterword.parse.source.text import decode, split_front_matter
from afterword.parse.unread_record import unread_record
from afterword.parse.values.identity import settle
from afterword.sources.files import read_bytes, reason_of

LARGEST_READ = MAX_RECORD_BYTES + 1
"""Bytes of a file that are read: enough to tell that it is too large, and to show its beginning."""

LARGEST_ATTACHMENT = 1024 * 1024
"""Bytes of an attachment that is looked through; a larger one is not."""

READ_ATTACHMENTS = (".txt", ".log", ".csv", ".json")
"""Types of attachments that are examined where a record or page links to them: what is pasted is attached as one of these."""

Progress = Callable[[int, int], None]
"""Told after each record how many are done, and of how many."""

Take = Callable[[Postmortem], Postmortem]
"""Is given a record that was just parsed, and gives what is to be kept of it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive with the folder that all its paths are relative to.

    `named` holds the paths of the records that the caller asked for, None where it asked for all.
    """

    archive: Archive
    root: Path
    named: frozenset[str] | None = None

    @property
    def unread(self) -> tuple[str, ...]:
        """Say which records, or folders of them, could not be read, a line each: what they hold is missing from all that is told of the archive."""
        return tuple(
            f"{each.path}: {each.message}"
            for each in self.archive.findings
            if each.rule == "unreadable-file" and PurePosixPath(each.path).suffix.lower() in ("", ".md")
        )


def load(
    config: Path | None = None,
    start: Path | None = None,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Loaded:
    """Read the archive around `start` (default: the current folder), and the files named in `paths` beside it; raises as `find` does."""
    return read(find(config, start, paths), progress)


def content_of(waiting: Waiting) -> tuple[bytes, int]:
    """Give what is read of a record's file, and the size of the file. Raises OSError where it cannot be read."""
    location = waiting[0].location
    raw = read_bytes(location, LARGEST_READ)
    return raw, len(raw) if len(raw) < LARGEST_READ else location.stat().st_size


def read_record(
    waiting: Waiting,
    settings: Settings,
    examine: Examine | None = None,
    content: tuple[bytes, int] | None = None,
) -> Postmortem:
    """Read one record from its file, or from its `content_of` where that is at hand. Raises OSError where it cannot be read."""
    file, folder, path = waiting
    raw, size = content or content_of(waiting)
    folder_path = file.path if folder else PurePosixPath(path).name
    record = parse_record(raw, path, settings, folder_path, folder.label if folder else "", size)
    if examine is None:
        return record
    return dataclasses.replace(record, findings=(*record.findings, *examine(decode(raw)[0], settings)))


def read(
    found: Found,
    progress: Progress | None = None,
    take: Take = lambda record: record,
    reader: Callable[[Waiting, Settings], Postmortem] | None = None,
    *,
    in_turns: bool = False,
) -> Loaded:
    """Read what was found; each record goes through `take` as soon as it is parsed, and the archive holds what comes out.

    `reader` stands in for `read_record` where records are known already; `in_turns` lets other threads read a record in between, which takes longer.
    """
    reading = reader or partial(read_record, examine=found.examine)
    linked: set[str] = set()
    unread: list[Finding] = []
    for path, text, parsed in _pages(found.pages, found.location_of):
        linked.update(_targets([(path, read_references(parsed.notable))]))
        unread.extend(unread_record(text, parsed, path, found.settings))
    stopped = threading.Event()

    def noting(record: Postmortem) -> Postmortem:
        if stopped.is_set():
            raise KeyboardInterrupt
        linked.update(_targets([(record.path, record.references)]))
        return take(record)

    with not_collecting():
        try:
            records = (
                _parse(found, noting, progress, reading)
                if in_turns
                else on_large_stack(lambda: _parse(found, noting, progress, reading))
            )
        except KeyboardInterrupt:
            # It reached the thread that waits; the one that reads would go on to the end.
            stopped.set()
            raise
    attachments = [dataclasses.replace(each, linked=each.path in linked) for each in found.attachments]
    settings = found.settings
    incidents, told = read_incidents(found)
    tickets, said = read_snapshot_of(found)
    findings = (*settings.findings, *found.findings, *unread, *_examined(found, attachments), *told, *said)
    searched = found.examine is not None
    archive = Archive.of(
        settings,
        records,
        attachments,
        found.pages,
        findings,
        searched=searched,
        incidents=incidents,
        tickets=tickets,
    )
    return Loaded(archive, found.root, found.named)


def read_incidents(found: Found) -> tuple[IncidentList | None, tuple[Finding, ...]]:
    """Read the incident list, None where there is none, and give what is found in it."""
    if found.incidents is None:
        return None, ()
    location = found.location_of(found.incidents)
    try:
        raw, size = read_bytes(location, MAX_BYTES + 1), location.stat().st_size
    except OSError as error:
        message = f"not read: {reason_of(error)}"
        return None, (Finding("unreadable-file", message, START, Nature.ERROR, path=found.incidents),)
    return read_incident_list(raw, found.incidents, found.settings, size)


def read_snapshot_of(found: Found) -> tuple[Tickets, tuple[Finding, ...]]:
    """Read what trackers say of tickets, nothing where there is no snapshot, and give what is found in it."""
    if found.tickets is None:
        return Tickets(), ()
    return read_snapshot(found.location_of(found.tickets), found.tickets)


def is_examined(attachment: Attachment) -> bool:
    """Tell whether an attachment is of a type, and small enough, to be looked through."""
    return attachment.path.lower().endswith(READ_ATTACHMENTS) and attachment.size <= LARGEST_ATTACHMENT


def targets_of_pages(pages: Iterable[str], location_of: Callable[[str], Path]) -> frozenset[str]:
    """Give the paths that ordinary pages link to; all are relative to one folder. A page that cannot be read is the site's business."""
    return _targets((path, read_references(parsed.notable)) for path, _, parsed in _pages(pages, location_of))


def _pages(pages: Iterable[str], location_of: Callable[[str], Path]) -> Iterator[tuple[str, str, Parsed]]:
    """Yield the path, the text and the parsed body of each ordinary page that can be read."""
    for path in pages:
        try:
            text, _ = decode(read_bytes(location_of(path), LARGEST_READ))
        except OSError:
            continue
        split = split_front_matter(text)
        if check_limits(len(text), split.header, split.body, split.body_line) is None:
            yield path, text, parse_body(split.body, split.body_line)


def _targets(linking: Iterable[tuple[str, Sequence[Reference]]]) -> frozenset[str]:
    """Give the paths that files link to, relative to the settings file's folder."""
    targets: set[str] = set()
    for path, references in linking:
        if not references:
            continue
        here = PurePosixPath(path).parent
        for reference in references:
            target = unquote(reference.target.partition("#")[0].partition("?")[0])
            targets.add(os.path.normpath(here / target).replace(os.sep, "/"))
    return frozenset(targets)


def _parse(
    found: Found,
    take: Take,
    progress: Progress | None,
    reader: Callable[[Waiting, Settings], Postmortem],
) -> tuple[Postmortem, ...]:
    records: list[Postmortem] = []
    for number, waiting in enumerate(found.waiting, start=1):
        try:
            records.append(take(reader(waiting, found.settings)))
        except OSError as error:
            found.report(waiting[2], reason_of(error))
            continue
        if progress:
            progress(number, len(found.waiting))
    at_home = [record for record in records if record.archive]
    strays = [record for record in records if not record.archive]
    return (*settle(at_home), *strays)


def _examined(found: Found, attachments: Iterable[Attachment]) -> Iterator[Finding]:
    """Yield what is found in attachments; one that cannot be read is not published either."""
    if found.examine is None:
        return
    for each in attachments:
        if not is_examined(each) or not each.linked:
            continue
        try:
            text, _ = decode(read_bytes(found.location_of(each.path), LARGEST_ATTACHMENT))
        except OSError:
            continue
        for finding in found.examine(text, found.settings):
            yield dataclasses.replace(finding, path=each.path)
