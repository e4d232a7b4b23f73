"""What stands in a list beside that which was read from it, so that nothing an author wrote is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from afterword.model.markup import Kind, Node
from afterword.model.span import Span


def beside(node: Node, read: Collection[Span]) -> tuple[Node, ...]:
    """Give the blocks below an item that none of the spans begins in; of a list in part read, the items that were not."""
    return tuple(_beside(node, read))


def _beside(node: Node, read: Collection[Span]) -> Iterator[Node]:
    for child in node.children:
        if not any(_holds(child.span, span) for span in read):
            yield child
        elif child.kind is Kind.LIST:
            kept = tuple(item for item in child.children if not any(_holds(item.span, span) for span in read))
            if kept:
                yield replace(child, children=kept)


def lines_beside(fence: Node, read: Span) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Give what stands in a fence above and below the lines that were read from it, as fences of their own."""
    lines = fence.text.split("\n")
    first = fence.span.line + 1
    above, below = lines[: read.line - first], lines[read.end_line - first + 1 :]
    return _fence(fence, above), _fence(fence, below)


def _fence(like: Node, lines: Sequence[str]) -> tuple[Node, ...]:
    text = "\n".join(lines)
    return (replace(like, text=text),) if text.strip() else ()


def around_lists(item: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Give the blocks of an item above its first list, without its first paragraph, and those below it that are no lists."""
    blocks = item.children[1:] if item.children and item.children[0].kind is Kind.PARAGRAPH else item.children
    above = tuple(takewhile(lambda block: block.kind is not Kind.LIST, blocks))
    return above, tuple(block for block in blocks[len(above) :] if block.kind is not Kind.LIST)


def _holds(outer: Span, inner: Span) -> bool:
    begin = (inner.line, inner.column)
    return (outer.line, outer.column) <= begin < (outer.end_line, outer.end_column)
