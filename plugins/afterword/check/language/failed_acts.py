"""Verbs of failing with people as their subject: `we failed to`, `the team forgot`, `was overlooked`."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Subject, Who
from afterword.check.language.judging import Failing, is_imagined, positions, rest
from afterword.check.language.verbs import FAILING, is_participle, past

_OUT_OF_HANDS = w.word_set("receive get reach arrive hear load connect log-in login")


HUMAN_TASKS = w.word_set(
    "verify test check communicate notice notify inform document realise realize consider update review follow read understand anticipate account plan recognise recognize tell ask escalate coordinate monitor remove add disable enable rotate renew validate announce inspect identify see"
)


_PERCEIVING = w.word_set("notice realise realize see understand recognise recognize anticipate consider")

_PROCEDURES = w.word_set(
    "procedure procedures process processes runbook runbooks playbook checklist checklists guideline guidelines instructions instruction steps protocol policy documentation rule rules sop standard standards"
)


_WARNINGS = w.word_set(
    "warning warnings alert alerts alarm alarms advice recommendation recommendations concern concerns sign signs signals notification notifications email emails page pages notice notices"
)


_BARE_OBJECTS = w.word_set("work out calls call lunch sleep")
"""What is missed without any failing."""

_CONFUSED = w.word_set("with for")
_UNFORGOTTEN = w.word_set("long a the an")


_UNDONE = w.word_set("think thought bother bothered pay paid paying follow followed adhere")
_FAILED = FAILING | w.word_set("forgotten missed ignored disregarded dismissed confused")
_OMITTED = w.word_set("failed failing neglected omitted neglecting omitting")


def failed_to(clause: Clause) -> Iterator[Failing]:
    """Find `we failed to verify`, `the engineer neglected to ask`, `by failing to lock`; what machines fail to do is none."""
    words = clause.words
    for at in positions(clause, _OMITTED):
        word = words[at]
        if words[at + 1 : at + 2] != ("to",) or at + 2 >= len(words):
            continue
        is_gerund = word.endswith("ing")
        if is_gerund and is_imagined(clause, at):
            continue
        subject = clause.subject(at)
        if is_gerund and (at == 0 or words[at - 1] in ("by", "in", "for", "from", ",")):
            subject = _main_subject(clause, at)
        verb = clause.skip_adverbs(at + 2)
        act = words[verb] if verb < len(words) else ""
        is_note = subject.who is Who.NONE and act in HUMAN_TASKS and at <= 2
        if is_note or (subject.who is Who.OWN and act not in _OUT_OF_HANDS):
            yield opening(subject, at), min(verb, len(words) - 1), nothing_hint(clause, verb)


def opening(subject: Subject, at: int) -> int:
    """Give where a finding about the verb `at` begins: with its subject, unless that stands far ahead."""
    return subject.first if 0 <= at - subject.first <= 8 else at


def _main_subject(clause: Clause, gerund: int) -> Subject:
    """Give the subject of the sentence that a phrase like `by failing to` belongs to, before it or behind its comma."""
    words = clause.words
    if gerund <= 1 and "," in words[gerund:]:
        comma = words.index(",", gerund)
        for index in range(comma + 1, min(comma + 6, len(words))):
            subject = clause.phrase(index)
            if subject.is_person:
                return subject
    return clause.subject(main_verb(clause, gerund))


def main_verb(clause: Clause, before: int) -> int:
    """Give the first verb of a sentence that is recognised as one, `before` where there is none ahead of it."""
    words = clause.words
    for index in range(before):
        if words[index] in w.AUXILIARIES or is_participle(words[index]):
            return index
    return before


def nothing_hint(clause: Clause, verb: int) -> str:
    """Turn what somebody failed to do into what the system did not do: `verify the backup` is `nothing verified the backup`."""
    words = clause.words
    if verb >= len(words) or not _is_word(words[verb]):
        return "write it of the system, as 'nothing checked it'"
    thing = rest(clause, verb + 1)
    if words[verb] in _PERCEIVING:
        return (
            f"write what did not show it, as 'nothing showed {thing}'"
            if thing
            else "write what did not show it"
        )
    return f"write it of the system, as 'nothing {past(words[verb])} {thing or 'it'}'"


def failing_verbs(clause: Clause) -> Iterator[Failing]:
    """Find `we forgot`, `was overlooked`, `the team missed`, `did not think to`, `ignored the warning`."""
    yield from _left_undone(clause)
    words = clause.words
    for at in positions(clause, _FAILED):
        if is_imagined(clause, at) or (
            words[at] != "forgot" and words[at - 1 : at] in (("easily",), ("often",), ("sometimes",))
        ):
            continue
        if clause.is_passive(at) or (words[at] == "forgotten" and not _has(clause, at)):
            first = _done_to(clause, at)
        else:
            first = _done_by(clause, at)
        if first is None:
            continue
        following = words[at + 1 : at + 3]
        if (
            following[:1] == ("to",)
            and len(following) == 2
            and not clause.is_passive(at)
            and _is_word(following[1])
        ):
            yield first, at + 2, nothing_hint(clause, at + 2)
        else:
            yield first, at, "write what would have shown it, and did not"


def _left_undone(clause: Clause) -> Iterator[Failing]:
    """Find what somebody did not think of, did not bother to do, paid no attention to, or did against the procedure."""
    words = clause.words
    for at in positions(clause, _UNDONE):
        word = words[at]
        subject = clause.subject(at)
        nobody = words[subject.last] in ("nobody", "no-one", "noone", "one")
        if not (_negated(clause, at) or nobody or "no" in words[at + 1 : at + 3]) or subject.who is Who.THING:
            continue
        following = words[at + 1 : at + 8]
        if word in ("think", "thought"):
            if following[:1] in (("to",), ("of",), ("about",)) and subject.who is Who.OWN:
                yield subject.first, at + 1, "write what would have brought it to mind"
        elif word in ("bother", "bothered"):
            if words[at - 1] == "to":
                continue
            yield min(subject.first, at), at, "write what asked for it, or that nothing did"
        elif word in ("pay", "paid", "paying"):
            if "attention" in following[:4]:
                yield (
                    min(subject.first, at),
                    words.index("attention", at),
                    "write what else asked for attention",
                )
        elif subject.who is Who.OWN and any(each in _PROCEDURES for each in following):
            yield subject.first, at, "write what led past the procedure"


def _done_to(clause: Clause, at: int) -> int | None:
    """Give where a passive begins that hides somebody's failing: `was overlooked`, `were ignored by the team`."""
    words = clause.words
    begin = clause.skip_adverbs(at - 1, -1)
    if words[at] == "forgotten" and not clause.is_passive(at):
        # A note: `forgotten in the migration`.
        is_noun = at > 0 and words[at - 1] in _UNFORGOTTEN
        is_note = clause.subject(at).who is not Who.THING or no_object(words[at + 1 : at + 2])
        return at if is_note and not is_noun else None
    near = words[max(0, begin - 3) : at]
    if any(each in ("not", "never", "be", "get", "gets", "is", "are", "easily") for each in near):
        return None
    agent = clause.agent(at)
    if agent is Who.THING or words[max(0, begin - 1)] == "from":
        return None
    if words[at] in ("missed", "ignored", "dismissed", "disregarded"):
        heads = clause.words[clause.subject(at).last] in _WARNINGS
        return begin if agent is Who.OWN or (heads and words[at] != "missed") else None
    return begin if words[at] in _HIDDEN else None


_HIDDEN = w.word_set(
    "forgotten overlooked neglected misunderstood misread misinterpreted misjudged underestimated miscommunicated mishandled misdiagnosed botched"
)


def _done_by(clause: Clause, at: int) -> int | None:
    """Give where somebody begins to fail: the subject, or the verb of a note."""
    words = clause.words
    word = words[at]
    subject = clause.subject(at)
    following = words[at + 1 : at + 2]
    first = opening(subject, at)
    if subject.who is Who.OWN:
        if word == "missed" and following and following[0] in _BARE_OBJECTS:
            return None
        if word == "confused" and not any(
            each in _CONFUSED or each == "and" for each in words[at + 1 : at + 7]
        ):
            return None
        if word in ("mistaken", "misconfigured") and no_object(following):
            return None
        return first
    if subject.who is Who.NONE:
        if word in ("ignored", "disregarded", "dismissed"):
            return first if any(each in _WARNINGS for each in words[at + 1 : at + 6]) else None
        if word == "missed":
            return first if at == 0 and following and following[0] in w.DETERMINERS | {"to", "that"} else None
        if word in ("misconfigured", "mistaken", "confused", "mis-configured"):
            return None
        return first if at <= 3 or word in ("forgot", "overlooked") else None
    if word in ("forgot", "overlooked") and subject.who is Who.OUTSIDE:
        return first
    if word == "overlooked":
        return at if no_object(following) else None
    if word == "forgot" and clause.tokens.is_capital(subject.last):
        return first
    return None


def no_object(following: tuple[str, ...]) -> bool:
    """Tell whether the words behind a verb begin no object."""
    return not following or following[
        0
    ] in w.HARD_STOPS | w.PREPOSITIONS | w.CONJUNCTIONS | w.COORDINATORS | {","}


def _is_word(word: str) -> bool:
    return word.replace("-", "").isalpha()


def _has(clause: Clause, at: int) -> bool:
    return any(each in w.HAVE for each in clause.words[max(0, at - 3) : at])


def _negated(clause: Clause, at: int) -> bool:
    return any(word in ("not", "never") for word in clause.words[max(0, at - 3) : at])
