"""Acts told as accidents, or as done unaware."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import main_verb, no_object
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, THINKING, is_participle

ACCIDENTAL = w._set(
    "accidentally mistakenly unintentionally inadvertently unwittingly unknowingly erroneously"
)


WRONGLY = w._set(
    "wrongly incorrectly falsely erroneously mistakenly naively naïvely prematurely improperly blindly foolishly hastily"
)


_SELF_EVENTS = w._set(
    "started stopped failed restarted expired ran crashed occurred happened caused continued began led resulted exposed introduced meant went broke became left"
)


_OF_UNAWARE = w._set(
    "aware unaware realising realizing thinking noticing knowing checking verifying careful cautious diligent thorough attentive"
)
_OF_ACCIDENTS = w._set("mistaken")
_OF_ACCIDENTS_2 = w._set("accidental inadvertent mistaken erroneous")


def accidental_acts(clause: Clause) -> Iterator[Failing]:
    """Find `was accidentally deleted`, `an engineer mistakenly pushed`, `we wrongly assumed`; what a script does inadvertently is none."""
    words = clause.words
    for at in positions(clause, ACCIDENTAL | WRONGLY):
        word = words[at]
        if is_imagined(clause, at):
            continue
        verb = clause.skip_adverbs(at + 1)
        act = words[verb] if verb < len(words) else ""
        hint = "write what made it possible, as 'the command accepted it without asking'"
        if (
            word in ACCIDENTAL
            and act.endswith("ing")
            and act not in ("being", "during", "nothing", "something")
        ):
            main = main_verb(clause, at)
            subject = clause.subject(main)
            is_done = any(
                is_participle(words[index]) and clause.is_passive(index) for index in range(main, at)
            )
            if subject.who is not Who.THING or is_done or words[at - 1 : at] == ("by",):
                yield at, verb, hint
        elif act.endswith("s") and word in ACCIDENTAL and clause.subject(at).who is Who.OWN and act.isalpha():
            yield clause.subject(at).first, verb, hint
        elif is_participle(act):
            passive = clause.is_passive(at) or (verb > 0 and clause.is_passive(verb))
            subject = clause.subject(min(at, verb))
            following = words[verb + 1] if verb + 1 < len(words) else ""
            headline = (
                subject.who is Who.THING
                and not passive
                and no_object((following,) if following else ())
                and act not in _SELF_EVENTS
            )
            if word in ACCIDENTAL:
                agent = clause.agent(verb)
                if agent is Who.THING or act in ("being",):
                    continue
                if (
                    (
                        passive
                        and act
                        not in _SELF_EVENTS
                        - {"started", "stopped", "left", "introduced", "exposed", "restarted"}
                    )
                    or headline
                    or subject.who in (Who.OWN, Who.NONE, Who.OUTSIDE)
                ):
                    if subject.who is Who.NONE and not passive and word == "erroneously":
                        continue
                    yield (subject.first if subject.who is Who.OWN else at), verb, hint
            if word in WRONGLY and act in THINKING:
                it = passive and words[max(0, at - 2) : at][:1] == ("it",)
                if (subject.who is Who.OWN and not passive) or it:
                    yield (
                        subject.first if not it else at - 2,
                        verb,
                        "write what was known at that time, and what nothing showed",
                    )
        elif word in ACCIDENTAL and (
            verb >= len(words)
            or act in w.HARD_STOPS
            or act in w.PREPOSITIONS
            or act == ","
            or act in w.CONJUNCTIONS
        ):
            for index in range(at - 1, -1, -1):
                if words[index] in w.HARD_STOPS:
                    break
                if is_participle(words[index]) and words[index] not in w.AUXILIARIES:
                    if clause.is_passive(index) or clause.subject(index).is_person:
                        yield at, at, hint
                    break


def accidents(clause: Clause) -> Iterator[Failing]:
    """Find `accidental deletion of`, done by somebody."""
    words = clause.words
    for at in positions(clause, _OF_ACCIDENTS_2):
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
    for at in positions(clause, _OF_ACCIDENTS):
        if words[at + 1 : at + 2] in (("belief",), ("assumption",), ("impression",), ("idea",)):
            yield at, at + 1, "write what was known at that time, and what nothing showed"


def unaware(clause: Clause) -> Iterator[Failing]:
    """Find `he was not fully aware`, `without realising`, `despite knowing`."""
    words = clause.words
    for at in positions(
        clause,
        _OF_UNAWARE,
    ):
        word = words[at]
        if is_imagined(clause, at):
            continue
        begin = clause.skip_adverbs(at - 1, -1)
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
