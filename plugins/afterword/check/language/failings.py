"""Where a sentence explains by somebody's failing: all the ways English has for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from afterword.check.language import words as w
from afterword.check.language.accidents import (
    ACCIDENTAL,
    ACCIDENTALS,
    AWARENESS,
    MISTAKEN,
    TRAITS,
    WRONGLY,
    accidental_acts,
    accidents,
    traits,
    unaware,
)
from afterword.check.language.error_nouns import ACTS, CARELESS, ERRORS, NOUNS, noun_phrases, owned_errors
from afterword.check.language.failed_acts import (
    DUTIES,
    FAILED,
    HUMAN_TASKS,
    LEFT_UNDONE,
    OMITTED,
    TO_SEE,
    did_fail,
    failed_to,
    failing_verbs,
)
from afterword.check.language.grammar import Clause
from afterword.check.language.harmful_acts import BROKE, BROKEN, CAREFUL, SKIPPABLE, SKIPPED, harmful_acts
from afterword.check.language.judging import Failing
from afterword.check.language.mistakes import BELIEFS, CALLED_SO, CAUSING, WRONG, by_people, mistakes
from afterword.check.language.terms import ALLSPAW, COOK, DEKKER, SRE_BOOK
from afterword.check.language.verbs import FAILING


def failings(clause: Clause) -> Iterator[Failing]:
    """Yield every stretch of a sentence that tells of a failing; they may overlap."""
    for words, find in _WAYS:
        if not clause.vocabulary.isdisjoint(words):
            yield from find(clause)


_WAYS: tuple[tuple[frozenset[str], Callable[[Clause], Iterator[Failing]]], ...] = (
    (CARELESS | {term.term.split()[0] for term in (*NOUNS, *ACTS)}, noun_phrases),
    (ERRORS, owned_errors),
    (CALLED_SO, mistakes),
    (OMITTED, failed_to),
    (LEFT_UNDONE | FAILED, failing_verbs),
    (w.word_set("did why how"), did_fail),
    (ACCIDENTAL | WRONGLY, accidental_acts),
    (ACCIDENTALS | MISTAKEN, accidents),
    (AWARENESS, unaware),
    (TRAITS | WRONG, traits),
    (CAUSING, by_people),
    (BROKE | SKIPPED | CAREFUL, harmful_acts),
)
"""The ways, each with words of which a sentence must hold one."""

FAINT = w.word_set(
    "error errors failure failures failed failing missed ignored disregarded dismissed confused confusion miss aware knowing thinking "
    "think thought pay paid paying follow followed introduced triggered caused typo typos slip slips misconfiguration careful cautious thorough attention lapse user engineer developer operator operational admin administrator "
    "employee staff reviewer personnel people team dev programmer programming coding configuration deployment communication planning pilot typing finger job"
)
"""Words that every record is full of: they count beside people."""

BESIDE = (
    w.OWN
    | w.OUTSIDE
    | frozenset(f"{noun}'s" for noun in w.OWN)
    | w.OWN_PRONOUNS
    | frozenset(w.ONLY_BEHIND)
    | HUMAN_TASKS
    | w.word_set(
        "our my his her their they human manual typing clerical copy-paste copy paste made part wrong incorrect despite without alert alerts warning warnings alarm alarms "
        "deployed released deleted removed applied pushed merged rolled switched moved configured pointed copied uploaded shipped published enabled disabled turned sent changed"
    )
)
"""Words beside which the faint ones count: people, and what people do."""

_COMMON = w.word_set(
    "error errors mistake mistakes oversight failure of in to the a and detail did bad misunderstanding confusion factor fault slip took up was were cut lost for turned our let down eye eyes off through decision making"
)

TRIGGERS = (
    frozenset(word for term in (*NOUNS, *ACTS) for word in term.term.split() if word not in _COMMON)
    | CARELESS
    | ERRORS
    | ACCIDENTAL
    | WRONGLY
    | TRAITS
    | FAILING
    | w.word_set(
        "accident miss unaware failed failing neglected omitted neglecting omitting bother bothered forgotten missed ignored disregarded confused dismissed accidental inadvertent "
        "mistaken erroneous aware realising realizing thinking noticing knowing think thought pay paid paying follow followed adhere introduced triggered careful cautious diligent thorough attentive attention caused "
        "realising realizing noticing accidently acidentally accidentaly mistakingly mistakely inadvertantly unintentially forgoten"
    )
) - w.word_set("read job on at asleep poor own")
"""Words, at least one of which is in every sentence that `failings` finds anything in."""


RARER = (
    (BELIEFS, WRONG | w.word_set("mistaken")),
    (w.word_set("wrong"), w.word_set("we i")),
    (w.word_set("missed"), TO_SEE),
    (w.word_set("ignored dismissed"), w.word_set("it this that them")),
    (w.word_set("job"), w.word_set("poor bad")),
    (w.word_set("did didn't"), w.word_set("he she why how eye eyes") | DUTIES),
    (BROKE, BROKEN),
    (SKIPPED, SKIPPABLE),
)
"""Words that every record is full of, too, each with those beside which they count: a decision that was wrong, `why did we forget`."""

SOURCES = (DEKKER, ALLSPAW, COOK, SRE_BOOK)
