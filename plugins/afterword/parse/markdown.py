"""GitHub Flavored Markdown to the Node tree; the one module that knows comrak."""

from __future__ import annotations

import importlib.metadata
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import comrak

from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.parse.rows import Ruler, WrittenCell, cell_ruler, line_ruler, written_cells
from afterword.parse.text import split_lines, visible

STACK_BYTES = 256 * 1024 * 1024
"""comrak recurses: this holds the deepest nesting that a record of the permitted size can spell. Only pages in use cost memory."""

MAX_INLINE_DEPTH = 100
"""Emphasis, links and images nested deeper are kept as plain text."""

MAX_BLOCK_DEPTH = 250
"""Lists, items and quotes around a block; below, nothing is kept. What `check_limits` lets pass never comes near it."""


def _is_installed(distribution: str) -> bool:
    # `packages_distributions` reads the file lists of all that is installed, which takes longer than a hundred records.
    try:
        importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


if _is_installed("comrak") or not _is_installed("comrak-ext"):
    raise ImportError(
        "the module `comrak` must come from the distribution `comrak-ext`: run `pip uninstall comrak`, then install it again"
    )

_EXTENSIONS = comrak.ExtensionOptions(
    table=True,
    strikethrough=True,
    autolink=True,
    tasklist=True,
    footnotes=True,
    alerts=True,
    shortcodes=True,
)
# Not `sourcepos_chars`: it counts a line anew for each of its nodes, which takes minutes where one line is the whole record.
_PARSING = comrak.ParseOptions()


def parse_blocks(body: str, first_line: int) -> tuple[Node, ...]:
    """Parse Markdown whose first line is line `first_line` of the file, and give its top-level blocks with spans in that file.

    The text must have passed `check_limits`. Rows of a table hold the cells that are written, neither padded nor cut to
    the head's number; footnote definitions stand where they are written.
    """
    return _worker().submit(_parse, body, first_line).result()


@cache
def _worker() -> ThreadPoolExecutor:
    """Start the thread with the large stack, once for a process."""
    before = threading.stack_size(STACK_BYTES)
    try:
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="markdown")
        pool.submit(int).result()
    finally:
        threading.stack_size(before)
    return pool


# A forked child has the cache but not the thread.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.cache_clear)


def _parse(body: str, first_line: int) -> tuple[Node, ...]:
    lines = split_lines(body)
    document = comrak.parse_document(body, extension_options=_EXTENSIONS, parse_options=_PARSING)
    try:
        blocks = _convert(document, _Page(lines, first_line - 1, body.isascii()))
    finally:
        _release(document)
    return tuple(sorted(blocks, key=lambda node: node.span))


def _release(document: comrak.AstNode) -> None:
    """Cut the ways up in comrak's tree: it is a cycle that Python's collector cannot see, and would never be freed."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        node.parent = None
        waiting.extend(node.children)


_KINDS: dict[str, Kind] = {
    "Paragraph": Kind.PARAGRAPH,
    "Heading": Kind.HEADING,
    "List": Kind.LIST,
    "Item": Kind.ITEM,
    "TaskItem": Kind.ITEM,
    "BlockQuote": Kind.QUOTE,
    "Alert": Kind.ALERT,
    "CodeBlock": Kind.CODE_BLOCK,
    "HtmlBlock": Kind.HTML_BLOCK,
    "ThematicBreak": Kind.RULE,
    "Table": Kind.TABLE,
    "TableRow": Kind.ROW,
    "TableCell": Kind.CELL,
    "FootnoteDefinition": Kind.FOOTNOTE,
    "Text": Kind.TEXT,
    "ShortCode": Kind.TEXT,
    "SoftBreak": Kind.SOFT_BREAK,
    "LineBreak": Kind.HARD_BREAK,
    "Code": Kind.CODE,
    "HtmlInline": Kind.HTML,
    "Emph": Kind.EMPHASIS,
    "Strong": Kind.STRONG,
    "Strikethrough": Kind.STRIKE,
    "Link": Kind.LINK,
    "Image": Kind.IMAGE,
    "FootnoteReference": Kind.FOOTNOTE_REF,
}
_NESTING_INLINES = {Kind.EMPHASIS, Kind.STRONG, Kind.STRIKE, Kind.LINK, Kind.IMAGE}
_BARE = {
    Kind.PARAGRAPH,
    Kind.QUOTE,
    Kind.RULE,
    Kind.CELL,
    Kind.SOFT_BREAK,
    Kind.HARD_BREAK,
    Kind.EMPHASIS,
    Kind.STRONG,
    Kind.STRIKE,
}
_LEAVES = {Kind.TEXT, Kind.SOFT_BREAK, Kind.HARD_BREAK, Kind.CODE, Kind.HTML}
_CONTAINERS = {Kind.LIST, Kind.ITEM, Kind.QUOTE, Kind.ALERT, Kind.FOOTNOTE}
_CLOSED_BY_CHILDREN = {Kind.LIST, Kind.ITEM, Kind.FOOTNOTE}


@dataclass(slots=True)
class _Page:
    """The body's lines, measured as they are needed, and how far down in the file they begin."""

    lines: Sequence[str]
    shift: int
    is_ascii: bool
    rulers: dict[int, Ruler] = field(default_factory=dict)

    def ruler(self, line: int) -> Ruler:
        """Give the ruler of a line; lines are measured once, since one line may hold a hundred thousand nodes."""
        if line not in self.rulers:
            self.rulers[line] = line_ruler(self.lines[line - 1])
        return self.rulers[line]


@dataclass(frozen=True, slots=True)
class _Definitions:
    """The lines of link definitions that a paragraph begins with; comrak counts the places in its text from the first of them."""

    count: int
    line: int
    column: int

    def moved(self, line: int, column: int, page: _Page) -> tuple[int, int]:
        """Give the true line and byte column for a place that was counted too far up."""
        counted = self.column - 1 if line == self.line else _prefix(page.lines[line - 1])
        return line + self.count, column - counted + _prefix(page.lines[line + self.count - 1])


def _prefix(line: str) -> int:
    return len(line) - len(line.lstrip(" \t>"))


@dataclass(slots=True)
class _Frame:
    """A node whose children are being converted."""

    source: comrak.AstNode
    kind: Kind | None
    depth: int
    cell: WrittenCell | None
    waiting: Iterator[comrak.AstNode]
    cells: tuple[WrittenCell, ...] = ()
    ruler: Ruler | None = None
    blocks: int = 0
    definitions: _Definitions | None = None
    done: list[Node] = field(default_factory=list)


def _convert(document: comrak.AstNode, page: _Page) -> list[Node]:
    """Copy comrak's tree without recursion, leaves first."""
    root = _Frame(document, None, 0, None, iter(document.children))
    frames = [root]
    while True:
        frame = frames[-1]
        child = next(frame.waiting, None)
        if child is not None:
            kind = _kind(child)
            if kind in _LEAVES:
                frame.done.append(_leaf(child, kind, frame, page))
            else:
                frames.append(_opened(child, kind, frame, page))
            continue
        frames.pop()
        if not frames:
            return root.done
        above = frames[-1]
        if frame.kind is not None:
            above.done.append(_node(frame, frame.kind, page))


def _kind(source: comrak.AstNode) -> Kind:
    name = type(source.node_value).__name__
    if name not in _KINDS:
        raise TypeError(f"no kind for comrak's {name}")
    return _KINDS[name]


def _leaf(source: comrak.AstNode, kind: Kind, above: _Frame, page: _Page) -> Node:
    span = _span(source, kind, above, page)
    if kind in _BARE:
        return Node(kind, span)
    value: Any = source.node_value.value  # type: ignore[attr-defined]
    if kind is Kind.CODE:
        return Node(kind, span, text=visible(value.literal))
    text = visible(value if isinstance(value, str) else value.emoji)
    if kind is Kind.TEXT:
        span = _with_backslash(span, text, page)
    return Node(kind, span, text=text)


def _with_backslash(span: Span, text: str, page: _Page) -> Span:
    """Let a text that begins with an escape begin at its backslash; comrak begins it after."""
    line, index = page.lines[span.line - page.shift - 1], span.column - 1
    if index == 0 or line[index - 1] != "\\" or not text.startswith(line[index : index + 1]):
        return span
    before = line[:index]
    if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
        return span
    return Span(span.line, span.column - 1, span.end_line, span.end_column)


def _opened(source: comrak.AstNode, kind: Kind, above: _Frame, page: _Page) -> _Frame:
    depth = above.depth + (kind in _NESTING_INLINES)
    cell, ruler = above.cell, above.ruler
    cells: tuple[WrittenCell, ...] = ()
    children = source.children
    if kind is Kind.ROW:
        start = source.sourcepos.start
        line = page.lines[start.line - 1]
        cells = written_cells(line, page.ruler(start.line).start(start.column))
        # Padding up to the head's number of cells is comrak's, not the author's.
        children = children[: len(cells)]
    elif kind is Kind.CELL:
        cell = above.cells[len(above.done)]
        line = page.lines[source.sourcepos.start.line - 1]
        # In plain cells comrak's columns are the source's; measuring each would cost more than all else here.
        ruler = None if page.is_ascii and "\\" not in line else cell_ruler(line, cell)
    definitions = above.definitions
    if kind is Kind.PARAGRAPH and children:
        definitions = _definitions(source, children[-1], page)
    if depth > MAX_INLINE_DEPTH or above.blocks >= MAX_BLOCK_DEPTH:
        children = []
    return _Frame(
        source,
        kind,
        depth,
        cell,
        iter(children),
        cells,
        ruler,
        above.blocks + (kind in _CONTAINERS),
        definitions,
    )


def _definitions(paragraph: comrak.AstNode, last: comrak.AstNode, page: _Page) -> _Definitions | None:
    place = paragraph.sourcepos
    if place.end.line == place.start.line or place.end.line <= last.sourcepos.end.line:
        return None
    if not page.lines[place.start.line - 1].startswith(
        "[", page.ruler(place.start.line).start(place.start.column) - 1
    ):
        return None
    return _Definitions(place.end.line - last.sourcepos.end.line, place.start.line, place.start.column)


def _node(frame: _Frame, kind: Kind, page: _Page) -> Node:
    span = _span(frame.source, kind, frame, page)
    if kind in _CLOSED_BY_CHILDREN and frame.done:
        span = span.to(frame.done[-1].span)
    if frame.depth > MAX_INLINE_DEPTH:
        return Node(Kind.TEXT, span, text=visible(_literal(frame.source)))
    children = tuple(frame.done)
    if kind in _BARE:
        return Node(kind, span, children)
    value: Any = getattr(frame.source.node_value, "value", None)
    match kind:
        case Kind.HTML_BLOCK:
            return Node(kind, span, text=visible(value.literal))
        case Kind.CODE_BLOCK:
            return Node(kind, span, text=visible(value.literal), info=visible(value.info))
        case Kind.LINK | Kind.IMAGE:
            return Node(kind, span, children, url=visible(value.url), title=visible(value.title))
        case Kind.HEADING:
            return Node(kind, span, children, level=value.level)
        case Kind.LIST:
            ordered = value.list_type == comrak.ListType.Ordered
            return Node(
                kind, span, children, level=value.start if ordered else 0, ordered=ordered, tight=value.tight
            )
        case Kind.ITEM:
            task = isinstance(frame.source.node_value, comrak.TaskItem)
            return Node(kind, span, children, checked=value.symbol is not None if task else None)
        case Kind.ALERT:
            return Node(
                kind,
                span,
                children,
                title=visible(value.title or ""),
                info=_name(value.alert_type).lower(),
            )
        case Kind.TABLE:
            return Node(
                kind, span, children, aligns=tuple(_ALIGNS[_name(align)] for align in value.alignments)
            )
        case Kind.ROW:
            extra = tuple(_excess_cell(cell, span.line) for cell in frame.cells[len(children) :])
            return Node(kind, span, children + extra, header=bool(value))
        case Kind.FOOTNOTE | Kind.FOOTNOTE_REF:
            return Node(kind, span, children, text=visible(value.name))
    return Node(kind, span, children)


_ALIGNS = {"None": "", "Left": "left", "Center": "center", "Right": "right"}


def _name(member: object) -> str:
    """Give the name of one of comrak's enumeration members, which print as `Type::Name`."""
    return str(member).rpartition(":")[2]


def _excess_cell(cell: WrittenCell, line: int) -> Node:
    span = Span(line, cell.start, line, cell.end)
    text = (Node(Kind.TEXT, span, text=visible(cell.source.replace("\\|", "|"))),) if cell.source else ()
    return Node(Kind.CELL, span, text)


def _span(source: comrak.AstNode, kind: Kind, frame: _Frame, page: _Page) -> Span:
    """Give a node's place in the file: exclusive, and inside the text; `frame` is its own, or a leaf's parent."""
    place = source.sourcepos
    start, end = place.start, place.end
    first, last, shift = start.line, end.line, page.shift
    if kind is Kind.CELL and frame.cell is not None:
        return Span(first + shift, frame.cell.start, first + shift, frame.cell.end)
    column, end_column = start.column, end.column + 1
    if frame.definitions is not None:
        first, column = frame.definitions.moved(first, column, page)
        if kind is not Kind.PARAGRAPH:
            last, end_column = frame.definitions.moved(last, end_column, page)
    if last > len(page.lines):
        last, end_column = len(page.lines), len(page.lines[-1]) + 1
    elif frame.ruler is not None:
        column, end_column = frame.ruler.start(column), frame.ruler.end(end_column - 1)
    elif not page.is_ascii:
        column, end_column = page.ruler(first).start(column), page.ruler(last).end(end_column - 1)
    # An item that is followed by blank lines ends, for comrak, at column 0 of one of them.
    while end_column <= 1 and last > first:
        last -= 1
        end_column = len(page.lines[last - 1]) + 1
    # Comparing is a third of the time of `min`, and this is done for each node there is.
    length = len(page.lines[first - 1]) + 1
    if column > length:
        column = length
    if last != first:
        length = len(page.lines[last - 1]) + 1
    if end_column > length:
        end_column = length
    return Span(first + shift, column, last + shift, end_column)


def _literal(source: comrak.AstNode) -> str:
    """Give the text below a node, for what is nested too deep to keep its form."""
    parts: list[str] = []
    waiting = [source]
    while waiting:
        node = waiting.pop()
        value: Any = getattr(node.node_value, "value", None)
        name = type(node.node_value).__name__
        if name in {"Text", "HtmlInline"}:
            parts.append(value)
        elif name == "Code":
            parts.append(value.literal)
        elif name == "ShortCode":
            parts.append(value.emoji)
        elif name in {"SoftBreak", "LineBreak"}:
            parts.append(" ")
        waiting.extend(reversed(node.children))
    return "".join(parts)
