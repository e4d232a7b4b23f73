"""The passages of a record, found in its blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from afterword.check.language.narrative import Form, Narrative, Passage
from afterword.check.language.places import (
    is_people_list,
    is_prompt,
    is_transcript,
    key_of,
    label_of,
    owner_label,
)
from afterword.model.markup import OPAQUE, Kind, Node
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.parse.markdown.lexicon import Lexicon, normalise

_TEXT = Kind.TEXT
_CODE = Kind.CODE
_HARD_BREAK = Kind.HARD_BREAK
_HEADING = Kind.HEADING
_ITEM = Kind.ITEM
_LINK = Kind.LINK
_PARAGRAPH = Kind.PARAGRAPH
_SOFT_BREAK = Kind.SOFT_BREAK
_STRONG = Kind.STRONG
_TABLE = Kind.TABLE
_MARKED = {Kind.EMPHASIS, Kind.STRONG, Kind.STRIKE}
_QUOTED = {Kind.QUOTE, Kind.CODE_BLOCK, Kind.HTML_BLOCK, Kind.RULE}
_NO_PROSE = frozenset(
    {
        "#",
        "id",
        "time",
        "date",
        "when",
        "timestamp",
        "due",
        "due date",
        "deadline",
        "ticket",
        "issue",
        "status",
        "priority",
        "category",
        "type",
        "source",
        "link",
    }
)
"""Heads of columns that hold no sentences."""

_PSEUDO_LEVEL = 7
"""The level of a paragraph that is one bold phrase: it heads what follows up to the next of its kind or heading."""

_PLAIN = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("‐", "-"), ("‑", "-"), ("\u00a0", " "))
_LETTER = re.compile(r"[^\W\d_]")
_CELL_FORM = Form.CELL
_HEADING_FORM = Form.HEADING
_ITEM_FORM = Form.ITEM
_PARAGRAPH_FORM = Form.PARAGRAPH
_TITLE_FORM = Form.TITLE


def read_narrative(
    record: Postmortem,
    lexicon: Lexicon,
    names: frozenset[str],
    memory: PassageMemory | None,
) -> Narrative:
    """Find the passages of a record in the order of the source. With a memory, those of blocks that it knows are the very same as before.

    No narrative are: code, quotes, HTML, images, link targets, front matter but the title, headings that only name a section, prompts of a template, lists of
    people (attendees, authors, sign-off) and whatever stands behind a label like `Owner:` or in such a column.
    """
    if memory is not None:
        memory.begin(lexicon)
    reader = _Reader(lexicon, memory)
    title = record.header.title
    if title:
        span = record.header.span("title")
        reader.add_title(title, span)
    reader.read(_without_toml(record))
    for section in record.sections:
        reader.open(section.heading, section.key)
        reader.read(section.blocks)
    reader.heads.clear()
    reader.read(record.footnotes)
    if memory is not None:
        memory.end()
    return Narrative(tuple(reader.passages), names)


def _without_toml(record: Postmortem) -> Sequence[Node]:
    """Leave out a header between lines of `+++`, which Markdown takes for paragraphs."""
    blocks = record.preamble
    if not blocks or not _begins(blocks[0]).startswith("+++"):
        return blocks
    for index, block in enumerate(blocks):
        last = block.children[-1] if block.children else None
        if (
            last is not None
            and last.kind is _TEXT
            and last.text.strip() == "+++"
            and (index or len(block.children) > 1)
        ):
            return blocks[index + 1 :]
    return blocks


def _begins(block: Node) -> str:
    return block.children[0].text if block.children else ""


@dataclass(slots=True)
class _Head:
    level: int
    section: str
    name: str
    skipped: bool
    """Whether what it heads is no narrative: a list of people, or what was said in a conversation."""


_NOWHERE = _Head(0, "", "", False)


class PassageMemory:
    """The passages of one text as it was read last, by the block or the row of a table that they stand in."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lexicon: Lexicon | None = None
        self._known: dict[int, tuple[Node, object, tuple[Passage, ...]]] = {}
        self._current: dict[int, tuple[Node, object, tuple[Passage, ...]]] = {}

    def begin(self, lexicon: Lexicon) -> None:
        """Turn to the next text."""
        if lexicon is not self._lexicon:
            self._known = {}
        self._lexicon, self._current = lexicon, {}

    def recall(self, node: Node, basis: object) -> tuple[Passage, ...] | None:
        """Give the passages of the very same node, read on the same basis; None where it is new."""
        found = self._known.get(id(node))
        if found is None or found[0] is not node or found[1] != basis:
            return None
        self._current[id(node)] = found
        return found[2]

    def keep(self, node: Node, basis: object, passages: Iterable[Passage]) -> None:
        """Remember the passages of a node, which stays alive by that: no other has its id."""
        self._current[id(node)] = node, basis, tuple(passages)

    def end(self) -> None:
        """Forget what the text does not have any more."""
        self._known, self._current = self._current, {}


class _Reader:
    def __init__(self, lexicon: Lexicon, memory: PassageMemory | None) -> None:
        self.lexicon = lexicon
        self.memory = memory
        self.passages: list[Passage] = []
        self.heads: list[_Head] = []

    def add_title(self, title: str, span: Span) -> None:
        inner = span
        if span.line == span.end_line and span.end_column - span.column == len(title) + 2:
            inner = Span(span.line, span.column + 1, span.line, span.end_column - 1)
        self._add(title, ((0, Node(_TEXT, inner, text=title)),), _TITLE_FORM)

    def open(self, heading: Node, key: str = "") -> None:
        """Begin what stands below a heading; one that says more than the name of a section is a passage, too."""
        text, runs = _flat(heading.children)
        if self.head(heading.level, text, key):
            self._add(text, runs, _HEADING_FORM)

    def head(self, level: int, text: str, key: str = "") -> bool:
        """Begin a part, and tell whether its heading says more than which part it is."""
        while self.heads and self.heads[-1].level >= level:
            self.heads.pop()
        above = self._above
        own = key or key_of(text, self.lexicon)
        skipped = above.skipped or is_people_list(text) or is_transcript(text)
        self.heads.append(_Head(level, own or above.section, text.strip(), skipped))
        return not (own or skipped or is_prompt(text))

    def read(self, blocks: Iterable[Node]) -> None:
        for block in blocks:
            if block.kind is _HEADING:
                self.open(block)
            elif not (self.heads and self.heads[-1].skipped):
                if self.memory is None:
                    self._block(block)
                else:
                    self._recalled(self.memory, block, self._above, partial(self._block, block))

    @property
    def _above(self) -> _Head:
        return self.heads[-1] if self.heads else _NOWHERE

    def _recalled(self, memory: PassageMemory, node: Node, basis: object, read: Callable[[], None]) -> None:
        """Read a node, or take the passages that it had on the same basis."""
        known = memory.recall(node, basis)
        if known is not None:
            self.passages.extend(known)
            return
        begin, above = len(self.passages), self._above
        read()
        # A paragraph that heads what follows has to be read each time.
        if self._above is above:
            memory.keep(node, basis, self.passages[begin:])

    def _block(self, block: Node) -> None:
        if block.kind is _PARAGRAPH:
            self._paragraph(block, _PARAGRAPH_FORM, True, None)
            return
        waiting: list[tuple[Node, Form, bool, _Head | None]] = [(block, _PARAGRAPH_FORM, True, None)]
        while waiting:
            node, form, first, head = waiting.pop()
            kind = node.kind
            if kind is _PARAGRAPH:
                self._paragraph(node, form, first, head)
            elif kind is _ITEM:
                label = self._label(node)
                if label is None or not label.skipped:
                    own = label or head
                    children = node.children
                    if len(children) > 1:
                        waiting.extend([(child, _ITEM_FORM, False, own) for child in children[:0:-1]])
                    if children:
                        waiting.append((children[0], _ITEM_FORM, True, own))
            elif kind is _TABLE:
                self._table(node, head)
            elif kind is _HEADING:
                self._add(*_flat(node.children), _HEADING_FORM, head=head)
            elif kind not in _QUOTED and node.children:
                waiting.extend((child, form, True, head) for child in reversed(node.children))

    def _label(self, item: Node) -> _Head | None:
        """Give what an item's label opens (`**Impact**:`), None where it has none that is known."""
        first = item.children[0] if item.children else None
        if first is None or first.kind is not _PARAGRAPH or not first.children:
            return None
        begin = first.children[0]
        if begin.kind is _STRONG:
            text, _ = _flat(begin.children)
            text = text.strip().rstrip(":")
        elif begin.kind is _TEXT and ":" in begin.text:
            text = label_of(begin.text)
        else:
            return None
        return self._named(text)

    def _named(self, text: str) -> _Head | None:
        if not text or len(text) > 40:
            return None
        if is_people_list(text):
            return _Head(9, "", text, True)
        key = key_of(text, self.lexicon)
        return _Head(9, key, text, False) if key else None

    def _paragraph(self, node: Node, form: Form, first: bool, head: _Head | None) -> None:
        children = node.children
        if form is _PARAGRAPH_FORM and head is None and children and children[0].kind is _STRONG:
            text, _ = _flat(children[0].children)
            bare = text.strip()
            rest, _ = _flat(children[1:])
            if not rest.strip(" :\ufe0f"):
                if not self.head(_PSEUDO_LEVEL, bare.rstrip(":")):
                    return
            elif bare.endswith(":") or rest.lstrip().startswith(":"):
                head = self._named(bare.rstrip(":"))
        elif form is _PARAGRAPH_FORM and head is None and children and children[0].kind is _TEXT:
            head = self._named(label_of(children[0].text))
        if head is not None and head.skipped:
            return
        self._add(*_flat(children), form, head=head, first=first)

    def _table(self, table: Node, head: _Head | None) -> None:
        names: list[str | None] = []
        for row in table.children:
            if row.header:
                heads = (normalise(_flat(cell.children)[0]) for cell in row.children)
                names = [None if name in _NO_PROSE or is_people_list(name) else name for name in heads]
                continue
            if self.memory is None:
                self._row(row, names, head)
            else:
                basis = (head or self._above, *names)
                self._recalled(self.memory, row, basis, partial(self._row, row, names, head))

    def _row(self, row: Node, names: Sequence[str | None], head: _Head | None) -> None:
        cells = row.children
        if len(cells) == 2 and is_people_list(_flat(cells[0].children)[0]):
            return
        for index, cell in enumerate(cells):
            name = names[index] if index < len(names) else ""
            if name is not None and cell.children:
                self._add(*_flat(cell.children), _CELL_FORM, column=name, head=head)

    def _add(
        self,
        text: str,
        runs: tuple[tuple[int, Node], ...],
        form: Form,
        *,
        column: str = "",
        head: _Head | None = None,
        first: bool = True,
    ) -> None:
        """Keep a passage of at least one word."""
        is_ascii = text.isascii()
        cut = owner_label(text)
        if cut >= 0:
            text = text[:cut]
        if not (text[:1].isalpha() or _LETTER.search(text)) or is_prompt(text):
            return
        if not is_ascii:
            for typeset, plain in _PLAIN:
                text = text.replace(typeset, plain)
        above = head or (self.heads[-1] if self.heads else _NOWHERE)
        self.passages.append(Passage(text, form, above.section, above.name, column, runs, first))


def _flat(nodes: Sequence[Node]) -> tuple[str, tuple[tuple[int, Node], ...]]:
    """Join inline nodes to a text, with the number of characters before each."""
    if len(nodes) == 1 and nodes[0].kind is _TEXT:
        return nodes[0].text, ((0, nodes[0]),)
    parts: list[str] = []
    runs: list[tuple[int, Node]] = []
    size = 0
    waiting = list(nodes[::-1])
    while waiting:
        node = waiting.pop()
        kind = node.kind
        if kind is _TEXT:
            text = node.text
        elif kind is _SOFT_BREAK or kind is _HARD_BREAK:
            text = " "
        elif kind is _CODE:
            text = OPAQUE
        elif kind in _MARKED:
            waiting.extend(node.children[::-1])
            continue
        elif kind is _LINK:
            inner = node.children
            # An address that is its own text says nothing in words.
            if len(inner) == 1 and inner[0].kind is _TEXT and "://" in inner[0].text:
                text = OPAQUE
            else:
                waiting.extend(inner[::-1])
                continue
        else:
            continue
        if text:
            parts.append(text)
            runs.append((size, node))
            size += len(text)
    return "".join(parts), tuple(runs)
