"""`fault`: blame and guilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import found, positions
from afterword.check.language.terms import ALLSPAW, PAGERDUTY, SRE_BOOK
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

_Place = tuple[int, int]
"""The first and the last word of a claim."""

TRIGGERS = frozenset(
    w.word_set(
        "fault faults blame blamed blames blaming guilty guilt culprit culprits culpable bad responsible responsibility offender offenders perpetrator reprimanded punished disciplined fired accountable liable finger fingers us me"
    )
)
_SAYS = "assigns blame"
_HINT = "write what the system allowed, not whose doing it was"
_HARM = w.word_set(
    "causing breaking outage outages incident incidents failure failures downtime breach leak mess disruption mistake mistakes error errors damage introducing bug regression deleting this problem problems issue issues fault loss"
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report blame, fault, guilt and responsibility for harm, where people are meant."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS):
        told = -1
        for first, last in _blames(clause):
            if first > told:
                yield found(RULE.id, sentence, clause, first, last, _SAYS, _HINT)
                told = last


def _blames(clause: Clause) -> Iterator[_Place]:
    for at in positions(clause, TRIGGERS):
        judge = _JUDGES.get(clause.words[at])
        place = judge(clause, at) if judge is not None else None
        if place is not None:
            yield place


def _blame(clause: Clause, at: int) -> _Place | None:
    words = clause.words
    word, before = words[at], words[at - 1] if at else ""
    lately = words[max(0, at - 4) : at]
    if words[at + 1 : at + 2] in _NO_BLAME or before in _NOT_BLAMING or not _DENYING.isdisjoint(lately):
        return None
    if word == "blame":
        lies = next(
            (index for index in range(at + 1, min(at + 11, len(words))) if words[index] in _RESTING), -1
        )
        upon = clause.skip_adverbs(lies + 1)
        if lies > 0 and words[upon : upon + 1] in _UPON:
            return (at, at) if _persons(clause, upon) and "not" not in words[at:upon] else None
    if word == "blamed" and clause.is_passive(at) and clause.subject(at).who is Who.OWN:
        return at, at
    if word == "blame" and _TAKING & set(words[max(0, at - 3) : at]) and clause.subject(at - 2).is_person:
        return at, at
    if _persons(clause, at):
        return at, at
    if before == "to":
        means_thing = clause.subject(at - 1).who is Who.THING and _copula_subject(clause, at - 1) is Who.THING
        return None if means_thing else (at, at)
    return (at, at) if word == "blaming" else None


def _bad(clause: Clause, at: int) -> _Place | None:
    """Judge `our bad`, at the end of a phrase."""
    words = clause.words
    following = words[at + 1] if at + 1 < len(words) else ""
    ends = not following.isalpha() or following in w.CONJUNCTIONS | w.COORDINATORS | w.PREPOSITIONS
    return (at - 1, at) if at and words[at - 1] in _OUR and ends else None


def _guilt(clause: Clause, at: int) -> _Place | None:
    return (at, at) if _copula_subject(clause, at) is not Who.THING or _persons(clause, at) else None


def _culprit(clause: Clause, at: int) -> _Place | None:
    return (at, at) if _names_person(clause, at) else None


def _answerable(clause: Clause, at: int) -> _Place | None:
    """Judge who is responsible for a harm; for a duty somebody has to be."""
    words = clause.words
    if words[at + 1 : at + 2] != ("for",) or not _is_harm(clause, at + 2):
        return None
    if not _DENYING.isdisjoint(words[max(0, at - 4) : at]):
        return None
    is_held = words[max(0, at - 1)] == "held" and clause.is_passive(at - 1)
    whose = _copula_subject(clause, at - is_held)
    is_own = whose is Who.OWN or (at and clause.phrase(at - 1).who is Who.OWN)
    return (at, min(at + 2, len(words) - 1)) if is_own else None


def _responsibility(clause: Clause, at: int) -> _Place | None:
    words = clause.words
    is_taken = not _BEARING.isdisjoint(words[max(0, at - 4) : at + 2])
    lies = next((index for index in range(at + 2, min(at + 8, len(words))) if words[index] in _LYING), 0)
    is_put = words[lies + 1 : lies + 2] == ("with",) and _persons(clause, lies + 1)
    of_harm = not _HARM.isdisjoint(words[at + 1 : at + 6]) or words[at + 1 : at + 4] in _SPOILT
    return (at, at) if (is_taken or is_put) and of_harm else None


def _punished(clause: Clause, at: int) -> _Place | None:
    is_own = clause.is_passive(at) and clause.subject(clause.skip_adverbs(at - 1, -1)).who is Who.OWN
    return (at, at) if is_own else None


_SPOILT = frozenset(
    product(("for",), ("the", "these", "those"), ("lost", "failed", "missed", "wrong", "missing", "delayed"))
)
_OUR = w.word_set("our my their his her")
_NO_BLAME = tuple(
    (word,) for word in ("nobody", "no-one", "anyone", "anybody", "no", "free", "culture", "game")
)
_NOT_BLAMING = w.word_set("git no without svn not never")
_DENYING = w.word_set("not nobody no-one")
_BEARING = w.word_set("take takes took taken bear bears accept accepts full lies lay")
_LYING = w.word_set("lies lie lay rests rest sits")
_RESTING = _LYING | w.word_set("falls fell put placed laid pinned")
_UPON = (("with",), ("on",), ("upon",), ("at",))
_TAKING = w.word_set("take takes took accept accepts accepted")


def _pointed(clause: Clause, at: int) -> _Place | None:
    """Judge `the finger was pointed at the on-call engineer`, `pointed the finger at us`."""
    words = clause.words
    near = range(max(0, at - 3), min(at + 5, len(words)))
    if not (_DENYING | _NOT_BLAMING | {"than"}).isdisjoint(words[max(0, at - 5) : at + 4]):
        return None
    points = any(words[index].startswith("point") for index in near)
    aim = words.index("at", at) if points and "at" in words[at : at + 6] else -1
    return (at, at) if aim > 0 and _persons(clause, aim) else None


def _borne(clause: Clause, at: int) -> _Place | None:
    """Judge `this one is on us` and `it was us`, at the end of a phrase; `it is on us to say so` is a duty."""
    words = clause.words
    ends = at + 1 == len(words) or words[at + 1] in w.HARD_STOPS or words[at + 1] == ","
    if words[max(0, at - 2) : at] == ("it", "was") and ends:
        # What somebody "thought it was us" is no verdict.
        return (at, at) if at == 2 or words[at - 3] in w.HARD_STOPS else None
    is_said = at > 2 and words[at - 1] == "on" and words[at - 2] in ("is", "was", "'s")
    return (at - 1, at) if is_said and ends and words[at - 3] in ("this", "that", "it", "one") else None


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


_OTHERS = w.OUTSIDE | w.word_set("carrier provider isp registrar manufacturer")


def _is_theirs(clause: Clause, at: int) -> bool:
    """Tell `it was the vendor's fault` from the fault that a customer has."""
    words = clause.words
    is_said = not w.BE.isdisjoint(words[max(0, at - 4) : at - 1])
    return is_said and words[at - 1][:-2] in _OTHERS


def _fault(clause: Clause, at: int) -> _Place | None:
    words = clause.words
    before = words[at - 1] if at else ""
    if before in _OWN_FAULT or (
        before.endswith("'s") and (clause.means(before[:-2]) or _is_theirs(clause, at))
    ):
        return None if words[at + 1 : at + 2] in _NO_FAULT else (max(at - 1, 0), at)
    if before == "at" and at > 1:
        is_person = _copula_subject(clause, at - 1) is not Who.THING
        return (at - 1, at) if is_person or clause.phrase(at - 2).who is Who.OWN else None
    if words[at + 1 : at + 3] in _WHOSE:
        return at, at + 2
    is_of_people = words[at + 1 : at + 2] in (("of",), ("lies",), ("lay",)) and _persons(clause, at)
    return (at, at) if is_of_people and "not" not in words[max(0, at - 3) : at] else None


_OWN_FAULT = w.word_set("our my his her their your own")
_NO_FAULT = (("tolerance",), ("domain",), ("domains",), ("injection",))
_WHOSE = frozenset({*product(("was", "is"), ("ours", "mine", "theirs")), ("but", "ours"), ("but", "mine")})


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
            clause.noun(index) is Who.OWN
            or words[index] in ("ourselves", "them", "him", "her", "each")
            or words[index] in clause.names
        ):
            return True
    return False


def _names_person(clause: Clause, at: int) -> bool:
    words = clause.words
    if words[at + 1 : at + 2] and words[at + 1] in w.BE:
        return _persons(clause, at + 1)
    if words[at + 1 : at + 2] == (",",) and "," in words[at + 2 : at + 9]:
        # "The culprit, a junior developer, reverted it."
        return clause.phrase(words.index(",", at + 2) - 1).who is Who.OWN
    return _copula_subject(clause, at) is Who.OWN


_JUDGES: Mapping[str, Callable[[Clause, int], _Place | None]] = {
    **dict.fromkeys(("fault", "faults"), _fault),
    **dict.fromkeys(("blame", "blamed", "blames", "blaming"), _blame),
    "bad": _bad,
    **dict.fromkeys(("guilty", "culpable", "guilt"), _guilt),
    **dict.fromkeys(("culprit", "culprits", "offender", "offenders", "perpetrator"), _culprit),
    **dict.fromkeys(("responsible", "accountable", "liable"), _answerable),
    **dict.fromkeys(("finger", "fingers"), _pointed),
    **dict.fromkeys(("us", "me"), _borne),
    "responsibility": _responsibility,
    **dict.fromkeys(("reprimanded", "punished", "disciplined", "fired"), _punished),
}
"""What tells whether a word at its place blames somebody, and from where to where that is said."""


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
