"""`hindsight`: what is plain now told as if it had been plain then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import FUTURE, POSITIVE, found, phrases, positions
from afterword.check.language.terms import COOK, DEKKER, PERROW, Term, by_first_word, terms
from afterword.check.language.verbs import GOOD, is_participle
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
    should have known better, knew better, knew or should have known -> what was known at that time
    was hard to miss, were hard to miss, was hard to overlook, were hard to overlook, was impossible to overlook, were impossible to overlook, should have come as no surprise, was impossible to miss, were impossible to miss, was easy to see, were easy to see, was easy to spot, were easy to spot, was plain to see, were plain to see, plain as day, clear as day, staring us in the face, was in plain sight, were in plain sight, been in plain sight, hidden in plain sight, hid in plain sight, the writing was on the wall, signs were there -> what else was shown beside it
    """,
)
_BY_FIRST_WORD = by_first_word(PHRASES)
TRIGGERS = w.word_set(
    "unsurprisingly predictably self-evident obvious obviously obviosly blatantly blatant clearly plainly evidently course simply merely just easily foreseeable predictable clear evident apparent unmistakable foreseen surprise known knew knows better "
    "anyone anybody everyone everybody reasonable sense no-brainer brainer needless saying bound waiting matter inevitable miss overlook easy plain staring sight signs wall red"
)
_FAINT = w.word_set(
    "course clear evident apparent known knew knows better anyone anybody everyone everybody waiting matter miss easy just simply merely easily red sight signs wall bound surprise"
)
_BESIDE = w.word_set(
    "there hindsight retrospect of it that would was were been had forgot missed overlooked failed neglected ignored forgotten have all as ought should to plain staring accident incident flag flags writing"
)
_SAYS = "tells as plain what is plain now"
_HINT = "write what was visible at that time, and among what else"
_SURE = w.word_set(
    "marked defined documented stated labelled labeled communicated identified named written visible-in distinguish separate separated specified structured state define mark communicate document indicate indicates label explain explained understood owned outlined described assigned articulated"
)
_JUDGING = frozenset({"went-wrong", "factors", "causes", "lessons", "summary", "impact", ""})
_PRESENT_FORMS = w.word_set("will can may must shall")


_ANYBODY = w.word_set("anyone anybody everyone everybody")
_KNOWN = w.word_set("known noticed spotted guessed realised realized understood expected")
_SURENESS = w.word_set(
    "obvious obviously blatantly blatant plainly evidently clearly clear evident apparent unmistakable course simply just merely easily foreseeable predictable unsurprisingly predictably self-evident"
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
    for at in positions(clause, _ANYBODY):
        would = next(
            (index for index in range(at + 1, min(at + 8, len(words))) if words[index] == "would"), -1
        )
        if (
            would > 0
            and words[would + 1 : would + 2] == ("have",)
            and _KNOWN & set(words[would + 2 : would + 4])
        ):
            yield at, would + 2
    for at in positions(
        clause,
        _SURENESS,
    ):
        if _is_claim(clause, at, section):
            yield at - (words[at] == "course"), at


_SHOWING = w.word_set("show shows showed shown pointed points indicated indicates demonstrated revealed")
_CONTRAST = w.word_set("but while although though yet however nobody no-one")
_WRITINGS = w.word_set(
    "documentation docs doc manual readme guide changelog notes runbook page policy contract specification spec handbook faq guidelines instructions"
)
_SAYING = w.word_set(
    "say says said state states stated warn warns warned mention mentions mentioned explain explains explained tell tells told note notes noted recommend recommends recommended"
)


def _is_written(clause: Clause, at: int) -> bool:
    """Tell whether a text is said to have told it: `the documentation makes it very clear that`, `the manual clearly states`."""
    words = clause.words
    if words[at] == "clear":
        verb = next((index for index in range(at - 1, max(-1, at - 4), -1) if words[index] in _MAKING), -1)
        if (
            verb < 1
            or "not" in words[verb - 3 : verb]
            or words[verb + 1] != "it"
            or words[at + 1 : at + 2] != ("that",)
        ):
            return False
    else:
        verb = at
        if not _SAYING.issuperset(words[at + 1 : at + 2]):
            return False
    return not _WRITINGS.isdisjoint(words[max(0, verb - 12) : verb])


_AHEAD = w.word_set("will 'll can apologise apologize sorry hope")
_STARTS = (("start",), ("beginning",), ("outset",), ("first",), ("logs",), ("graphs",))
_MAKING = w.word_set("make makes made")


def _is_plain_text(clause: Clause, at: int) -> bool:
    """Tell whether it is a message that says plainly what it says: `the error log was quite obvious.`"""
    words = clause.words
    ends = at + 1 == len(words) or words[at + 1] in w.HARD_STOPS or words[at + 1 : at + 4] in _IN_LOG
    return ends and clause.meant(clause.subject(at)) in _MESSAGES and _CONTRAST.isdisjoint(words)


_IN_LOG = (("in", "the", "log"), ("in", "the", "logs"))
_MESSAGES = w.word_set(
    "log logs message messages error errors line lines output trace stacktrace backtrace traceback text"
)


_DENYING = w.word_set(
    "not no nothing never less non without anything something n't neither nor hardly any more most make made makes becomes became become"
)
_LOOKING_BACK = w.word_set("hindsight retrospect")
_THEN_THAT = tuple(("in", word, "that") for word in _LOOKING_BACK)
_SEEN_LATER = w.word_set("obvious clear evident apparent unmistakable obviously clearly plainly")
_HOW_OBVIOUS = (
    w.PAST_BE
    | w.DETERMINERS
    | w.word_set(
        "painfully quite pretty blindingly fairly so very been glaringly patently perfectly abundantly"
    )
)
_OBVIOUS_THINGS = w.word_set(
    "choice first candidate candidates place reason reasons cause to question next solution fix way error errors suspect answer"
)
_TOLD_AS_IT_WAS = POSITIVE | {"timeline", "resolution", "detection", "background"}
_VERDICTS = w.word_set(
    "should ought could needed not insufficient inadequate wrong a an did had was were never failed too showed shows pointed indicated visible"
)
_OMITTED = w.word_set("forgot forgotten missed overlooked failed neglected ignored")
_HOW_FORESEEABLE = w.PAST_BE | w.word_set("entirely completely totally easily perfectly")


def _is_claim(clause: Clause, at: int, section: str) -> bool:
    """Tell whether a word of `_SURENESS` claims that something was plain or easy then."""
    words = clause.words
    word = words[at]
    if word in ("clear", "clearly") and section not in FUTURE | POSITIVE and _is_written(clause, at):
        return True
    denied = not _DENYING.isdisjoint(words[max(0, at - 3) : at])
    # "What is clear in hindsight was not clear then" claims nothing, "it is clear in hindsight that …" does.
    is_claimed = words[at + 1 : at + 4] in _THEN_THAT
    looks_back = not _LOOKING_BACK.isdisjoint(words[:at]) or words[:2] == ("looking", "back")
    if word in _SEEN_LATER and (is_claimed or looks_back):
        return not denied and "now" not in words[max(0, at - 6) : at]
    previous, following = _neighbours(words, at)
    if word == "obviously":
        is_manner = previous in ("very", "so", "quite") and is_participle(following)
        return not denied and not is_manner and not _is_of_now(clause)
    if word == "course":
        is_told = section != "timeline" and _AHEAD.isdisjoint(words[at + 1 : at + 5])
        return previous == "of" and is_told and not _is_of_now(clause)
    if denied or (section in FUTURE and not (word == "obvious" and previous in w.PAST_BE)):
        return False
    return word in _CLAIMS and _CLAIMS[word](clause, at, section)


_NOW = w.word_set("is are 's 're 'm do does can cannot will 'll may has have need needs")
_THEN = w.PAST_BE | w.word_set("had did would could should might")


def _is_of_now(clause: Clause) -> bool:
    """Tell whether a sentence says how things are, nothing of what was: `of course there are other ways`."""
    return not clause.vocabulary.isdisjoint(_NOW) and clause.vocabulary.isdisjoint(_THEN)


def _neighbours(words: Sequence[str], at: int) -> tuple[str, str]:
    """Give the words before and behind one, empty where there is none."""
    return words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""


def _is_obvious(clause: Clause, at: int, section: str) -> bool:
    previous, following = _neighbours(clause.words, at)
    if clause.words[at] == "obvious" and _is_plain_text(clause, at):
        return False
    return previous in _HOW_OBVIOUS and following not in _OBVIOUS_THINGS


def _is_plainly(clause: Clause, at: int, section: str) -> bool:
    previous, following = _neighbours(clause.words, at)
    return previous in w.PAST_BE and following not in _SURE


def _is_clearly(clause: Clause, at: int, section: str) -> bool:
    words = clause.words
    previous, following = _neighbours(words, at)
    if following in _SHOWING and section not in POSITIVE and not _CONTRAST.isdisjoint(words):
        return True
    if section in _TOLD_AS_IT_WAS or following in _SURE:
        return False
    if following == "," and at == 0:
        return section in _JUDGING
    if not _PRESENT_FORMS.isdisjoint(words[max(0, at - 3) : at]) or previous == "to":
        return False
    act = following if following == "too" else _act(clause, at)
    if act == "visible" and section == "impact":
        return False
    is_verdict = act in _VERDICTS or (previous in w.PAST_BE and act.startswith(("under", "mis")))
    return is_verdict and section in _JUDGING


def _is_clear(clause: Clause, at: int, section: str) -> bool:
    words = clause.words
    previous, following = _neighbours(words, at)
    is_told = previous in ("was", "were", "been") and "it" in words[max(0, at - 3) : at]
    from_start = words[at + 1 : at + 3] == ("from", "the") and words[at + 3 : at + 4] in _STARTS
    return (
        is_told
        and section not in ("timeline", "resolution", "detection")
        and (following == "that" or from_start)
        and "became" not in words
        and "logs" not in words
    )


def _is_simply(clause: Clause, at: int, section: str) -> bool:
    _, following = _neighbours(clause.words, at)
    act = _act(clause, at)
    return act in _OMITTED and clause.subject(at).who in (Who.OWN, Who.NONE) and following == act


def _is_easily(clause: Clause, at: int, section: str) -> bool:
    words = clause.words
    around = words[max(0, at - 3) : at + 5]
    return (
        any(each in ("could", "would", "should") for each in around)
        and any(each in GOOD or each in _EASY for each in words[at : at + 4])
        and "have" in around
    )


_EASY = w.word_set(
    "avoided prevented seen known foreseen understood recognised recognized checked tested verified"
)


def _is_as_expected(clause: Clause, at: int, section: str) -> bool:
    """Tell `Predictably, the queue fell over` from a job that fails predictably."""
    previous, following = _neighbours(clause.words, at)
    opens = at == 0 or (following == "," and previous in w.HARD_STOPS | {",", "and", "but"})
    return section not in POSITIVE and opens


def _is_foreseeable(clause: Clause, at: int, section: str) -> bool:
    previous, following = _neighbours(clause.words, at)
    return previous in _HOW_FORESEEABLE and following != "future"


def _act(clause: Clause, at: int) -> str:
    """Give the word behind an adverb and all adverbs that follow it, empty where there is none."""
    verb = clause.skip_adverbs(at + 1)
    return clause.words[verb] if verb < len(clause.words) else ""


_CLAIMS: Mapping[str, Callable[[Clause, int, str], bool]] = {
    "obvious": _is_obvious,
    "blatantly": _is_obvious,
    "unmistakable": _is_obvious,
    "blatant": _is_obvious,
    "plainly": _is_plainly,
    "evidently": _is_plainly,
    "clearly": _is_clearly,
    "clear": _is_clear,
    "evident": _is_clear,
    "apparent": _is_clear,
    "simply": _is_simply,
    "just": _is_simply,
    "merely": _is_simply,
    "easily": _is_easily,
    "foreseeable": _is_foreseeable,
    "predictable": _is_foreseeable,
    "self-evident": _is_obvious,
    "unsurprisingly": _is_as_expected,
    "predictably": _is_as_expected,
}
"""What makes a claim of each word, where nothing around it denies it: given the clause, the place of the word in it, and the section."""


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
