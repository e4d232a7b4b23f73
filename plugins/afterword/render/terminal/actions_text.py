"""The action items of a record for a terminal: a short table, below each other where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.derive.timing.calendar import format_day
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.render.page.badges import glyph
from afterword.render.text.terminal import Cell, Terminal, joined, tie
from afterword.render.text.wrap import columns
from afterword.render.words.ticket_words import drift_words

_LEAST_FOR_TABLE = 64
_WIDEST_OWNER = 12
_STYLES = {"overdue": "bold red", "done": "green", "cancelled": "dim", "candidate": "dim"}
_OTHER_STYLE = "yellow"


def actions_text(
    record: Postmortem, archive: Archive, as_of: date, terminal: Terminal, indent: int
) -> Iterator[str]:
    """Write id, action, owner, due day and state of each action, in the order of the record's table."""
    views = action_views(Archive.of(archive.settings, (record,), tickets=archive.tickets), as_of)
    if not views:
        return
    in_order = sorted(views, key=lambda view: (view.action.span.line, view.action.span.column))
    ids = max(columns(terminal.words(view.action.id)) for view in views)
    if terminal.width < _LEAST_FOR_TABLE:
        for view in in_order:
            yield from _stacked(view, ids, terminal, indent)
        return
    yield from _table(in_order, ids, terminal, indent)


def _table(views: Sequence[ActionView], ids: int, terminal: Terminal, indent: int) -> Iterator[str]:
    actions = [terminal.words(view.action.text.text) for view in views]
    owners = [terminal.words(view.action.owner) for view in views]
    days = [tie(terminal.words(format_day(view.action.due))) for view in views]
    states = [_state(view, terminal) for view in views]
    owner = min(max(map(columns, owners)), _WIDEST_OWNER)
    due, state = max(map(columns, days)), max(map(columns, states))
    # A column that no action has anything for takes no room.
    room = terminal.width - indent - sum(wide + 2 for wide in (ids, owner, due, state) if wide)
    action = min(max(map(columns, actions)), room)
    for view, what, who, day, said in zip(views, actions, owners, days, states, strict=True):
        cells = (
            Cell(terminal.words(view.action.id), ids, "bold"),
            Cell(what, action),
            Cell(who, owner),
            Cell(day, due),
            Cell(said, state, _STYLES.get(view.state, _OTHER_STYLE)),
        )
        yield from terminal.row(indent, [cell for cell in cells if cell.width])
        yield from _drifts(view, terminal, " " * (indent + ids + 2))


def _stacked(view: ActionView, ids: int, terminal: Terminal, indent: int) -> Iterator[str]:
    sign = f"{' ' * indent}{terminal.words(view.action.id)}".ljust(indent + ids + 2)
    inset = " " * len(sign)
    yield from terminal.hanging(sign, inset, terminal.words(view.action.text.text))
    state = _state(view, terminal)
    due = tie(f"due {format_day(view.action.due)}") if view.action.due else ""
    said = joined((state, terminal.words(view.action.owner), due), ", ")
    yield from terminal.hanging(inset, inset, said, "", {state: _STYLES.get(view.state, _OTHER_STYLE)})
    yield from _drifts(view, terminal, inset)


def _drifts(view: ActionView, terminal: Terminal, inset: str) -> Iterator[str]:
    for each in drift_words(view.counterpart):
        yield from terminal.hanging(inset, inset, terminal.words(each), "yellow")


def _state(view: ActionView, terminal: Terminal) -> str:
    late = f" {view.days_overdue:,} d" if view.overdue else ""
    return tie(terminal.words(f"{glyph(view.state)} {view.state}{late}"))
