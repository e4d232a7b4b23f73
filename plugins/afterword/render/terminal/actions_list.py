"""Action items of an archive for a terminal: what is overdue first, in groups by how near the day is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from afterword.check.wording import counted
from afterword.derive.promises.action_choice import is_due_by
from afterword.derive.promises.follow_through import OVERDUE, ActionView
from afterword.derive.promises.review_board import SOON
from afterword.derive.timing.calendar import days_after, format_day
from afterword.model.action import Status
from afterword.render.actions.action_rows import RETOLD, group_of
from afterword.render.page.badges import glyph
from afterword.render.text.terminal import Cell, Terminal, joined, tie
from afterword.render.text.wrap import columns
from afterword.render.words.action_words import put_off
from afterword.render.words.ticket_words import drift_words

_LEAST_FOR_TABLE = 64
_WIDEST_OWNER = 16
_INDENT = 2
_HEADS = {
    OVERDUE: "Overdue",
    "soon": "Due within seven days",
    "open": "Due later",
    "undated": "Without a day",
    "candidate": "Candidates, not promised",
    "done": "Done",
    "cancelled": "Cancelled",
    RETOLD: "From retold incidents, owed by nobody here",
}
_STYLES = {OVERDUE: "bold red", "soon": "yellow", "done": "green"}
NO_OWNER = "(no owner)"


def actions_list(views: Sequence[ActionView], as_of: date, terminal: Terminal) -> str:
    """Give actions as text: under each group a day, what is to be done and by whom, and below it where it stands."""
    groups: dict[str, list[ActionView]] = {head: [] for head in _HEADS}
    for view in views:
        groups[_group(view, as_of)].append(view)
    lines: list[str] = []
    for group, members in groups.items():
        if members:
            lines += ["", *_head(group, len(members), terminal), *_group_lines(members, group, terminal)]
    return "\n".join([*lines[1:], *([""] if lines else []), *_sum(views, as_of, terminal), ""])


def reference(view: ActionView) -> str:
    """Give the name by which an action is spoken of in every record: `2026-03-14-checkout#A3`; of one without an id, the record's."""
    return f"{view.record.id}#{view.action.id}" if view.action.id else view.record.id


def _group(view: ActionView, as_of: date) -> str:
    group = group_of(view)
    if group != "open":
        return group
    if view.action.due is None:
        return "undated"
    return "soon" if is_due_by(view, as_of, days_after(as_of, SOON)) else "open"


def _head(group: str, number: int, terminal: Terminal) -> Iterator[str]:
    yield from terminal.lines(f"{_HEADS[group].upper()} ({number:,})", terminal.width, "bold")


def _group_lines(views: Sequence[ActionView], group: str, terminal: Terminal) -> Iterator[str]:
    style = _STYLES.get(group, "")
    days = [tie(terminal.words(_day(view))) for view in views]
    owners = [terminal.words(view.action.owner or NO_OWNER) for view in views]
    texts = [terminal.words(view.action.text.text) or "…" for view in views]
    late = [tie(f"{view.days_overdue:,} d") if view.overdue else "" for view in views]
    day, owner = max(map(columns, days)), min(max(map(columns, owners)), _WIDEST_OWNER)
    longest = max(map(columns, late))
    left = _INDENT + day + 2 + (longest + 2 if longest else 0)
    room = terminal.width - left - owner - 2
    for view, when, long, who, what in zip(views, days, late, owners, texts, strict=True):
        below = terminal.words(_below(view))
        if terminal.width < _LEAST_FOR_TABLE:
            inset = " " * 2 * _INDENT
            yield from terminal.hanging(" " * _INDENT, inset, what)
            told = joined((when, long and tie(f"{long} overdue"), who), ", ")
            yield from terminal.hanging(inset, inset, told, "", {when: style})
            yield from terminal.hanging(inset, inset, below, "dim")
            continue
        cells = (
            Cell(when, day, style),
            Cell(long, longest, style),
            Cell(what, room),
            Cell(who, owner),
        )
        yield from terminal.row(_INDENT, [cell for cell in cells if cell.width])
        inset = " " * left
        yield from terminal.hanging(inset, inset, below, "dim")


def _day(view: ActionView) -> str:
    action = view.action
    if action.closed is not None and not action.is_unfinished:
        return format_day(action.closed)
    return format_day(action.due) if action.due else "–"


def _below(view: ActionView) -> str:
    """Say where an action stands, and what else a reader chooses by."""
    action = view.action
    state = str(action.status or Status.OPEN)
    parts: Iterable[str] = (
        f"{glyph(state)} {state}" if action.is_unfinished and action.status is not Status.OPEN else "",
        action.priority or "",
        view.team,
        action.ticket.key if action.ticket else "",
        put_off(view.slips, action.due) if view.unfinished else "",
    )
    # What a ticket tells otherwise is a sentence, and may be broken.
    return joined((tie(reference(view)), *map(tie, filter(None, parts)), *drift_words(view.counterpart)))


def _sum(views: Sequence[ActionView], as_of: date, terminal: Terminal) -> Iterator[str]:
    owed = [view for view in views if view.unfinished]
    late = sum(view.overdue for view in owed)
    said = counted(len(views), "action") if views else "no action"
    if views and len(owed) == len(views):
        said += f" owed, {late:,} overdue"
    elif views:
        said += f", {len(owed):,} owed and {late:,} overdue" if owed else ", none owed"
    yield from terminal.lines(f"{said}, as of {tie(format_day(as_of))}", terminal.width, "dim")
