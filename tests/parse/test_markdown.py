"""Markdown as a tree whose every place is exact."""

from __future__ import annotations

import gc
import os

import pytest

from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.markdown.comrak_nodes import MAX_INLINE_DEPTH
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.source.text import decode, split_lines


def source_of(node: Node, text: str) -> str:
    """Cut a node's source out of the text by its span."""
    lines = split_lines(text)
    span = node.span
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = lines[span.line : span.end_line - 1]
    return "\n".join(
        [lines[span.line - 1][span.column - 1 :], *middle, lines[span.end_line - 1][: span.end_column - 1]]
    )


def sources(text: str, kind: Kind) -> list[str]:
    """Give the source of every node of a kind."""
    return [
        source_of(node, text) for block in parse_blocks(text, 1) for node in block.walk() if node.kind is kind
    ]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("a *b* c", Kind.EMPHASIS, ["*b*"]),
        ("é 😀 *ü*", Kind.EMPHASIS, ["*ü*"]),
        ("> é\n> **b\n> c** d", Kind.STRONG, ["**b\n> c**"]),
        ("-\titem\t*x*", Kind.EMPHASIS, ["*x*"]),
        ("a\r\nb *c*\rd *e*", Kind.EMPHASIS, ["*c*", "*e*"]),
        ("## A *b* ##", Kind.HEADING, ["## A *b* ##"]),
        ("- a\n  - b\n\n\nend", Kind.LIST, ["- a\n  - b", "- b"]),
        ("1. a\n2. b\n\ntext", Kind.ITEM, ["1. a", "2. b"]),
        ("```\nx\n```\ny", Kind.CODE_BLOCK, ["```\nx\n```"]),
        ("<!-- internal -->\n\ntext", Kind.HTML_BLOCK, ["<!-- internal -->"]),
        ("a <!-- b --> c", Kind.HTML, ["<!-- b -->"]),
        ("[a]: http://x\n*b*\nc *d*", Kind.EMPHASIS, ["*b*", "*d*"]),
        ("[a]: http://x\nb", Kind.PARAGRAPH, ["b"]),
        ("*b*\\*c*d*", Kind.TEXT, ["b", "\\*c", "d"]),
        ("> - [a]: http://x\n>     *b*", Kind.EMPHASIS, ["*b*"]),
        ("a :tada: b", Kind.TEXT, ["a ", ":tada:", " b"]),
        ("a[^1]\n\n[^1]: b\n    c\n\nd", Kind.FOOTNOTE, ["[^1]: b\n    c"]),
    ],
)
def test_a_span_cuts_the_node_out_of_the_source(text: str, kind: Kind, expected: list[str]) -> None:
    """Lines, columns and exclusive ends are those of the file, in code points, whatever the line ends."""
    assert sources(text, kind) == expected


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 1 | 2 |", ["1", "2"]),
        ("1|2", ["1", "2"]),
        (r"| a \| b | `c \| d` **e** |", [r"a \| b", r"`c \| d` **e**"]),
        (r"| a \\| b | c |", [r"a \\| b", "c"]),
        ("| 1 |", ["1"]),
        ("| 1 | |", ["1", ""]),
        ("| | 2 |", ["", "2"]),
        ("| 1 | 2 | 3 | 4 |", ["1", "2", "3", "4"]),
        ("|  é  |\t2\t|  ", ["é", "2"]),
    ],
)
def test_a_row_has_the_cells_that_are_written(row: str, cells: list[str]) -> None:
    """No padding up to the head's number of cells, nothing dropped beyond it, and a pipe after a backslash cuts nothing."""
    text = f"| a | b |\n|---|---|\n{row}"
    table = parse_blocks(text, 1)[0]
    assert [source_of(cell, text) for cell in table.children[1].children] == cells


def test_columns_hold_after_escaped_pipes_and_wide_characters() -> None:
    """Inline nodes of a cell are where they are written, after any number of escaped pipes and multi-byte characters."""
    text = "| a | b |\n|---|---|\n| é \\| 日 \\| *x* | `\\|` **ü \\| y** [l](m) |"
    assert sources(text, Kind.EMPHASIS) == ["*x*"]
    assert sources(text, Kind.CODE) == ["`\\|`"]
    assert sources(text, Kind.STRONG) == ["**ü \\| y**"]
    assert sources(text, Kind.LINK) == ["[l](m)"]


def test_spans_count_from_the_first_line_of_the_body() -> None:
    """A body that begins on line 8 has its first block there, and its items, too."""
    (block,) = parse_blocks("- a\n- | x |\n  |---|\n  | y |", 8)
    assert block.span == Span(8, 1, 11, 8)
    assert [item.span.line for item in block.children] == [8, 9]
    assert [cell.span for cell in block.walk() if cell.kind is Kind.CELL] == [
        Span(9, 5, 9, 6),
        Span(11, 5, 11, 6),
    ]


def test_footnotes_stand_where_they_are_written() -> None:
    """A definition between two paragraphs comes between them, not at the end."""
    blocks = parse_blocks("a[^1]\n\n[^1]: b\n\nc", 1)
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.PARAGRAPH]


def test_dropped_characters_keep_columns_and_show_nowhere() -> None:
    """A control character moves no column, and no text, address, title or info string holds it."""
    text, _ = decode(b"a\x07b [c\x08](java\x01script:x 'd\x02') *e* `f\x03`\n\n```g\x04\nh\x05\n```")
    nodes = [node for block in parse_blocks(text, 1) for node in block.walk()]
    link = next(node for node in nodes if node.kind is Kind.LINK)
    assert (link.url, link.title, link.span.column) == ("javascript:x", "d", 5)
    assert [node.text for node in nodes if node.text] == ["ab ", "c", " ", "e", " ", "f", "h\n"]
    assert [node.info for node in nodes if node.info] == ["g"]


def test_a_character_reference_brings_no_control_character_in() -> None:
    """What `&#8238;` stands for is dropped like the character itself."""
    assert parse_blocks("a&#8238;b&#7;c", 1)[0].children[0].text == "abc"


def test_inlines_nested_too_deep_are_plain_text() -> None:
    """Beyond the cap the words stay and the form goes."""
    depth = 3 * MAX_INLINE_DEPTH
    (paragraph,) = parse_blocks("*a " * depth + "end" + " b*" * depth, 1)
    assert sum(node.kind is Kind.EMPHASIS for node in paragraph.walk()) <= MAX_INLINE_DEPTH
    assert sum(node.text.count("a") for node in paragraph.walk()) == depth


def test_parsing_keeps_no_memory() -> None:
    """The objects of comrak's tree are gone when the parse is over, those of padded cells and of what lies too deep, too."""
    text = "# a\n\n- *b* `c`\n\n| a | b |\n|---|---|\n| c |\n\n" + "*a " * 150 + "b*" * 150
    parse_blocks(text, 1)
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(10):
        parse_blocks(text, 1)
    gc.collect()
    assert len(gc.get_objects()) - before < 50


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_parses_too() -> None:
    """A worker process that is forked after a first parse starts a thread of its own."""
    parse_blocks("a", 1)
    child = os.fork()
    if child == 0:
        os._exit(0 if parse_blocks("b", 1)[0].children[0].text == "b" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_definitions_before_an_underlined_heading_do_not_move_it() -> None:
    """Link definitions above an underlined heading are no part of it; it begins where its text does, also in a quote."""
    for before, line, column in (("", 3, 1), ("> ", 3, 3)):
        source = f"{before}[a]: https://example.org/a\n{before}[b]: https://example.org/b\n{before}Impact *b*\n{before}---\n"
        nodes = [node for block in parse_blocks(source, 1) for node in block.walk()]
        heading = next(node for node in nodes if node.kind is Kind.HEADING)
        emphasis = next(node for node in nodes if node.kind is Kind.EMPHASIS)
        assert heading.span == Span(line, column, 4, column + 3)
        assert emphasis.span == Span(line, column + 7, line, column + 10)


@pytest.mark.parametrize("begin", ["> ", "> > ", "- ", "12. ", "> - ", "- [ ] ", "[^1]: ", "> [!NOTE]\n> "])
@pytest.mark.parametrize("blanks", ["", " ", "  "])
def test_text_behind_definitions_stands_where_it_is_written(begin: str, blanks: str) -> None:
    """Also where it goes on without the signs of the quote or the item that it lies in, indented or not."""
    lines = [f"{begin}[a]: https://example.org/a", f"{blanks}*b*", f"{blanks} *c* and", f"{blanks}*d*"]
    source = "\n".join(["x[^1]", "", *lines]) if begin.startswith("[^") else "\n".join(lines)
    nodes = [node for block in parse_blocks(source, 1) for node in block.walk()]
    written = source.split("\n")
    places = [node.span for node in nodes if node.kind is Kind.EMPHASIS]
    assert [written[each.line - 1][each.column - 1 : each.end_column - 1] for each in places] == [
        "*b*",
        "*c*",
        "*d*",
    ]
