"""A style for Vale (https://vale.sh), made of the words that the rules of language know.

Vale matches words and sees no subject: it cannot tell a team that failed to check from a check that failed to run. So only what means people by its
words alone is exported; the rules themselves find more, and are wrong less often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml

from afterword.check.language.accidents import ACCIDENTAL
from afterword.check.language.error_nouns import ACTS, CARELESS, NOUNS
from afterword.check.language.imagined import PREVENTED
from afterword.check.language.terms import Term
from afterword.check.language.verbs import FAILING, IRREGULAR
from afterword.check.language.words import NOT_BEHIND, OWN, OWN_PRONOUNS
from afterword.check.rules import (
    counterfactual,
    fault,
    hindsight,
    human_error,
    should_have,
    single_root_cause,
)
from afterword.check.rules.hindsight import PHRASES

STYLE = "Afterword"
"""The name of the style, and of the folder below Vale's `StylesPath`."""

_SOURCE = re.compile(r"\]\((https?://[^)]+)\)")
_ADJECTIVES = frozenset(word for word in PREVENTED if word.endswith("able"))
_OF_PROGRAMS = {"erroneously"}
"""What is said of what programs do more often than of what people do."""

_NOBODY = {"nobody", "no-one", "noone"}
_MANNER = r"(?:\w+ly )?"
_THEN_ACT = rf" {_MANNER}(?:not |never )?"


@dataclass(frozen=True, slots=True)
class _ValeRule:
    """One file of the style: either `tokens` that are reported, or a `swap` with what to write instead."""

    name: str
    message: str
    sources: tuple[str, ...]
    tokens: tuple[str, ...] = ()
    swap: Mapping[str, str] = field(default_factory=dict)


def vale_style() -> dict[str, str]:
    """Give the files of the style by their names: YAML, sorted, the same for the same words."""
    return {f"{rule.name}.yml": _text(rule) for rule in _rules()}


def _rules() -> Iterable[_ValeRule]:
    # Some nouns mean people in one place and a program in another, which takes more than a word to tell.
    people = _any((OWN_PRONOUNS - _NOBODY) | (OWN - NOT_BEHIND.keys()) | {"team", "teams"})
    yield _ValeRule(
        "ShouldHave",
        "'%s' judges from the outcome: write what was known, and what stood in the way.",
        should_have.RULE.sources,
        (
            rf"{people}{_THEN_ACT}(?:should|ought to)(?:n't)?{_THEN_ACT}have {_MANNER}(?:\w+ed|{_any(IRREGULAR)})",
        ),
    )
    yield _ValeRule(
        "Counterfactual",
        "'%s' explains by a past that was not: write what happened.",
        counterfactual.RULE.sources,
        (
            rf"(?:would|could|might)(?:n't)?{_THEN_ACT}have been {_MANNER}{_any(PREVENTED - _ADJECTIVES)}",
            rf"(?:was|were) {_MANNER}{_any(_ADJECTIVES)}",
            r"had we known",
        ),
    )
    yield _ValeRule(
        "FailedTo",
        "'%s' explains by somebody's failing: write what nothing checked, or what made the act easy.",
        human_error.RULE.sources,
        (
            rf"{people} {_MANNER}{_any(FAILING)}",
            rf"{people} {_MANNER}(?:failed|neglected|omitted) to",
        ),
    )
    yield _ValeRule(
        "HumanError",
        "Write what lies behind it (%s), instead of '%s'.",
        human_error.RULE.sources,
        swap=_swap(NOUNS),
    )
    yield _ValeRule("BadJob", "Write %s, instead of '%s'.", human_error.RULE.sources, swap=_swap(ACTS))
    yield _ValeRule(
        "Carelessness",
        "'%s' explains by want of care: name what made it easy, and what stood in the way of care.",
        human_error.RULE.sources,
        (_any(CARELESS),),
    )
    yield _ValeRule(
        "Accident",
        "'%s' tells an act as an accident: write what made it possible.",
        human_error.RULE.sources,
        (rf"{_any(ACCIDENTAL - _OF_PROGRAMS)} \w+ed",),
    )
    yield _ValeRule("Hindsight", "Write %s, instead of '%s'.", hindsight.RULE.sources, swap=_swap(PHRASES))
    yield _ValeRule(
        "Fault",
        "'%s' assigns blame: write what the system allowed, not whose doing it was.",
        fault.RULE.sources,
        (
            r"(?:our|my|his|her|their|your) faults?",
            rf"{people} (?:is|are|was|were) (?:to blame|at fault|guilty)",
        ),
    )
    yield _ValeRule(
        "SingleRootCause",
        "'%s' claims a single cause: write it as one of the contributing factors.",
        single_root_cause.RULE.sources,
        (
            r"the (?:(?:single|sole|only|actual|real|true|ultimate) )?root[ -]cause (?:was|is)",
            r"the (?:single|sole|only) cause (?:was|is)",
        ),
    )


def _text(rule: _ValeRule) -> str:
    link = next((found[1] for source in rule.sources if (found := _SOURCE.search(source))), None)
    content: dict[str, object] = {
        "extends": "substitution" if rule.swap else "existence",
        "message": rule.message,
        **({"link": link} if link else {}),
        "level": "warning",
        "ignorecase": True,
        **({"swap": dict(rule.swap)} if rule.swap else {"tokens": list(rule.tokens)}),
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def _swap(table: Iterable[Term]) -> dict[str, str]:
    """Give what to write for each phrase; of two that begin alike the longer comes first, for the first that fits is taken."""
    ordered = sorted(table, key=lambda term: (-len(term.term), term.term))
    return {re.escape(term.term).replace(r"\ ", " ").replace(r"\-", "-"): term.instead for term in ordered}


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
