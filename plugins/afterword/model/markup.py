"""Markdown as a tree of values: what is checked is what is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from afterword.model.span import START, Span
from afterword.model.value import maker, plain_value


class Kind(StrEnum):
    """The kinds of nodes of GitHub Flavored Markdown, with its footnotes, alerts and emoji codes.

    Modules that look at every node give the members that they ask for names of their own: in Python 3.11 looking one up here takes as
    long as ten comparisons.
    """

    # blocks
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    ALERT = "alert"
    CODE_BLOCK = "code-block"
    HTML_BLOCK = "html-block"
    RULE = "rule"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    FOOTNOTE = "footnote"
    # inlines
    TEXT = "text"
    SOFT_BREAK = "soft-break"
    HARD_BREAK = "hard-break"
    CODE = "code"
    HTML = "html"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    LINK = "link"
    IMAGE = "image"
    FOOTNOTE_REF = "footnote-ref"

    # That of Enum is written in Python, and kinds are looked up in sets a dozen times a node.
    __hash__ = str.__hash__


@plain_value()
class Node:
    """One node of the tree; only the fields that its kind has are set.

    `text` is the literal of text, code, HTML and the name of a footnote; `info` a code block's info string, the alert's kind
    (`note` …), or of a text with references and escapes what is written on its line; `level` a heading's level, or the first number of an ordered list; `ordered` and `tight` belong to lists;
    `checked` to task items (None: no box); `aligns` to tables (`""`, `left`, `center`, `right`); `header` to the head row.
    """

    kind: Kind
    span: Span = START
    children: tuple[Node, ...] = ()
    text: str = ""
    url: str = ""
    title: str = ""
    info: str = ""
    level: int = 0
    ordered: bool = False
    tight: bool = False
    checked: bool | None = None
    header: bool = False
    aligns: tuple[str, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in the order of the source."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(node.children[::-1])


make_node = maker(Node)

POINTING = frozenset({Kind.LINK, Kind.IMAGE, Kind.FOOTNOTE_REF})
"""What leads to something, which words alone do not tell."""

OPAQUE = "￼"
"""Stands for code and images in plain text: no word of theirs is read as a mark."""


_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


def is_break_tag(html: str) -> bool:
    """Tell whether raw HTML is a line break, which in a cell is the only one there can be."""
    return _BREAK_TAG.fullmatch(html) is not None


@plain_value()
class RichText:
    """A stretch of inline Markdown, and the same as plain text (code included, images by their description, line breaks as spaces)."""

    nodes: tuple[Node, ...] = ()
    text: str = ""
    span: Span = START

    def __bool__(self) -> bool:
        """Tell whether anything is written."""
        return bool(self.text.strip())

    @property
    def in_one_line(self) -> str:
        """Give the plain text on one line."""
        return " ".join(self.text.split())


make_text = maker(RichText)
