"""Trees drawn in a fenced block with `├` and `└`, line by line (docs/format.md, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.source.text import visible

MAX_DEPTH = 100
"""Levels kept of a drawn tree, as many as nested blocks are permitted."""

_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_CONNECTOR = re.compile(r"[ \t│┃║|]*?(?P<connector>[├└╰┣┗╠╚][─━═╌-]*>?|[|+`\\]-{1,}>?)[ \t]*")
_RAILS = re.compile(r"[ \t│┃║|]*")
_STEP = re.compile(r"[ \t]*[0-9]{1,3}[.)][ \t]+\S")


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One node of a drawn tree: its depth (0: outermost), and its text as a node that knows its place."""

    depth: int
    inlines: tuple[Node, ...]
    span: Span


def is_tree_fence(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether a block is a fenced tree: its info is `tree`, or a line holds `├` or `└`."""
    if not is_fence(node, lines):
        return False
    info = node.info.split()
    return bool(info and info[0].casefold() == "tree") or "├" in node.text or "└" in node.text


def is_steps_fence(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether a block is a fence that holds a numbered list."""
    return is_fence(node, lines) and any(_STEP.match(line) for line in node.text.split("\n"))


def is_fence(node: Node, lines: Sequence[str]) -> bool:
    """Tell whether a block is fenced code, not indented code."""
    return node.kind is Kind.CODE_BLOCK and bool(
        _FENCE.match(lines[node.span.line - 1][node.span.column - 1 :])
    )


def fence_lines(node: Node, lines: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """Yield the lines inside a fence: the line's number, its text, and the column at which that text begins."""
    content = node.text.removesuffix("\n").split("\n") if node.text else []
    for number, text in enumerate(content, start=node.span.line + 1):
        if number > len(lines):
            return
        written = lines[number - 1]
        if written.endswith(text):
            yield number, text, len(written) - len(text) + 1
        else:
            # A character was dropped or a tab cut in two: the place of the text is its line's.
            yield number, written.lstrip(" \t>"), len(written) - len(written.lstrip(" \t>")) + 1


def literal(number: int, text: str, column: int, start: int, end: int) -> Node:
    """Give the characters `start` to `end` of a fence's line as a text node, less the blanks around them."""
    stretch = text[start:end]
    left = start + len(stretch) - len(stretch.lstrip())
    words = stretch.strip()
    return Node(Kind.TEXT, Span.at(number, column + left, len(words)), text=visible(words))


def read_tree_fence(
    node: Node, lines: Sequence[str], outcome: re.Pattern[str]
) -> tuple[tuple[DrawnLine, ...], tuple[Finding, ...]]:
    """Read the nodes of a drawn tree in the order of the source, each with its depth.

    The depth comes from the column of the connector; where no line has one, from the indentation. A line without a
    connector behind the first goes on with the text above it, unless it begins at the left edge. `outcome` fits a leading
    `Outcome:`, which is dropped.
    """
    rows = [
        (number, text, column, _CONNECTOR.match(text))
        for number, text, column in fence_lines(node, lines)
        if text[_end(_RAILS.match(text)) :].strip()
    ]
    drawn = any(connector for *_, connector in rows)
    tree = _Drawing(drawn=drawn)
    for number, text, column, connector in rows:
        indent = _end(_RAILS.match(text))
        begins = connector.end() if connector else indent
        if not text[begins:].strip():
            continue
        if not connector and drawn and indent > 0 and tree.rows:
            tree.go_on(literal(number, text, column, begins, len(text)))
            continue
        if not tree.rows and (found := outcome.match(text, begins)):
            begins = found.end()
        node_text = literal(number, text, column, begins, len(text))
        edge = connector.start("connector") if connector else indent
        tree.add(-1 if drawn and not connector else edge, begins, node_text)
    return tuple(DrawnLine(depth, tuple(inlines), _over(inlines)) for depth, inlines in tree.rows), tuple(
        tree.findings
    )


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _over(inlines: Sequence[Node]) -> Span:
    return inlines[0].span.to(inlines[-1].span)


class _Drawing:
    """The nodes read so far, and the columns of the branch that the last of them ends."""

    def __init__(self, *, drawn: bool) -> None:
        self._drawn = drawn
        self.rows: list[tuple[int, list[Node]]] = []
        self.findings: list[Finding] = []
        # Of each level above the next line: the connector's column and the label's.
        self._branch: list[tuple[int, int]] = []

    def add(self, edge: int, label: int, text: Node) -> None:
        """Add a node whose connector is at `edge` and whose label is at `label`."""
        sibling: int | None = None
        while self._branch and self._branch[-1][0] >= edge:
            sibling = self._branch.pop()[0]
        fits = sibling is None or sibling == edge
        if self._drawn and sibling is None and len(self._branch) > 1:
            above, above_label = self._branch[-1]
            # Two steps at once: a level of the drawing is missing.
            fits = edge < above_label + max(above_label - above, 2)
        depth = len(self._branch)
        if depth >= MAX_DEPTH:
            fits, depth = False, MAX_DEPTH
        else:
            self._branch.append((edge, label))
        if not fits:
            message = (
                f"depth of '{text.text[:40]}' fits no parent, expected its connector below the label of one"
            )
            hint = "line the connectors up, or write the tree as a list"
            self.findings.append(Finding("tree-indent", message, text.span, Nature.WARNING, hint))
        self.rows.append((depth, [text]))

    def go_on(self, text: Node) -> None:
        """Add a further line to the last node."""
        last = self.rows[-1][1]
        last.extend(
            (
                Node(
                    Kind.SOFT_BREAK, Span(last[-1].span.end_line, last[-1].span.end_column, text.span.line, 1)
                ),
                text,
            )
        )
