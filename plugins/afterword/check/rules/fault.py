"""`fault`: blame and guilt."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import found, positions
from afterword.check.language.terms import ALLSPAW, PAGERDUTY, SRE_BOOK
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

TRIGGERS = frozenset(
    w.word_set(
        "fault faults blame blamed blames blaming guilty guilt culprit culprits culpable bad responsible responsibility offender offenders perpetrator reprimanded punished disciplined fired accountable"
    )
)
_SAYS = "assigns blame"
_HINT = "write what the system allowed, not whose doing it was"
_HARM = w.word_set(
    "causing breaking outage outages incident incidents failure failures downtime breach leak mess disruption mistake mistakes error errors damage introducing bug regression deleting this problem problems issue issues fault"
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report blame, fault, guilt and responsibility for harm, where people are meant."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS):
        told = -1
        for first, last in _blames(clause):
            if first > told:
                yield found(RULE.id, sentence, clause, first, last, _SAYS, _HINT)
                told = last


def _blames(clause: Clause) -> Iterator[tuple[int, int]]:
    words = clause.words
    for at in positions(clause, TRIGGERS):
        word = words[at]
        before = words[at - 1] if at else ""
        following = words[at + 1 : at + 3]
        if word in ("fault", "faults"):
            yield from _fault(clause, at)
        elif word in ("blame", "blamed", "blames", "blaming"):
            if (
                following[:1] in (("nobody",), ("no-one",), ("anyone",), ("anybody",), ("no",))
                or before in ("git", "no", "without", "svn", "not", "never")
                or following[:1] in (("free",), ("culture",), ("game",))
                or "not" in words[max(0, at - 4) : at]
            ):
                continue
            if "nobody" in words[max(0, at - 4) : at] or "no-one" in words[max(0, at - 4) : at]:
                continue
            if word == "blame" and _LYING & set(words[at + 1 : at + 8]) and "with" in words[at:]:
                if _persons(clause, words.index("with", at)):
                    yield at, at
                continue
            if word == "blamed" and clause.is_passive(at) and clause.subject(at).who is Who.OWN:
                yield at, at
                continue
            if (
                word == "blame"
                and _TAKING & set(words[max(0, at - 3) : at])
                and clause.subject(at - 2).is_person
            ):
                yield at, at
                continue
            if before == "to" and clause.subject(at - 1).who is Who.THING and not _persons(clause, at):
                subject = _copula_subject(clause, at - 1)
                if subject is Who.THING:
                    continue
            if word in ("blamed", "blame", "blames") and before != "to" and not _persons(clause, at):
                continue
            yield at, at
        elif word == "bad":
            if before in ("our", "my", "their", "his", "her") and (
                not following
                or not following[0].isalpha()
                or following[0] in w.CONJUNCTIONS | w.COORDINATORS | w.PREPOSITIONS
            ):
                yield at - 1, at
        elif word in ("guilty", "culpable", "guilt", "negligent"):
            if _copula_subject(clause, at) is not Who.THING or _persons(clause, at):
                yield at, at
        elif word in ("culprit", "culprits", "offender", "offenders", "perpetrator"):
            if _names_person(clause, at):
                yield at, at
        elif word in ("responsible", "accountable"):
            if following[:1] == ("for",) and _is_harm(clause, at + 2):
                who = _copula_subject(clause, at)
                if who is Who.OWN or (at and clause.phrase(at - 1).who is Who.OWN):
                    yield at, min(at + 2, len(words) - 1)
        elif word == "responsibility":
            if any(
                each
                in (
                    "take",
                    "takes",
                    "took",
                    "taken",
                    "bear",
                    "bears",
                    "accept",
                    "accepts",
                    "full",
                    "lies",
                    "lay",
                )
                for each in words[max(0, at - 4) : at + 2]
            ) and any(each in _HARM for each in words[at + 1 : at + 6]):
                yield at, at
        elif (
            word in ("reprimanded", "punished", "disciplined", "fired")
            and clause.is_passive(at)
            and clause.subject(clause.skip_adverbs(at - 1, -1)).who is Who.OWN
        ):
            yield at, at


_LYING = w.word_set("lies lie lay rests rest sits")
_TAKING = w.word_set("take takes took accept accepts accepted")


def _is_harm(clause: Clause, at: int) -> bool:
    """Tell whether the words from `at` on name a harm, not a duty: `the outage`, not `the outage reports`."""
    words = clause.words
    if words[at] not in w.DETERMINERS and not words[at].endswith("ing"):
        return False
    for index in range(at, min(at + 4, len(words))):
        word = words[index]
        if word == "this" and words[index + 1 : index + 2] and words[index + 1].isalpha():
            continue
        if word in _HARM:
            following = words[index + 1] if index + 1 < len(words) else "."
            return word.endswith("ing") or not following.isalpha() or clause.ends_phrase(following)
        if word.endswith("ing") or word in w.PREPOSITIONS:
            return False
    return False


def _is_theirs(clause: Clause, at: int) -> bool:
    """Tell `it was the vendor's fault` from the fault that a customer has."""
    words = clause.words
    is_said = not w.BE.isdisjoint(words[max(0, at - 4) : at - 1])
    return is_said and words[at - 1][:-2] in w.OUTSIDE


def _fault(clause: Clause, at: int) -> Iterator[tuple[int, int]]:
    words = clause.words
    before = words[at - 1] if at else ""
    if before in ("our", "my", "his", "her", "their", "your", "own") or (
        before.endswith("'s") and (clause.means(before[:-2]) or _is_theirs(clause, at))
    ):
        if words[at + 1 : at + 2] not in (("tolerance",), ("domain",), ("domains",), ("injection",)):
            yield max(at - 1, 0), at
    elif before == "at" and at > 1:
        who = _copula_subject(clause, at - 1)
        if who is not Who.THING or clause.phrase(at - 2).who is Who.OWN:
            yield at - 1, at
    elif words[at + 1 : at + 3] in _WHOSE or words[at + 1 : at + 3] in (("but", "ours"), ("but", "mine")):
        yield at, at + 2
    elif (
        words[at + 1 : at + 2] in (("of",), ("lies",), ("lay",))
        and _persons(clause, at)
        and "not" not in words[max(0, at - 3) : at]
    ):
        yield at, at


_WHOSE = frozenset(
    {("was", "ours"), ("was", "mine"), ("was", "theirs"), ("is", "ours"), ("is", "mine"), ("is", "theirs")}
)


def _copula_subject(clause: Clause, at: int) -> Who:
    """Tell whom the subject of the `be` before a word means."""
    verb = clause.skip_adverbs(at - 1, -1)
    words = clause.words
    while verb >= 0 and words[verb] in w.DETERMINERS | {"partly", "partially", "solely"}:
        verb -= 1
    if verb >= 0 and words[verb] in w.AUXILIARIES:
        return clause.subject(verb).who
    return Who.THING


def _persons(clause: Clause, at: int) -> bool:
    """Tell whether people are named within the next few words."""
    words = clause.words
    for index in range(at + 1, min(at + 7, len(words))):
        if words[index] in w.HARD_STOPS or words[index] in ("for", ","):
            return False
        if (
            words[index] in w.OWN
            or words[index] in w.OWN_PRONOUNS
            or words[index] in ("ourselves", "them", "him", "her", "each")
            or words[index] in clause.names
        ):
            return True
    return False


def _names_person(clause: Clause, at: int) -> bool:
    words = clause.words
    if words[at + 1 : at + 2] and words[at + 1] in w.BE:
        return _persons(clause, at + 1)
    return _copula_subject(clause, at) is Who.OWN


RULE = Rule(
    id="fault",
    summary="blame, fault or guilt of a person or team",
    why="""\
Blame is a way to stop asking. Who fears it tells less, and the archive fills with incidents whose causes nobody mentioned. A fault in a disk, a process that is the culprit and a team that is
responsible for a service are not meant.""",
    bad="""\
## Contributing factors

- The outage was the platform team's fault""",
    better="""\
## Contributing factors

- The platform's console applies a change to all regions at once""",
    sources=(ALLSPAW, SRE_BOOK, PAGERDUTY),
    check=check,
)
