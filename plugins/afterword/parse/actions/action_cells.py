"""What is written into the row of an action: its ticket, a new owner, day or state, its closing, the reason of a cancellation. Nothing else of the row changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from afterword.model.action import CLOSED, ActionItem, Status
from afterword.model.finding import Edit
from afterword.model.span import Span
from afterword.model.words import ACTION_HEADS

_MARKUP = re.compile(r"[*_`\[\]<>&\\~]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_BEHIND_WORD = re.compile(r"(?:\s+on)?[\s,:(]*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\)?\s*$")
_PADDING = re.compile(r" +(?= \|)")
_ONE_LINK = re.compile(r"\[[^\[\]]+\]\([^()\s]+\)|<?https?://[^\s<>]+>?", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "n/a"})


class CannotWriteError(Exception):
    """Says why a cell is not written, and what can be done."""


def owner_edits(action: ActionItem, lines: Sequence[str], owner: str) -> tuple[Edit, ...]:
    """Give the edit that makes somebody the owner of an action; `lines` are all lines of the file. Raises CannotWriteError."""
    span = _cell(action, "owner")
    source = _source(lines, span)
    if source.casefold() not in _NOTHING and source.replace("\\|", "|") != action.owner:
        raise CannotWriteError(f"its owner is written with markup, `{source}`: change it by hand")
    return (_written(lines, span, owner),)


def ticket_edits(action: ActionItem, lines: Sequence[str], text: str) -> tuple[Edit, ...]:
    """Give the edit that writes a ticket, a key or a link, where a row names none. Raises CannotWriteError."""
    span = _cell(action, "ticket")
    source = _source(lines, span)
    if source.casefold() not in _NOTHING:
        raise CannotWriteError(f"its row names a ticket already, `{source}`")
    return (_written(lines, span, text),)


def moved_edits(action: ActionItem, lines: Sequence[str], text: str) -> tuple[Edit, ...]:
    """Give the edit that writes where a ticket is now, a key or a link, in the place of the one that a row names. Raises CannotWriteError."""
    span = _cell(action, "ticket")
    source = _source(lines, span)
    named = action.ticket.key if action.ticket else ""
    if source.casefold() != named.casefold() and not _ONE_LINK.fullmatch(source):
        raise CannotWriteError(f"its cell names more than a ticket, `{source}`: change it by hand")
    return (_written(lines, span, text),)


def due_edits(action: ActionItem, lines: Sequence[str], due: date) -> tuple[Edit, ...]:
    """Give the edit that makes a day the due day of an action. Raises CannotWriteError."""
    return (_written(lines, _plain_cell(action, "due", lines), str(due)),)


def status_edits(
    action: ActionItem, beside: Iterable[ActionItem], lines: Sequence[str], status: Status
) -> tuple[Edit, ...]:
    """Give the edits that set a state in which an action is not closed, in the word that the actions `beside` it have; the day on which it was closed goes.

    Raises CannotWriteError.
    """
    span = _plain_cell(action, "status", lines)
    alike = [each for each in beside if each.status is status and "status" in each.spans]
    edits = [_written(lines, span, _word(_source(lines, span), alike, lines, status))]
    if "closed" in action.spans and _source(lines, action.spans["closed"]).casefold() not in _NOTHING:
        closed = _plain_cell(action, "closed", lines)
        edits.append(Edit(closed, "".ljust(closed.end_column - closed.column)))
    return tuple(edits)


def closing_edits(
    action: ActionItem,
    beside: Iterable[ActionItem],
    lines: Sequence[str],
    status: Status,
    day: date,
    reason: str = "",
) -> tuple[Edit, ...]:
    """Give the edits that close an action on a day, as the closed actions `beside` it are written; `reason` goes into the notes.

    The day stands behind the state, or under `Closed` where the table has that column and its closed rows use it. Raises CannotWriteError.
    """
    span = _cell(action, "status")
    source = _source(lines, span)
    if _MARKUP.search(source):
        raise CannotWriteError(f"its status is written with markup, `{source}`: change it by hand")
    others = [each for each in beside if each.status in CLOSED and "status" in each.spans]
    word = _word(source, [each for each in others if each.status is status], lines, status)
    by_column = "closed" in action.spans and _use_column(others, lines)
    edits = [_written(lines, span, word if by_column else f"{word} {day}")]
    if by_column:
        edits.append(_written(lines, _plain_cell(action, "closed", lines), str(day)))
    elif "closed" in action.spans and _source(lines, action.spans["closed"]) not in _NOTHING:
        # A day that stands there already would contradict the one behind the state.
        edits.append(_written(lines, _plain_cell(action, "closed", lines), str(day)))
    if reason:
        edits.append(_noted(lines, _cell(action, "notes"), " ".join(reason.split())))
    return tuple(edits)


def _cell(action: ActionItem, field: str) -> Span:
    span = action.spans.get(field)
    if span is None:
        head = ACTION_HEADS[field][0]
        raise CannotWriteError(f"its row has no cell under `{head}`: add the column `{head}` to the table")
    return span


def _plain_cell(action: ActionItem, field: str, lines: Sequence[str]) -> Span:
    span = _cell(action, field)
    source = _source(lines, span)
    if _MARKUP.search(source):
        raise CannotWriteError(
            f"its cell under `{ACTION_HEADS[field][0]}` has markup, `{source}`: change it by hand"
        )
    return span


def _source(lines: Sequence[str], span: Span) -> str:
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def _written(lines: Sequence[str], span: Span, text: str) -> Edit:
    """Write over a cell's content, so that the pipes stay where they are as far as there is room."""
    written = text.replace("|", "\\|")
    if span.column != span.end_column:
        behind = _PADDING.match(lines[span.line - 1], span.end_column - 1)
        if behind is None:
            return Edit(span, written)
        room = behind.end() - span.column + 1  # but for the space before the pipe
        return Edit(Span.at(span.line, span.column, room), written.ljust(room))
    before = lines[span.line - 1][: span.column - 1]
    room = len(before) - len(before.rstrip(" \t"))
    padded = f" {written} ".ljust(room)
    return Edit(Span.at(span.line, span.column - room, room), padded)


def _noted(lines: Sequence[str], span: Span, reason: str) -> Edit:
    """Add a reason behind what the notes say already."""
    source = _source(lines, span)
    if source in _NOTHING:
        return _written(lines, span, reason)
    between = " " if source.endswith((".", "!", "?", ";")) else "; "
    return Edit(Span.at(span.line, span.end_column), between + reason.replace("|", "\\|"))


def _word(source: str, alike: Sequence[ActionItem], lines: Sequence[str], status: Status) -> str:
    """Give the word for a state that a table uses: that of its other rows, else the format's, with a capital where this row has one."""
    said = (_BEHIND_WORD.sub("", _source(lines, each.spans["status"])) for each in alike)
    # What is left of a day in another notation is no word for a state.
    used = Counter(word for word in said if not any(map(str.isdigit, word)))
    if used:
        return used.most_common(1)[0][0]
    return str(status).capitalize() if source[:1].isupper() else str(status)


def _use_column(closed: Iterable[ActionItem], lines: Sequence[str]) -> bool:
    """Tell whether the closed rows of a table have their day under `Closed`, rather than behind the state; where none tells, they would."""
    votes = 0
    for each in closed:
        if "closed" in each.spans and _source(lines, each.spans["closed"]) not in _NOTHING:
            votes += 1
        elif _DAY.search(_source(lines, each.spans["status"])):
            votes -= 1
    return votes >= 0
