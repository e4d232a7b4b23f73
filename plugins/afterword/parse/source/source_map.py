"""The source of a body as one string: offsets to places, and which offsets lie in code, rows and items."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.model.value import plain_value


class SourceMap:
    """Lines joined by `\\n`, with the offset of each; offsets count code points from 0, lines count from `first_line`."""

    __slots__ = ("_starts", "first_line", "lines", "text")

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        """Join the lines of a body that begins at `first_line` of its file."""
        self.lines = lines
        self.first_line = first_line
        self.text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def line_index(self, offset: int) -> int:
        """Give the position in `lines` of the line that holds an offset."""
        return bisect_right(self._starts, offset, 0, len(self.lines)) - 1

    def line_start(self, index: int) -> int:
        """Give the offset at which a line begins."""
        return self._starts[index]

    def span(self, start: int, end: int) -> Span:
        """Give the place in the file of the offsets `start` to `end` (exclusive)."""
        first, last = self.line_index(start), self.line_index(end)
        return Span(
            first + self.first_line,
            start - self._starts[first] + 1,
            last + self.first_line,
            end - self._starts[last] + 1,
        )

    def offsets(self, span: Span) -> tuple[int, int]:
        """Give the offsets of a place in the file."""
        return (
            self._offset(span.line, span.column),
            self._offset(span.end_line, span.end_column),
        )

    def ranges(self, blocks: Iterable[Node], kinds: Collection[Kind]) -> list[tuple[int, int]]:
        """Give the offsets of all nodes of some kinds, parents before their children."""
        return sorted(
            (self.offsets(node.span) for block in blocks for node in block.walk() if node.kind in kinds),
            key=lambda each: (each[0], -each[1]),
        )

    def _offset(self, line: int, column: int) -> int:
        index = min(max(line - self.first_line, 0), len(self.lines) - 1)
        return min(self._starts[index] + column - 1, self._starts[index] + len(self.lines[index]))


@plain_value()
class Scope:
    """A row, an item or a top-level block, by its offsets."""

    start: int
    end: int
    kind: Kind

    def holds(self, offset: int) -> bool:
        """Tell whether an offset lies inside."""
        return self.start <= offset < self.end


class Nesting:
    """Stretches that lie in one another or apart; finds the innermost at an offset in logarithmic time."""

    __slots__ = ("_parents", "_scopes", "_starts")

    def __init__(self, scopes: Iterable[Scope]) -> None:
        """Order the stretches, outer ones first."""
        self._scopes = sorted(scopes, key=lambda scope: (scope.start, -scope.end))
        self._starts = [scope.start for scope in self._scopes]
        self._parents: list[int] = []
        open_scopes: list[int] = []
        for index, scope in enumerate(self._scopes):
            while open_scopes and self._scopes[open_scopes[-1]].end <= scope.start:
                open_scopes.pop()
            self._parents.append(open_scopes[-1] if open_scopes else -1)
            open_scopes.append(index)

    def innermost(self, offset: int) -> Scope | None:
        """Give the innermost stretch that holds an offset."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self._scopes[index].end <= offset:
            index = self._parents[index]
        return self._scopes[index] if index >= 0 else None

    def following(self, offset: int) -> Scope | None:
        """Give the first stretch that begins at or behind an offset."""
        index = bisect_right(self._starts, offset - 1)
        return self._scopes[index] if index < len(self._scopes) else None


class Scopes:
    """The rows and items of a body, its tables, and its top-level blocks."""

    __slots__ = ("blocks", "parts", "tables")

    def __init__(self, source: SourceMap, blocks: Sequence[Node]) -> None:
        """Find them in the parsed body."""
        self.blocks = Nesting(Scope(*source.offsets(block.span), block.kind) for block in blocks)
        nodes = [node for block in blocks for node in block.walk()]
        self.parts = Nesting(
            Scope(*source.offsets(node.span), node.kind)
            for node in nodes
            if node.kind in (Kind.ROW, Kind.ITEM)
        )
        self.tables = Nesting(
            Scope(*source.offsets(node.span), node.kind) for node in nodes if node.kind is Kind.TABLE
        )
