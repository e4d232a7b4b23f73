"""The timeline for a terminal: a line for each day, times in a column, everything else wrapped beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from afterword.derive.timing.calendar import format_day
from afterword.model.record import Postmortem
from afterword.model.timeline import DECISION, Timeline, TimelineEvent
from afterword.render.picture.timeline_times import shown_time
from afterword.render.text.blocks_text import blocks_text
from afterword.render.text.terminal import Cell, Terminal, joined, tie
from afterword.render.text.wrap import columns

_ANCHOR = "bold cyan"
_DECISION = "bold magenta"
_WIDEST_TIME = 13
_WIDEST_SOURCE = 16
_LEAST_FOR_SOURCE = 72
"""A column of its own costs the events a quarter of a terminal of the usual width."""


def timeline_text(record: Postmortem, timeline: Timeline, terminal: Terminal, indent: int) -> Iterator[str]:
    """Write all events in the order of the source."""
    several = len(set(record.header.incidents)) > 1
    times = [terminal.words(_time(event)) for event in timeline.events]
    wide = min(max(map(columns, times), default=0), _WIDEST_TIME)
    beside = _column_width(timeline, terminal)
    room = terminal.width - indent - wide - 2 - (beside + 2 if beside else 0)
    day: date | None = None
    for time, event in zip(times, timeline.events, strict=True):
        if event.shown_day not in (None, day):
            day = event.shown_day
            yield from terminal.row(indent, [Cell(terminal.words(format_day(day)), terminal.width, "bold")])
        words, tied = _words(event, several, terminal)
        cells = [Cell(time, wide, "dim"), Cell(words, room, "", tied)]
        others = [(terminal.words(head), terminal.words(cell.text)) for head, cell in event.columns]
        if beside:
            cells.append(Cell(others[0][1] if others else "", beside, "dim"))
        yield from terminal.row(indent, cells)
        inset = " " * (indent + wide + 2)
        below = joined((joined((head, cell), ": ") for head, cell in others if cell))
        if below and not beside:
            yield from terminal.hanging(inset, inset, terminal.words(below), "dim")
        yield from blocks_text(event.details, terminal, inset, inset)


def _column_width(timeline: Timeline, terminal: Terminal) -> int:
    """Give the width of the one further column, 0 where there is none or it is better set below each event."""
    if len(timeline.heads) != 1 or terminal.width < _LEAST_FOR_SOURCE:
        return 0
    cells = [terminal.words(cell.text) for event in timeline.events for _, cell in event.columns]
    widest = max(map(columns, cells), default=0)
    return min(widest, _WIDEST_SOURCE) if widest <= 2 * _WIDEST_SOURCE else 0


def _time(event: TimelineEvent) -> str:
    about = "~" if event.about else ""
    return tie(f"{about}{shown_time(event).removeprefix('~')}")


def _words(event: TimelineEvent, several: bool, terminal: Terminal) -> tuple[str, Mapping[str, str]]:
    tied: dict[str, str] = {}
    parts = []
    for mark in event.marks:
        name = f"[{mark.name} {mark.incident}]" if several and mark.incident else f"[{mark.name}]"
        shown = tie(terminal.words(name))
        parts.append(shown)
        tied[shown] = _DECISION if mark.name == DECISION else _ANCHOR
    if event.incident and not any(mark.incident for mark in event.marks):
        shown = tie(terminal.words(f"[{event.incident}]"))
        parts.append(shown)
        tied[shown] = "bold"
    parts.append(terminal.words(event.text.text))
    if event.is_placeholder:
        parts.append("(to be written)")
    if not event.counts:
        backwards = "(runs backwards: counts in no figure)"
        parts.append(backwards)
    return " ".join(part for part in parts if part), tied
