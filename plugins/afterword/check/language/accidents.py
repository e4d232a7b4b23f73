"""Acts told as accidents, or as done unaware."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import main_verb, no_object
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, THINKING, is_participle

ACCIDENTAL = w.word_set(
    "accidentally mistakenly unintentionally inadvertently unwittingly unknowingly erroneously"
)


WRONGLY = w.word_set(
    "wrongly incorrectly falsely erroneously mistakenly naively naïvely prematurely improperly blindly foolishly hastily"
)


_SELF_EVENTS = w.word_set(
    "started stopped failed restarted expired ran crashed occurred happened caused continued began led resulted exposed introduced meant went broke became left"
)


_AWARENESS = w.word_set(
    "aware unaware realising realizing thinking noticing knowing checking verifying careful cautious diligent thorough attentive"
)
_MISTAKEN = w.word_set("mistaken")
_ACCIDENTALS = w.word_set("accidental inadvertent mistaken erroneous")


def accidental_acts(clause: Clause) -> Iterator[Failing]:
    """Find `was accidentally deleted`, `an engineer mistakenly pushed`, `we wrongly assumed`; what a script does inadvertently is none."""
    words = clause.words
    for at in positions(clause, ACCIDENTAL | WRONGLY):
        if is_imagined(clause, at):
            continue
        verb = clause.skip_adverbs(at + 1)
        # "had mistakenly been copied"
        late = verb + 1 < len(words) and words[verb] in ("been", "being", "got")
        if late:
            verb = clause.skip_adverbs(verb + 1)
        act = words[verb] if verb < len(words) else ""
        if words[at] in ACCIDENTAL:
            first = _accident(clause, at, verb, act, late=late)
            if first is not None:
                last = at if first == at and (verb <= at or _is_postposed(clause, verb)) else verb
                yield first, last, "write what made it possible, as 'the command accepted it without asking'"
                continue
        if words[at] in WRONGLY and act in THINKING:
            passive = late or clause.is_passive(at)
            is_note = at == 0 and act in _SUPPOSED
            if not passive and (is_note or clause.subject(at).who is Who.OWN):
                yield min(clause.subject(at).first, at), verb, _KNOWN
            elif passive and clause.subject(at).last >= 0 and words[clause.subject(at).last] == "it":
                yield clause.subject(at).last, verb, _KNOWN


_SUPPOSED = w.word_set("assumed believed thought concluded presumed supposed expected interpreted understood")
_KNOWN = "write what was known at that time, and what nothing showed"
_BEGUN = _SELF_EVENTS - w.word_set("started stopped left introduced exposed restarted")
"""What happens to things by itself, even where it is said in the passive."""


def _accident(clause: Clause, at: int, verb: int, act: str, *, late: bool) -> int | None:
    """Give where an act told as an accident begins, None where a thing acts, or nothing is told."""
    words = clause.words
    if _is_postposed(clause, verb):
        return at if _acted_before(clause, at) else None
    subject = clause.subject(at)
    if act.endswith("ing"):
        main = main_verb(clause, at)
        is_done = any(is_participle(words[index]) and clause.is_passive(index) for index in range(main, at))
        return (
            at
            if clause.subject(main).who is not Who.THING or is_done or words[at - 1 : at] == ("by",)
            else None
        )
    if not is_participle(act):
        return subject.first if act.isalpha() and act.endswith("s") and subject.who is Who.OWN else None
    if clause.agent(verb) is Who.THING:
        return None
    if late or clause.is_passive(at) or clause.is_passive(verb):
        return at if act not in _BEGUN else None
    if subject.who in (Who.OWN, Who.OUTSIDE):
        return subject.first
    if subject.who is Who.NONE:
        return at if words[at] != "erroneously" else None
    is_headline = no_object(words[verb + 1 : verb + 2]) and act not in _SELF_EVENTS
    return at if is_headline else None


def _is_postposed(clause: Clause, verb: int) -> bool:
    """Tell whether an adverb stands behind its verb: nothing follows that it could belong to."""
    words = clause.words
    return verb >= len(words) or words[verb] in w.HARD_STOPS | w.PREPOSITIONS | w.CONJUNCTIONS | {","}


def _acted_before(clause: Clause, at: int) -> bool:
    words = clause.words
    for index in range(at - 1, -1, -1):
        if words[index] in w.HARD_STOPS:
            break
        if is_participle(words[index]) and words[index] not in w.AUXILIARIES:
            return clause.is_passive(index) or clause.subject(index).is_person
    return False


def accidents(clause: Clause) -> Iterator[Failing]:
    """Find `accidental deletion of`, done by somebody."""
    words = clause.words
    for at in positions(clause, _ACCIDENTALS):
        act = at + 1
        while (
            act < len(words)
            and act - at <= 3
            and words[act] not in ACCIDENTS
            and words[act] not in w.PREPOSITIONS
            and words[act].isalpha()
        ):
            act += 1
        if act >= len(words) or words[act] not in ACCIDENTS or is_imagined(clause, at):
            continue
        if words[at] == "erroneous" and act - at > 1:
            continue
        yield at, act, "write what made it possible, as 'the command accepted it without asking'"
    for at in positions(clause, _MISTAKEN):
        if words[at + 1 : at + 2] in (("belief",), ("assumption",), ("impression",), ("idea",)):
            yield at, at + 1, "write what was known at that time, and what nothing showed"


def unaware(clause: Clause) -> Iterator[Failing]:
    """Find `he was not fully aware`, `without realising`, `despite knowing`."""
    words = clause.words
    for at in positions(
        clause,
        _AWARENESS,
    ):
        word = words[at]
        begin = clause.skip_adverbs(at - 1, -1)
        if is_imagined(clause, begin):
            continue
        before = words[begin] if begin >= 0 else ""
        if before == "being" and begin > 0:
            begin -= 1
            before = words[begin]
        hint = "write what was shown to them, and what was not"
        if before == "without" and word in (
            "aware",
            "realising",
            "realizing",
            "thinking",
            "noticing",
            "knowing",
        ):
            if _is_done(clause, begin):
                yield begin, at, hint
        elif before == "despite" and word in ("aware", "knowing"):
            main = main_verb(clause, begin)
            if clause.subject(main).who in (Who.OWN, Who.NONE):
                yield begin, at, hint
        elif word in (
            "aware",
            "careful",
            "cautious",
            "diligent",
            "thorough",
            "attentive",
        ) and before in w.BE | {"enough", "been"}:
            if not any(each == "not" for each in words[max(0, begin - 1) : at + 1]):
                continue
            qualified = any(
                each in ("fully", "properly", "sufficiently", "completely", "enough", "entirely", "really")
                for each in words[begin : at + 2]
            )
            if (word != "aware" or qualified) and clause.subject(begin).who is Who.OWN:
                yield clause.subject(begin).first, at, hint


def _is_done(clause: Clause, without: int) -> bool:
    """Tell whether people did what is done `without`: they are its subject, or it was done."""
    words = clause.words
    around = range(without) if without > 1 else range(without, len(words))
    verbs = [index for index in around if words[index] in w.AUXILIARIES or is_participle(words[index])]
    if not verbs:
        return False
    return clause.subject(verbs[0]).is_person or any(
        clause.is_passive(index) for index in verbs if is_participle(words[index])
    )
