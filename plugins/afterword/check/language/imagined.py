"""Clauses about a past that was not: `would have caught`, `could have been avoided`, `had we known`."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Subject
from afterword.check.language.verbs import BETTER, UNDONE, is_participle
from afterword.model.value import plain_value

PREVENTED = w.word_set("avoided prevented averted avoidable preventable")
PREVENTING = w.word_set("prevent avoid catch stop notice detect spot")
_UNITS = w.word_set("second seconds minute minutes hour hours day days week weeks")
_MUCH = w.word_set("as this that more much a an far way very so even significantly considerably")


@plain_value()
class Imagined:
    """One `would have …`: the place of its modal verb and of the word that carries its meaning."""

    modal: int
    at: int
    word: str
    subject: Subject
    passive: bool
    negative: bool
    copular: bool
    condition: bool
    certain: bool
    """Whether the modal is `would`, not `could` or `might`."""


_FEWER = w.word_set("no nothing none neither nobody fewer less only")
HIT = UNDONE | w.word_set(
    "hit charged harmed used exploited abused accessed read stolen rejected dropped corrupted overwritten interrupted disrupted cancelled canceled delayed wiped erased destroyed swapped duplicated"
)


def imagined(clause: Clause) -> Iterator[Imagined]:
    """Yield each modal verb with its `have` and what follows."""
    words = clause.words
    for modal, word in enumerate(words):
        if word not in ("would", "could", "might", "may", "'d", "should"):
            continue
        have = clause.skip_adverbs(modal + 1)
        if words[have : have + 1] == ("be",) and word == "could":
            verb = clause.skip_adverbs(have + 1)
            if words[verb : verb + 1] in _AVOIDED and _is_past(clause):
                # "It could be avoided if one crane would have been stopped first."
                subject = clause.subject(modal)
                yield Imagined(modal, verb, words[verb], subject, True, False, False, True, False)
            continue
        if (
            have >= len(words)
            or words[have] not in ("have", "had")
            or (word in ("'d", "may", "should") and words[have] != "have")
        ):
            continue
        if word == "should" and "ideally" not in words:
            continue
        if word == "may" and PREVENTED.isdisjoint(words[have : have + 4]):
            continue
        verb = clause.skip_adverbs(have + 1)
        if verb >= len(words):
            continue
        negative = any(each in ("not", "never") for each in words[modal:verb])
        subject = clause.subject(modal)
        if word == "should" and negative and subject.is_thing and words[verb] != "been":
            # "Which ideally should not have stopped it" is how it is to work.
            continue
        passive = copular = False
        if words[verb] in ("been", "be") and verb + 1 < len(words):
            after = clause.skip_adverbs(verb + 1)
            if after < len(words):
                passive = is_participle(words[after])
                copular = not passive
                while copular and after + 1 < len(words) and words[after] in _MUCH:
                    after += 1
                unit = after + (words[after] not in _UNITS)
                if (
                    copular
                    and _UNITS.issuperset(words[unit : unit + 1])
                    and not BETTER.isdisjoint(words[unit + 1 : unit + 2])
                ):
                    # "thirty minutes shorter"
                    after = unit + 1
                verb = after
        if not copular and not is_participle(words[verb]):
            continue
        yield Imagined(
            modal,
            verb,
            words[verb],
            subject,
            passive,
            negative
            or (
                words[verb] in HIT
                and not _FEWER.isdisjoint(words[max(0, subject.first - 1) : subject.last + 1])
            ),
            copular,
            has_condition(clause),
            word in ("would", "'d", "should"),
        )


_AVOIDED = (("avoided",), ("prevented",), ("averted",))


def _is_past(clause: Clause) -> bool:
    """Tell whether a condition is of the past: `if it had been`, and `if it would have been`."""
    words = clause.words
    return any(
        word in ("had", "have")
        and (word == "had" or words[at - 1] == "would")
        and "if" in words[max(0, at - 9) : at]
        and is_participle("".join(words[at + 1 : at + 2]))
        for at, word in enumerate(words)
    )


def has_condition(clause: Clause) -> bool:
    """Tell whether a sentence states what was not: `if we had`, `had there been`, `with a test`."""
    words = clause.words
    if (
        words[0] in ("had", "with", "without")
        or "unless" in words
        or "without" in words
        or "ideally" in words
        or _if_not_for(clause)
    ):
        return True
    if any(
        word == "if" and words[at + 1 : at + 2] not in (("any",), ("not",), ("so",))
        for at, word in enumerate(words)
    ):
        return True
    return any(_is_inversion(clause, at) for at in range(1, len(words)) if words[at] == "had")


def _if_not_for(clause: Clause) -> bool:
    """Tell `if not for the override`, `if it were not for the cache`."""
    words = clause.words
    return any(
        words[at] == "not" and words[at + 1] == "for" and "if" in words[max(0, at - 3) : at]
        for at in range(1, len(words) - 1)
    )


_RELATIVE = w.word_set("that which who had has have")


def _is_inversion(clause: Clause, had: int) -> bool:
    """Tell `…, had it run` and `avoided had the test run` from `we had run`."""
    words = clause.words
    before = words[had - 1]
    if had + 1 == len(words):
        return False
    if words[had + 1 : had + 2] in (("we",), ("i",), ("he",), ("she",), ("they",), ("there",)):
        return True
    clause_behind = words[had + 2 : had + 6]
    if words[had + 1] in w.DETERMINERS and "been" in clause_behind and _RELATIVE.isdisjoint(clause_behind):
        return True
    return before in (",", "and", "but") or is_participle(before)


def is_unreal(clause: Clause) -> bool:
    """Tell whether the condition is of the past: `if we had tested`, `had the alert fired`."""
    words = clause.words
    if words[0] == "had" or "ideally" in words or _if_not_for(clause):
        return True
    for at, word in enumerate(words):
        if word == "if" and any(each in ("had", "'d") for each in words[at + 1 : at + 8]):
            return True
    return any(_is_inversion(clause, at) for at in range(1, len(words)) if words[at] == "had")


def is_denied(clause: Clause) -> bool:
    """Tell whether the condition is a good one denied: `had we not watched it`, `if nobody had looked`."""
    words = clause.words
    for at, word in enumerate(words):
        if word in ("if", "had") and not _DENIALS.isdisjoint(words[at + 1 : at + 5]):
            return word == "if" or at == 0 or _is_inversion(clause, at) or words[at - 1] in w.HARD_STOPS
    return False


_DENIALS = w.word_set("not nobody no never")


def is_near_escape(clause: Clause) -> bool:
    """Tell whether what nearly happened is imagined: `if it had, it would have …`."""
    words = clause.words
    return any(
        words[at + 1 : at + 2] in (("it",), ("they",), ("this",), ("that",))
        and words[at + 2 : at + 4] == ("had", ",")
        for at, word in enumerate(words)
        if word == "if"
    )


def is_inferred(clause: Clause, modal: int) -> bool:
    """Tell whether a reason given ahead makes it an inference: `since the disk was full, it would have stopped`."""
    words = clause.words
    reason = next((at for at in range(modal) if words[at] in ("since", "because", "given")), modal)
    return "," in words[reason:modal] and "if" not in words and not is_unreal(clause)
