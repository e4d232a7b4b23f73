"""What stands in a list beside that which was read from it, so that nothing an author wrote is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter
from typing import TypeVar

from afterword.model.causes import CausalTree, FiveWhys, WhyStep
from afterword.model.markup import Kind, Node
from afterword.model.span import Span

T = TypeVar("T")


def beside(node: Node, read: Collection[Span]) -> tuple[Node, ...]:
    """Give the blocks below an item that none of the spans begins in; of a list in part read, the items that were not, and what those hold beside it."""
    return tuple(_beside(node, read))


def _beside(node: Node, read: Collection[Span]) -> Iterator[Node]:
    for child in node.children:
        if not any(_holds(child.span, span) for span in read):
            yield child
        elif child.kind is Kind.LIST:
            items = (replace(item, children=beside(item, read)) for item in child.children)
            kept = tuple(item for item in items if item.children)
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


def with_read(
    block: Node, read: Iterable[T], span_of: Callable[[T], Span]
) -> Iterator[tuple[Node, T | None]]:
    """Yield the items of a list or the rows of a table below its head, each with what was read from it, None where nothing was.

    What was `read` is in the order of the source; what was read elsewhere than in this block is passed over.
    """
    inside = (each for each in read if _begins_in(block, span_of(each)))
    following = next(inside, None)
    for part in block.children:
        if part.header:
            continue
        if following is not None and _begins_in(part, span_of(following)):
            yield part, following
            following = next(inside, None)
        else:
            yield part, None


def cell_at(row: Node, span: Span) -> int:
    """Give the position of the cell in which a span begins."""
    for position, cell in enumerate(row.children):
        if cell.span.column <= span.column <= cell.span.end_column:
            return position
    return 0


def tree_items(block: Node) -> Iterator[tuple[str, Node]]:
    """Yield the items of a nested list with their paths, as a tree is read from them."""
    waiting = [("0", block.children[0])] if block.children else []
    while waiting:
        path, item = waiting.pop()
        yield path, item
        below = [child for part in item.children if part.kind is Kind.LIST for child in part.children]
        waiting.extend((f"{path}.{number}", child) for number, child in enumerate(below))


def second_outcomes(tree: CausalTree, block: Node) -> tuple[Node, ...]:
    """Give the outermost items behind the first as a list or fence of their own: they are no part of the tree, and kept."""
    if tree.fenced:
        *_, (_, last) = tree.paths()
        return lines_beside(block, tree.outcome.span.to(last.span))[1]
    if len(block.children) < 2:
        return ()
    return (replace(block, children=block.children[1:]),)


def above_steps(whys: FiveWhys, block: Node) -> tuple[Node, ...]:
    """Give what stands above the first step in the fence that five whys were drawn in."""
    return lines_beside(block, whys.steps[0].span)[0] if whys.fenced else ()


def step_items(whys: FiveWhys, block: Node) -> Iterator[tuple[Node | None, WhyStep | None]]:
    """Yield the steps with their items, and items that are none; drawn steps have no items."""
    if whys.fenced:
        yield from ((None, step) for step in whys.steps)
    else:
        yield from with_read(block, whys.steps, attrgetter("span"))


def beside_step(step: WhyStep, item: Node) -> tuple[Node, ...]:
    """Give what an item holds besides the question and the answer that were read from it."""
    return beside(item, [step.question.span, *([step.answer.span] if step.answer else [])])


def _begins_in(block: Node, span: Span) -> bool:
    return block.span.line <= span.line <= block.span.end_line


def _holds(outer: Span, inner: Span) -> bool:
    begin = (inner.line, inner.column)
    return (outer.line, outer.column) <= begin < (outer.end_line, outer.end_column)
