"""The places that comrak gives, in bytes and for some nodes wrong, as spans in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from afterword.model.markup import Kind, Node
from afterword.model.span import Span, make_span
from afterword.model.value import plain_value
from afterword.parse.source.memory import Memory
from afterword.parse.source.rows import Ruler, line_ruler
from afterword.parse.source.text import is_visible, split_lines, visible

BEGUN_BY_DEFINITIONS = frozenset({Kind.PARAGRAPH, Kind.HEADING})
"""Nodes whose own end is right where the places in them are counted too far up."""


class Position(Protocol):
    """A line of the body and a byte of that line, both from 1."""

    line: int
    column: int


class Place(Protocol):
    """From a node's first byte to its last."""

    @property
    def start(self) -> Position:
        """Give the first byte."""

    @property
    def end(self) -> Position:
        """Give the last byte, which belongs to the node."""


@dataclass(slots=True)
class Page:
    """The body's lines, measured as they are needed, and how far down in the file they begin.

    `ends` are the columns behind the lines. `is_plain`: no character that must not be shown is written, nor a reference that may stand for one.
    `notable` gathers the nodes that rules ask for wherever they stand, as they are made. `memory` has the rows that tables had before.
    """

    lines: Sequence[str]
    ends: Sequence[int]
    shift: int
    is_ascii: bool
    is_plain: bool
    has_escapes: bool
    rulers: dict[int, Ruler] = field(default_factory=dict)
    notable: list[Node] = field(default_factory=list)
    memory: Memory | None = None

    @classmethod
    def of(cls, body: str, shift: int) -> Page:
        """Look through a body whose first line stands `shift` lines down in its file."""
        lines = split_lines(body)
        ends = [len(line) + 1 for line in lines]
        return cls(lines, ends, shift, body.isascii(), "&" not in body and is_visible(body), "\\" in body)

    def shown(self, text: str) -> str:
        """Take out what must not be shown."""
        return text if self.is_plain else visible(text)

    def ruler(self, line: int) -> Ruler:
        """Give the ruler of a line; lines are measured once, since one line may hold a hundred thousand nodes."""
        if line not in self.rulers:
            self.rulers[line] = line_ruler(self.lines[line - 1])
        return self.rulers[line]


QUOTE, FOOTNOTE = 0, 4
"""A container whose lines begin with `>`, and one whose lines are indented by so many columns, as those of an item are by others."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """The lines of link definitions that a paragraph or an underlined heading begins with; comrak counts the places in its text from the first of them.

    `containers` are those that it lies in, the outermost first.
    """

    count: int
    line: int
    column: int
    containers: tuple[int, ...]

    @classmethod
    def of(
        cls, paragraph: Place, last_line: int, containers: tuple[int, ...], page: Page
    ) -> Definitions | None:
        """Find them, None where there are none: such a paragraph ends further down than `last_line`, where its text is said to end."""
        line, column = paragraph.start.line, paragraph.start.column
        count = paragraph.end.line - last_line
        if count <= 0 or not page.lines[line - 1].startswith("[", page.ruler(line).start(column) - 1):
            return None
        return cls(count, line, column, containers)

    def moved(self, line: int, column: int, page: Page) -> tuple[int, int]:
        """Give the true line and byte column for a place that was counted too far up."""
        counted = self.column - 1 if line == self.line else self._begin(page.lines[line - 1])
        return line + self.count, column - counted + self._begin(page.lines[line + self.count - 1])

    def _begin(self, line: str) -> int:
        """Give how many bytes of a line come before its part of the paragraph: of one that goes on without the signs of its containers, comrak takes the blanks for text."""
        at = 0
        for indented in self.containers:
            blanks = _blanks(line, at)
            if indented == QUOTE:
                if not line.startswith(">", at + blanks):
                    return at
                at += blanks + 1
                at += line.startswith((" ", "\t"), at)
            elif len(line[:at].expandtabs(4)) + indented <= len(line[: at + blanks].expandtabs(4)):
                at += min(indented, blanks)
            else:
                return at
        return at + _blanks(line, at)


def _blanks(line: str, at: int) -> int:
    return len(line) - at - len(line[at:].lstrip(" \t"))


@plain_value()
class Inside:
    """What decides how the columns of inlines are counted: the ruler of their cell, or the definitions that their paragraph begins with; and for blocks the containers that they lie in."""

    ruler: Ruler | None = None
    definitions: Definitions | None = None
    containers: tuple[int, ...] = ()


ANYWHERE = Inside()


def with_backslash(span: Span, text: str, page: Page) -> Span:
    """Let a text that begins with an escape begin at its backslash; comrak begins it after."""
    line, index = page.lines[span.line - page.shift - 1], span.column - 1
    if index == 0 or line[index - 1] != "\\" or not text.startswith(line[index : index + 1]):
        return span
    before = line[:index]
    if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
        return span
    return make_span(span.line, span.column - 1, span.end_line, span.end_column)


def span_of(place: Place, kind: Kind, inside: Inside, page: Page) -> Span:
    """Give a node's place in the file: exclusive, and inside the text."""
    start, end = place.start, place.end
    return span_between(start.line, start.column, end.line, end.column, kind, inside, page)


def span_between(
    first: int, column: int, last: int, last_column: int, kind: Kind, inside: Inside, page: Page
) -> Span:
    """Give `span_of` the lines and columns of a node's first and last byte: to ask comrak for each once is enough."""
    shift, ends = page.shift, page.ends
    end_column = last_column + 1
    if inside.definitions is not None:
        first, column = inside.definitions.moved(first, column, page)
        if kind not in BEGUN_BY_DEFINITIONS:
            last, end_column = inside.definitions.moved(last, end_column, page)
    if last > len(ends):
        last, end_column = len(ends), ends[-1]
    elif inside.ruler is not None:
        column, end_column = inside.ruler.start(column), inside.ruler.end(end_column - 1)
    elif not page.is_ascii:
        column, end_column = page.ruler(first).start(column), page.ruler(last).end(end_column - 1)
    # An item that is followed by blank lines ends, for comrak, at column 0 of one of them.
    while end_column <= 1 and last > first:
        last -= 1
        end_column = ends[last - 1]
    # Comparing is a third of the time of `min`, and this is done for each node there is.
    if column > ends[first - 1]:
        column = ends[first - 1]
    if end_column > ends[last - 1]:
        end_column = ends[last - 1]
    return make_span(first + shift, column, last + shift, end_column)
