"""What stands in a list beside that which was read from it, so that nothing an author wrote is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

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


def first_paragraph_left_out(item: Node) -> tuple[Node, ...]:
    """Give the blocks of an item without its first paragraph and without its lists."""
    blocks = item.children[1:] if item.children and item.children[0].kind is Kind.PARAGRAPH else item.children
    return tuple(block for block in blocks if block.kind is not Kind.LIST)


def _holds(outer: Span, inner: Span) -> bool:
    begin = (inner.line, inner.column)
    return (outer.line, outer.column) <= begin < (outer.end_line, outer.end_column)
