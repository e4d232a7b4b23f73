"""Mending what can be mended without asking: the edits that findings carry, made in the files.

Nothing is taken on trust: a text that was edited is read and judged again, and kept only where the findings are gone and there are no more errors than before.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from afterword.check.links import linked_nodes
from afterword.check.runner import find_all
from afterword.model.archive import Archive
from afterword.model.finding import Finding, FindingKey, Level, by_path
from afterword.model.record import Postmortem
from afterword.operations.checking.checking import judged_paths
from afterword.operations.reading.loading import LARGEST_READ, Loaded
from afterword.parse.record import parse_record
from afterword.parse.source.amending import Amended, amend
from afterword.parse.source.section_moves import RULE as MOVES
from afterword.sources.clock import today
from afterword.sources.files import is_read_only, read_bytes, reason_of, write_atomically

MOST_ROUNDS = 60
"""A fix may uncover another; sections are moved one at a time."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Wanted = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """A file that was mended: its path relative to the settings file's folder, its text without the byte order mark before and after, and what is gone."""

    path: str
    before: str
    after: str
    fixed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Fixing:
    """What was mended (or would be, where nothing was written); paths are relative to `root`.

    `problems` say, by path, which files could not be written and why; `mended` are the files in which all was tried that could be.
    `put_back` are the findings in these whose edits made nothing better, with their places in the text as it is left.
    """

    changes: tuple[Change, ...]
    root: Path
    problems: Mapping[str, str] = field(default_factory=dict)
    mended: frozenset[str] = frozenset()
    put_back: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _File:
    """A file while it is mended: the last text that was found good, its record and findings."""

    errors: int
    record: Postmortem
    raw: bytes
    before: str
    text: str
    findings: Sequence[Finding]
    fixed: list[Finding] = field(default_factory=list)
    refused: set[Finding] = field(default_factory=set)
    most: int | None = None


def fix(
    loaded: Loaded,
    as_of: dt.date | None = None,
    *,
    write: bool,
    left_out: frozenset[FindingKey] = frozenset(),
) -> Fixing:
    """Make the edits of the findings about the records that were asked for, and write the files where `write` says so.

    What is `left_out` is not mended, nor what is suppressed or off in the settings, and neither are a file that is not UTF-8 and the settings.
    """

    def wanted(finding: Finding) -> bool:
        return finding.key not in left_out

    day = as_of or today(loaded.archive.settings.timezone)
    only = judged_paths(loaded.named, loaded.archive.settings.path)
    found = by_path(filter(wanted, find_all(loaded.archive, day, only)))
    files, problems = _open(loaded, found, write=write)
    _mend(files, loaded.archive, day, wanted)
    if write:
        problems |= _write(files, loaded.root)
    changes = tuple(
        Change(path, file.before, file.text, tuple(file.fixed))
        for path, file in sorted(files.items())
        if file.text != file.before and path not in problems
    )
    mended = frozenset(files) - frozenset(problems)
    put_back = tuple(
        finding
        for path in sorted(mended)
        for finding in (found[path] if files[path].text == files[path].before else files[path].findings)
        if finding.edits
    )
    return Fixing(changes, loaded.root, problems, mended, put_back)


def without_edits(findings: Iterable[Finding], mended: Collection[str]) -> tuple[Finding, ...]:
    """Take the edits off what is left in files that were mended: they were tried, and made nothing better."""
    return tuple(
        dataclasses.replace(each, edits=()) if each.edits and each.path in mended else each
        for each in findings
    )


def _open(
    loaded: Loaded, found: Mapping[str, Sequence[Finding]], *, write: bool
) -> tuple[dict[str, _File], dict[str, str]]:
    """Read the files in which something can be mended again, and say of which that is not possible."""
    files: dict[str, _File] = {}
    problems: dict[str, str] = {}
    for record in loaded.archive.records:
        findings = found.get(record.path, ())
        if not any(finding.edits for finding in findings):
            continue
        try:
            file = _opened(record, loaded, findings, write=write)
        except OSError as error:
            problems[record.path] = reason_of(error)
            continue
        if isinstance(file, str):
            problems[record.path] = file
        elif file is not None:
            files[record.path] = file
    return files, problems


def _opened(
    record: Postmortem, loaded: Loaded, findings: Sequence[Finding], *, write: bool
) -> _File | str | None:
    """Read a file again for its bytes; a text where it must not be written, None where it cannot be edited."""
    location = loaded.root / record.path
    raw = read_bytes(location, LARGEST_READ)
    try:
        text = raw.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if write and is_read_only(location):
        return "the file is read-only"
    read = read_again(text, record, loaded.archive)
    if dataclasses.replace(read, findings=()) != dataclasses.replace(record, findings=()):
        return "the file was changed while it was read"
    return _File(_errors(findings), record, raw, text, text, findings)


def _mend(files: Mapping[str, _File], archive: Archive, day: dt.date, wanted: Wanted) -> None:
    """Edit all files at once, judge them, and go on until nothing is left to mend."""
    linked = _linked(archive, files)
    for _ in range(MOST_ROUNDS):
        tried = {
            path: amended
            for path, file in files.items()
            if (amended := amend(file.text, file.findings, file.refused, file.most)).made
        }
        if not tried:
            break
        records = {
            path: read_again(amended.text, files[path].record, archive) for path, amended in tried.items()
        }
        attempt = archive.with_records(records)
        left = by_path(filter(wanted, find_all(attempt, day, tuple(tried))))
        for path, amended in tried.items():
            file, after = files[path], left.get(path, ())
            breaks = linked.get(path, set()) & (_slugs(file.record) - _slugs(records[path]))
            whole = _is_whole(file.record, records[path], amended)
            if whole and not breaks and _is_better(file.findings, after, amended):
                file.text, file.record, file.findings = amended.text, records[path], after
                file.fixed.extend(amended.made)
                file.most = None if file.most is None else 2 * file.most
            elif len(amended.made) > 1:
                file.most = len(amended.made) // 2
            else:
                file.refused.update(amended.made)
        archive = archive.with_records({path: files[path].record for path in tried})
    for file in files.values():
        if _errors(file.findings) > file.errors:
            file.text, file.fixed = file.before, []


def _linked(archive: Archive, paths: Collection[str]) -> Mapping[str, set[str]]:
    """Give the anchors that links lead to in some of the records: what a heading is called there must stay."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in archive.records:
        if record.path in paths:
            own = (node.url for node in linked_nodes(record))
            found[record.path].update(url[1:] for url in own if url.startswith("#"))
        for reference in record.references:
            _, mark, anchor = reference.target.partition("#")
            if mark and (path := reference.path_from(record.path)) in paths:
                found[path].add(anchor)
    return found


def _slugs(record: Postmortem) -> set[str]:
    return {section.slug for section in record.sections}


def _is_whole(before: Postmortem, after: Postmortem, amended: Amended) -> bool:
    """Tell whether all sections are still there where some have moved: what one leaves open may hold the next ones."""
    if not any(finding.rule == MOVES for finding in amended.made):
        return True
    titles = [sorted(section.title for section in record.sections) for record in (before, after)]
    return titles[0] == titles[1] and len(before.hidden) == len(after.hidden)


def _is_better(before: Sequence[Finding], after: Sequence[Finding], amended: Amended) -> bool:
    """Tell whether each finding that was mended is gone, and errors have not become more; what one hid may be among them, and may be mended next."""
    if _errors(each for each in after if not each.edits) > _errors(before):
        return False
    was, now = Counter(map(_kind, before)), Counter(map(_kind, after))
    return all(now[kind] <= was[kind] - number for kind, number in Counter(map(_kind, amended.made)).items())


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.level is Level.ERROR for finding in findings)


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message


def read_again(text: str, record: Postmortem, archive: Archive) -> Postmortem:
    """Read a record from its edited text; the id that it was given among the others, and what was said of that, stay."""
    read = parse_record(
        text.encode("utf-8"), record.path, archive.settings, record.folder_path, record.archive
    )
    said = tuple(finding for finding in record.findings if finding.rule == "duplicate-id")
    return dataclasses.replace(read, id=record.id if said else read.id, findings=(*read.findings, *said))


def _write(files: Mapping[str, _File], root: Path) -> dict[str, str]:
    """Write the files that were mended; give, by path, why some were not."""
    failed: dict[str, str] = {}
    for path, file in files.items():
        if file.text == file.before:
            continue
        location = root / path
        mark = BYTE_ORDER_MARK if file.raw.startswith(BYTE_ORDER_MARK) else b""
        try:
            if read_bytes(location) == file.raw:
                write_atomically(location, mark + file.text.encode("utf-8"))
            else:
                failed[path] = "the file was changed while it was read"
        except OSError as error:
            failed[path] = reason_of(error)
    return failed
