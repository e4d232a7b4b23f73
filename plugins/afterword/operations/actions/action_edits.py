"""Changes to the rows of actions: planned, shown, and made in the files only then.

Nothing is taken on trust: each text that was edited is read and judged again before it is offered, and refused where anything else has become of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.check.runner import find_all
from afterword.model.action import ActionItem
from afterword.model.finding import Edit, Finding, Level
from afterword.model.record import Postmortem
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking.fixing import BYTE_ORDER_MARK, read_again
from afterword.operations.reading.loading import LARGEST_READ, Loaded
from afterword.parse.actions.action_cells import CannotWriteError
from afterword.parse.source.amending import with_edits
from afterword.parse.source.text import split_lines
from afterword.sources.files import is_read_only, read_bytes, reason_of, why_unwritable, write_atomically

ANYTHING = object()
"""What a field becomes of which nothing is foretold."""

CHANGED = "the file was changed while it was read"
"""Why nothing is written to a file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change to an action: the edits of it, given all lines of the file, and what its row says then, by field, where that is another than now."""

    record: Postmortem
    action: ActionItem
    edits: Callable[[Sequence[str]], tuple[Edit, ...]]
    becomes: Mapping[str, Any]

    @property
    def reference(self) -> str:
        """Give the name of the action."""
        return f"{self.record.id}#{self.action.id}"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is to be written: its path relative to the settings file's folder, its bytes, and its text without the byte order mark before and after."""

    path: str
    raw: bytes
    before: str
    after: str


def planned(loaded: Loaded, wanted: Sequence[Wanted], as_of: dt.date) -> tuple[FileChange, ...]:
    """Work out what becomes of the files, without writing any.

    Raises CannotRunError with a line for each action that cannot be changed: it is all of them or none.
    """
    by_record: dict[str, list[Wanted]] = defaultdict(list)
    for each in wanted:
        by_record[each.record.path].append(each)
    changes: list[FileChange] = []
    records: dict[str, Postmortem] = {}
    problems: list[str] = []
    for path, group in sorted(by_record.items()):
        record = group[0].record
        try:
            change = _edited(loaded, record, group)
            records[path] = _checked(change, loaded, record, group)
            changes.append(change)
        except CannotWriteError as error:
            problems.extend(str(error).splitlines())
    if not problems:
        problems.extend(_new_errors(loaded, records, as_of))
    if problems:
        raise CannotRunError("\n".join(["nothing was written", *problems]))
    return tuple(change for change in changes if change.after != change.before)


def edited(loaded: Loaded, wanted: Sequence[Wanted]) -> FileChange:
    """Work out what becomes of one file, the record of all that is `wanted`, without judging it by the rules.

    Raises CannotWriteError with a line for each action that cannot be changed, and where the rows would not say what is wanted.
    """
    record = wanted[0].record
    change = _edited(loaded, record, wanted)
    _checked(change, loaded, record, wanted)
    return change


def write(changes: Sequence[FileChange], loaded: Loaded) -> None:
    """Write files that were planned, all or none. Raises CannotRunError where one of them is another than it was, or cannot be written."""
    problems = [
        f"{change.path}: {problem}" for change in changes if (problem := why_not_written(change, loaded))
    ]
    if problems:
        raise CannotRunError("\n".join(["nothing was written", *problems]))
    written: list[FileChange] = []
    for change in changes:
        try:
            write_atomically(loaded.root / change.path, _bytes(change))
            written.append(change)
        except OSError as error:
            kept = [each.path for each in written if not _taken_back(each, loaded)]
            said = f"written and not taken back: {', '.join(kept)}" if kept else "nothing was written"
            raise CannotRunError(f"{said}\n{change.path}: {reason_of(error)}") from error


def _edited(loaded: Loaded, record: Postmortem, group: Sequence[Wanted]) -> FileChange:
    """Make the edits of one file. Raises CannotWriteError with a line for each that cannot be made."""
    try:
        raw = read_bytes(loaded.root / record.path, LARGEST_READ)
        text = raw.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except OSError as error:
        raise CannotWriteError(f"{record.path}: {reason_of(error)}") from error
    except UnicodeDecodeError as error:
        raise CannotWriteError(f"{record.path}: the file is no UTF-8 text") from error
    again = read_again(text, record, loaded.archive)
    if dataclasses.replace(again, findings=()) != dataclasses.replace(record, findings=()):
        raise CannotWriteError(f"{record.path}: {CHANGED}")
    lines = split_lines(text)
    edits: list[Edit] = []
    problems: list[str] = []
    for each in group:
        place = f"{record.path}:{each.action.span.line}: {each.reference}"
        if any(
            found.rule == "table-cells" and found.span.line == each.action.span.line
            for found in record.findings
        ):
            problems.append(f"{place}: its row has more or fewer cells than the head, mend that first")
            continue
        try:
            edits += each.edits(lines)
        except CannotWriteError as error:
            problems.append(f"{place}: {error}")
    after = with_edits(text, edits)
    if after is None:
        problems.append(f"{record.path}: control characters stand in the text, or in what would be written")
    if problems or after is None:
        raise CannotWriteError("\n".join(problems))
    return FileChange(record.path, raw, text, after)


def _checked(change: FileChange, loaded: Loaded, record: Postmortem, group: Sequence[Wanted]) -> Postmortem:
    """Read the edited text, and give the record that it is where the rows say what was wanted and nothing else is another."""
    after = read_again(change.after, record, loaded.archive)
    becomes = {id(each.action): each.becomes for each in group}
    is_as_wanted = len(record.actions) == len(after.actions) and all(
        _is_as_wanted(before, now, becomes.get(id(before), {}))
        for before, now in zip(record.actions, after.actions, strict=True)
    )
    if not is_as_wanted or _rest(after) != _rest(record):
        named = ", ".join(each.reference for each in group)
        raise CannotWriteError(
            f"{record.path}: {named}: what would be written reads otherwise in the table, change it by hand"
        )
    return after


def _is_as_wanted(before: ActionItem, after: ActionItem, becomes: Mapping[str, Any]) -> bool:
    wanted = {**_said(before), **becomes}
    return all(wanted[name] in (value, ANYTHING) for name, value in _said(after).items())


def _said(action: ActionItem) -> dict[str, Any]:
    """Give what a row says, without the places."""
    plain = ("id", "owner", "due", "ticket", "category", "status", "priority", "closed")
    rich = ("text", "done_when", "notes")
    return {name: getattr(action, name) for name in plain} | {
        name: getattr(action, name).text for name in rich
    }


def _rest(record: Postmortem) -> tuple[object, ...]:
    return (
        record.id,
        record.header,
        record.timeline,
        record.causal_tree,
        record.five_whys,
        record.factors,
        record.hidden,
        record.suppressions,
        [(section.key, section.title, section.span.line) for section in record.sections],
    )


def _new_errors(loaded: Loaded, records: Mapping[str, Postmortem], as_of: dt.date) -> Iterator[str]:
    """Tell the errors that the changed records would have, and do not have now."""
    before = _errors(find_all(loaded.archive, as_of, tuple(records)))
    after = find_all(loaded.archive.with_records(records), as_of, tuple(records))
    new = _errors(after) - before
    for finding in after:
        kind = finding.key
        if finding.level is Level.ERROR and new[kind] > 0:
            new[kind] -= 1
            yield f"{finding.path}:{finding.span.line}: it would bring an error: {finding.message} [{finding.rule}]"


def _errors(findings: Sequence[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter(each.key for each in findings if each.level is Level.ERROR)


def why_not_written(change: FileChange, loaded: Loaded) -> str:
    """Say why a file would not be written now, nothing where it would."""
    location = loaded.root / change.path
    try:
        if is_read_only(location):
            return "the file is read-only"
        if read_bytes(location) != change.raw:
            return CHANGED
    except OSError as error:
        return reason_of(error)
    return why_unwritable(location.resolve())


def _taken_back(change: FileChange, loaded: Loaded) -> bool:
    """Give a file its old bytes again where it still has those that were written."""
    location = loaded.root / change.path
    try:
        if read_bytes(location) != _bytes(change):
            return False
        write_atomically(location, change.raw)
    except OSError:
        return False
    return True


def _bytes(change: FileChange) -> bytes:
    mark = BYTE_ORDER_MARK if change.raw.startswith(BYTE_ORDER_MARK) else b""
    return mark + change.after.encode("utf-8")
