"""The kind `file`: tickets as any tracker, script or spreadsheet exports them, as CSV or JSON in the repository."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from afterword.check.wording import counted, did_you_mean, listed, shown
from afterword.model.key_template import digits_in
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.parse.source.text import decode, is_binary, visible
from afterword.trackers.states import status_of
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerError

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CELL = 1_000

_NAMES = {
    "key": ("key", "issue key", "id", "ticket", "number", "iid", "identifier"),
    "state": ("state", "status"),
    "title": ("title", "summary", "subject"),
    "owner": ("owner", "assignee", "assigned to"),
    "login": ("login", "assignee id", "username"),
    "due": ("due", "due date", "deadline"),
    "closed": ("closed", "closed at", "closed date", "resolved", "resolution date", "completed at"),
    "url": ("url", "link", "web url", "html url"),
    "moved_to": ("moved to",),
}
"""What a column or a field is called, in small letters with spaces; of several the first of the list is read."""

_LISTS = ("tickets", "issues", "items", "results", "nodes")
_INNER = ("name", "displayname", "display name", "title", "login", "value")
_SEPARATORS = (",", ";", "\t")

Row = Mapping[str, str]
"""The texts of a ticket by their names in small letters with spaces."""


def connect(tracker: Tracker, around: Surroundings) -> ExportFile:
    """Find the file that the settings name. Raises TrackerError where it is not there, or not in the folder of the settings."""
    if not tracker.file:
        raise TrackerError(
            "the settings name no `file` beside them or below, expected a CSV or JSON file such as tickets.csv"
        )
    location = around.root / tracker.file
    if location.is_dir():
        raise TrackerError(f"{tracker.file} is a folder, expected a CSV or JSON file such as tickets.csv")
    if not location.is_file():
        raise TrackerError(f"{tracker.file} is not there")
    if not location.resolve().is_relative_to(around.root.resolve()):
        raise TrackerError(f"{tracker.file} leads out of the folder of the settings")
    return ExportFile(tracker, location, around)


class ExportFile:
    """Tickets that are read from a file; none can be opened there."""

    def __init__(self, tracker: Tracker, location: Path, around: Surroundings) -> None:
        self._tracker = tracker
        self._location = location
        self._around = around
        self._problems: list[str] = []

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what the file has of these tickets; those that it does not hold are gone. Raises TrackerError where it can only be another export, and after all of them where days could not be read; those stay as they were known."""
        told = self._rows()
        rows = {row["key"].casefold(): row for row in told}
        self._refuse_another(rows, keys)
        self._tell_doubles(told, rows, keys)
        self._problems.clear()
        for key in keys:
            row = rows.get(key.casefold())
            yield TicketState(key, gone=True) if row is None else self._state(key, row)
        if self._problems:
            more = f", and {counted(len(self._problems) - 1, 'more')}" if len(self._problems) > 1 else ""
            raise TrackerError(f"{self._tracker.file}: {self._problems[0]}{more}")

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Find nothing: a file holds no marks."""
        yield from ()

    def open(self, ticket: NewTicket) -> TicketState:
        """Refuse. Raises TrackerError."""
        raise TrackerError("no ticket can be opened in a file")

    def _refuse_another(self, rows: Mapping[str, Row], keys: Sequence[str]) -> None:
        """Raise TrackerError for a file without any ticket of this tracker: all would be gone at once, for an export that failed or a column that is no key."""
        if not rows:
            raise TrackerError(f"{self._tracker.file} holds no ticket")
        template = self._tracker.key
        if any(key.casefold() in rows for key in keys) or any(
            digits_in(template, row["key"]) for row in rows.values()
        ):
            return
        first = next(iter(rows.values()))["key"]
        raise TrackerError(
            f"{self._tracker.file} holds no key such as {keys[0]}, its first is '{shown(first)}'"
        )

    def _tell_doubles(self, told: Sequence[Row], rows: Mapping[str, Row], keys: Sequence[str]) -> None:
        """Tell of tickets that stand in several rows which differ: the last one counts."""
        wanted = {key.casefold(): key for key in keys}
        differ = {
            folded: wanted[folded]
            for row in told
            if (folded := row["key"].casefold()) in wanted
            and {**row, "key": ""} != {**rows[folded], "key": ""}
        }
        if differ:
            several = "stands" if len(differ) == 1 else "stand each"
            self._around.tell(
                f"{self._tracker.file}: {listed(differ.values(), 3)} {several} in several rows that differ, and the last one counts"
            )

    def _state(self, key: str, row: Row) -> TicketState:
        state = row.get("state", "")
        before = self._around.known.get(key.casefold(), TicketState(key))
        return TicketState(
            key,
            status_of(state, self._tracker),
            state,
            row.get("title", ""),
            row.get("owner", ""),
            row.get("login", ""),
            self._day(row, "due", before.due),
            self._day(row, "closed", before.closed),
            row.get("url", ""),
            row.get("moved_to", ""),
        )

    def _day(self, row: Row, name: str, before: date | None) -> date | None:
        text = row.get(name, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self._problems.append(
                f"{name} '{shown(text)}' of {row['key']} is no day{f' and stays {before}' if before else ''}, expected YYYY-MM-DD such as 2026-03-14"
            )
            return before

    def _rows(self) -> list[Row]:
        file = self._tracker.file
        try:
            with self._location.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise TrackerError(f"{file} cannot be read: {error.strerror}") from error
        if len(raw) > MAX_BYTES:
            raise TrackerError(f"{file} has more than {MAX_BYTES // 1024 // 1024} MB")
        if is_binary(raw):
            raise TrackerError(f"{file} is no text in UTF-8, expected CSV or JSON")
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise TrackerError(
                f"{file} is no text in UTF-8 on line {line}: export it again as UTF-8"
            ) from error
        text = decode(raw)[0]
        read = _of_json if text.lstrip()[:1] in ("[", "{") else _of_csv
        try:
            return [row for row in map(_named, read(text)) if row.get("key")]
        except (ValueError, RecursionError) as error:
            raise TrackerError(f"{file}: {error}") from error


def _named(told: Mapping[str, str]) -> Row:
    """Give the texts of a row under our names."""
    row = {}
    for name, others in _NAMES.items():
        text = next((told[each] for each in others if told.get(each)), "")
        row[name] = " ".join(visible(text[:MAX_CELL]).split())
    return row


def _head(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())


def _of_csv(text: str) -> Iterator[Mapping[str, str]]:
    lines = io.StringIO(text, newline="").readlines()
    # What some spreadsheets write to say which separator they used.
    if lines and lines[0].strip().lower()[:4] == "sep=":
        lines[0] = "\n"
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    rows = _rows_of(lines, separator)
    head = [_head(cell) for cell in next(rows, [])]
    for name, others in (("key", _NAMES["key"]), ("status", _NAMES["state"])):
        if not set(head) & set(others):
            guess = next(filter(None, (did_you_mean(cell, others) for cell in head)), "")
            raise ValueError(
                f"no column is headed {name}{guess}, expected a first row such as key,status,title,owner,due,closed,url"
            )
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise ValueError(f"more than {MAX_ROWS:,} rows")
        yield dict(zip(reversed(head), reversed((row + [""] * len(head))[: len(head)]), strict=True))


def _rows_of(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Yield the rows that are not empty. Raises ValueError, with the line that a row begins on that cannot be read."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(
                f"line {begins}: {error}, expected each quotation mark to have a second one"
            ) from error
        if any(row):
            yield row


def _of_json(text: str) -> Iterator[Mapping[str, str]]:
    try:
        told: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg.lower()} in line {error.lineno}") from error
    if isinstance(told, dict):
        told = next((told[name] for name in _LISTS if isinstance(told.get(name), list)), told)
    if isinstance(told, dict) and all(isinstance(each, dict) for each in told.values()):
        told = [{"key": key, **each} for key, each in told.items()]
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise ValueError(
            f'expected a list of objects such as {{"key": "PAY-12", "status": "done"}}, or one under {listed(_LISTS)}'
        )
    if len(told) > MAX_ROWS:
        raise ValueError(f"more than {MAX_ROWS:,} tickets")
    for each in told:
        fields = each.get("fields")
        whole = {**each, **fields} if isinstance(fields, dict) else each
        yield {_head(name): _text(value) for name, value in whole.items()}


def _text(value: object) -> str:
    """Give a value as text; of an object the name that it is shown by."""
    if isinstance(value, dict):
        inner = {_head(name): each for name, each in value.items()}
        return next((each for name in _INNER if isinstance(each := inner.get(name), str)), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    # Half of a pair of surrogates can be written in JSON, and in no file.
    return str(value).encode("utf-8", "replace").decode()
