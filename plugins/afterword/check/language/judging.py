"""What the rules of language share: the words of a finding, and sentences that tell of what may come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from afterword.check.language.grammar import Clause
from afterword.check.language.narrative import Sentence
from afterword.check.language.terms import Term
from afterword.check.language.verbs import is_participle
from afterword.check.language.words import DETERMINERS, DOERS, HARD_STOPS, MODALS, word_set
from afterword.check.wording import shown
from afterword.model.finding import Finding

Failing = tuple[int, int, str]
"""The first and the last word of what is found, and what to write instead."""

WHAT_WAS = "write what was done, and what made that seem right"
"""What to write instead of a judgement of an act."""

POSITIVE = frozenset({"went-well", "lucky"})
"""Sections that praise what protected: what would have been without it is no blame."""

FUTURE = frozenset({"actions", "open-questions"})

_GUARDS = word_set(
    "prevent prevents preventing prevented avoid avoids avoiding avoided protect protects protecting protection prevention guard guards guarding safeguard safeguards safeguarding "
    "risk risks chance chances likelihood harder easy easier hard possible impossible ensure ensures ensuring minimize minimise reduce reduces reducing eliminate eliminates unable "
    "if unless whenever lest stop stops stopping"
)
_ABLE = word_set("possible impossible unable hard harder easy easier risk risks chance chances likelihood")
"""Guards that only say how things were, where the reason for it is told: `it was impossible because`."""

_LINKS = word_set("because since due as after when but yet although though and")
_UNABLE = word_set("not unable impossible nobody nothing")
_GENERAL = word_set("can cannot may might must will shall should if unless whenever lest")
_NOW = word_set("is are be being 's 're can cannot may might must will should do does to if")
_PREVENT = word_set("prevent avoid stop protect guard safeguard reduce minimise minimize eliminate")
_GUARD = word_set("guard guards safeguard safeguards protection")
_DOERS = DOERS | {"they"}
_GUARDED = word_set("that which so against from for if when")
_MEANT_TO = tuple((word, "to") for word in ("designed", "intended", "meant", "supposed", "built"))
_REAL_MODALS = MODALS - word_set("'d ought")


def is_imagined(clause: Clause, index: int) -> bool:
    """Tell whether the words before `index` speak of what may happen or is guarded against, not of what happened."""
    words = clause.words
    if words[index - 1 : index] == ("without",):
        return True
    for at in range(index - 1, max(-1, index - 14), -1):
        word = words[at]
        if word in HARD_STOPS or (word in _LINKS and _is_told(words, at, index)):
            return False
        if word in _GUARDS and not (word == "stop" and at and words[at - 1] in DETERMINERS):
            return not _is_of_guard(words, at, index)
        if word in _REAL_MODALS and "have" not in words[at + 1 : at + 4]:
            return True
    return False


def _is_told(words: tuple[str, ...], link: int, index: int) -> bool:
    """Tell whether a reason is given of what was, though the main clause says what could not be: `could not leave because the key was deleted`."""
    word, ahead = words[link], words[max(0, link - 14) : link]
    if not (_GUARDS - _ABLE).isdisjoint(ahead):
        return False
    could_not = not _UNABLE.isdisjoint(ahead) and _GENERAL.isdisjoint(ahead)
    if words[link : link + 2] in (("because", "of"), ("due", "to")):
        return could_not
    comma = link > 0 and words[link - 1] == ","
    if (
        link + 1 == index
        or word == "due"
        or (word in ("after", "when") and not could_not)
        or (word == "as" and not (could_not or comma))
    ):
        return False
    if word == "and" and not (comma and not _DOERS.isdisjoint(words[link + 1 : link + 4])):
        return False
    return _NOW.isdisjoint(words[link + 1 : index]) and any(
        is_participle(each) for each in words[link + 1 : index + 3]
    )


def _is_of_guard(words: tuple[str, ...], guards: int, index: int) -> bool:
    """Tell what befell a guard, or what somebody did to guard, from what is guarded against: `a check that is meant to prevent it was removed`, `the safeguard was removed`, `to prevent it, we removed`."""
    if words[guards - 1 : guards] == ("to",) and "," in words[guards:index]:
        comma = next(at for at in range(index - 1, guards, -1) if words[at] == ",")
        if _GUARDED.isdisjoint(words[comma:index]) and not _DOERS.isdisjoint(words[comma : comma + 4]):
            return True
    if words[index - 1] not in ("was", "were", "been"):
        return False
    if words[guards] in _GUARD:
        return _GUARDED.isdisjoint(words[guards + 1 : index])
    return words[guards] in _PREVENT and words[max(0, guards - 2) : guards] in _MEANT_TO


def found(
    rule: str, sentence: Sentence, clause: Clause, first: int, last: int, says: str, hint: str
) -> Finding:
    """Make the finding of the words `first` to `last` of a sentence; `says` completes "'the words' …"."""
    tokens = clause.tokens
    span = sentence.span(tokens.places[first][0], tokens.places[last][1])
    return Finding(rule, f"'{shown(tokens.said(first, last))}' {says}", span, hint=hint)


def rest(clause: Clause, index: int, most: int = 9) -> str:
    """Give the words from `index` to the end of their clause, as they are written; empty where they go on for long."""
    words = clause.words
    last = index
    while (
        last < len(words)
        and words[last] not in HARD_STOPS
        and words[last] not in (",", "because", "when", "which", "and", "but", "so", "while")
    ):
        last += 1
    return clause.tokens.said(index, last - 1) if index < last <= index + most else ""


def positions(clause: Clause, wanted: frozenset[str]) -> Sequence[int]:
    """Give where one of some words stands."""
    if clause.vocabulary.isdisjoint(wanted):
        return ()
    return [index for index, word in enumerate(clause.words) if word in wanted]


def phrases(
    clause: Clause, table: Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]
) -> Iterator[tuple[int, int, Term]]:
    """Yield the terms of a table that stand in a sentence, with their first and last word."""
    words = clause.words
    if table.keys().isdisjoint(clause.vocabulary):
        return
    for at, word in enumerate(words):
        for phrase, term in table.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                yield at, at + len(phrase) - 1, term
