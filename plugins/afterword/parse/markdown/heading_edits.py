"""Edits of headings: their level, and the one word in them that is meant otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from afterword.model.finding import Edit, Finding
from afterword.model.header import Header
from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.source.amending import in_line_ends_of
from afterword.parse.source.yaml_text import on_one_line

_OPENING = re.compile(r"(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(=+)[ \t]*")


def to_second_level(
    heading: Node, below: Sequence[Node], lines: Sequence[str], known: Collection[int]
) -> tuple[Edit, ...]:
    """Give the edits that make a second-level heading of a section's; `below` are the blocks behind it in the file.

    Where the section is of the first level, the headings below it as far as the next of that level go down with it, or the section would lose them; those
    on the lines `known` are sections of their own, and beside them none goes. None where one of the headings cannot be written so.
    """
    edits = list(_at_level(heading, 2, lines))
    if heading.level != 1:
        return tuple(edits)
    under: list[Node] = []
    for block in below:
        if block.kind is not Kind.HEADING:
            continue
        if block.level == 1:
            break
        under.append(block)
    if any(block.span.line in known for block in under):
        return tuple(edits)
    for block in under:
        lowered = _at_level(block, min(block.level + 1, 6), lines)
        if block.level < 6 and not lowered:
            return ()
        edits.extend(lowered)
    return tuple(edits)


def _at_level(heading: Node, level: int, lines: Sequence[str]) -> tuple[Edit, ...]:
    """Give the edit of the number signs, or of the line below; none where the level is so already or cannot be."""
    if heading.level == level:
        return ()
    span = heading.span
    opening = _OPENING.match(lines[span.line - 1], span.column - 1)
    if opening is not None:
        return (Edit(Span.at(span.line, span.column, len(opening[1])), "#" * level),)
    underline = _UNDERLINE.fullmatch(lines[span.end_line - 1])
    if underline is None or level != 2 or span.end_line == span.line:
        return ()
    place = Span.at(span.end_line, underline.start(1) + 1, len(underline[1]))
    return (Edit(place, "-" * len(underline[1])),)


def with_title(
    findings: Sequence[Finding], heading: Node, name: str, header: Header, line: int, text: str
) -> tuple[Finding, ...]:
    """Give findings, that of a first-level heading with the edit that writes what it says as the title of a header which has no such key; `line` is the header's first."""
    first = min(header.spans.values(), default=None)
    # A header in braces takes no further line.
    if not name or first is None or first.column != 1 or "@title" in header.spans:
        return tuple(findings)
    edits = (Edit(Span.at(line, 1), f"title: {on_one_line(name)}\n"),)
    of_heading = [each for each in findings if each.rule == "extra-title" and each.span == heading.span]
    mended = in_line_ends_of(text, [replace(each, edits=edits) for each in of_heading])
    return (*(each for each in findings if each not in of_heading), *mended)


def renamed(heading: Node, word: str, name: str) -> tuple[Edit, ...]:
    """Give the edit that writes `name` for `word` in a heading, which keeps its number, its signs and its parenthesis; none where the word does not stand in it as it reads."""
    pattern = re.compile(r"(?<!\w)" + re.escape(word).replace("'", "['’‘ʼ´]") + r"(?!\w)", re.IGNORECASE)
    found = [
        (node, match)
        for node in heading.walk()
        if node.kind is Kind.TEXT
        and node.span.line == node.span.end_line
        and node.span.end_column - node.span.column == len(node.text)
        for match in pattern.finditer(node.text)
    ]
    if len(found) != 1:
        return ()
    node, match = found[0]
    return (Edit(Span.at(node.span.line, node.span.column + match.start(), len(match.group())), name),)
