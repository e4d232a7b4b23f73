"""GitHub Flavored Markdown to the Node tree; this module calls comrak, `comrak_nodes.py` copies its tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

import comrak

from afterword.model.markup import Node
from afterword.parse.markdown.comrak_nodes import apart, nodes_of, release
from afterword.parse.source.large_stack import on_large_stack
from afterword.parse.source.memory import Block, Memory
from afterword.parse.source.places import ANYWHERE, Page

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


class Parsed(NamedTuple):
    """The top-level blocks of a body, and, in the order of the source, all links, images, raw HTML and code blocks in them."""

    blocks: tuple[Node, ...]
    notable: tuple[Node, ...]


def parse_blocks(body: str, first_line: int) -> tuple[Node, ...]:
    """Give the top-level blocks of `parse_body`."""
    return parse_body(body, first_line).blocks


def parse_body(body: str, first_line: int, memory: Memory | None = None) -> Parsed:
    """Parse Markdown whose first line is line `first_line` of the file, and give its nodes with spans in that file.

    The text must have passed `check_limits`. Rows of a table hold the cells that are written, neither padded nor cut to
    the head's number; footnote definitions stand where they are written. With a memory, blocks that it knows are not made again.
    """
    return on_large_stack(lambda: _parse(body, first_line, memory))


def parse_tables(body: str, first_line: int, wanted: Callable[[Node], bool]) -> tuple[Node, ...]:
    """Give the headings among the top-level blocks of `parse_body`, and the tables below those that are `wanted`, up to the next one of level 2.

    It takes a fraction of the time, and must run on the large stack.
    """
    page = Page.of(body, first_line - 1)
    document = comrak.parse_document(body, extension_options=_EXTENSIONS, parse_options=_PARSING)
    blocks: list[Node] = []
    is_wanted = False
    for source in document.children:
        kind = type(source.node_value)
        if kind is comrak.Heading or (is_wanted and kind is comrak.Table):
            blocks += nodes_of((source,), 0, 0, ANYWHERE, page)
            if kind is comrak.Heading:
                is_wanted = wanted(blocks[-1]) or (is_wanted and blocks[-1].level != 2)
    release(document)
    return tuple(blocks)


def _parse(body: str, first_line: int, memory: Memory | None) -> Parsed:
    page = Page.of(body, first_line - 1)
    document = comrak.parse_document(body, extension_options=_EXTENSIONS, parse_options=_PARSING)
    if memory is None:
        blocks = nodes_of(document.children, 0, 0, ANYWHERE, page)
    else:
        blocks = _remembered(document.children, page, memory)
        # Of blocks and rows that were known nobody has looked at the nodes.
        release(document)
    return Parsed(tuple(sorted(blocks, key=_place)), tuple(sorted(page.notable, key=_place)))


_place = attrgetter("span.line", "span.column")


def _remembered(sources: Sequence[comrak.AstNode], page: Page, memory: Memory) -> tuple[Node, ...]:
    """Copy top-level blocks that are not known from the last time; what is notable in any of them goes to the page."""
    blocks: list[Node] = []
    memory.begin("\n".join(page.lines), page.is_plain, page.has_escapes)
    page.memory = memory
    for source in sources:

        def make(source: comrak.AstNode = source) -> Block:
            (node,), notable = apart(lambda: nodes_of((source,), 0, 0, ANYWHERE, page), page)
            return node, notable

        place = source.sourcepos
        first, last = place.start.line, place.end.line
        # A block may reach further than comrak says: the next line tells where it ends.
        key = first + page.shift, last + page.shift, "\n".join(page.lines[first - 1 : last + 1])
        node, notable = memory.block(key, make)
        blocks.append(node)
        page.notable.extend(notable)
    memory.end()
    return tuple(blocks)
