"""What only people are blamed for: beside it a given name that is also a word is a person's, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from afterword.check.language import words as w
from afterword.check.language.verbs import FAILING, IRREGULAR
from afterword.check.names import contexts, lexicon
from afterword.check.names.runs import Known

BEGINS = FAILING | w.word_set(
    "should could ought must might needed was were did didn't never shouldn't couldn't should've could've ignored missed skipped dismissed bypassed messed screwed failed"
)
"""What stands behind a name where a blame may follow; cheap to look for."""

FAULTS = w.word_set(
    "mistake mistakes oversight oversights blunder blunders carelessness negligence inattention misjudgement misjudgment misunderstanding inexperience"
)
"""What only people have: `Bob's mistake`."""

PROCEDURES = w.word_set(
    "procedure procedures process processes runbook runbooks playbook playbooks checklist checklists guideline guidelines instructions instruction steps protocol policy documentation docs rule rules sop standard standards handbook manual"
)
WARNINGS = w.word_set(
    "warning warnings alert alerts alarm alarms advice recommendation recommendations concern concerns sign signs signals notification notifications email emails page pages notice notices"
)
SAFEGUARDS = w.word_set(
    "review reviews check checks test tests testing approval approvals validation verification canary checklist rehearsal step steps"
)
"""What is skipped to somebody's blame."""

_ONLY = w.word_set("ask consult realise realize remember double-check communicate understand bother")
_TASKS = w.word_set(
    "check verify test validate confirm review notice know anticipate escalate think consider inform tell warn coordinate stop wait roll revert look call"
)
_ON_PAPER = w.word_set("read follow adhere study")
"""What people do to what is written for them; programs read and follow other things."""


class Act(IntEnum):
    """How surely what stands behind a name is done, or left undone, by people."""

    ANY = 0
    LIKELY = 1
    ONLY = 2


def act_behind(words: Sequence[str]) -> Act:
    """Tell of what an act is, from the word behind its subject on: `should have read the runbook`, `did not ask`, `skipped the review`."""
    at = _skip(words, 0)
    first = words[at] if at < len(words) else ""
    if first not in BEGINS:
        return Act.ANY
    if first in FAILING:
        return Act.LIKELY
    behind = words[at + 1 : at + 6]
    if first == "failed":
        return _of(words, at + 2) if behind[:1] == ("to",) else Act.ANY
    if first in ("messed", "screwed"):
        return Act.LIKELY if behind[:1] == ("up",) else Act.ANY
    if first in ("ignored", "missed", "dismissed"):
        return Act.ANY if WARNINGS.isdisjoint(behind[:4]) else Act.LIKELY
    if first in ("skipped", "bypassed"):
        return Act.ANY if (SAFEGUARDS | PROCEDURES).isdisjoint(behind[:4]) else Act.LIKELY
    if first in ("did", "never"):
        if first == "did" and behind[:1] not in (("not",), ("never",)):
            return Act.ANY
        return _of(words, _skip(words, at + 1))
    while at < len(words) and (words[at] in _TO_HAVE or is_adverb(words[at])):
        at += 1
    return _of(words, at + 1) if words[at : at + 1] == ("have",) else Act.ANY


_TO_HAVE = w.word_set("should could ought must might needed was were supposed meant to not")


def _of(words: Sequence[str], at: int) -> Act:
    """Tell of what a verb in any form is."""
    at = _skip(words, at)
    if at >= len(words):
        return Act.ANY
    verb = words[at]
    for form in (verb, IRREGULAR.get(verb, verb), *lexicon.stems(verb)):
        if form in _ONLY:
            return Act.ONLY
        if form in _TASKS:
            return Act.LIKELY
        if form in _ON_PAPER:
            return Act.ANY if (PROCEDURES | WARNINGS).isdisjoint(words[at + 1 : at + 6]) else Act.ONLY
    return Act.ANY


def _skip(words: Sequence[str], at: int) -> int:
    while at < len(words) and words[at] != "never" and is_adverb(words[at]):
        at += 1
    return at


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between a subject and its verb."""
    return word in w.ADVERBS or (word.endswith("ly") and word not in w.NO_ADVERBS)


def is_name_beside(kind: Known, name: str, act: Act) -> bool:
    """Tell whether a folded name of a kind is a person's where an act is told of it."""
    if kind is Known.GIVEN:
        return True
    if kind is Known.WORD:
        return act is not Act.ANY
    if kind is not Known.THING or act is Act.ANY:
        return False
    # A town checks nothing; a program does, but asks nobody.
    is_town = name in contexts.PLACES and name not in contexts.PRODUCTS
    return is_town or (act is Act.ONLY and not lexicon.is_word(name))
