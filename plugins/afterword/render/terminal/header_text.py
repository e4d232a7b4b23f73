"""The facts of a record for a terminal: what it was, how long it took, whom it met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from afterword.check.links import is_remote
from afterword.derive.timing.calendar import format_day
from afterword.derive.timing.figures import format_duration
from afterword.model.record import Postmortem
from afterword.render.page.badges import glyph, words
from afterword.render.record.header_card import Fact, FactItem, FigureTile, HeaderCard
from afterword.render.text.terminal import Cell, Terminal, joined, tie
from afterword.render.text.wrap import columns

_WIDEST_LABEL = 20
_WIDEST_LABEL_IF_NARROW = 16
_NARROW = 60
_LEAST_BESIDE = 26
"""An anchor with its day fits."""

_WITHIN, _OVER = "green", "yellow"


class _Line(NamedTuple):
    """Label, value, what is said behind it, and last of that how the value compares with its target."""

    label: str
    value: str
    behind: str = ""
    target: str = ""
    within: bool = False


def header_text(record: Postmortem, card: HeaderCard, terminal: Terminal, indent: int) -> Iterator[str]:
    """Write title, facts, and figures with the anchors they lie between and beside their targets; what is absent has no line."""
    yield from terminal.hanging("", "", terminal.words(record.title), "bold")
    facts = (
        card.severity.label if card.severity else "",
        card.kind.label if card.kind else "",
        format_day(card.day),
        f"{glyph(card.status)} {words(card.status)}" if card.status else "",
    )
    yield from terminal.hanging("", "", terminal.words(joined(map(tie, facts))))
    if record.title != record.id:
        yield from terminal.hanging("", "", terminal.words(record.id), "dim")
    if record.header.retold_from:
        told = f"Retold from {record.header.retold_from}: its actions are owed by nobody here"
        yield from terminal.hanging("", "", terminal.words(told), "dim")
    if record.unreadable is not None:
        yield ""
        hint = f"The record could not be read: `afterword check {record.path}` says why."
        yield from terminal.hanging("", "", terminal.words(hint), "bold red")
    for block in _fact_blocks(card):
        if block:
            yield ""
            yield from _facts(block, terminal, indent)


def handling_text(card: HeaderCard, terminal: Terminal, indent: int) -> Iterator[str]:
    """Write who wrote, led, read and signed, and when."""
    yield from _facts([line for each in card.handling for line in _fact(each)], terminal, indent)


def _fact_blocks(card: HeaderCard) -> Iterator[list[_Line]]:
    yield [
        _Line(label, ", ".join(each.label for each in links))
        for label, links in (("Services", card.services), ("Failure classes", card.classes))
        if links
    ]
    for incident in card.incidents:
        figures = [_figure(tile) for tile in incident.tiles]
        figures += [_Line(each.kind.label, each.words) for each in incident.untold]
        yield [_Line("Incident", incident.incident), *figures] if incident.incident else figures
    yield [line for each in card.facts for line in _fact(each)]


def _figure(tile: FigureTile) -> _Line:
    duration = format_duration(tile.duration, about=tile.about)
    between = joined((tie(tile.start), tie(tile.end)), " – ") or "as the header states"
    return _Line(tile.label, duration, between, tile.target, tile.within)


def _fact(fact: Fact) -> Iterator[_Line]:
    if fact.wide:
        for position, item in enumerate(fact.items):
            yield _Line("" if position else fact.label, _item(item))
        return
    several = any(item.note or item.day for item in fact.items)
    yield _Line(fact.label, ("; " if several else ", ").join(map(_item, fact.items)))


def _item(item: FactItem) -> str:
    text = joined((item.text, f"({item.note})" if item.note else ""), " ")
    if item.href and is_remote(item.href) and item.href != item.text:
        text = joined((text, item.href), " ")
    return joined((text, tie(format_day(item.day))), ", ")


def _facts(lines: Sequence[_Line], terminal: Terminal, indent: int) -> Iterator[str]:
    said = [(terminal.words(line.value), line) for line in lines]
    wide = _WIDEST_LABEL_IF_NARROW if terminal.width < _NARROW else _WIDEST_LABEL
    middle = max((columns(value) for value, line in said if line.behind), default=0)
    room = terminal.width - indent - wide - 2
    for value, line in said:
        label = Cell(terminal.words(line.label), wide, "dim")
        if not line.behind:
            yield from terminal.row(indent, [label, Cell(value, room)])
            continue
        target = tie(line.target)
        behind = terminal.words(joined((line.behind, target), ", "))
        tied = {target: _WITHIN if line.within else _OVER} if target else {}
        cells = [label, Cell(value, middle, "bold")]
        beside = Cell(behind, room - middle - 2, "dim", tied)
        if beside.width >= _LEAST_BESIDE:
            yield from terminal.row(indent, [*cells, beside])
        else:
            # In a narrow terminal the column of values is too narrow for an anchor, too.
            inset = indent + (wide + 2 if room >= _LEAST_BESIDE else 2)
            yield from terminal.row(indent, cells)
            yield from terminal.row(inset, [Cell(behind, terminal.width - inset, "dim", tied)])
