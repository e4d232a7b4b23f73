"""Markdown blocks as text for a terminal, as wide as they may be and nothing left out but raw HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.derive.words.plain_text import plain_text
from afterword.model.markup import Kind, Node
from afterword.render.text.terminal import Terminal, joined

_TEXTS = frozenset({Kind.PARAGRAPH, Kind.HEADING})
_CONTAINERS = frozenset({Kind.QUOTE, Kind.ALERT, Kind.FOOTNOTE})


def blocks_text(blocks: Sequence[Node], terminal: Terminal, first: str, following: str) -> Iterator[str]:
    """Write blocks with blank lines between; the first line begins with `first`, all others with `following`."""
    begun = False
    for block in blocks:
        lines = list(_block(block, terminal, following if begun else first, following))
        if not lines:
            continue
        if begun:
            yield following.rstrip()
        yield from lines
        begun = True


def _block(block: Node, terminal: Terminal, first: str, following: str) -> Iterator[str]:
    if block.kind in _TEXTS:
        style = "bold" if block.kind is Kind.HEADING else ""
        if text := terminal.words(plain_text(block.children)):
            yield from terminal.hanging(first, following, text, style)
    elif block.kind is Kind.LIST:
        yield from _list(block, terminal, first, following)
    elif block.kind is Kind.CODE_BLOCK:
        yield from _code(block, terminal, first, following)
    elif block.kind is Kind.TABLE:
        yield from _table(block, terminal, first, following)
    elif block.kind in _CONTAINERS:
        bar = f"{terminal.words('│')} "
        yield from blocks_text(block.children, terminal, first + bar, following + bar)
    elif block.kind is Kind.RULE:
        yield first + terminal.words("─" * 3)


def _list(block: Node, terminal: Terminal, first: str, following: str) -> Iterator[str]:
    start = first
    for number, item in enumerate(block.children, start=block.level or 1):
        sign = f"{number}." if block.ordered else terminal.words("•")
        if item.checked is not None:
            sign = f"[{'x' if item.checked else ' '}]"
        inset = following + " " * (len(sign) + 1)
        lines = blocks_text(item.children, terminal, f"{start}{sign} ", inset)
        # Between the parts of an item of a tight list there is no blank line.
        yield from (line for line in lines if line.strip() or not block.tight)
        start = following


def _code(block: Node, terminal: Terminal, first: str, following: str) -> Iterator[str]:
    start = first
    for line in block.text.rstrip("\n").split("\n"):
        indent, rest = terminal.code(line)
        yield from terminal.hanging(start + indent, following + indent, rest)
        start = following


def _table(block: Node, terminal: Terminal, first: str, following: str) -> Iterator[str]:
    start = first
    for row in block.children:
        text = terminal.words(joined((plain_text(cell.children) for cell in row.children), " · "))
        yield from terminal.hanging(start, f"{following}  ", text, "bold" if row.header else "")
        start = following
