"""Source lines as they are written: where a table's cells are, and which character a byte column belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.model.value import maker, plain_value

_BLANKS = " \t\v\f"


@plain_value()
class WrittenCell:
    """A cell's source: columns from 1, the end exclusive, blanks around it left out; an empty cell has no length."""

    start: int
    end: int
    source: str


make_cell = maker(WrittenCell)


class Ruler:
    """Turns columns counted in bytes into columns counted in characters, of one line or one cell.

    In a cell, each `\\|` was counted as the single byte of its pipe, unless its backslash is itself escaped.
    """

    __slots__ = ("_after", "_base", "_before", "_plain")

    def __init__(self, source: str, column: int, byte_column: int, *, cell: bool) -> None:
        """Measure `source`, which begins at `column` and, in bytes, at `byte_column`."""
        self._base = byte_column
        self._plain = column if source.isascii() and not (cell and "\\|" in source) else None
        self._before: list[int] = []
        self._after: list[int] = []
        if self._plain is None:
            self._measure(source, column, cell)

    def start(self, byte_column: int) -> int:
        """Give the column of the character that holds the byte."""
        return self._at(self._before, byte_column - self._base, 0)

    def end(self, byte_column: int) -> int:
        """Give the column after the character that holds the byte."""
        return self._at(self._after, byte_column - self._base, 1)

    def _at(self, table: Sequence[int], offset: int, plain: int) -> int:
        if self._plain is not None:
            return self._plain + offset + plain
        return (
            table[offset]
            if 0 <= offset < len(table)
            else self._after[-1] + max(0, offset - len(table)) + plain
        )

    def _measure(self, source: str, column: int, cell: bool) -> None:
        index = 0
        while index < len(source):
            width = 2 if cell and source.startswith("\\|", index) else 1
            count = 1 if width == 2 else len(source[index].encode())
            self._before.extend([column + index] * count)
            self._after.extend([column + index + width] * count)
            if cell and source.startswith("\\\\", index):
                index += 1
                self._before.append(column + index)
                self._after.append(column + index + 1)
            index += width


def line_ruler(line: str) -> Ruler:
    """Measure a whole line."""
    return Ruler(line, 1, 1, cell=False)


def cell_ruler(line: str, cell: WrittenCell) -> Ruler:
    """Measure a cell of that line."""
    return Ruler(cell.source, cell.start, len(line[: cell.start - 1].encode()) + 1, cell=True)


def written_cells(line: str, column: int) -> tuple[WrittenCell, ...]:
    """Cut the row that begins at `column` of its line into the cells that GFM sees; a pipe after a backslash cuts nothing."""
    position = column - 1
    end = len(line.rstrip(_BLANKS))
    while position < end and line[position] in _BLANKS:
        position += 1
    if line.startswith("|", position):
        position += 1
    cells: list[WrittenCell] = []
    has_escapes = "\\|" in line
    while position < end:
        if has_escapes:
            pipe = _next_pipe(line, position, end)
        elif (pipe := line.find("|", position, end)) < 0:
            pipe = end
        whole = line[position:pipe]
        source = whole.strip(_BLANKS)
        # A cell of blanks alone is empty, and stands where it ends.
        begin = position + whole.index(source) if source else pipe
        cells.append(make_cell(begin + 1, begin + 1 + len(source), source))
        position = pipe + 1
    return tuple(cells)


def _next_pipe(line: str, position: int, end: int) -> int:
    start = position
    while (pipe := line.find("|", position, end)) >= 0:
        if pipe == start or line[pipe - 1] != "\\":
            return pipe
        position = pipe + 1
    return end
