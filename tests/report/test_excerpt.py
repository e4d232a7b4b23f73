"""The source line of a finding, as a terminal shows it."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from afterword.model.span import Span
from afterword.report.excerpt import Excerpt, excerpt


def drawn(line: str, column: int, length: int, width: int = 60) -> list[str]:
    """Give the source and the marks below it as two lines."""
    shown = excerpt(Span.at(1, column, length), [line], width)
    assert shown is not None
    return [shown.source, shown.indent + shown.marks]


@pytest.mark.parametrize(
    ("line", "column", "length", "source", "marks"),
    [
        ("severity: P1", 11, 2, "severity: P1", "          ^^"),
        ("severity:", 10, 0, "severity:", "         ^"),
        ("漢字 P1", 4, 2, "漢字 P1", "     ^^"),
        ("漢字 P1", 2, 1, "漢字 P1", "  ^^"),
        ("\ta\tb", 4, 1, "    a    b", "         ^"),
        ("é e\u0301 x", 6, 1, "é e\u0301 x", "    ^"),
        ("a\x1b[31mb", 1, 1, "a␛[31mb", "^"),
        ("a\x00\u202e\ue0ffb", 5, 1, "a␀��b", "    ^"),
        ("short", 90, 4, "short", "     ^"),
    ],
    ids=["word", "end", "after-wide", "wide", "tabs", "combining", "escape", "dropped", "beyond"],
)
def test_marks_stand_below_the_place(line: str, column: int, length: int, source: str, marks: str) -> None:
    """Marks are counted in cells of the terminal, and nothing in a line is obeyed by it."""
    assert drawn(line, column, length) == [source, marks]


@pytest.mark.parametrize("column", [1, 20, 300, 590, 600])
@pytest.mark.parametrize("letter", ["x", "漢"])
def test_long_lines_are_cut_around_the_place(column: int, letter: str) -> None:
    """The place is in view, marked below, and no line is wider than the terminal."""
    line = letter * (column - 1) + "HERE" + letter * (600 - column)
    source, marks = drawn(line, column, 4)
    assert cell_len(source) <= 60
    assert len(marks) <= 60
    at = marks.index("^")
    assert marks.count("^") == 4
    assert cell_len(source[: source.index("HERE")]) == at
    assert source.startswith("…") == (at < cell_len(letter) * (column - 1))
    after = source[source.index("HERE") + len("HERE") :]
    assert after.endswith("…") == (len(after) < 600 - column)


def test_a_long_place_is_cut_too() -> None:
    """Of a span wider than the terminal its beginning is shown, with what leads to it."""
    source, marks = drawn("a" * 50 + "b" * 200, 51, 200)
    assert len(source) == len(marks) == 60
    assert source == "…" + "a" * 19 + "b" * 39 + "…"
    assert marks == " " * 20 + "^" * 40


def test_of_several_lines_the_first_is_marked_to_its_end() -> None:
    """A span that goes on below is marked to the end of its first line's text."""
    assert excerpt(Span(1, 3, 2, 4), ["- one  ", "two"], 60) == Excerpt("- one  ", "  ", "^^^")


@pytest.mark.parametrize(
    "span", [Span.at(1, 1), Span.at(2, 1, 1), Span.at(4, 1, 1)], ids=["whole-file", "blank", "beyond"]
)
def test_nothing_is_shown_where_there_is_nothing_to_see(span: Span) -> None:
    """What concerns a whole file, a blank line and a line that is gone have no excerpt."""
    assert excerpt(span, ["---", "  ", "x"], 60) is None
