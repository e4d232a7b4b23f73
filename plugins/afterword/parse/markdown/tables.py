"""Tables as heads and rows of cells, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.model.finding import Edit, Finding, Nature
from afterword.model.markup import Kind, Node, RichText, make_text
from afterword.model.span import Span
from afterword.model.value import maker, plain_value
from afterword.parse.markdown.flatten import rich
from afterword.parse.source.edits import written_over

_CELL = Kind.CELL
_ROW = Kind.ROW


@plain_value()
class CellView:
    """One cell: its node, its content, and the place of the content."""

    node: Node
    rich: RichText
    span: Span

    @property
    def text(self) -> str:
        """Give the content as plain text without the blanks around it."""
        return self.rich.text.strip()

    def written_over(self, text: str, start: int = 0, end: int | None = None) -> tuple[Edit, ...]:
        """Give the edit that writes `text` for the characters `start` to `end` of `self.text`, none where the cell is not written as it reads."""
        return written_over(self.span, self.text, text, start, end)


@plain_value()
class RowView:
    """One row below the head; it may hold more or fewer cells than the head."""

    cells: tuple[CellView, ...]
    span: Span

    def cell(self, index: int | None) -> CellView | None:
        """Give the cell of a column, None where the row has none or `index` is None."""
        return self.cells[index] if index is not None and 0 <= index < len(self.cells) else None


@plain_value()
class TableView:
    """A table: the heads of its columns, then its rows in the order of the source."""

    heads: tuple[RichText, ...]
    rows: tuple[RowView, ...]
    span: Span


make_cell = maker(CellView)
make_row = maker(RowView)


def read_table(node: Node, lines: Sequence[str]) -> TableView:
    """Read a table node; `lines` are all lines of the file."""
    heads: tuple[RichText, ...] = ()
    rows: list[RowView] = []
    for row in node.children:
        if row.kind is not _ROW:
            continue
        cells = tuple(_cell(cell, lines) for cell in row.children if cell.kind is _CELL)
        if row.header:
            heads = tuple(cell.rich for cell in cells)
        else:
            rows.append(make_row(cells, row.span))
    return TableView(heads, tuple(rows), node.span)


def cell_count_findings(table: TableView) -> Iterator[Finding]:
    """Report rows with more or fewer cells than the head (`table-cells`)."""
    wanted = len(table.heads)
    for row in table.rows:
        found = len(row.cells)
        if found == wanted:
            continue
        hint = (
            "write a | inside a cell as \\|"
            if found > wanted
            else "add the missing cells; an empty cell is written as two | with a blank between, a | inside a cell as \\|"
        )
        message = f"row has {found} {'cell' if found == 1 else 'cells'}, the head has {wanted}"
        yield Finding("table-cells", message, row.span, Nature.ERROR, hint)


def _cell(node: Node, lines: Sequence[str]) -> CellView:
    # An empty cell has a place, too: findings about a head reach to its last one.
    content = rich(node.children, lines) if node.children else make_text(span=node.span)
    return make_cell(node, content, content.span if content else node.span)
