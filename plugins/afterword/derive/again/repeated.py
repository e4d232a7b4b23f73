"""Actions that were promised before, in an earlier record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil

from afterword.derive.catalogue.index import oldest_first
from afterword.derive.promises.follow_through import is_owed_here
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem

ALIKE = 0.8
"""The share of words in common, of all words of both, from which two texts are one action."""

DISTINCTIVE = 5
"""Words from which a text is the same action in any service; a shorter one is another action in another service."""

FEWEST = 2
"""Words from which a text says what is to be done."""

MOST_COMPARED = 50
"""Earlier texts compared with one, the latest first: words that are in more of them tell nothing apart."""

LONGEST = 1000
"""Characters of an action that are compared."""

_WORD = re.compile(r"[^\W_]+(?:[.,:]\d+)*")
_EMPTY_WORDS = frozenset(
    "a all an and any are as at be by for from in into is it its of on or our so that the their this to we which with".split()  # noqa: SIM905
)

Words = tuple[str, ...]

Place = tuple[int, int]
"""Where a promise stands: the number of its record in `Promising.records`, and that of the action in the record."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One action of one record."""

    record: Postmortem
    action: ActionItem


@dataclass(frozen=True, slots=True)
class Promising:
    """The records whose actions are promises to somebody here, by day."""

    records: tuple[Postmortem, ...]

    @classmethod
    def of(cls, records: Iterable[Postmortem]) -> Promising:
        """Sort records, and leave out those that promise nothing, and retold ones."""
        return cls(
            tuple(
                record
                for record in sorted(records, key=oldest_first)
                if record.actions and is_owed_here(record)
            )
        )

    def told(self) -> str:
        """Write all that `repeats` depends on."""
        return repr(
            [
                (
                    record.header.services,
                    [
                        (_is_promise(action), action.text.text[:LONGEST], _ticket(action))
                        for action in record.actions
                    ],
                )
                for record in self.records
            ]
        )

    def at(self, place: Place) -> Promise:
        """Give the promise at a place."""
        record = self.records[place[0]]
        return Promise(record, record.actions[place[1]])

    def repeats(self) -> Iterator[tuple[Place, Place]]:
        """Yield where a promise stands that an earlier record made already, and where the latest one before it does."""
        words_of = [
            [_words(action.text.text[:LONGEST]) for action in record.actions] for record in self.records
        ]
        frequency = Counter(word for texts in words_of for words in texts for word in words)
        earlier = _Earlier()
        for number, (record, texts) in enumerate(zip(self.records, words_of, strict=True)):
            promises = [
                _Promise((number, row), record, action, words, _rarest(words, frequency))
                for row, (action, words) in enumerate(zip(record.actions, texts, strict=True))
                if _is_promise(action)
            ]
            for promise in promises:
                found = earlier.find(promise)
                if found:
                    yield promise.place, found.place
            for promise in promises:
                earlier.add(promise)


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise with the words of its text, each once, in the order of the alphabet.

    `rarest` are so many of the rarest words that two texts that are alike have one of them in common.
    """

    place: Place
    record: Postmortem
    action: ActionItem
    words: Words
    rarest: Words


@dataclass(slots=True)
class _Earlier:
    """What was promised so far: by ticket, by words, and the words by service and by their own rarest words."""

    by_ticket: dict[str, _Promise] = field(default_factory=dict)
    by_words: dict[Words, list[_Promise]] = field(default_factory=dict)
    by_rare_word: dict[str, dict[str, list[Words]]] = field(default_factory=dict)

    def add(self, promise: _Promise) -> None:
        ticket = _ticket(promise.action)
        if ticket:
            self.by_ticket[ticket] = promise
        self.by_words.setdefault(promise.words, []).append(promise)
        if len(promise.words) < DISTINCTIVE:
            return
        rarest = promise.rarest
        for service in promise.record.header.services:
            words_of = self.by_rare_word.setdefault(service, {})
            if promise.words not in words_of.get(rarest[0], ())[-MOST_COMPARED:]:
                for word in rarest:
                    words_of.setdefault(word, []).append(promise.words)

    def find(self, promise: _Promise) -> _Promise | None:
        ticket = _ticket(promise.action)
        if ticket in self.by_ticket:
            return self.by_ticket[ticket]
        if len(promise.words) < FEWEST:
            return None
        anywhere = len(promise.words) >= DISTINCTIVE
        same = self._latest(promise.words, promise.record, anywhere=anywhere)
        return same or (self._alike(promise) if anywhere else None)

    def _latest(self, words: Words, record: Postmortem, *, anywhere: bool) -> _Promise | None:
        services = frozenset(record.header.services)
        for each in self.by_words.get(words, ())[: -MOST_COMPARED - 1 : -1]:
            if anywhere or not services.isdisjoint(each.record.header.services):
                return each
        return None

    def _alike(self, promise: _Promise) -> _Promise | None:
        number, wanted = len(promise.words), frozenset(promise.words)
        # Of a much shorter or longer text not enough words can be in common.
        least = ALIKE * number
        for service in promise.record.header.services:
            words_of = self.by_rare_word.get(service, {})
            for word in promise.rarest:
                for other in words_of.get(word, ())[: -MOST_COMPARED - 1 : -1]:
                    if least <= len(other) and ALIKE * len(other) <= number:
                        common = len(wanted.intersection(other))
                        if common >= ALIKE * (number + len(other) - common):
                            return self._latest(other, promise.record, anywhere=False)
        return None


def repeated_actions(
    records: Iterable[Postmortem],
    repeats: Callable[[Promising], Iterable[tuple[Place, Place]]] = Promising.repeats,
) -> Iterator[tuple[Promise, Promise]]:
    """Yield each promise that an earlier record made already, with the latest one before it.

    Two are one action if they have the same ticket, the same words, or nearly the same words on a common service. Candidates and the actions
    of retold records are nobody's promises. `repeats` may know already what `Promising.repeats` gives.
    """
    promising = Promising.of(records)
    for later, earlier in repeats(promising):
        yield promising.at(later), promising.at(earlier)


Repeated = Callable[[Iterable[Postmortem]], Iterable[tuple[Promise, Promise]]]
"""What gives what `repeated_actions` does."""


def _is_promise(action: ActionItem) -> bool:
    return action.is_commitment and bool(action.text)


def _rarest(words: Words, frequency: Mapping[str, int]) -> Words:
    number = len(words) - ceil(ALIKE * len(words)) + 1
    return tuple(sorted(words, key=frequency.__getitem__)[:number]) if len(words) >= DISTINCTIVE else ()


def are_told_apart(record: Postmortem, action: ActionItem, earlier: Postmortem) -> bool:
    """Tell whether the author speaks of the earlier record: in the action's text, or in `distinct_from` of either."""
    return (
        earlier.id in action.text.text
        or any(each.id == earlier.id for each in record.header.distinct_from)
        or any(each.id == record.id for each in earlier.header.distinct_from)
    )


@lru_cache(maxsize=65_536)
def _words(text: str) -> Words:
    """Give the words of a text, each once, in the order of the alphabet."""
    return tuple(sorted({*map(_singular, _WORD.findall(text.lower()))} - _EMPTY_WORDS))


@lru_cache(maxsize=65_536)
def _singular(word: str) -> str:
    """Give a word without the ending of the plural: one object for all texts, for it is kept with each of fifty thousand."""
    return word[:-1] if word[-1] == "s" and len(word) > 3 and word[-2] != "s" else word


def _ticket(action: ActionItem) -> str:
    """Give what tells a ticket from all others; a bare `#12` does not."""
    if action.ticket is None:
        return ""
    name = action.ticket.url.rstrip("/") or action.ticket.key
    return name.casefold() if any(map(str.isdigit, name)) and not name.startswith("#") else ""
