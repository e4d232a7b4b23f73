"""`hindsight`: what is plain now told as if it had been plain then."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import FUTURE, POSITIVE, found, phrases, positions
from afterword.check.language.terms import COOK, DEKKER, PERROW, Term, by_first_word, terms
from afterword.check.language.verbs import GOOD
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

PHRASES: tuple[Term, ...] = terms(
    "Before the event it was one of many signs; only the outcome picked it out.",
    DEKKER,
    """
    anyone would, anybody would, everyone would, everybody would, any engineer would, any reasonable person, any reasonable engineer -> what was visible at that time
    everyone knows, everybody knows, everyone knew, everybody knew, as everyone knows, as we all know, we all knew -> who was told, and how
    common sense, no-brainer, no brainer, needless to say, it goes without saying, goes without saying -> what was visible at that time
    was bound to happen, were bound to happen, waiting to happen, was bound to fail, were bound to fail, was only a matter of time, only a matter of time, just a matter of time, matter of time before, was inevitable, were inevitable -> what had kept it from happening
    should have been obvious, should have been clear, should have been apparent, should have been evident, should have been foreseen, should have been no surprise -> what was visible at that time
    should have known better, knew better -> what was known at that time
    was hard to miss, were hard to miss, was impossible to miss, were impossible to miss, was easy to see, were easy to see, was easy to spot, were easy to spot, was plain to see, were plain to see, plain as day, clear as day, staring us in the face, in plain sight, the writing was on the wall -> what else was shown beside it
    """,
)
_BY_FIRST_WORD = by_first_word(PHRASES)
TRIGGERS = w.word_set(
    "obvious obviously obviosly blatantly blatant clearly plainly evidently course simply merely just easily foreseeable predictable clear evident apparent foreseen surprise known knew knows better "
    "anyone anybody everyone everybody reasonable sense no-brainer brainer needless saying bound waiting matter inevitable miss easy plain staring sight wall red"
)
_FAINT = w.word_set(
    "course clear evident apparent known knew knows better anyone anybody everyone everybody waiting matter miss easy just simply merely easily red sight wall bound surprise"
)
_BESIDE = w.word_set(
    "of it that would was were been had forgot missed overlooked failed neglected ignored forgotten have all as ought should to plain staring accident incident flag flags writing"
)
_SAYS = "tells as plain what is plain now"
_HINT = "write what was visible at that time, and among what else"
_SURE = w.word_set(
    "marked defined documented stated labelled labeled communicated identified named written visible-in distinguish separate separated specified structured state define mark communicate document indicate indicates label explain explained understood owned outlined described assigned articulated"
)
_JUDGING = frozenset({"went-wrong", "factors", "causes", "lessons", "summary", "impact", ""})
_PRESENT_FORMS = w.word_set("will can may must shall")


_SURENESS = w.word_set(
    "obvious obviously blatantly blatant plainly evidently clearly clear evident apparent course simply just merely easily foreseeable predictable"
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report claims that something was obvious, clear or easily done then."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS, _FAINT, _BESIDE):
        section = sentence.passage.section
        told: set[int] = set()
        for first, last in _claims(clause, section):
            if first not in told:
                told.update(range(first, last + 1))
                yield found(RULE.id, sentence, clause, first, last, _SAYS, _HINT)


def _claims(clause: Clause, section: str) -> Iterator[tuple[int, int]]:
    words = clause.words
    for first, last, _ in phrases(clause, _BY_FIRST_WORD):
        if not any(word in ("not", "no", "never", "nothing") for word in words[max(0, first - 3) : first]):
            yield first, last
    for at in positions(
        clause,
        _SURENESS,
    ):
        if _is_claim(clause, at, section):
            yield at - (words[at] == "course"), at


def _is_claim(clause: Clause, at: int, section: str) -> bool:
    words = clause.words
    word = words[at]
    before = words[max(0, at - 3) : at]
    following = words[at + 1] if at + 1 < len(words) else ""
    previous = words[at - 1] if at else ""
    denied = any(
        each
        in (
            "not",
            "no",
            "nothing",
            "never",
            "less",
            "non",
            "without",
            "anything",
            "something",
            "n't",
            "neither",
            "nor",
            "hardly",
            "any",
            "more",
            "most",
            "make",
            "made",
            "makes",
            "becomes",
            "became",
            "become",
        )
        for each in before
    )
    if word == "obviously":
        return not denied
    if word == "course":
        return previous == "of" and section != "timeline"
    if denied or section in FUTURE:
        return False
    if word in ("obvious", "blatantly", "blatant"):
        return previous in w.PAST_BE | w.DETERMINERS | {
            "painfully",
            "quite",
            "pretty",
            "blindingly",
            "fairly",
            "so",
            "very",
            "been",
        } and following not in (
            "choice",
            "candidate",
            "candidates",
            "place",
            "reason",
            "reasons",
            "cause",
            "to",
            "question",
            "next",
            "solution",
            "fix",
            "way",
            "error",
            "errors",
            "suspect",
            "answer",
        )
    if word in ("plainly", "evidently"):
        return previous in w.PAST_BE and following not in _SURE
    if word == "clearly":
        if section in POSITIVE | {"timeline", "resolution", "detection", "background"} or following in _SURE:
            return False
        verb = clause.skip_adverbs(at + 1)
        act = words[verb] if verb < len(words) else ""
        if following == "," and at == 0:
            return section in _JUDGING
        if following == "too":
            act = following
        if any(each in _PRESENT_FORMS for each in before) or previous == "to":
            return False
        judged = act in (
            "should",
            "ought",
            "could",
            "needed",
            "not",
            "insufficient",
            "inadequate",
            "wrong",
            "a",
            "an",
            "did",
            "had",
            "was",
            "were",
            "never",
            "failed",
            "too",
            "showed",
            "shows",
            "pointed",
            "indicated",
            "visible",
        )
        return judged and section in _JUDGING
    if word in ("clear", "evident", "apparent"):
        claim = (
            previous in ("was", "were", "been")
            and section not in ("timeline", "resolution", "detection")
            and "it" in before
        )
        return claim and following == "that" and not any(each in ("became", "logs") for each in words)
    if word in ("simply", "just", "merely"):
        verb = clause.skip_adverbs(at + 1)
        act = words[verb] if verb < len(words) else ""
        return (
            act in ("forgot", "forgotten", "missed", "overlooked", "failed", "neglected", "ignored")
            and clause.subject(at).who in (Who.OWN, Who.NONE)
            and following == act
        )
    if word == "easily":
        around = words[max(0, at - 3) : at + 5]
        return (
            any(each in ("could", "would", "should") for each in around)
            and any(each in GOOD or each in ("avoided", "prevented") for each in words[at : at + 4])
            and "have" in around
        )
    if word in ("foreseeable", "predictable"):
        return previous in w.PAST_BE | {
            "entirely",
            "completely",
            "totally",
            "easily",
            "perfectly",
        } and following not in ("future",)
    return False


RULE = Rule(
    id="hindsight",
    summary="claims that something was obvious, clear or easy at that time",
    why="""\
Who knows the outcome cannot see the situation without it: of a hundred signs, the one that mattered is lit up. "Obviously" and "of course" tell readers that only a fool could have missed it,
so nobody asks what the other ninety-nine were. A time at which something became clear, and a clearly marked button, are no such claims.""",
    bad="""\
## What went wrong

- It was obvious that the disk would fill up""",
    better="""\
## What went wrong

- The disk's forecast was one of 40 graphs, and no alert was tied to it""",
    sources=(DEKKER, COOK, PERROW),
    check=check,
)
