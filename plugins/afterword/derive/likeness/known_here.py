"""What the records of a service, a team or a class tell those who are called to it: what comes back, what to open, what helped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from afterword.derive.likeness.likeness import cause_statements
from afterword.derive.words.extracts import good_things
from afterword.derive.words.stems import stems
from afterword.model.record import Postmortem

ALIKE = 0.6
"""The share of words in common, of all words of both, from which two statements are one that came back."""

FEWEST = 2
"""Words from which a statement says what it is about."""

MOST_COMPARED = 60
"""Statements that one is compared with by a word: where more share it, it tells nothing apart."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """A cause or factor that several records state, in the words of the latest; `records` are newest first."""

    text: str
    records: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class Runbook:
    """A runbook that records link to, under the title that the latest of them gives it; `records` are newest first."""

    url: str
    title: str
    records: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class Helped:
    """One thing that a record names under What went well."""

    text: str
    record: Postmortem


Statement = tuple[str, frozenset[str]]
"""A cause or factor as it is written, and its words as they are compared."""


def statements_of(record: Postmortem) -> tuple[Statement, ...]:
    """Give the causes and factors of a record that say what they are about; the outcome of its tree is what happened, and no cause."""
    found = ((" ".join(text.split()), frozenset(stems(text))) for text in cause_statements(record) if text)
    return tuple(each for each in found if len(each[1]) >= FEWEST)


@dataclass(slots=True)
class _Group:
    text: str
    words: frozenset[str]
    records: list[Postmortem]


def came_back(told: Iterable[tuple[Postmortem, Sequence[Statement]]], most: int) -> tuple[CameBack, ...]:
    """Find the causes and factors that two or more records state in the same or nearly the same words, the most frequent first.

    `told` are records, newest first, with what `statements_of` gives for them. Two statements are one where they share six of ten words,
    endings and empty words left out; each is compared with the latest wording.
    """
    groups: list[_Group] = []
    by_word: dict[str, list[_Group]] = {}
    same: dict[frozenset[str], _Group] = {}
    for record, said in told:
        for text, words in said:
            found = same.get(words) or _alike(words, by_word)
            if found is None:
                found = _Group(text, words, [record])
                groups.append(found)
                for word in _telling(words):
                    by_word.setdefault(word, []).append(found)
            elif found.records[-1] is not record:
                found.records.append(record)
            same[words] = found
    several = [CameBack(each.text, tuple(each.records)) for each in groups if len(each.records) > 1]
    return tuple(sorted(several, key=lambda each: -len(each.records))[:most])


def _telling(words: frozenset[str]) -> list[str]:
    """Give so many of the words, the longest first, that two statements that are alike have one of them in common."""
    kept = len(words) - ceil(ALIKE * len(words)) + 1
    return sorted(words, key=lambda word: (-len(word), word))[:kept]


def _alike(words: frozenset[str], by_word: Mapping[str, Sequence[_Group]]) -> _Group | None:
    best: _Group | None = None
    most = 0.0
    for word in _telling(words):
        for group in by_word.get(word, ())[:MOST_COMPARED]:
            common = len(words & group.words)
            share = common / (len(words) + len(group.words) - common)
            if share >= ALIKE and share > most:
                best, most = group, share
    return best


def runbooks(newest_first: Iterable[Postmortem]) -> tuple[Runbook, ...]:
    """Gather the runbooks that records link to, the latest linked first."""
    found: dict[str, tuple[str, list[Postmortem]]] = {}
    for record in newest_first:
        for link in record.header.links:
            if link.rel == "runbook":
                _, records = found.setdefault(link.url, (link.title or link.url, []))
                if record not in records[-1:]:
                    records.append(record)
    return tuple(Runbook(url, title, tuple(records)) for url, (title, records) in found.items())


def what_helped(newest_first: Iterable[Postmortem], most: int) -> tuple[Helped, ...]:
    """Give what went well in the latest records that say so: the first thing of each, then the second, up to `most`."""
    told: list[list[Helped]] = []
    for record in newest_first:
        items = good_things(record)
        if items is None:
            continue
        told.append([Helped(text, record) for text in items])
        if len(told) == most:
            break
    rounds = (each[place] for place in range(most) for each in told if place < len(each))
    return tuple(helped for helped, _ in zip(rounds, range(most), strict=False))
