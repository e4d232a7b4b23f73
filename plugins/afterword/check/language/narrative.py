"""The narrative of a record: what its authors tell in their own words, cut into passages whose characters know their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from afterword.check.language.grammar import Clause
from afterword.check.language.tokens import Tokens
from afterword.check.prose import sentence_bounds
from afterword.model.markup import OPAQUE, Kind, Node
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.markdown.flatten import text_places

_TEXT = Kind.TEXT
LONGEST_SENTENCE = 1500
"""Characters of a sentence that are looked at: nobody writes longer ones, and a record that is one sentence must not take minutes."""

_INNER_STOP = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"')\]»”’]*\s)")
_STOPS = ',.;:!?()[]"“”/*_—–…'
_CODE = "\x00"
"""Stands for `OPAQUE` where words are looked up: no text has this character, and no word that is looked for has either."""
_STOPS_TO_BLANKS = str.maketrans(_STOPS, " " * len(_STOPS))


class Form(StrEnum):
    """What a passage is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


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


_Place = tuple[tuple[int, int], bool]
"""The number of a passage and of a sentence in it, and whether the word that was looked for counts there by itself."""


@plain_value()
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
    _vocabularies: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, repr=False)
    _places: dict[str, tuple[_Place, ...]] = field(default_factory=dict, repr=False)

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
        wanted: re.Pattern[str] | None = None,
    ) -> Iterator[tuple[Sentence, Clause]]:
        """Yield the sentences that hold one of some words, in the order of the source, and their words with what they do.

        One of the `faint` words alone counts only where it begins the sentence, or one of the words `beside` stands in it, too. Sentences in
        which nothing is `wanted`, in small letters, are left out.
        """
        strong: set[tuple[int, int]] = set()
        weak: set[tuple[int, int]] = set()
        for word in self.words & triggers:
            is_faint = word in faint
            for place, is_strong in self._places_of(word):
                (strong if is_strong or not is_faint else weak).add(place)
        weak -= strong
        for place in weak:
            vocabulary = self._vocabulary(place)
            if not (vocabulary.isdisjoint(beside) and vocabulary.isdisjoint(self.names)):
                strong.add(place)
        for index, number in sorted(strong):
            start, end = self.bounds(index)[number]
            passage = self.passages[index]
            if wanted is None or wanted.search(passage.text[start:end].lower()):
                yield Sentence(passage, start, end), self.clause(index, start, end)

    def _places_of(self, word: str) -> tuple[_Place, ...]:
        """Give the sentences that hold a word, and whether it counts there without another; looked for once for all rules."""
        places = self._places.get(word)
        if places is None:
            places = self._places[word] = tuple(self._looked_for(word))
        return places

    def _looked_for(self, word: str) -> Iterator[_Place]:
        for index, offset in self._occurrences(word):
            bounds = self.bounds(index)
            number = bisect_right(bounds, offset, key=_begin) - 1
            # A part of a word, as of `error-prone`, is none, whatever stands elsewhere in the record: a passage is judged alike by itself.
            if number >= 0 and word in self._vocabulary((index, number)):
                # What somebody has, as `Petra's error`, needs nobody else beside it.
                is_strong = offset - bounds[number][0] <= 2 or self.passages[index].text.endswith(
                    "'s ", 0, offset
                )
                yield (index, number), is_strong

    def _vocabulary(self, place: tuple[int, int]) -> frozenset[str]:
        """Give the words of a sentence, by the number of its passage and its own."""
        words = self._vocabularies.get(place)
        if words is None:
            start, end = self.bounds(place[0])[place[1]]
            words = self._vocabularies[place] = frozenset(words_of(self.passages[place[0]].text[start:end]))
        return words

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


_begin = itemgetter(0)


def words_of(text: str) -> list[str]:
    """Cut a text into words in small letters."""
    text = text.lower()
    if not text.isascii():
        # Code is what is not ASCII in most texts; what stands for it is no stop.
        text = text.replace(OPAQUE, _CODE)
    if text.isascii():
        return text.translate(_STOPS_TO_BLANKS).split()
    for stop in _STOPS:
        text = text.replace(stop, " ")
    return text.split()
