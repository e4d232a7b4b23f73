"""Where a sentence explains by somebody's failing: all the ways English has for it."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.accidents import ACCIDENTAL, WRONGLY, accidental_acts, accidents, unaware
from afterword.check.language.error_nouns import ACTS, CARELESS, ERRORS, NOUNS, noun_phrases, owned_errors
from afterword.check.language.failed_acts import HUMAN_TASKS, failed_to, failing_verbs
from afterword.check.language.grammar import Clause
from afterword.check.language.judging import Failing
from afterword.check.language.mistakes import by_people, mistakes
from afterword.check.language.terms import ALLSPAW, COOK, DEKKER, SRE_BOOK
from afterword.check.language.verbs import FAILING


def failings(clause: Clause) -> Iterator[Failing]:
    """Yield every stretch of a sentence that tells of a failing; they may overlap."""
    yield from noun_phrases(clause)
    yield from owned_errors(clause)
    yield from mistakes(clause)
    yield from failed_to(clause)
    yield from failing_verbs(clause)
    yield from accidental_acts(clause)
    yield from accidents(clause)
    yield from unaware(clause)
    yield from by_people(clause)


FAINT = w.word_set(
    "error errors failure failures failed failing missed ignored disregarded dismissed confused confusion call decision assumption assumptions aware knowing thinking "
    "think thought pay paid paying follow followed caused typo typos slip slips misconfiguration careful cautious thorough lapse user engineer developer operator operational admin administrator "
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
    "error errors mistake mistakes oversight failure of in to the a and detail did bad misunderstanding confusion factor fault slip took up was were cut"
)

TRIGGERS = (
    frozenset(word for term in (*NOUNS, *ACTS) for word in term.term.split() if word not in _COMMON)
    | CARELESS
    | ERRORS
    | ACCIDENTAL
    | WRONGLY
    | FAILING
    | w.word_set(
        "accident assumption assumptions call decision failed failing neglected omitted neglecting omitting bother bothered forgotten missed ignored disregarded confused dismissed accidental inadvertent "
        "mistaken erroneous aware realising realizing thinking noticing knowing think thought pay paid paying follow followed adhere careful cautious diligent thorough attentive caused "
        "realising realizing noticing accidently acidentally accidentaly mistakingly mistakely inadvertantly unintentially forgoten"
    )
) - w.word_set("read job on at asleep poor own")
"""Words, at least one of which is in every sentence that `failings` finds anything in."""


SOURCES = (DEKKER, ALLSPAW, COOK, SRE_BOOK)
