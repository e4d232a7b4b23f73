"""Whether a section says anything, and what things it names."""

from __future__ import annotations

import re

from afterword.model.markup import Kind, Node
from afterword.model.record import Section

LEAST_POSITIVES = 3
"""As many things as What went well names at least, where settings say nothing else."""

_HTML_BLOCK = Kind.HTML_BLOCK
_LIST = Kind.LIST
_PARAGRAPH = Kind.PARAGRAPH
_TABLE = Kind.TABLE

_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def is_empty(section: Section) -> bool:
    """Tell whether a section says nothing: no blocks, or comments and empty list items alone."""
    return all(says_nothing(block) for block in section.blocks)


def says_nothing(block: Node) -> bool:
    """Tell whether a block is comments alone, or a list of empty items."""
    if block.kind is _HTML_BLOCK:
        return not _COMMENTS.sub("", block.text).strip()
    return block.kind is _LIST and not any(item.children for item in block.children)


def items(section: Section) -> tuple[Node, ...]:
    """Give the outermost list items and table rows of a section, not the empty ones of lists; of one without either, its paragraphs."""
    found = [
        each
        for block in section.blocks
        if block.kind in (_LIST, _TABLE)
        for each in block.children
        if (each.children if block.kind is _LIST else not each.header)
    ]
    return tuple(found or (block for block in section.blocks if block.kind is _PARAGRAPH))
