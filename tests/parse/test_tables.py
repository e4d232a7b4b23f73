"""Tables as heads and rows."""

from __future__ import annotations

from afterword.model.finding import Nature
from afterword.model.span import Span
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.markdown.tables import TableView, cell_count_findings, read_table


def table(text: str) -> TableView:
    """Read the one table of a drawing."""
    return read_table(parse_blocks(text, 1)[0], text.split("\n"))


def test_cells_have_content_and_place() -> None:
    """A cell's place is its content's, an empty cell's is its own."""
    view = table("| Time | Event |\n|---|---|\n| 14:02 |  **down** |\n| 14:03 | |\n")
    assert [head.text for head in view.heads] == ["Time", "Event"]
    assert [[cell.text for cell in row.cells] for row in view.rows] == [["14:02", "down"], ["14:03", ""]]
    assert view.rows[0].cells[1].span == Span.at(3, 12, 8)
    assert view.rows[1].cells[1].span.line == 4


def test_an_empty_head_has_its_place() -> None:
    """Findings about a table's head reach from its first cell to its last."""
    view = table("\n| Time | |\n|---|---|\n")
    assert [head.span.line for head in view.heads] == [2, 2]


def test_rows_of_another_width_are_errors() -> None:
    """A bar inside a cell is the usual cause, so the hint says how to write it."""
    view = table("| A | B |\n|---|---|\n| 1 | 2 |\n| a | b | c |\n| x |\n| y \\| z | 2 |\n")
    found = [(finding.span.line, finding.message, finding.nature) for finding in cell_count_findings(view)]
    assert found == [
        (4, "row has 3 cells, the head has 2", Nature.ERROR),
        (5, "row has 1 cell, the head has 2", Nature.ERROR),
    ]
    assert all("\\|" in (finding.hint or "") for finding in cell_count_findings(view))
