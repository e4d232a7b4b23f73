"""Markdown as words: what a search reads."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.model.markup import Kind, Node, is_break_tag

_TEXT, _CODE_BLOCK, _HTML = Kind.TEXT, Kind.CODE_BLOCK, Kind.HTML
_INLINE = frozenset({Kind.TEXT, Kind.CODE})
_PARTING = frozenset(
    {
        Kind.SOFT_BREAK,
        Kind.HARD_BREAK,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.ITEM,
        Kind.CELL,
        Kind.CODE_BLOCK,
        Kind.RULE,
        Kind.FOOTNOTE,
    }
)
"""What stands apart from the words before it."""


def plain_text(nodes: Iterable[Node]) -> str:
    """Give the words of blocks or inlines with single spaces between; code and image descriptions included, HTML but for `<br>` and comments not."""
    parts: list[str] = []
    for top in nodes:
        # Not by `Node.walk`: all words of all records are read here, for the search and to see what is alike.
        waiting = [top]
        while waiting:
            node = waiting.pop()
            kind = node.kind
            if kind is _TEXT:
                parts.append(node.text)
            elif kind in _PARTING:
                parts.append(" ")
                if kind is _CODE_BLOCK:
                    parts.append(node.text)
            elif kind in _INLINE:
                parts.append(node.text)
            elif kind is _HTML and is_break_tag(node.text):
                parts.append(" ")
            if node.children:
                waiting.extend(node.children[::-1])
        parts.append(" " if top.kind not in _INLINE else "")
    return " ".join("".join(parts).split())
