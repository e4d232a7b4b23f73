"""Markdown as words: what a search reads."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.model.markup import Kind, Node

_INLINE = frozenset({Kind.TEXT, Kind.CODE})
_BREAKS = frozenset({Kind.SOFT_BREAK, Kind.HARD_BREAK})
_UNREAD = frozenset({Kind.HTML, Kind.HTML_BLOCK, Kind.FOOTNOTE_REF})
_BLOCKS = frozenset(
    {
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.ITEM,
        Kind.CELL,
        Kind.CODE_BLOCK,
        Kind.RULE,
        Kind.FOOTNOTE,
    }
)


def plain_text(nodes: Iterable[Node]) -> str:
    """Give the words of blocks or inlines with single spaces between; code and image descriptions included, HTML and comments not."""
    parts: list[str] = []
    for top in nodes:
        for node in top.walk():
            if node.kind in _UNREAD:
                continue
            if node.kind in _BLOCKS or node.kind in _BREAKS:
                parts.append(" ")
            if node.kind in _INLINE or node.kind is Kind.CODE_BLOCK:
                parts.append(node.text)
        parts.append(" " if top.kind not in _INLINE else "")
    return " ".join("".join(parts).split())
