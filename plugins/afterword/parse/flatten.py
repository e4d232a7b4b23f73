"""Inline nodes as plain text, each character tied to its place in the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from afterword.model.markup import OPAQUE, Kind, Node, RichText
from afterword.model.span import START, Span
from afterword.parse.text import DROPPED, visible

_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,31});")
_EMOJI_CODE = re.compile(r":[\w+-]+:")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_PREFIX = re.compile(r"[ \t>]*")
_TRANSPARENT = {Kind.EMPHASIS, Kind.STRONG, Kind.STRIKE, Kind.LINK}

_Char = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Flat:
    """Inline Markdown as plain text: `text[i]` was written at `places[i]`, whatever escapes and marks lie between."""

    text: str
    places: tuple[Span, ...]
    opaque: bool = False
    brackets: bool = False
    whole: Span = START

    def span(self, start: int, end: int) -> Span:
        """Give the source of characters `start` to `end` (exclusive); for an empty stretch, the place before `start`."""
        if not self.places:
            return Span(self.whole.line, self.whole.column, self.whole.line, self.whole.column)
        if start < end:
            return self.places[start].to(self.places[end - 1])
        if start < len(self.places):
            place = self.places[start]
            return Span(place.line, place.column, place.line, place.column)
        place = self.places[-1]
        return Span(place.end_line, place.end_column, place.end_line, place.end_column)


def flatten(
    nodes: Sequence[Node], lines: Sequence[str], *, opaque: bool = False, brackets: bool = False
) -> Flat:
    """Read inline nodes as plain text; `lines` are all lines of the file.

    Emphasis and links are transparent, a line break or `<br>` is one space, other raw HTML and footnote references are
    nothing. With `opaque`, code and images are one `OPAQUE` each, else the code's text and the image's description. With
    `brackets`, a link written in square brackets keeps them, so that `[TRIGGER]` reads the same where it became a link.
    """
    chars = [char for node in nodes for char in _chars(node, lines, opaque, brackets)]
    whole = nodes[0].span.to(nodes[-1].span) if nodes else START
    return Flat(
        "".join(char for char, _ in chars), tuple(place for _, place in chars), opaque, brackets, whole
    )


def rich(nodes: Sequence[Node], lines: Sequence[str]) -> RichText:
    """Keep inline nodes together with their plain text and their place."""
    flat = flatten(nodes, lines)
    return RichText(tuple(nodes), flat.text, flat.whole)


def inline_nodes(block: Node) -> tuple[Node, ...]:
    """Give the inline children of a paragraph, heading or cell, or those of the first paragraph of an item, quote or note."""
    if block.kind in {Kind.PARAGRAPH, Kind.HEADING, Kind.CELL}:
        return block.children
    first = block.children[0] if block.children else None
    return first.children if first is not None and first.kind is Kind.PARAGRAPH else ()


def trim(nodes: Sequence[Node], flat: Flat, start: int, end: int, lines: Sequence[str]) -> RichText:
    """Keep the characters `start` to `end` (exclusive) of `flat`, which was made from these nodes, less blanks at both ends.

    Text is cut; what lies outside goes, with emphasis and links that are left empty. The text of the result has code and
    images in words, whatever `flat` made of them.
    """
    while start < end and flat.text[start].isspace():
        start += 1
    while end > start and flat.text[end - 1].isspace():
        end -= 1
    kept = tuple(_cut_all(nodes, _Window(flat, start, end, lines)))
    return RichText(kept, flatten(kept, lines).text, flat.span(start, end))


@dataclass(slots=True)
class _Window:
    """The stretch to keep, and how far reading has come."""

    flat: Flat
    start: int
    end: int
    lines: Sequence[str]
    position: int = 0


def _cut_all(nodes: Sequence[Node], window: _Window) -> Iterator[Node]:
    for node in nodes:
        cut = _cut(node, window)
        if cut is not None:
            yield cut


def _cut(node: Node, window: _Window) -> Node | None:
    begin = window.position
    if node.kind in _TRANSPARENT:
        window.position += _is_bracketed(node, window.lines) and window.flat.brackets
        children = tuple(_cut_all(node.children, window))
        window.position += _is_bracketed(node, window.lines) and window.flat.brackets
        return replace(node, children=children) if children else None
    width = sum(1 for _ in _chars(node, window.lines, window.flat.opaque, window.flat.brackets))
    window.position += width
    if width == 0:
        return node if window.start <= begin <= window.end and window.start < window.end else None
    left, right = max(begin, window.start), min(begin + width, window.end)
    if left >= right:
        return None
    if node.kind is not Kind.TEXT or (left == begin and right == begin + width):
        return node
    return replace(node, text=node.text[left - begin : right - begin], span=window.flat.span(left, right))


def _chars(node: Node, lines: Sequence[str], opaque: bool, brackets: bool) -> Iterator[_Char]:
    span = node.span
    match node.kind:
        case Kind.TEXT:
            yield from _text_chars(node, lines)
        case Kind.SOFT_BREAK | Kind.HARD_BREAK:
            yield " ", span
        case Kind.HTML:
            if _BREAK_TAG.fullmatch(node.text):
                yield " ", span
        case Kind.CODE if not opaque:
            yield from zip(node.text, _search_places(node.text, span, lines), strict=True)
        case Kind.CODE | Kind.IMAGE if opaque:
            yield OPAQUE, span
        case Kind.FOOTNOTE_REF:
            return
        case _:
            bracketed = brackets and _is_bracketed(node, lines)
            if bracketed:
                yield "[", Span.at(span.line, span.column, 1)
            for child in node.children:
                yield from _chars(child, lines, opaque, brackets)
            if bracketed:
                last = node.children[-1].span if node.children else Span.at(span.line, span.column + 1)
                yield "]", Span.at(last.end_line, last.end_column, 1)


def _is_bracketed(node: Node, lines: Sequence[str]) -> bool:
    return node.kind is Kind.LINK and lines[node.span.line - 1].startswith("[", node.span.column - 1)


def _text_chars(node: Node, lines: Sequence[str]) -> Iterator[_Char]:
    span, text = node.span, node.text
    if span.line != span.end_line:
        return zip(text, _search_places(text, span, lines), strict=True)
    source = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if source == text:
        columns = range(span.column, span.column + len(text))
        return (
            (char, Span(span.line, column, span.line, column + 1))
            for char, column in zip(text, columns, strict=True)
        )
    if _EMOJI_CODE.fullmatch(source):
        return ((char, span) for char in text)
    for decoding in (True, False):
        ranges = _aligned(text, source, decoding=decoding)
        if ranges is not None:
            base = span.column
            return (
                (char, Span(span.line, base + a, span.line, base + b))
                for char, (a, b) in zip(text, ranges, strict=True)
            )
    return zip(text, _search_places(text, span, lines), strict=True)


def _aligned(text: str, source: str, *, decoding: bool) -> list[tuple[int, int]] | None:
    """Find each character's stretch of the source through escapes and references, or None where that does not come out even."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(source):
        index = len(ranges)
        char = text[index] if index < len(text) else ""
        begin = at
        # A cell's `\|` becomes a pipe before escapes are read, so `\\|` is one pipe, too.
        slashes = 2 if source.startswith("\\\\|", at) and char == "|" else 1
        reference = _ENTITY.match(source, at) if decoding else None
        decoded = visible(html.unescape(reference.group())) if reference else None
        if source[at] == DROPPED:
            at += 1
            continue
        if (
            source[at] == "\\"
            and source[at + slashes : at + slashes + 1] == char
            and char in _PUNCTUATION
            and char
        ):
            at += slashes + 1
        elif reference and decoded is not None and text.startswith(decoded, index):
            at = reference.end()
            ranges.extend([(begin, at)] * len(decoded))
            continue
        elif reference and char != "&":
            at = reference.end()
        elif source[at] == char:
            at += 1
        else:
            return None
        ranges.append((begin, at))
    return ranges if len(ranges) == len(text) else None


def _search_places(text: str, span: Span, lines: Sequence[str]) -> list[Span]:
    """Place characters by looking for each in turn; a line end stands for a blank, what is not found has the last place."""
    source = list(_source_chars(span, lines))
    if source and source[0][0] == "`":
        while source and source[0][0] == "`":
            source.pop(0)
        while source and source[-1][0] == "`":
            source.pop()
    places: list[Span] = []
    at = 0
    last = Span(span.line, span.column, span.line, span.column)
    for char in text:
        found = next((i for i in range(at, len(source)) if source[i][0] == char), None)
        if found is not None:
            last = source[found][1]
            at = found + 1
        places.append(last)
    return places


def _source_chars(span: Span, lines: Sequence[str]) -> Iterator[_Char]:
    for number in range(span.line, span.end_line + 1):
        line = lines[number - 1]
        prefix = _PREFIX.match(line)
        begin = span.column - 1 if number == span.line else (prefix.end() if prefix else 0)
        end = span.end_column - 1 if number == span.end_line else len(line)
        for index in range(begin, end):
            yield line[index], Span.at(number, index + 1, 1)
        if number != span.end_line:
            yield " ", Span.at(number, len(line) + 1)
