"""Acts told as accidents, or as done unaware."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import main_verb, no_object, opening
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, LUCK, THINKING, is_participle

ACCIDENTAL = w.word_set(
    "accidentally mistakenly unintentionally inadvertently unwittingly unknowingly erroneously"
)


WRONGLY = w.word_set(
    "wrongly incorrectly falsely erroneously mistakenly naively naïvely prematurely improperly blindly foolishly hastily"
)


_SELF_EVENTS = w.word_set(
    "started stopped failed restarted expired ran crashed occurred happened caused continued began led resulted exposed introduced meant went broke became left acted behaved served remained stayed worked fell grew"
)


AWARENESS = w.word_set(
    "aware unaware realising realizing thinking noticing knowing checking verifying careful cautious diligent thorough attentive"
)
MISTAKEN = w.word_set("mistaken")
ACCIDENTALS = w.word_set("accidental inadvertent mistaken erroneous")


def accidental_acts(clause: Clause) -> Iterator[Failing]:
    """Find `was accidentally deleted`, `an engineer mistakenly pushed`, `we wrongly assumed`; what a script does inadvertently is none."""
    words = clause.words
    for at in positions(clause, ACCIDENTAL | WRONGLY):
        if is_imagined(clause, at) or words[max(0, at - 1)] == "not":
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
                yield first, last, _POSSIBLE
                continue
        if (
            words[at] in WRONGLY
            and at
            and words[at - 1] in _SUPPOSED
            and clause.subject(at - 1).who is Who.OWN
        ):
            # "We assumed wrongly that …"
            yield opening(clause.subject(at - 1), at - 1), at, _KNOWN
            continue
        if words[at] in ACCIDENTAL and at == 0 and act == ",":
            # "Mistakenly, the pool was resized."
            later = [index for index in range(2, len(words)) if is_participle(words[index])][:2]
            if any(clause.is_passive(index) or clause.subject(index).is_person for index in later):
                yield at, at, _POSSIBLE
            continue
        if words[at] in WRONGLY and act == "," and words[at - 1 : at] == (",",) and at > 1:
            # "We assumed, wrongly, that …"
            if words[at - 2] in THINKING and clause.subject(at - 2).who is Who.OWN:
                yield opening(clause.subject(at - 2), at - 2), at, _KNOWN
            continue
        if (
            words[at] in WRONGLY
            and _ASSUMING & {act, words[max(0, at - 1)]}
            and not clause.vocabulary.isdisjoint(w.DOERS)
        ):
            yield min(at, verb), at if act not in _ASSUMING else verb, _KNOWN
            continue
        if words[at] in WRONGLY and act in THINKING:
            passive = late or clause.is_passive(at)
            is_note = at == 0 and act in _SUPPOSED
            if not passive and (is_note or clause.subject(at).who is Who.OWN):
                yield min(clause.subject(at).first, at), verb, _KNOWN
            elif passive and words[clause.subject(at).last] == "it":
                yield clause.subject(at).last, verb, _KNOWN
            elif passive and act in _HELD and clause.agent(verb) is not Who.THING:
                yield at, verb, _KNOWN


_POSSIBLE = "write what made it possible, as 'the command accepted it without asking'"
_ASSUMING = w.word_set("assuming believing thinking concluding presuming expecting supposing")
_SUPPOSED = w.word_set("assumed believed thought concluded presumed supposed expected interpreted understood")
_HELD = w.word_set("assumed believed thought presumed judged assessed diagnosed")
"""What people hold of things, and no program does."""
_KNOWN = "write what was known at that time, and what nothing showed"
_ARTICLES = w.word_set("a an the our their its his her my your another")
_BEGUN = _SELF_EVENTS - w.word_set("started stopped left introduced exposed restarted")
"""What happens to things by itself, even where it is said in the passive."""


def _accident(clause: Clause, at: int, verb: int, act: str, *, late: bool) -> int | None:
    """Give where an act told as an accident begins, None where a thing acts, or nothing is told."""
    words = clause.words
    if _is_postposed(clause, verb):
        return at if _acted_before(clause, at) else None
    subject = clause.subject(at)
    if act in LUCK or (act == "received" and subject.who is Who.OUTSIDE):
        return None
    if act.endswith("ing"):
        if at and words[at - 1] in w.BE | {"also", "now"}:
            # `was erroneously returning`: the gerund is the verb.
            return at if subject.who is not Who.THING and words[at - 1] != "being" else None
        if at and clause.phrase(at - 1).who is Who.OWN:
            return clause.phrase(at - 1).first
        doer = clause.phrase(at - 1, gerund=True)
        if at and doer.is_thing and words[max(0, doer.first - 1)] == "by":
            return None
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
        by_machine = act in _SORTED or (act in _FLOWS and clause.meant(subject) in _DATA)
        return at if act not in _BEGUN and (not by_machine or clause.agent(verb).is_own) else None
    if at and words[at - 1] in _ARTICLES and not no_object(words[verb + 1 : verb + 2]):
        # "An accidentally deleted table"
        return at if act not in _BEGUN | _SORTED | _FLOWS and words[at] != "erroneously" else None
    if subject.who in (Who.OWN, Who.OUTSIDE):
        return subject.first
    if subject.who is Who.NONE:
        return at if words[at] != "erroneously" else None
    is_headline = no_object(words[verb + 1 : verb + 2]) and act not in _SELF_EVENTS
    return at if is_headline else None


_SORTED = w.word_set(
    "marked flagged classified treated counted matched detected recognised recognized identified reported parsed interpreted delivered printed billed routed duplicated returned displayed shown considered rejected accepted"
)
"""What programs decide of data."""

_FLOWS = w.word_set("sent logged forwarded routed stored recorded cached included written passed transmitted")
_DATA = w.word_set(
    "key keys token tokens data request requests header headers value values field fields traffic packet packets record records row rows event events metric metrics log logs payload payloads "
    "password passwords address addresses cookie cookies id ids session sessions query queries response responses url urls parameter parameters"
)
"""What flows through programs: nobody need have sent it."""


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
    for at in positions(clause, ACCIDENTALS):
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
        yield at, act, _POSSIBLE
    for at in positions(clause, MISTAKEN):
        if words[at + 1 : at + 2] in (("belief",), ("assumption",), ("impression",), ("idea",)):
            yield at, at + 1, "write what was known at that time, and what nothing showed"


def unaware(clause: Clause) -> Iterator[Failing]:
    """Find `he was not fully aware`, `without realising`, `despite knowing`."""
    words = clause.words
    for at in positions(
        clause,
        AWARENESS,
    ):
        word = words[at]
        begin = clause.skip_adverbs(at - 1, -1)
        before = words[begin] if begin >= 0 else ""
        if before == "being" and begin > 0:
            begin -= 1
            before = words[begin]
        if is_imagined(clause, begin):
            continue
        hint = "write what was shown to them, and what was not"
        if word == "unaware":
            is_aside = before == "," or words[at - 1] == ","
            if is_aside and words[at + 1 : at + 2] in (("that",), ("of",)) and _is_done(clause, at):
                yield at, at + 1, hint
            continue
        if before == "without" and word in (
            "careful",
            "cautious",
            "diligent",
            "thorough",
            "attentive",
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


TRAITS = w.word_set(
    "overzealous over-zealous overconfident over-confident overeager over-eager overoptimistic over-optimistic overambitious over-ambitious hasty rash impatient inattentive complacent "
    "cavalier lax sloppy naive naïve lazy optimistic hurried confident eager trusting lenient quick"
)
_TOO = w.word_set("optimistic hurried confident eager trusting lenient quick")
"""Traits that blame only behind `too` or `overly`."""


def traits(clause: Clause) -> Iterator[Failing]:
    """Find `we were overzealous`, `the team was too confident`, `we were wrong to trust it`."""
    words = clause.words
    for at in positions(clause, WRONG):
        if words[at + 1 : at + 2] in _IN_WHAT and words[at - 1] in ("was", "were") and at > 1:
            subject = clause.subject(at - 1)
            if subject.who is Who.OWN:
                yield subject.first, at, "write what was known at that time, and what nothing showed"
    for at in positions(clause, TRAITS):
        begin = clause.skip_adverbs(at - 1, -1)
        between = words[begin + 1 : at]
        is_too = not _OVERLY.isdisjoint(between)
        if begin < 0 or words[begin] not in ("was", "were", "been") or "not" in words[begin - 1 : at]:
            continue
        subject = clause.subject(begin)
        is_ours = words[subject.first] in ("our", "my") and clause.meant(subject) in _PLANS
        if (is_too or words[at] not in _TOO) and (is_ours or subject.who is Who.OWN):
            yield subject.first, at, "write what was known at that time, and what pressed for it"


WRONG = w.word_set("wrong mistaken")
_IN_WHAT = (("to",), ("about",), ("in",))
_PLANS = w.word_set("approach plan plans planning strategy design estimate estimates timeline schedule")
_OVERLY = w.word_set("too overly")


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
