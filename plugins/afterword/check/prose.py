"""How much is written in a section: its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from afterword.model.markup import Kind, Node

_CELL = Kind.CELL
_CODE = Kind.CODE
_PARAGRAPH = Kind.PARAGRAPH
_TEXT = Kind.TEXT

_END = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])(?<![.!?…]{2})[.!?…]*+[\"')\]»”’]*+(?=\s|$)|(?<=[。！？])[。！？]*)"
)
"""Begins with one of a few signs, for which a text is searched in no time."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|ca|cf|vs|no|nos|fig|incl|min|max|resp|dr|mr|mrs|ms|st|inc|ltd|co|a\.m|p\.m)|\b[A-Z]\.[A-Z])\.$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*(\S)")
LONGEST_ABBREVIATION = 10
_BREAKS = frozenset({Kind.SOFT_BREAK, Kind.HARD_BREAK})
_SKIPPED = frozenset({Kind.CODE_BLOCK, Kind.HTML_BLOCK, Kind.HEADING, Kind.TABLE})


def count_sentences(blocks: Iterable[Node]) -> int:
    """Count the sentences of paragraphs and list items; tables, code and headings have none.

    A sentence ends with `.`, `!`, `?` or `…` before a blank and a letter that is not small, or with its paragraph; common abbreviations end none.
    """
    return sum(_sentences(text) for text in texts(blocks))


def texts(blocks: Iterable[Node]) -> Iterator[str]:
    """Yield the plain text of each of the paragraphs, a piece of code as one word."""
    return map(_text_of, paragraphs(blocks))


def paragraphs(blocks: Iterable[Node]) -> Iterator[Node]:
    """Yield the paragraphs among and within blocks, those of list items and quotes included; tables, code and headings have none."""
    for block in blocks:
        if block.kind is _PARAGRAPH:
            yield block
            continue
        waiting = [block]
        while waiting:
            node = waiting.pop()
            kind = node.kind
            if kind is _PARAGRAPH or kind is _CELL:
                yield node
            elif kind not in _SKIPPED:
                waiting.extend(node.children[::-1])


def _text_of(block: Node) -> str:
    children = block.children
    return children[0].text if len(children) == 1 and children[0].kind is _TEXT else "".join(_plain(block))


def _plain(block: Node) -> Iterator[str]:
    for node in block.walk():
        if node.kind in _BREAKS:
            yield " "
        elif node.kind is _TEXT:
            yield node.text
        elif node.kind is _CODE:
            yield "code"


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text begin and end (exclusive), without the blanks between them."""
    start = 0
    for end in _END.finditer(text):
        following = _NEXT.match(text, end.end())
        before = text[max(start, end.start() - LONGEST_ABBREVIATION) : end.start() + 1]
        if following and (following[1].islower() or _ABBREVIATION.search(before)):
            continue
        yield start + _blanks(text[start : end.end()]), end.end()
        start = end.end()
    rest = text[start:].rstrip()
    if rest:
        yield start + _blanks(rest), start + len(rest)


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _sentences(text: str) -> int:
    return sum(1 for _ in sentence_bounds(text.strip()))
