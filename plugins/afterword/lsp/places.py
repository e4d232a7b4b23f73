"""Our places, in code points from 1, and those of the protocol, in the units that the editor asked for, from 0."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from afterword.model.span import Span

Encoding = types.PositionEncodingKind | str

_BYTES = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Places:
    """The lines of one text, measured in the units of one editor; lines end where the protocol and Markdown agree that they do."""

    def __init__(self, lines: Sequence[str], encoding: Encoding) -> None:
        """Take lines without their ends."""
        self._lines = lines
        self._codec, self._width = _BYTES[types.PositionEncodingKind(encoding)]

    def range(self, span: Span) -> types.Range:
        """Give the range of a place."""
        return types.Range(
            self.position(span.line, span.column), self.position(span.end_line, span.end_column)
        )

    def position(self, line: int, column: int) -> types.Position:
        """Give the position of a column; one beyond the text is at its end."""
        if line > len(self._lines):
            return types.Position(len(self._lines), 0)
        before = self._lines[line - 1][: column - 1]
        units = len(before) if before.isascii() else len(self._encoded(before)) // self._width
        return types.Position(line - 1, units)

    def cursor(self, position: types.Position) -> tuple[int, int]:
        """Give line and column of a position; one inside a character is before it."""
        line = min(position.line, len(self._lines) - 1)
        text = self._lines[line]
        if text.isascii():
            return line + 1, min(position.character, len(text)) + 1
        before = self._encoded(text)[: position.character * self._width]
        return line + 1, len(before.decode(self._codec, "ignore")) + 1

    def span(self, range_: types.Range) -> Span:
        """Give the place of a range."""
        return Span(*self.cursor(range_.start), *self.cursor(range_.end))

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._codec, "replace")
