"""Errors as nouns, with the people they belong to: `human error`, `our mistake`, `oversight on our part`."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import HUMAN_TASKS, nothing_hint
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, phrases, positions
from afterword.check.language.terms import ALLSPAW, DEKKER, Term, by_first_word, terms
from afterword.check.language.verbs import is_participle
from afterword.check.names.blamed import is_adverb

NOUNS: tuple[Term, ...] = terms(
    "An error of a person is where the search begins: name what made the act easy, and its consequence large.",
    DEKKER,
    """
    human error, human errors, human mistake, human mistakes, human oversight, human failure, human factor, human fault, human slip -> the tool accepted it and asked nothing
    user error, user errors, user mistake, user misunderstanding, user oversight, pilot error, pebkac -> the screen let one be taken for the other
    operator error, operator errors, operator mistake, operational mistake, operator oversight, operator failure -> the procedure held two steps that look alike
    manual error, manual errors, manual mistake, manual mistakes, manual slip, clerical error, typing error, typing mistake, copy-paste error, copy-paste mistake, copy and paste error -> the value was typed by hand, and nothing compared it
    engineer error, developer error, admin error, administrator error, employee error, staff error, reviewer error, personnel error, people error, team error, dev error, programmer error, programming mistake, coding mistake -> the change passed all checks
    judgement error, judgment error -> the change passed all checks
    error of judgement, error of judgment, error in judgement, error in judgment, errors in judgement, errors in judgment, lapse in judgement, lapse in judgment, lapse of judgement, lapse of judgment, lapse of attention, lapse in attention, lapse of concentration, poor judgement, poor judgment, bad judgement, bad judgment, poor decision making, poor decision-making, bad decision making, bad decision-making, momentary lapse -> what was known at that time
    lack of attention, lack of care, lack of diligence, lack of discipline, lack of vigilance, lack of caution, lack of attention to detail -> what asked for attention, and what else did
    fat finger, fat-finger, fat fingered, fat-fingered, finger trouble, brain fart -> two commands differ by one letter
    """,
)


ACTS: tuple[Term, ...] = terms(
    "What somebody did badly had a reason at that time: the reason is the finding.",
    ALLSPAW,
    """
    dropped the ball, screwed up, messed up, slipped up, cut corners, cutting corners, did a bad job, did a poor job, took a shortcut, jumped the gun, was asleep at the wheel, were asleep at the wheel, lost sight of, lost track of, mixed up, slept through, took for granted, turned a blind eye, took our eye off, took our eyes off, let our guard down -> what was done, and what made it seem right
    screw-up, slip-up, slip up, screw up, mess-up -> what was done, and what made it seem right
    """,
    person=True,
)

_BY_FIRST_WORD = by_first_word((*NOUNS, *ACTS))


_SHOWN = w.word_set("message messages page pages report reports rate rates log logs code codes")
"""What systems show to users, and count."""

_SEEN = w.word_set("became rose spiked increased climbed appeared began started dropped")
"""What is said of errors that are seen, and counted."""

CARELESS = w.word_set(
    "carelessness negligence negligent careless carelessly negligently inattention inattentive inattentiveness complacency complacent sloppy sloppiness incompetence incompetent laziness reckless recklessness recklessly ignorance thoughtless haphazardly"
)


ERRORS = w.word_set(
    "error errors mistake mistakes oversight oversights misunderstanding misunderstandings negligence blunder blunders slip slips misstep missteps typo typos failure failures misconfiguration misjudgement misjudgment miscalculation miscommunication confusion inaction"
)


_OWNERS = w.word_set("our my his her their your")


def noun_phrases(clause: Clause) -> Iterator[Failing]:
    """Find the phrases of `NOUNS`, and words for want of care."""
    words = clause.words
    for at, last, term in phrases(clause, _BY_FIRST_WORD):
        following = words[last + 1 : last + 2]
        is_shown = (words[last].startswith("error") and not _SHOWN.isdisjoint(following)) or (
            words[last] == "errors" and not _SEEN.isdisjoint(following)
        )
        if (
            term.person
            and (clause.is_passive(at) or clause.subject(at).who not in (Who.OWN, Who.NONE))
            and "-" not in term.term
        ):
            continue
        if not is_shown and not _is_denied(clause, at) and not _is_general(clause, at, last):
            is_advice = term.instead.startswith("what ")
            hint = f"write {term.instead}" if is_advice else f"name what made it easy, as '{term.instead}'"
            yield at, last, hint
    for at in positions(clause, CARELESS):
        if not _is_denied(clause, at):
            yield at, at, "name what made it easy, and what stood in the way of care"


def _is_denied(clause: Clause, at: int) -> bool:
    words = clause.words
    near = words[max(0, at - 4) : at]
    return any(
        word in ("not", "no", "never", "without", "rather", "isn't", "blame", "blameless", "than")
        for word in near
    )


def _is_general(clause: Clause, at: int, last: int) -> bool:
    """Tell whether a phrase is spoken of, not used: `"human error" is never a cause`, `any human error is a symptom`."""
    words = clause.words
    before = words[at - 1] if at else ""
    following = words[last + 1 : last + 4]
    if not following:
        return not _KEPT_OUT.isdisjoint(words[max(0, at - 4) : at])
    is_quoted = before in w.QUOTES and following[0] in w.QUOTES
    if is_quoted or before in ("any", "every", "all"):
        return any(word in _PRESENT for word in words[last + 1 : last + 4])
    if not _KEPT_OUT.isdisjoint(words[max(0, at - 4) : at]):
        return True
    is_several = words[last].endswith("s") and following[0] == "are"
    return is_several or (following[0] in _PRESENT and following[1:2] in (("not",), ("never",)))


_KEPT_OUT = w.word_set(
    "prone against catch catches prevent prevents avoid reduce reduces eliminate eliminates minimise minimize tolerate tolerates risk risks chance chances scope room"
)
"""What tells of errors that may come."""


_PRESENT = w.word_set("is are can may should must does do")


def owned_errors(clause: Clause) -> Iterator[Failing]:
    """Find `our mistake`, `the engineer's oversight`, `errors by users`, `oversight on our part`, `failure of the team to`."""
    words = clause.words
    for at in positions(clause, ERRORS):
        word = words[at]
        start = at - 1
        while (
            start > 0
            and at - start < 4
            and not clause.ends_phrase(words[start])
            and words[start] not in _OWNERS
            and words[start].isalpha()
        ):
            start -= 1
        owner = words[start] if start >= 0 else ""
        bare = start == at - 1
        following = words[at + 1 : at + 9]
        hint = "name what made it easy, and what let it through"
        if word in _FAILURES:
            if not is_imagined(clause, at):
                yield from _failure(clause, start, at)
        elif (
            _is_owned(clause, start, at)
            and (bare or word in _PERSONAL)
            and (word in _PERSONAL or not _is_compound(clause, at))
            and (word in _PERSONAL or following[:1] not in _SHOWN_NEXT or following[:2] == ("was", "to"))
            and not (owner == "their" and word not in _PERSONAL)
        ):
            yield (
                (start if start >= 0 and not clause.ends_phrase(owner) else at - (at > 0 and not bare)),
                at,
                hint,
            )
        elif following[:1] == ("by",) and clause.agent(at) in (Who.OWN, Who.OUTSIDE):
            people = (
                index
                for index in range(at + 2, min(at + 8, len(words)))
                if words[index] in w.OWN | w.OUTSIDE | w.OWN_PRONOUNS
            )
            yield at, next(people, at + 1), hint
        elif following[:1] == ("of",) and following[1:2] in (
            ("judgement",),
            ("judgment",),
            ("ours",),
            ("mine",),
        ):
            yield at, at + 2, hint
        elif (
            following[:1] in (("on",), ("at",), ("from",))
            and not _SIDES.isdisjoint(following[1:6])
            and not _ELSEWHERE & set(following[1:4])
            and (not _OWNERS.isdisjoint(following[1:4]) or not w.OWN.isdisjoint(following[1:8]))
        ):
            yield at, next(index for index in range(at + 2, len(words)) if words[index] in _SIDES), hint


_FAILURES = w.word_set("failure failures inaction")
_PERSONAL = w.word_set(
    "mistake mistakes oversight oversights misunderstanding misunderstandings negligence blunder blunders misstep missteps misjudgement misjudgment miscalculation miscommunication"
)
_ELSEWHERE = frozenset({"their", "your"})
_SIDES = w.word_set("part side end behalf")
_SHOWN_NEXT = frozenset(
    (word,)
    for word in _SHOWN | w.word_set("budget tracking handling monitoring reporting was were is are in")
)


def _is_compound(clause: Clause, at: int) -> bool:
    """Tell whether a noun only begins another: `our error tracker`."""
    if at + 1 >= len(clause.words):
        return False
    following = clause.words[at + 1]
    return (
        following.isalpha()
        and not clause.ends_phrase(following)
        and not is_participle(following)
        and not is_adverb(following)
        and following not in w.DETERMINERS
        and following not in w.COORDINATORS
    )


def _is_owned(clause: Clause, start: int, at: int) -> bool:
    words = clause.words
    owner = words[start] if start >= 0 else ""
    personal = words[at] in _PERSONAL or words[at] == "error"
    if owner in _OWNERS or (owner.endswith("'s") and clause.means(owner[:-2])):
        return True
    if personal and at and (clause.possesses(at - 1) or (start >= 0 and clause.possesses(start))):
        return True
    nearest = words[at - 1] if at else ""
    return (nearest.endswith("'s") and clause.means(nearest[:-2])) or (
        words[at] in _PERSONAL
        and (clause.means(nearest) or (nearest in w.OUTSIDE and not is_imagined(clause, at)))
    )


_GENERAL = w.word_set("leads results causes means is are will can may would could")


def _failure(clause: Clause, start: int, at: int) -> Iterator[Failing]:
    """Find `our failure to renew`, `the failure of the team to test`."""
    words = clause.words
    if words[at + 1 : at + 2] == ("to",):
        is_note = at == 0 and words[2:3] and words[2] in HUMAN_TASKS and _GENERAL.isdisjoint(words)
        if (is_note or _is_owned(clause, start, at)) and at + 2 < len(words):
            yield max(0, start), at + 2, nothing_hint(clause, at + 2)
    elif words[at + 1 : at + 2] == ("on",):
        side = next((index for index in range(at + 2, min(at + 5, len(words))) if words[index] in _SIDES), -1)
        if (
            side > 0
            and not _OWNERS.isdisjoint(words[at + 2 : side])
            and _ELSEWHERE.isdisjoint(words[at + 2 : side])
        ):
            yield at, side, "name what made it easy, and what let it through"
    elif words[at + 1 : at + 2] in (("of",), ("by",)) and "to" in words[at + 2 : at + 8]:
        to = words.index("to", at + 2)
        if clause.phrase(to - 1, gerund=True).who is Who.OWN and to + 1 < len(words):
            yield at, to + 1, nothing_hint(clause, to + 1)
