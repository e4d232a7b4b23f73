"""Inline nodes as plain text, each character tied to its place in the source."""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from afterword.model.finding import Edit
from afterword.model.markup import OPAQUE, Kind, Node, RichText, is_break_tag, make_node, make_text
from afterword.model.span import START, Span, make_span
from afterword.model.value import maker, plain_value
from afterword.parse.source.edits import written_over
from afterword.parse.source.text import DROPPED, visible

_LINK = Kind.LINK
_PARAGRAPH = Kind.PARAGRAPH
_TEXT = Kind.TEXT
_IMAGE = Kind.IMAGE
_CODE = Kind.CODE
_FOOTNOTE_REF = Kind.FOOTNOTE_REF
_HTML = Kind.HTML

_ENTITY = re.compile(r"&(?:#(?P<number>[xX][0-9a-fA-F]{1,6}|[0-9]{1,7})|[A-Za-z][A-Za-z0-9]{0,31});")
_EMOJI_CODE = re.compile(r":[\w+-]+:")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_PREFIX = re.compile(r"[ \t>]*")
_OF_INLINES = {Kind.PARAGRAPH, Kind.HEADING, Kind.CELL}
_BREAKS = {Kind.SOFT_BREAK, Kind.HARD_BREAK}
_OPAQUE = {Kind.CODE, Kind.IMAGE}
_TRANSPARENT = {Kind.EMPHASIS, Kind.STRONG, Kind.STRIKE, Kind.LINK}

_Char = tuple[str, Span]


@plain_value()
class Run:
    """Characters of a flat text that lie together: character by character from `line` and `column` on, unless `places` says where each is.

    `start` counts the characters before it.
    """

    start: int
    text: str
    line: int
    column: int
    places: tuple[Span, ...] | None = None

    def place(self, index: int) -> Span:
        """Give the source of the character at `index` of the run."""
        if self.places is not None:
            return self.places[index]
        return make_span(self.line, self.column + index, self.line, self.column + index + 1)


@plain_value()
class Flat:
    """Inline Markdown as plain text, with the place each character was written at, whatever escapes and marks lie between.

    Places are kept by runs: a span for each character of an archive is what reading it would spend its time on.
    """

    text: str
    runs: tuple[Run, ...]
    opaque: bool = False
    brackets: bool = False
    whole: Span = START

    @property
    def places(self) -> tuple[Span, ...]:
        """Give the place of each character."""
        return tuple(run.place(index) for run in self.runs for index in range(len(run.text)))

    def span(self, start: int, end: int) -> Span:
        """Give the source of characters `start` to `end` (exclusive); for an empty stretch, the place before `start`."""
        if not self.text:
            return make_span(self.whole.line, self.whole.column, self.whole.line, self.whole.column)
        if start < end:
            if len(self.runs) == 1 and self.runs[0].places is None:
                run = self.runs[0]
                return make_span(run.line, run.column + start, run.line, run.column + end)
            return self._place(start).to(self._place(end - 1))
        if start < len(self.text):
            place = self._place(start)
            return make_span(place.line, place.column, place.line, place.column)
        place = self._place(-1)
        return make_span(place.end_line, place.end_column, place.end_line, place.end_column)

    def written_over(self, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Give the edit that writes `text` in the place of characters `start` to `end`, none where marks or escapes lie between them."""
        return written_over(self.span(start, end), self.text[start:end], text)

    def _place(self, index: int) -> Span:
        if index < 0:
            index += len(self.text)
        run = self.runs[bisect_right(self.runs, index, key=lambda run: run.start) - 1]
        return run.place(index - run.start)


make_run = maker(Run)
make_flat = maker(Flat)


def flatten(
    nodes: Sequence[Node], lines: Sequence[str], *, opaque: bool = False, brackets: bool = False
) -> Flat:
    """Read inline nodes as plain text; `lines` are all lines of the file.

    Emphasis and links are transparent, a line break or `<br>` is one space, other raw HTML and footnote references are
    nothing. With `opaque`, code and images are one `OPAQUE` each, else the code's text and the image's description. With
    `brackets`, a link written in square brackets keeps them, so that `[TRIGGER]` reads the same where it became a link.
    """
    if len(nodes) == 1 and nodes[0].kind is _TEXT and nodes[0].text:
        return make_flat(nodes[0].text, (_text_run(nodes[0], lines),), opaque, brackets, nodes[0].span)
    runs: list[Run] = []
    start = 0
    for node in nodes:
        for run in _runs(node, lines, opaque, brackets):
            if run.text:
                runs.append(make_run(start, run.text, run.line, run.column, run.places))
                start += len(run.text)
    whole = nodes[0].span.to(nodes[-1].span) if nodes else START
    return make_flat("".join(run.text for run in runs), tuple(runs), opaque, brackets, whole)


def text_places(node: Node) -> tuple[Span, ...]:
    """Give the place of each character of a text that is written otherwise than it reads, as far as the node itself can tell."""
    span = node.span
    if node.info:
        for decoding in (True, False):
            ranges = _aligned(node.text, node.info, decoding=decoding)
            if ranges is not None:
                return tuple(
                    make_span(span.line, span.column + begin, span.line, span.column + end)
                    for begin, end in ranges
                )
    return (span,) * len(node.text)


def plain(
    nodes: Sequence[Node], lines: Sequence[str], *, opaque: bool = False, brackets: bool = False
) -> str:
    """Give the text of `flatten` alone, for a tenth of the time."""
    return "".join(_plain(node, lines, opaque, brackets) for node in nodes)


def rich(nodes: Sequence[Node], lines: Sequence[str]) -> RichText:
    """Keep inline nodes together with their plain text and their place."""
    if len(nodes) == 1 and nodes[0].kind is _TEXT:
        return make_text(tuple(nodes), nodes[0].text, nodes[0].span)
    whole = nodes[0].span.to(nodes[-1].span) if nodes else START
    return make_text(tuple(nodes), plain(nodes, lines), whole)


def inline_nodes(block: Node) -> tuple[Node, ...]:
    """Give the inline children of a paragraph, heading or cell, or those of the first paragraph of an item, quote or note."""
    if block.kind in _OF_INLINES:
        return block.children
    first = block.children[0] if block.children else None
    return first.children if first is not None and first.kind is _PARAGRAPH else ()


def further_paragraphs(item: Node, *, nested: bool) -> tuple[tuple[Node, ...], ...]:
    """Give the inline children of an item's paragraphs but the first, with `nested` also of those in lists and quotes in it."""
    below = item.walk() if nested else iter(item.children)
    first = inline_nodes(item)
    return tuple(
        block.children for block in below if block.kind is _PARAGRAPH and block.children is not first
    )


def trim(nodes: Sequence[Node], flat: Flat, start: int, end: int, lines: Sequence[str]) -> RichText:
    """Keep the characters `start` to `end` (exclusive) of `flat`, which was made from these nodes, less blanks at both ends.

    Text is cut, code and images are kept whole where they reach in; what lies outside goes, with emphasis and links that are left empty. The text of the result has code and
    images in words, whatever `flat` made of them.
    """
    while start < end and flat.text[start].isspace():
        start += 1
    while end > start and flat.text[end - 1].isspace():
        end -= 1
    if len(nodes) == 1 and nodes[0].kind is _TEXT and start < end:
        node, span, text = nodes[0], flat.span(start, end), flat.text[start:end]
        whole = len(text) == len(node.text)
        return make_text((node if whole else make_node(_TEXT, span, (), text),), text, span)
    kept = tuple(_cut_all(nodes, _Window(flat, start, end, lines)))
    return make_text(kept, plain(kept, lines), flat.span(start, end))


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
        # Not `replace`, which takes ten times as long; these kinds have no other fields.
        return make_node(node.kind, node.span, children, url=node.url, title=node.title) if children else None
    width = len(_plain(node, window.lines, window.flat.opaque, window.flat.brackets))
    window.position += width
    if width == 0:
        return node if window.start <= begin <= window.end and window.start < window.end else None
    left, right = max(begin, window.start), min(begin + width, window.end)
    if left >= right:
        return None
    if node.kind is not _TEXT or (left == begin and right == begin + width):
        return node
    return make_node(_TEXT, window.flat.span(left, right), (), node.text[left - begin : right - begin])


def _plain(node: Node, lines: Sequence[str], opaque: bool, brackets: bool) -> str:
    kind = node.kind
    if kind is _TEXT:
        return node.text
    if kind in _BREAKS:
        return " "
    if kind is _HTML:
        return " " if is_break_tag(node.text) else ""
    if kind is _CODE:
        return OPAQUE if opaque else node.text
    if kind is _IMAGE and opaque:
        return OPAQUE
    if kind is _FOOTNOTE_REF:
        return ""
    inner = "".join(_plain(child, lines, opaque, brackets) for child in node.children)
    return f"[{inner}]" if brackets and _is_bracketed(node, lines) else inner


def _runs(node: Node, lines: Sequence[str], opaque: bool, brackets: bool) -> Iterator[Run]:
    """Yield the runs of a node as if it stood first."""
    kind, span = node.kind, node.span
    if kind is _TEXT:
        yield _text_run(node, lines)
    elif kind in _BREAKS:
        yield _run(" ", (span,))
    elif kind is _HTML:
        if is_break_tag(node.text):
            yield _run(" ", (span,))
    elif kind is _CODE and not opaque:
        yield _run(node.text, _search_places(node.text, span, lines))
    elif kind in _OPAQUE and opaque:
        yield _run(OPAQUE, (span,))
    elif kind is not _FOOTNOTE_REF:
        bracketed = brackets and _is_bracketed(node, lines)
        if bracketed:
            yield make_run(0, "[", span.line, span.column)
        for child in node.children:
            yield from _runs(child, lines, opaque, brackets)
        if bracketed:
            last = node.children[-1].span if node.children else Span.at(span.line, span.column + 1)
            yield make_run(0, "]", last.end_line, last.end_column)


def _run(text: str, places: Iterable[Span]) -> Run:
    return make_run(0, text, 0, 0, tuple(places))


def _is_bracketed(node: Node, lines: Sequence[str]) -> bool:
    return node.kind is _LINK and lines[node.span.line - 1].startswith("[", node.span.column - 1)


def _text_run(node: Node, lines: Sequence[str]) -> Run:
    span, text = node.span, node.text
    if span.line != span.end_line:
        return _run(text, _search_places(text, span, lines))
    source = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if source == text:
        return make_run(0, text, span.line, span.column)
    if _EMOJI_CODE.fullmatch(source):
        return _run(text, [span] * len(text))
    for decoding in (True, False):
        ranges = _aligned(text, source, decoding=decoding)
        if ranges is not None:
            base = span.column
            return _run(text, (make_span(span.line, base + a, span.line, base + b) for a, b in ranges))
    return _run(text, _search_places(text, span, lines))


def _aligned(text: str, source: str, *, decoding: bool) -> list[tuple[int, int]] | None:
    """Find each character's stretch of the source through escapes and references, or None where that does not come out even."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(source):
        index = len(ranges)
        char = text[index] if index < len(text) else ""
        begin = at
        reference = _ENTITY.match(source, at) if decoding else None
        decoded = _decoded(reference) if reference else None
        if source[at] == DROPPED:
            at += 1
            continue
        if source[at] == "\\" and char in _PUNCTUATION and source[at + 1 : at + 2] == char:
            at += 2
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


def _decoded(reference: re.Match[str]) -> str:
    """Give what Markdown shows for a reference; HTML reads the numbers of control characters otherwise."""
    if reference["number"] is None:
        return visible(html.unescape(reference.group()))
    digits = reference["number"]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_character = 0 < code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF
    return visible(chr(code) if is_character else "\ufffd")


def _search_places(text: str, span: Span, lines: Sequence[str]) -> list[Span]:
    """Place characters by looking for each in turn; a line end stands for a blank, what is not found has the last place."""
    chars = list(_source_chars(span, lines))
    source = "".join(char for char, _ in chars)
    at = len(source) - len(source.lstrip("`"))
    end = max(at, len(source.rstrip("`"))) if at else len(source)
    places: list[Span] = []
    last = make_span(span.line, span.column, span.line, span.column)
    # What is missing once stays missing: a text of nothing else must not be searched once a character.
    missing: set[str] = set()
    for char in text:
        found = -1 if char in missing else source.find(char, at, end)
        if found < 0:
            missing.add(char)
        else:
            last = chars[found][1]
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
