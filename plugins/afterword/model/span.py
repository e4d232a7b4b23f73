"""Places in a source file."""

from __future__ import annotations

from afterword.model.value import maker, plain_value


@plain_value(order=True)
class Span:
    """A stretch of one file: lines and columns from 1, columns in code points (a tab is one), the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, line: int, column: int = 1, length: int = 0) -> Span:
        """Give the span of `length` characters on one line."""
        return make_span(line, column, line, column + length)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands there."""
        return (self.line, self.column) == (self.end_line, self.end_column)

    def to(self, other: Span) -> Span:
        """Give the span from the start of this one to the end of `other`."""
        return make_span(self.line, self.column, other.end_line, other.end_column)


make_span = maker(Span)

START = Span(1, 1, 1, 1)
"""The place of what concerns a whole file."""
