"""A drawn tree written as the list that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.model.finding import Edit
from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.causes.tree_fence import DrawnLine

DEEPEST = 30
"""Levels of a list that stay well below the limit for nested blocks."""

_MARKUP = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|(?<!\s)\*|\*(?!\s)|(?<!\w)_|_(?!\w)|~(?=.*~)|(?<=~)~"
)
"""What is text in a fence and would be markup in a list. Code, links and arrows are left as they are: they are meant."""

_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-{3,}|={3,}|`{3}|\[(?=[ xX]\]\s))")
_NUMBER = re.compile(r"([0-9]{1,9})(?=[.)](?:\s|$))")


def tree_as_list(
    fence: Node, drawn: Sequence[DrawnLine], beside: Sequence[Node], lines: Sequence[str]
) -> tuple[Edit, ...]:
    """Give the edit that writes the nodes of a fenced tree as a list in its place, each in its words.

    None where the list would run into one of the blocks `beside` the fence, and where it would be too deep.
    """
    if any(block.kind is Kind.LIST for block in beside) or any(row.depth > DEEPEST for row in drawn):
        return ()
    items = [f"{'  ' * row.depth}- {_as_markdown(_words(row))}" for row in drawn]
    first, last = fence.span.line, fence.span.end_line
    if first > 1 and lines[first - 2].strip():
        items.insert(0, "")
    if last < len(lines) and lines[last].strip():
        items.append("")
    return (Edit(Span(first, 1, last, len(lines[last - 1]) + 1), "\n".join(items)),)


def _words(row: DrawnLine) -> str:
    return " ".join(node.text for node in row.inlines if node.kind is Kind.TEXT)


def _as_markdown(words: str) -> str:
    """Escape what stands for itself in a fence."""
    escaped = _MARKUP.sub(lambda found: "\\" + found.group(), words)
    if _BLOCK.match(escaped):
        return "\\" + escaped
    return _NUMBER.sub(r"\1\\", escaped, count=1) if _NUMBER.match(escaped) else escaped
