"""Our reading of GitHub Flavored Markdown, held against a second parser."""

from __future__ import annotations

import pytest

from afterword.model.markup import Kind, Node
from afterword.parse.markdown.markdown import parse_blocks
from tests.conformance.constructs import cases
from tests.conformance.differences import DIFFERENCES, Difference
from tests.conformance.outline import of_markdown_it, of_nodes

CASES = cases()


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_both_parsers_read_the_same_tree(text: str) -> None:
    """A construct of the common language gives the same blocks, inlines and literals in both parsers."""
    assert of_nodes(parse_blocks(text, 1)) == of_markdown_it(text)


@pytest.mark.parametrize("difference", DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_a_listed_difference_reads_as_meant(difference: Difference) -> None:
    """What only one parser knows gives the tree that is written beside it, and is a difference indeed."""
    blocks = parse_blocks(difference.text, 1)
    assert tuple(_said(node) for block in blocks for node in block.walk()) == difference.expected
    assert of_nodes(blocks) != of_markdown_it(difference.text)


def _said(node: Node) -> str:
    detail = {
        Kind.TEXT: node.text,
        Kind.FOOTNOTE: node.text,
        Kind.FOOTNOTE_REF: node.text,
        Kind.ALERT: node.info,
        Kind.ITEM: str(node.checked),
        Kind.ROW: "head" if node.header else "",
    }.get(node.kind, "")
    return f"{node.kind.value}:{detail}" if detail else node.kind.value
