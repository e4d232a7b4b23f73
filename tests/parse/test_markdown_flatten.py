"""Inline Markdown as plain text with the place of each character."""

from __future__ import annotations

import pytest

from afterword.model.markup import OPAQUE, Kind, Node
from afterword.model.span import Span
from afterword.parse.markdown.flatten import flatten, inline_nodes, rich, trim
from afterword.parse.markdown.markdown import parse_blocks


def inlines(text: str) -> tuple[tuple[Node, ...], list[str]]:
    """Give the inline nodes of the first paragraph, and the lines."""
    return inline_nodes(parse_blocks(text, 1)[0]), text.split("\n")


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("a **b *c*** d", "a b c d"),
        ("a [b](c) `d` ![e *f*](g)", "a b d e f"),
        ("a\nb  \nc\\\nd", "a b c d"),
        ("a <b>c</b> d<br>e", "a c d e"),
        ("a[^1] b\n\n[^1]: c", "a b"),
        (r"\*a\* &amp; &#39;b&#39; \\", "*a* & 'b' \\"),
        ("a :tada: b", "a 🎉 b"),
        ("&amp;amp; &copy;", "&amp; ©"),
    ],
)
def test_plain_text_of_inlines(text: str, flat: str) -> None:
    """Markup is transparent, escapes and references are read, breaks are one space."""
    assert flatten(*inlines(text)).text == flat


def test_code_and_images_are_opaque_on_demand() -> None:
    """One character stands for each, so that nothing inside is read as a mark."""
    assert flatten(*inlines("a `-> A1` ![(AND)](x)"), opaque=True).text == f"a {OPAQUE} {OPAQUE}"


def test_a_mark_that_became_a_link_keeps_its_brackets_on_demand() -> None:
    """`[TRIGGER]` reads the same whether or not a reference of that name makes it a link."""
    flat = flatten(*inlines("[TRIGGER] go\n\n[TRIGGER]: http://x"), brackets=True)
    assert flat.text == "[TRIGGER] go"
    assert flat.span(0, 9) == Span(1, 1, 1, 10)


@pytest.mark.parametrize(
    ("text", "wanted", "span"),
    [
        ("a *b* -> A1", "-> A1", Span(1, 7, 1, 12)),
        (r"\*a\* &amp; -> A1", "->", Span(1, 13, 1, 15)),
        (r"\*a\* &amp; -> A1", "&", Span(1, 7, 1, 12)),
        (r"\*a\*", "*a*", Span(1, 1, 1, 6)),
        ("&#128;1 &#xFDD0;2", "1", Span(1, 7, 1, 8)),
        ("&#128;1 &#xFDD0;2", "2", Span(1, 17, 1, 18)),
        ("é :tada: (AND)", "(AND)", Span(1, 10, 1, 15)),
        ("a `b c` d", "b c", Span(1, 4, 1, 7)),
        ("a\nb -> A1", "-> A1", Span(2, 3, 2, 8)),
        ("> a `b\n> c` -> A1", "c ->", Span(2, 3, 2, 8)),
    ],
)
def test_a_stretch_of_plain_text_has_its_source(text: str, wanted: str, span: Span) -> None:
    """Characters keep their place through escapes, references, emoji codes, code and line breaks."""
    nodes, lines = inlines(text)
    flat = flatten(nodes, lines)
    start = flat.text.index(wanted)
    assert flat.span(start, start + len(wanted)) == span


def test_escaped_pipes_of_a_cell_are_aligned() -> None:
    """A cell's `\\|` is one character of plain text and two of the source."""
    text = "| a |\n|---|\n| x \\| \\* y |"
    cell = parse_blocks(text, 1)[0].children[1].children[0]
    flat = flatten(inline_nodes(cell), text.split("\n"))
    assert flat.text == "x | * y"
    assert flat.span(2, 3) == Span(3, 5, 3, 7)
    assert flat.span(4, 5) == Span(3, 8, 3, 10)
    assert flat.span(6, 7) == Span(3, 11, 3, 12)


def test_trimming_cuts_marks_off_both_ends() -> None:
    """Text is cut, a link wholly inside a mark goes, markup inside the label stays, and the span is the label's."""
    nodes, lines = inlines("[TRIGGER] The **pool** leaked -> [A1](#a1)")
    flat = flatten(nodes, lines, opaque=True)
    label = trim(nodes, flat, len("[TRIGGER]"), flat.text.index("->"), lines)
    assert label.text == "The pool leaked"
    assert [node.kind for node in label.nodes] == [Kind.TEXT, Kind.STRONG, Kind.TEXT]
    assert label.span == Span(1, 11, 1, 30)


def test_trimming_drops_emptied_emphasis_and_cuts_inside_it() -> None:
    """Emphasis around label and mark keeps the label; emphasis around a mark alone goes."""
    nodes, lines = inlines("**Pool leaked (AND)** *(root cause)*")
    flat = flatten(nodes, lines)
    label = trim(nodes, flat, 0, flat.text.index("(AND)"), lines)
    assert label.text == "Pool leaked"
    assert [(node.kind, len(node.children)) for node in label.nodes] == [(Kind.STRONG, 1)]
    assert label.span == Span(1, 3, 1, 14)


def test_nothing_gives_an_empty_rich_text() -> None:
    """An empty stretch is false and holds no nodes."""
    nodes, lines = inlines("-> A1")
    assert not trim(nodes, flatten(nodes, lines), 0, 0, lines)
    assert not rich((), lines)


def test_inline_nodes_of_blocks() -> None:
    """An item gives its first paragraph's inlines, and nothing where it begins with another block."""
    item, other = parse_blocks("- a *b*\n\n  c\n- > d", 1)[0].children
    assert [node.kind for node in inline_nodes(item)] == [Kind.TEXT, Kind.EMPHASIS]
    assert inline_nodes(other) == ()
