"""The nodes of comrak's tree, copied to ours."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import comrak

from afterword.model.markup import Kind, Node, make_node
from afterword.model.span import Span, make_span
from afterword.parse.source.places import (
    ANYWHERE,
    FOOTNOTE,
    QUOTE,
    Definitions,
    Inside,
    Page,
    span_between,
    span_of,
    with_backslash,
)
from afterword.parse.source.rows import WrittenCell, cell_ruler, written_cells
from afterword.parse.source.text import visible

T = TypeVar("T")

_CELL = Kind.CELL
_CODE = Kind.CODE
_HEADING = Kind.HEADING
_PARAGRAPH = Kind.PARAGRAPH
_ROW = Kind.ROW
_TEXT = Kind.TEXT
_ALERT = Kind.ALERT
_CODE_BLOCK = Kind.CODE_BLOCK
_HTML_BLOCK = Kind.HTML_BLOCK
_IMAGE = Kind.IMAGE
_ITEM = Kind.ITEM
_LINK = Kind.LINK
_LIST = Kind.LIST
_TABLE = Kind.TABLE

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


def apart(make: Callable[[], T], page: Page) -> tuple[T, tuple[Node, ...]]:
    """Make something of a page, and give what is notable in it beside it instead of to the page."""
    told = len(page.notable)
    made = make()
    notable = tuple(page.notable[told:])
    del page.notable[told:]
    return made, notable


def release(*nodes: comrak.AstNode) -> None:
    """Cut the ways up from nodes and all below them: with them comrak's tree is a cycle that Python's collector cannot see, and would never be freed.

    Of nodes that are copied it is done on the way.
    """
    waiting = [*nodes]
    while waiting:
        node = waiting.pop()
        node.parent = None
        waiting.extend(node.children)


_KINDS: dict[type, Kind] = {
    comrak.Paragraph: Kind.PARAGRAPH,
    comrak.Heading: Kind.HEADING,
    comrak.List: Kind.LIST,
    comrak.Item: Kind.ITEM,
    comrak.TaskItem: Kind.ITEM,
    comrak.BlockQuote: Kind.QUOTE,
    comrak.Alert: Kind.ALERT,
    comrak.CodeBlock: Kind.CODE_BLOCK,
    comrak.HtmlBlock: Kind.HTML_BLOCK,
    comrak.ThematicBreak: Kind.RULE,
    comrak.Table: Kind.TABLE,
    comrak.TableRow: Kind.ROW,
    comrak.TableCell: Kind.CELL,
    comrak.FootnoteDefinition: Kind.FOOTNOTE,
    comrak.Text: Kind.TEXT,
    comrak.ShortCode: Kind.TEXT,
    comrak.SoftBreak: Kind.SOFT_BREAK,
    comrak.LineBreak: Kind.HARD_BREAK,
    comrak.Code: Kind.CODE,
    comrak.HtmlInline: Kind.HTML,
    comrak.Emph: Kind.EMPHASIS,
    comrak.Strong: Kind.STRONG,
    comrak.Strikethrough: Kind.STRIKE,
    comrak.Link: Kind.LINK,
    comrak.Image: Kind.IMAGE,
    comrak.FootnoteReference: Kind.FOOTNOTE_REF,
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


def nodes_of(
    sources: Sequence[comrak.AstNode], depth: int, blocks: int, inside: Inside, page: Page
) -> tuple[Node, ...]:
    """Copy nodes of comrak's tree with all below them.

    `depth` counts the emphases and links around them, `blocks` the lists and quotes: both have a limit, and with them this recursion.
    """
    nodes: list[Node] = []
    for source in sources:
        source.parent = None
        value = source.node_value
        kind = _KINDS.get(type(value))
        if kind is None:
            raise TypeError(f"no kind for comrak's {type(value).__name__}")
        if kind in _LEAVES:
            nodes.append(_leaf(source, value, kind, inside, page))
        elif kind is _ROW:
            nodes.append(_known_row(source, value, depth, blocks, page))
        else:
            nodes.append(_branch(source, value, kind, depth, blocks, inside, page))
    return tuple(nodes)


def _leaf(source: comrak.AstNode, value: Any, kind: Kind, inside: Inside, page: Page) -> Node:
    span = span_of(source.sourcepos, kind, inside, page)
    if kind in _BARE:
        return make_node(kind, span)
    content = value.value
    if kind is _CODE:
        return make_node(kind, span, (), page.shown(content.literal))
    text = page.shown(content if isinstance(content, str) else content.emoji)
    if kind is _TEXT:
        if inside.definitions is not None and text.startswith((" ", "\t")):
            # Behind definitions comrak keeps the blanks that a line begins with, and does not count them.
            line = page.lines[span.line - page.shift - 1]
            text = text if line.startswith((" ", "\t"), span.column - 1) else text.lstrip(" \t")
        if page.has_escapes:
            span = with_backslash(span, text, page)
        elif page.is_plain:
            return make_node(kind, span, (), text)
        return make_node(kind, span, (), text, info=_written(span, text, page))
    node = make_node(kind, span, (), text)
    page.notable.append(node)
    return node


def _written(span: Span, text: str, page: Page) -> str:
    """Give the source of a text where it reads otherwise, empty where it does not, or lies on several lines."""
    if span.line != span.end_line:
        return ""
    written = page.lines[span.line - page.shift - 1][span.column - 1 : span.end_column - 1]
    return "" if page.shown(written) == text else written


def _known_row(source: comrak.AstNode, value: Any, depth: int, blocks: int, page: Page) -> Node:
    """Copy a row, or give it as it was where another row of its table was changed."""
    memory = page.memory
    if memory is None:
        return _row(source, value, depth, blocks, page)
    start = source.sourcepos.start
    # What is written, cells behind the last of the head included, is on the line; which of them is inline Markdown, the head decides.
    written = f"{start.column} {len(source.children)} {value.value} {page.lines[start.line - 1]}"
    node, notable = memory.row(
        (start.line + page.shift, blocks, written),
        lambda: apart(lambda: _row(source, value, depth, blocks, page), page),
    )
    page.notable.extend(notable)
    return node


def _row(source: comrak.AstNode, value: Any, depth: int, blocks: int, page: Page) -> Node:
    whole = source.sourcepos
    start, end = whole.start, whole.end
    first, column = start.line, start.column
    line = page.lines[first - 1]
    written = written_cells(line, column if page.is_ascii else page.ruler(first).start(column))
    number = first + page.shift
    # Only behind an escaped pipe are columns counted otherwise than in any line.
    escaped = "\\|" in line
    cells: list[Node] = []
    # Padding up to the head's number of cells is comrak's, not the author's.
    sources = source.children
    for cell, place in zip(sources, written, strict=False):
        cell.parent = None
        inlines = cell.children
        span = make_span(number, place.start, number, place.end)
        children: tuple[Node, ...]
        if (text := _only_text(inlines, place.source, span, page)) is not None:
            children = (text,) if blocks < MAX_BLOCK_DEPTH else ()
        elif inlines:
            # A table at the limit of nesting has rows and cells, and nothing in them.
            inside = Inside(cell_ruler(line, place)) if escaped else ANYWHERE
            if blocks < MAX_BLOCK_DEPTH:
                children = nodes_of(inlines, depth, blocks, inside, page)
            else:
                children = ()
                release(*inlines)
        else:
            children = ()
        cells.append(make_node(_CELL, span, children))
    if len(sources) != len(cells):
        release(*sources[len(cells) :])
    if len(written) != len(cells):
        cells.extend(_excess_cell(place, number) for place in written[len(cells) :])
    span = span_between(first, column, end.line, end.column, _ROW, ANYWHERE, page)
    return make_node(_ROW, span, tuple(cells), "", "", "", "", 0, False, False, None, bool(value.value))


def _only_text(inlines: Sequence[comrak.AstNode], written: str, span: Span, page: Page) -> Node | None:
    """Give the one text that a cell or a paragraph is where it reads as it is `written`: its place is known, and comrak need not be asked for it."""
    if len(inlines) != 1 or not page.is_plain:
        return None
    value: Any = inlines[0].node_value
    if type(value) is not comrak.Text or value.value != written:
        return None
    inlines[0].parent = None
    return make_node(_TEXT, span, (), written)


def _branch(
    source: comrak.AstNode, value: Any, kind: Kind, depth: int, blocks: int, inside: Inside, page: Page
) -> Node:
    below = source.children
    place = source.sourcepos
    start, end = place.start, place.end
    first, column, last, last_column = start.line, start.column, end.line, end.column
    if kind is _PARAGRAPH or kind is _HEADING:
        definitions = None
        if below and first != last:
            underline = kind is _HEADING
            last_told = below[-1].sourcepos.end.line + underline
            definitions = Definitions.of(place, last_told, inside.containers, page)
        inside = Inside(inside.ruler, definitions) if definitions else ANYWHERE
        if len(below) == 1 and kind is _PARAGRAPH and definitions is None:
            span = span_between(first, column, last, last_column, kind, inside, page)
            written = page.lines[span.line - page.shift - 1][span.column - 1 : span.end_column - 1]
            text = _only_text(below, written, span, page) if span.line == span.end_line else None
            if text is not None:
                return make_node(kind, span, (text,) if blocks < MAX_BLOCK_DEPTH else ())
    elif kind in _NESTING_INLINES:
        depth += 1
        if depth > MAX_INLINE_DEPTH:
            literal = page.shown(_literal(source))
            release(*below)
            return make_node(_TEXT, span_of(place, kind, inside, page), (), literal)
    children: tuple[Node, ...] = ()
    if below:
        if blocks < MAX_BLOCK_DEPTH:
            if kind in _CONTAINERS:
                blocks, inside = blocks + 1, _inside(kind, value, inside)
            children = nodes_of(below, depth, blocks, inside, page)
        else:
            release(*below)
    span = span_between(first, column, last, last_column, kind, inside, page)
    if children and kind in _CLOSED_BY_CHILDREN:
        span = span.to(children[-1].span)
    if kind in _BARE:
        return make_node(kind, span, children)
    return _told(kind, span, children, value, page)


def _inside(kind: Kind, value: Any, inside: Inside) -> Inside:
    """Tell what is in a block what it lies in, as `Definitions` needs it."""
    containers = inside.containers
    if kind is _LIST:
        containers = (*containers, value.value.marker_offset + value.value.padding)
    elif isinstance(value, comrak.Item):
        containers = (*containers[:-1], value.value.marker_offset + value.value.padding)
    elif kind is not _ITEM:
        containers = (*containers, FOOTNOTE if kind is Kind.FOOTNOTE else QUOTE)
    return Inside(containers=containers)


def _told(kind: Kind, span: Span, children: tuple[Node, ...], value: Any, page: Page) -> Node:
    """Make a node of a kind that says more than what is in it."""
    content = value.value
    if kind is _ITEM:
        checked = content.symbol is not None if isinstance(value, comrak.TaskItem) else None
        return make_node(kind, span, children, checked=checked)
    if kind is _LIST:
        ordered = content.list_type == comrak.ListType.Ordered
        first = content.start if ordered else 0
        return make_node(kind, span, children, level=first, ordered=ordered, tight=content.tight)
    if kind is _HEADING:
        return make_node(kind, span, children, level=content.level)
    if kind is _LINK or kind is _IMAGE:
        node = make_node(kind, span, children, url=page.shown(content.url), title=page.shown(content.title))
    elif kind is _CODE_BLOCK:
        node = make_node(kind, span, text=page.shown(content.literal), info=page.shown(content.info))
    elif kind is _HTML_BLOCK:
        node = make_node(kind, span, text=page.shown(content.literal))
    elif kind is _ALERT:
        info = _name(content.alert_type).lower()
        return make_node(kind, span, children, title=page.shown(content.title or ""), info=info)
    elif kind is _TABLE:
        aligns = tuple(_ALIGNS[_name(align)] for align in content.alignments)
        return make_node(kind, span, children, aligns=aligns)
    else:
        return make_node(kind, span, children, text=page.shown(content.name))
    page.notable.append(node)
    return node


_ALIGNS = {"None": "", "Left": "left", "Center": "center", "Right": "right"}


def _name(member: object) -> str:
    """Give the name of one of comrak's enumeration members, which print as `Type::Name`."""
    return str(member).rpartition(":")[2]


def _excess_cell(cell: WrittenCell, line: int) -> Node:
    span = make_span(line, cell.start, line, cell.end)
    text = (make_node(_TEXT, span, text=visible(cell.source.replace("\\|", "|"))),) if cell.source else ()
    return make_node(_CELL, span, text)


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
