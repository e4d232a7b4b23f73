"""Throws generated Markdown at the parser; run in a process of its own, since what it looks for would end the process."""

from __future__ import annotations

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.markdown.flatten import flatten, trim
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.source.limits import check_limits
from afterword.parse.source.text import DROPPED, decode, split_front_matter, split_lines

MARKS = (
    "* ** _ __ ~ ~~ ` `` ``` ~~~ [ ] ![ ]( ) < > <b> </b> <!-- --> \\ | \\| \\\\| - -- --- + 1. 2) # ## > : :tada: & &amp; &#8238; [^1] [^1]: "
    "[a] [a]:http://x.y www.a.b a@b.c [x] [!NOTE] |-|-| |a|b| $ = === a b é 日 😀 \u00a0 \u2028 \ue0ff"
)
FRAGMENTS = st.sampled_from(MARKS.split(" "))
BLANKS = st.sampled_from(
    ["", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "\n  ", "\n    ", "\n> ", "\n- ", "\n| "]
)
TEXTS = st.lists(st.one_of(FRAGMENTS, BLANKS, st.text(max_size=3)), max_size=60).map("".join)


@settings(
    max_examples=int(sys.argv[1]) if len(sys.argv) > 1 else 300,
    deadline=None,
    database=None,
    derandomize=True,
)
@given(TEXTS)
def check(source: str) -> None:
    """Nothing raises, and every place lies inside the text and inside its parent's lines."""
    text, _ = decode(source.encode("utf-8", errors="surrogatepass"))
    split = split_front_matter(text)
    lines = split_lines(text)
    if check_limits(len(text), split.header, split.body, split.body_line) is not None:
        return
    for block in parse_blocks(split.body, split.body_line):
        for node in block.walk():
            _check_place(node.span, lines, source)
            _check_marks(node, lines, source)
            # A text's `info` is its source, by which its characters find their places; it is never shown.
            shown = "" if node.kind is Kind.TEXT else node.info
            assert DROPPED not in node.text + node.url + node.title + shown
            if node.kind in {Kind.PARAGRAPH, Kind.HEADING, Kind.CELL}:
                _check_flat(node, lines, source)


def _check_place(span: Span, lines: list[str], source: str) -> None:
    said = (source, span)
    assert (span.line, span.column) <= (span.end_line, span.end_column), said
    assert 1 <= span.line <= span.end_line <= len(lines), said
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, said
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, said


def _check_marks(node: Node, lines: list[str], source: str) -> None:
    """Check that a span begins and ends with the marks of its kind, to the character."""
    span = node.span
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1][: span.end_column - 1]
    marks = {Kind.EMPHASIS: ("*", "_"), Kind.STRONG: ("**", "__"), Kind.STRIKE: ("~",), Kind.CODE: ("`",)}
    if node.kind in marks:
        assert first.startswith(marks[node.kind]), (source, node)
        assert last.endswith(marks[node.kind]), (source, node)
    if node.kind is Kind.TEXT and first[:1] not in {"\\", "&", ":", DROPPED} and node.text:
        assert first.startswith(node.text[0]), (source, node)


def _check_flat(node: Node, lines: list[str], source: str) -> None:
    for opaque, brackets in ((False, False), (True, False), (True, True)):
        flat = flatten(node.children, lines, opaque=opaque, brackets=brackets)
        assert len(flat.text) == len(flat.places), source
        for place in flat.places:
            _check_place(place, lines, source)
        starts = [(place.line, place.column) for place in flat.places]
        assert starts == sorted(starts), source
    flat = flatten(node.children, lines, opaque=True)
    middle = len(flat.text) // 2
    for start, end in ((0, middle), (middle, len(flat.text))):
        kept = trim(node.children, flat, start, end, lines)
        assert flatten(kept.nodes, lines, opaque=True).text == flat.text[start:end].strip(), source


if __name__ == "__main__":
    check()
