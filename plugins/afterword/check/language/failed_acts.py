"""Verbs of failing with people as their subject: `we failed to`, `the team forgot`, `was overlooked`."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Subject, Who
from afterword.check.language.judging import WHAT_WAS, Failing, is_imagined, positions, rest
from afterword.check.language.rewriting import left_undone
from afterword.check.language.verbs import FAILING, is_participle, past
from afterword.check.names.blamed import PROCEDURES, WARNINGS

_OUT_OF_HANDS = w.word_set(
    "receive get reach reproduce reconcile sync schedule arrive hear load connect log-in login serve process render bill charge ship deliver parse ingest authorize authorise authenticate resolve accept persist start boot build compile"
)
"""What fails by itself, also where `we` are the service."""

_ANSWERING = w.word_set("respond reply return answer send handle")
_REQUESTS = w.word_set(
    "request requests webhook webhooks query queries call calls api http traffic packet packets response responses error errors"
)
"""What a service answers: `we failed to respond to a webhook` tells of it, not of people."""


HUMAN_TASKS = w.word_set(
    "verify test check communicate notice notify inform document realise realize consider update review follow read understand anticipate account plan recognise recognize tell ask escalate coordinate monitor remove add disable enable rotate renew validate announce inspect identify see"
)


_PERCEIVING = w.word_set("notice realise realize see understand recognise recognize anticipate consider")

_BARE_OBJECTS = w.word_set("work out calls call lunch sleep no")
"""What is missed without any failing."""

_CONFUSED = w.word_set("with for")
_UNFORGOTTEN = w.word_set("long a the an")


LEFT_UNDONE = w.word_set("think thought bother bothered pay paid paying follow followed adhere")
FAILED = FAILING | w.word_set("forgotten missed ignored disregarded dismissed confused")
OMITTED = w.word_set("failed failing neglected omitted neglecting omitting")


def failed_to(clause: Clause) -> Iterator[Failing]:
    """Find `we failed to verify`, `the engineer neglected to ask`, `by failing to lock`; what machines fail to do is none."""
    words = clause.words
    for at in positions(clause, OMITTED):
        word = words[at]
        if word == "failed" and _is_failing_others(clause, at):
            yield (
                opening(clause.subject(at), at),
                at + 1,
                "write what was late or missing, and what held it up",
            )
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
        is_note = subject.who is Who.NONE and act in HUMAN_TASKS and (at <= 2 or words[at - 1] == ":")
        if is_gerund and at == 0 and not _IN_GENERAL.isdisjoint(words[verb + 1 :]):
            continue  # "Failing to follow this may stop the crane"
        is_service = act in _ANSWERING and not _REQUESTS.isdisjoint(words[verb + 1 : verb + 8])
        if is_note or (subject.who is Who.OWN and act not in _OUT_OF_HANDS and not is_service):
            yield opening(subject, at), min(verb, len(words) - 1), nothing_hint(clause, verb)


_IN_GENERAL = w.word_set("may can will might is are leads causes results means")


def _is_failing_others(clause: Clause, at: int) -> bool:
    """Tell `we failed our customers` and `failed at keeping them informed` from `failed at 10:05`."""
    first, second = (*clause.words[at + 1 : at + 3], "", "")[:2]
    is_duty = first in ("at", "in") and (second.endswith("ing") or second in ("our", "their"))
    is_people = first in ("our", "you", "them", "customers", "users") and (
        first != "our" or second in w.OUTSIDE | w.OWN
    )
    return (is_duty or is_people) and clause.subject(at).who is Who.OWN


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
    """Turn what somebody failed to do into what was: `verify the backup` is `nothing verified the backup`, `set the flag` is `the flag was not set`."""
    words = clause.words
    if verb >= len(words) or not _is_word(words[verb]):
        return "write it of the system, as 'nothing checked it'"
    act, thing = words[verb], rest(clause, verb + 1)
    if act in _PERCEIVING:
        return (
            f"write what did not show it, as 'nothing showed {thing}'"
            if thing
            else "write what did not show it"
        )
    if act in _BY_SYSTEMS:
        return f"write it of the system, as 'nothing {past(act)} {thing or 'it'}'"
    undone = left_undone(clause, verb, past(act))
    return f"write what was, as '{undone}', and what let that be" if undone else WHAT_WAS


_BY_SYSTEMS = w.word_set("verify check test validate compare monitor tell inform notify alert warn announce")
"""What a system does as well as people do: that nothing did it is a property of the system."""


def failing_verbs(clause: Clause) -> Iterator[Failing]:
    """Find `we forgot`, `was overlooked`, `the team missed`, `did not think to`, `ignored the warning`."""
    yield from _left_undone(clause)
    words = clause.words
    for at in positions(clause, FAILED):
        if is_imagined(clause, at) or (
            words[at] != "forgot" and words[at - 1 : at] in (("easily",), ("often",), ("sometimes",))
        ):
            continue
        if (
            clause.is_passive(at)
            or clause.shares_passive(at)
            or (words[at] == "forgotten" and not _has(clause, at))
        ):
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


_DID_FAIL = w.word_set(
    "forget overlook neglect misjudge underestimate misread misunderstand misinterpret miss ignore fail"
)
DUTIES = w.word_set(
    "check verify test alert tell inform notify ask follow review read confirm validate communicate escalate anticipate notice realise realize"
)
"""What one who "did not" is blamed for."""

_NOBODY = w.word_set("nobody no-one noone one")
_EYES = w.word_set("eye eyes watch")


def did_fail(clause: Clause) -> Iterator[Failing]:
    """Find `why did the developer forget`, `how did we miss`, `why was it overlooked?`, `she did not check`."""
    words = clause.words
    for at in positions(clause, frozenset({"did"})):
        if words[at + 1 : at + 2] == ("not",):
            verb = clause.skip_adverbs(at + 2)
            act = words[verb] if verb < len(words) else ""
            subject = clause.subject(at)
            if act in DUTIES and _is_individual(clause, subject):
                yield opening(subject, at), verb, nothing_hint(clause, verb)
            elif act == "keep" and not _EYES.isdisjoint(words[verb + 1 : verb + 5]) and not subject.is_thing:
                yield opening(subject, at), verb, "write what would have shown it"
            continue
        if at > 2 or "not" in words[at : at + 7]:
            continue
        for verb in range(at + 2, min(at + 8, len(words))):
            if words[verb] in _DID_FAIL and clause.phrase(clause.skip_adverbs(verb - 1, -1)).who is Who.OWN:
                yield at, verb, "ask what hid it, as 'why did nothing show it?'"
                break
    if words[0] in ("why", "how") and words[-1] == "?" and words[1:2] in (("was",), ("were",)):
        for verb in positions(clause, _HIDDEN | {"missed", "ignored"}):
            if not clause.is_passive(verb) and clause.agent(verb) is not Who.THING:
                yield 0, verb, "ask what hid it, as 'why did nothing show it?'"


def _is_individual(clause: Clause, subject: Subject) -> bool:
    """Tell whether one person is meant, by a name, a handle, or `he`."""
    word = clause.words[subject.last]
    if subject.who is not Who.OWN:
        return False
    if word in ("he", "she"):
        return True
    is_name = word not in w.OWN and word not in w.OWN_PRONOUNS and word not in w.ONLY_BEHIND
    return clause.words[subject.first] == "@" or (is_name and clause.tokens.is_capital(subject.last))


_NOW = w.word_set("can cannot do does will is am are 'm 're")


def _left_undone(clause: Clause) -> Iterator[Failing]:
    """Find what somebody did not think of, did not bother to do, paid no attention to, or did against the procedure."""
    words = clause.words
    for at in positions(clause, LEFT_UNDONE):
        word = words[at]
        subject = clause.subject(at)
        nobody = bool(_NOBODY & {words[subject.first], words[subject.last]})
        if not (_negated(clause, at) or nobody or "no" in words[at + 1 : at + 3]) or subject.who is Who.THING:
            continue
        following = words[at + 1 : at + 8]
        if word in ("think", "thought"):
            if following[:1] in (("to",), ("of",), ("about",)) and subject.who is Who.OWN:
                yield subject.first, at + 1, "write what would have brought it to mind"
        elif word in ("bother", "bothered"):
            if words[at - 1] == "to" or not _NOW.isdisjoint(words[max(0, at - 4) : at]):
                continue  # what nobody bothers to do at any time is no act of the incident
            yield min(subject.first, at), at, "write what asked for it, or that nothing did"
        elif word in ("pay", "paid", "paying"):
            if "attention" in following[:4]:
                yield (
                    min(subject.first, at),
                    words.index("attention", at),
                    "write what else asked for attention",
                )
        elif subject.who is Who.OWN and any(each in PROCEDURES for each in following):
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
    if "no" in words[max(0, clause.subject(at).first - 1) : at]:
        return None
    if agent is Who.THING or words[max(0, begin - 1)] == "from":
        return None
    if words[at] in ("missed", "ignored", "dismissed", "disregarded"):
        head = clause.meant(clause.subject(at))
        heads = head in WARNINGS | TO_SEE or (
            head in ("it", "they") and not WARNINGS.isdisjoint(words[: clause.subject(at).first])
        )
        in_review = words[at] == "missed" and _is_looked_at(clause, at)
        return begin if agent is Who.OWN or heads or in_review else None
    if words[at] in _BY_MACHINES and agent is not Who.OWN:
        return begin if clause.meant(clause.subject(at)) in WARNINGS | _WRITTEN else None
    return begin if words[at] in _HIDDEN or agent is Who.OWN else None


TO_SEE = w.word_set(
    "case cases step steps detail details requirement requirements dependency dependencies setting settings bug bugs regression"
)
"""What people miss; programs miss events, deadlines and entries of a cache."""

_BY_MACHINES = w.word_set("misread misinterpreted misunderstood")
"""What programs do with data, too."""

_WRITTEN = w.word_set(
    "requirement requirements documentation docs document message messages instruction instructions runbook graph graphs dashboard chart result results output request question impact risk risks "
    "severity scope policy contract plan log logs it this error behaviour behavior setting option semantics"
)
"""What people read, and may read wrongly."""

_LOOKS = w.word_set("review reviews triage audit inspection handover")


def _is_looked_at(clause: Clause, at: int) -> bool:
    """Tell whether something was missed where people look: `missed in code review`, `missed at the handover`."""
    following = clause.words[at + 1 : at + 6]
    return following[:1] in (("in",), ("during",), ("at",), ("by",)) and not _LOOKS.isdisjoint(following)


_HIDDEN = w.word_set(
    "forgotten overlooked neglected misunderstood misread misinterpreted misjudged overestimated underestimated miscommunicated mishandled misdiagnosed botched"
)


def _done_by(clause: Clause, at: int) -> int | None:
    """Give where somebody begins to fail: the subject, or the verb of a note."""
    words = clause.words
    word = words[at]
    subject = clause.subject(at)
    following = words[at + 1 : at + 2]
    first = opening(subject, at)
    if subject.who is Who.OWN:
        if word == "missed" and not _BARE_OBJECTS.isdisjoint(words[at + 1 : at + 5]):
            return None
        if word == "confused" and not any(
            each in _CONFUSED or each == "and" for each in words[at + 1 : at + 7]
        ):
            return None
        if word in ("mistaken", "misconfigured") and no_object(following):
            return None
        if word == "dismissed" and WARNINGS.isdisjoint(words[at + 1 : at + 7]):
            return None
        return first
    if subject.who is Who.NONE:
        if word in ("ignored", "disregarded", "dismissed"):
            return first if any(each in WARNINGS for each in words[at + 1 : at + 6]) else None
        if word == "missed":
            is_note = at == 0 or words[at - 1] == ":"
            return first if is_note and following and following[0] in w.DETERMINERS | {"to", "that"} else None
        if word in ("misconfigured", "mistaken", "confused", "mis-configured"):
            return None
        return first if at <= 3 or word in ("forgot", "overlooked") else None
    if word in ("forgot", "overlooked") and subject.who is Who.OUTSIDE:
        return first if words[at - 1] != "who" else None
    if word == "overlooked":
        return at if no_object(following) else None
    if word == "forgot" and "whoever" in words[:at]:
        return at
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
