"""The narrative of a record: what its authors tell in their own words, cut into passages whose characters know their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from itertools import accumulate

from afterword.check.language.grammar import Clause
from afterword.check.language.places import is_people_list, is_prompt, key_of, label_of, owner_label
from afterword.check.language.tokens import Tokens
from afterword.check.prose import sentence_bounds
from afterword.model.markup import OPAQUE, Kind, Node
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.parse.flatten import text_places
from afterword.parse.lexicon import Lexicon, normalise

_CODE = Kind.CODE
_HARD_BREAK = Kind.HARD_BREAK
_HEADING = Kind.HEADING
_ITEM = Kind.ITEM
_LINK = Kind.LINK
_PARAGRAPH = Kind.PARAGRAPH
_SOFT_BREAK = Kind.SOFT_BREAK
_STRONG = Kind.STRONG
_TABLE = Kind.TABLE
_TEXT = Kind.TEXT

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
LONGEST_SENTENCE = 1500
"""Characters of a sentence that are looked at: nobody writes longer ones, and a record that is one sentence must not take minutes."""

_INNER_STOP = re.compile(r"[.!?…][\"')\]»”’]*\s|[。！？]")
_LETTER = re.compile(r"[^\W\d_]")
_STOPS = ',.;:!?()[]"“”/*_—–…'


_STOPS_TO_BLANKS = str.maketrans(_STOPS, " " * len(_STOPS))


class Form(StrEnum):
    """What a passage is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


_CELL_FORM = Form.CELL
_HEADING_FORM = Form.HEADING
_ITEM_FORM = Form.ITEM
_PARAGRAPH_FORM = Form.PARAGRAPH
_TITLE_FORM = Form.TITLE


@dataclass(slots=True)
class Passage:
    """The text of one paragraph, heading, list item or cell; code stands as one `OPAQUE`, images and HTML as nothing.

    `text` has plain apostrophes and hyphens, one for one. `section` is the key of a known section and empty in any other, `heading` the words of the
    nearest heading or label above. `head` is the head of a cell's column, `first` whether the passage begins its item or cell. `runs` are the
    nodes that it was made of, each behind the number of characters before it.
    """

    text: str
    form: Form
    section: str
    heading: str
    head: str
    runs: tuple[tuple[int, Node], ...]
    first: bool = True

    def span(self, start: int, end: int) -> Span:
        """Give the source of the characters `start` to `end` (exclusive)."""
        return self._place(start).to(self._place(max(start, end - 1)))

    def nodes(self, start: int, end: int) -> Iterator[Node]:
        """Yield the nodes that the characters `start` to `end` (exclusive) were written in."""
        for number, (begin, node) in enumerate(self.runs):
            following = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.text)
            if begin < end and following > start:
                yield node

    def _place(self, index: int) -> Span:
        start, node = self.runs[bisect_right(self.runs, index, key=lambda run: run[0]) - 1]
        span, offset = node.span, index - start
        if node.kind is not _TEXT:
            return span
        if span.line == span.end_line and span.end_column - span.column == len(node.text) and not node.info:
            return Span(span.line, span.column + offset, span.line, span.column + offset + 1)
        return text_places(node)[offset]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage: the characters `start` to `end` (exclusive) of its text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give the words, as `Passage.text` has them."""
        return self.passage.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """Give the source of characters of the sentence, counted from its beginning."""
        return self.passage.span(self.start + start, self.start + end)


@dataclass
class Narrative:
    """All passages of a record, and what the rules have worked out about them."""

    passages: tuple[Passage, ...]
    names: frozenset[str] = frozenset()
    """Words, in small letters, that are known to be names of people."""
    beside: frozenset[str] = frozenset()
    """The words of the other passages, where this is a part of a narrative."""
    _sentences: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, repr=False)
    _clauses: dict[tuple[int, int], Clause] = field(default_factory=dict, repr=False)

    def part(self, passage: Passage) -> Narrative:
        """Give one passage, to be judged as it is among the others."""
        return Narrative((passage,), self.names, self.words)

    @cached_property
    def words(self) -> frozenset[str]:
        """Give every word in small letters, cut at blanks and stops, so that a rule can tell at once that it has nothing to look at."""
        return frozenset(words_of(self.lower))

    def sentences(
        self,
        triggers: frozenset[str],
        faint: frozenset[str] = frozenset(),
        beside: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[Sentence, Clause]]:
        """Yield the sentences that hold one of some words, in the order of the source, and their words with what they do.

        One of the `faint` words alone counts only where it begins the sentence, or one of the words `beside` stands in it, too.
        """
        places: dict[tuple[int, int], bool] = {}
        for word in self.words & triggers:
            for index, offset in self._occurrences(word):
                bounds = self.bounds(index)
                number = bisect_right(bounds, offset, key=lambda each: each[0]) - 1
                if number >= 0:
                    is_strong = word not in faint or offset - bounds[number][0] <= 2
                    places[index, number] = places.get((index, number), False) or is_strong
        for index, number in sorted(places):
            start, end = self.bounds(index)[number]
            passage = self.passages[index]
            if places[index, number] or not _are_apart(words_of(passage.text[start:end]), beside, self.names):
                yield Sentence(passage, start, end), self.clause(index, start, end)

    def clause(self, index: int, start: int, end: int) -> Clause:
        """Give a stretch of a passage as words, cut once for all rules."""
        if (index, start) not in self._clauses:
            self._clauses[index, start] = Clause(Tokens(self.passages[index].text[start:end]), self.names)
        return self._clauses[index, start]

    def bounds(self, index: int) -> tuple[tuple[int, int], ...]:
        """Give where the sentences of a passage begin and end (exclusive)."""
        if index not in self._sentences:
            text = self.passages[index].text
            # Most items are one sentence: what ends none costs nothing.
            whole = _INNER_STOP.search(text) is None
            bounds = ((0, len(text)),) if whole else tuple(sentence_bounds(text))
            if len(text) > LONGEST_SENTENCE:
                bounds = tuple((start, min(end, start + LONGEST_SENTENCE)) for start, end in bounds)
            self._sentences[index] = bounds
        return self._sentences[index]

    def _occurrences(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield where a word stands by itself: the number of the passage, and the characters before it there."""
        text, starts = self.lower, self._starts
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                index = bisect_right(starts, at) - 1
                yield index, at - starts[index]
            at = text.find(word, end)

    def holding(self, parts: Iterable[str], *, small: bool = False) -> list[Passage]:
        """Give the passages that one of some texts stands in, with `small` in small letters."""
        text = self.lower if small else self.text
        starts = self._starts if small else self._text_starts
        numbers: set[int] = set()
        for part in parts:
            at = text.find(part)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                numbers.add(number)
                at = text.find(part, starts[number + 1])
        return [self.passages[number] for number in sorted(numbers)]

    @cached_property
    def text(self) -> str:
        """Give all passages, a line break between two."""
        return "\n".join([passage.text for passage in self.passages])

    @cached_property
    def lower(self) -> str:
        """Give all passages in small letters; a few letters become two."""
        return self.text.lower()

    @cached_property
    def _text_starts(self) -> list[int]:
        return [0, *accumulate(len(passage.text) + 1 for passage in self.passages)]

    @cached_property
    def _starts(self) -> list[int]:
        if len(self.lower) == len(self.text):
            return self._text_starts
        return [0, *accumulate(len(passage.text.lower()) + 1 for passage in self.passages)]


def _are_apart(words: Sequence[str], *others: frozenset[str]) -> bool:
    return all(each.isdisjoint(words) for each in others)


def words_of(text: str) -> list[str]:
    """Cut a text into words in small letters."""
    text = text.lower()
    if text.isascii():
        return text.translate(_STOPS_TO_BLANKS).split()
    for stop in _STOPS:
        text = text.replace(stop, " ")
    return text.split()


def read_narrative(
    record: Postmortem,
    lexicon: Lexicon,
    names: frozenset[str] = frozenset(),
    memory: PassageMemory | None = None,
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
    people: bool


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
        people = above.people or is_people_list(text)
        self.heads.append(_Head(level, own or above.section, text.strip(), people))
        return not (own or people or is_prompt(text))

    def read(self, blocks: Iterable[Node]) -> None:
        for block in blocks:
            if block.kind is _HEADING:
                self.open(block)
            elif not (self.heads and self.heads[-1].people):
                self._recalled(block, self._above, partial(self._block, block))

    @property
    def _above(self) -> _Head:
        return self.heads[-1] if self.heads else _NOWHERE

    def _recalled(self, node: Node, basis: object, read: Callable[[], None]) -> None:
        """Read a node, or take the passages that it had on the same basis."""
        if self.memory is None:
            read()
            return
        known = self.memory.recall(node, basis)
        if known is not None:
            self.passages.extend(known)
            return
        begin, above = len(self.passages), self._above
        read()
        # A paragraph that heads what follows has to be read each time.
        if self._above is above:
            self.memory.keep(node, basis, self.passages[begin:])

    def _block(self, block: Node) -> None:
        waiting: list[tuple[Node, Form, bool, _Head | None]] = [(block, _PARAGRAPH_FORM, True, None)]
        while waiting:
            node, form, first, head = waiting.pop()
            kind = node.kind
            if kind is _PARAGRAPH:
                self._paragraph(node, form, first, head)
            elif kind is _ITEM:
                label = self._label(node)
                if label is None or not label.people:
                    own = label or head
                    waiting.extend(
                        (child, _ITEM_FORM, index == 0, own)
                        for index, child in reversed(list(enumerate(node.children)))
                    )
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
        if head is not None and head.people:
            return
        self._add(*_flat(children), form, head=head, first=first)

    def _table(self, table: Node, head: _Head | None) -> None:
        names: list[str | None] = []
        for row in table.children:
            if row.header:
                heads = (normalise(_flat(cell.children)[0]) for cell in row.children)
                names = [None if name in _NO_PROSE or is_people_list(name) else name for name in heads]
                continue
            self._recalled(row, (head or self._above, *names), partial(self._row, row, names, head))

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
        cut = owner_label(text)
        if cut >= 0:
            text = text[:cut]
        if not (text[:1].isalpha() or _LETTER.search(text)) or is_prompt(text):
            return
        if not text.isascii():
            for typeset, plain in _PLAIN:
                text = text.replace(typeset, plain)
        above = head or self._above
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
