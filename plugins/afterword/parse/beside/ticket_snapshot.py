"""`tickets.json`: what trackers say of the tickets that records name, as `afterword sync` wrote it down (docs/trackers.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from afterword.model.action import Status
from afterword.model.finding import Finding, Nature
from afterword.model.span import START, Span
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.parse.beside.unusable import Unusable, refuse
from afterword.parse.source.text import decode, is_binary, visible
from afterword.parse.values.readers import listed, quoted

RULE = "ticket-snapshot"
FORMAT = 1
"""The newest number of `format` that this version reads."""

MAX_BYTES = 16 * 1024 * 1024
MAX_TEXT = 1_000
MAX_FINDINGS = 100
"""Beyond, faults are no longer told: each has to be looked for in the text."""

_AGAIN = "write it anew with `afterword sync`"
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_WEB = re.compile(r"https?://[^\s/\\<>\"]+[^\s<>\"\\]*", re.IGNORECASE)
_TEXTS = ("state", "title", "owner", "login", "moved_to")
_STATUSES = {str(status): status for status in Status}


def read_tickets(raw: bytes, path: str, size: int | None = None) -> tuple[Tickets, tuple[Finding, ...]]:
    """Read a snapshot from its bytes; `size` is that of the file where only its beginning was read. The findings have their `path`.

    Where the file cannot be read as a whole no ticket is given; a ticket or a tracker that does not fit is left out alone.
    """
    reading = _Reading()
    try:
        trackers = reading.whole(raw, len(raw) if size is None else size)
    except Unusable as why:
        trackers = {}
        reading.findings.append(why.finding(RULE))
    return Tickets(path, trackers), tuple(replace(each, path=path, edits=()) for each in reading.findings)


class _Reading:
    """One snapshot on its way from text to values."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._text = ""

    def whole(self, raw: bytes, size: int) -> dict[str, TrackerSnapshot]:
        if size > MAX_BYTES:
            refuse(f"the snapshot has {size:,} bytes, expected at most {MAX_BYTES:,}", _AGAIN)
        if is_binary(raw):
            refuse("no text in UTF-8", _AGAIN)
        self._text, found = decode(raw)
        self.findings += (replace(each, rule=RULE) for each in found)
        content = self._json()
        if not isinstance(content, dict) or not _is_number(content.get("format")):
            refuse(
                "no snapshot, expected an object with `format` and `trackers`",
                "delete it, or name another file under `tickets` in the settings",
            )
        if content["format"] > FORMAT:
            message = f"format {content['format']} is newer than this version reads, expected {FORMAT}"
            refuse(message, "install a newer Afterword", self._place("format"))
        trackers = content.get("trackers", {})
        if not isinstance(trackers, dict):
            refuse(
                "trackers is no object, expected one by the trackers' names", _AGAIN, self._place("trackers")
            )
        return {name: read for name, each in trackers.items() if (read := self._tracker(name, each))}

    def _json(self) -> Any:
        conflict = _CONFLICT.search(self._text)
        if conflict:
            refuse(
                "the marks of a merge conflict",
                f"take either side whole, then {_AGAIN}",
                self._span(conflict.start(), 7),
            )
        try:
            return json.loads(self._text)
        except json.JSONDecodeError as error:
            refuse(f"no JSON: {error.msg.lower()}", _AGAIN, self._span(error.pos, 0))
        except (RecursionError, ValueError):
            refuse("no JSON that can be read", _AGAIN)

    def _tracker(self, name: str, content: Any) -> TrackerSnapshot | None:
        where = f"tracker {quoted(name)}"
        if not isinstance(content, dict) or not isinstance(content.get("tickets", {}), dict):
            self._fault(f"{where} is no object with tickets, expected {{as_of, problem, tickets}}", name)
            return None
        tickets: dict[str, TicketState] = {}
        for key, each in content.get("tickets", {}).items():
            if not isinstance(each, dict):
                self._fault(
                    f"ticket {quoted(key)} is no object, expected such as {{status: open}}", name, key
                )
            else:
                tickets[key.strip().casefold()] = self._ticket(each, name, key)
        as_of = self._day(content, "as_of", (name,), where)
        return TrackerSnapshot(name, as_of, self._string(content, "problem", (name,), where), tickets)

    def _ticket(self, content: Mapping[str, Any], tracker: str, key: str) -> TicketState:
        where, names = f"ticket {quoted(key)}", (tracker, key)
        url = self._string(content, "url", names, where)
        if url and not _WEB.fullmatch(url):
            self._fault(f"url {quoted(url)} of {where} is no web address, expected https://…", *names, "url")
            url = ""
        status = self._string(content, "status", names, where)
        if status and status not in _STATUSES:
            expected = listed(tuple(_STATUSES))
            self._fault(f"status {quoted(status)} of {where} is not one of {expected}", *names, "status")
        gone = content.get("gone", False)
        if not isinstance(gone, bool):
            self._fault(f"gone of {where} is not true or false", *names, "gone")
        return TicketState(
            key=self._string(content, "key", names, where) or visible(key),
            status=_STATUSES.get(status),
            due=self._day(content, "due", names, where),
            closed=self._day(content, "closed", names, where),
            url=url,
            gone=gone is True,
            **{each: self._string(content, each, names, where) for each in _TEXTS},
        )

    def _string(self, content: Mapping[str, Any], name: str, names: tuple[str, ...], where: str) -> str:
        value = content.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._fault(f"{name} of {where} is no text", *names, name)
            return ""
        if value.isprintable() and "  " not in value:  # as nearly all are
            return value.strip()[:MAX_TEXT]
        # Half of a pair of surrogates can be written in JSON, and in no file.
        written = value.encode("utf-8", "replace").decode("utf-8")
        return " ".join(visible(written).split())[:MAX_TEXT]

    def _day(self, content: Mapping[str, Any], name: str, names: tuple[str, ...], where: str) -> date | None:
        written = self._string(content, name, names, where)
        if not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            message = f"{name} {quoted(written)} of {where} is no date, expected YYYY-MM-DD"
            self._fault(message, *names, name)
            return None

    def _fault(self, message: str, *names: str) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(RULE, message, self._place(*names), Nature.UNREADABLE, _AGAIN))

    def _place(self, *names: str) -> Span:
        """Give the place of a name below others; the file's beginning where it is not written as it is said."""
        offset = length = 0
        for name in names:
            written = json.dumps(name, ensure_ascii=False)
            found = re.compile(re.escape(written) + r"\s*:").search(self._text, offset + length)
            if found is None:
                break
            offset, length = found.start(), len(written)
        return self._span(offset, length) if length else START

    def _span(self, offset: int, length: int) -> Span:
        line = self._text.count("\n", 0, offset) + 1
        return Span.at(line, offset - self._text.rfind("\n", 0, offset), length)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
