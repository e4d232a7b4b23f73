"""Clauses about a past that was not: `would have caught`, `could have been avoided`, `had we known`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Subject, Who
from afterword.check.language.verbs import BETTER, GOOD, UNDONE, is_participle

PREVENTED = w.word_set("avoided prevented averted avoidable preventable")
_NOTICED = w.word_set(
    "noticed seen known found realised realized understood recognised recognized discovered caught identified acted reacted responded recovered rolled reverted escalated fixed started resolved "
    "restored failed stopped recycled helped"
)
_DETECTED = w.word_set("noticed seen found discovered caught identified spotted known")
_REPAIRED = w.word_set(
    "resolved fixed restored recovered reverted rolled spared stopped saved achieved simplified tested"
)
_SOFT = w.word_set(
    "led lead resulted given made meant got gotten provided left bought taken added brought served"
)
_GAVE = w.word_set("given made led lead provided bought")
_OPENED = w.word_set("allowed enabled exposed let given")
_HARM = w.word_set(
    "attacker attackers data loss lost outage outages downtime problems problem failure failures failed errors error delays delay damage corruption twice again deleted exposed leaked hit broken crashed stopped"
)
_INTRUDER = w.word_set("attacker attackers anyone someone anybody adversary user users customer customers")
_SOONER = w.word_set("sooner earlier faster quicker quickly shorter easier smoother immediate immediately us")
_MUCH = w.word_set("as this that more much a an far very so even significantly considerably")
_NO_HARM = w.word_set(
    "outage incident impact problem issue issues downtime failure need loss interruption disruption problems"
)
_BAD = w.word_set("severe bad long large widespread impactful visible noticeable serious painful big")
_STAYED = w.word_set("stayed remained kept survived continued worked succeeded recovered completed")
_HARDER = w.word_set("harder slower difficult impossible inconsistent unavailable unusable no any")
_TOLD_IN = frozenset({"impact", "resolution", "timeline", "background"})
_DEGREE = w.word_set("possible sufficient enough lower less fewer smaller")


@dataclass(frozen=True, slots=True)
class Imagined:
    """One `would have …`: the place of its modal verb and of the word that carries its meaning."""

    modal: int
    at: int
    word: str
    subject: Subject
    passive: bool
    negative: bool
    copular: bool
    condition: bool
    certain: bool
    """Whether the modal is `would`, not `could` or `might`."""


_UNPASSIVE = w.word_set("blocked told saved lowered stopped")
_VAGUE = w.word_set("great good ideal useful helpful nice less fewer lower")


def imagined(clause: Clause) -> Iterator[Imagined]:
    """Yield each modal verb with its `have` and what follows."""
    words = clause.words
    for modal, word in enumerate(words):
        if word not in ("would", "could", "might", "may", "'d", "should"):
            continue
        have = clause.skip_adverbs(modal + 1)
        if (
            have >= len(words)
            or words[have] not in ("have", "had")
            or (word in ("'d", "may", "should") and words[have] != "have")
        ):
            continue
        if word == "should" and "ideally" not in words:
            continue
        if word == "may" and PREVENTED.isdisjoint(words[have : have + 4]):
            continue
        verb = clause.skip_adverbs(have + 1)
        if verb >= len(words):
            continue
        negative = any(each in ("not", "never") for each in words[modal:verb])
        passive = copular = False
        if words[verb] in ("been", "be") and verb + 1 < len(words):
            after = clause.skip_adverbs(verb + 1)
            if after < len(words):
                passive = is_participle(words[after])
                copular = not passive
                while copular and after + 1 < len(words) and words[after] in _MUCH:
                    after += 1
                verb = after
        if not copular and not is_participle(words[verb]):
            continue
        yield Imagined(
            modal,
            verb,
            words[verb],
            clause.subject(modal),
            passive,
            negative,
            copular,
            has_condition(clause),
            word in ("would", "'d", "should"),
        )


def has_condition(clause: Clause) -> bool:
    """Tell whether a sentence states what was not: `if we had`, `had there been`, `with a test`."""
    words = clause.words
    if (
        words[0] in ("had", "with", "without")
        or "unless" in words
        or "without" in words
        or "ideally" in words
    ):
        return True
    if any(
        word == "if" and words[at + 1 : at + 2] not in (("any",), ("not",), ("so",))
        for at, word in enumerate(words)
    ):
        return True
    return any(_is_inversion(clause, at) for at in range(1, len(words)) if words[at] == "had")


def _is_inversion(clause: Clause, had: int) -> bool:
    """Tell `…, had it run` and `avoided had the test run` from `we had run`."""
    words = clause.words
    before = words[had - 1]
    return before in (",", "and", "but") or is_participle(before)


def is_unreal(clause: Clause) -> bool:
    """Tell whether the condition is of the past: `if we had tested`, `had the alert fired`."""
    words = clause.words
    if words[0] == "had" or "ideally" in words:
        return True
    for at, word in enumerate(words):
        if word == "if" and any(each in ("had", "'d") for each in words[at + 1 : at + 8]):
            return True
    return any(_is_inversion(clause, at) for at in range(1, len(words)) if words[at] == "had")


def is_better(clause: Clause, each: Imagined, section: str) -> bool:
    """Tell whether a clause wishes for another past; what would have been worse, or seen by customers, is no wish."""
    words = clause.words
    after = words[each.at + 1 : each.at + 8]
    impact = section == "impact"
    if each.subject.who is Who.OUTSIDE:
        spared = each.negative and each.word in ("affected", "impacted", "hit", "charged", "harmed")
        return each.condition and (each.word in PREVENTED or spared)
    if section == "actions" and words[each.subject.last] in ("that", "which"):
        # "Add a test that would have caught it" says what the action is to do.
        return False
    if each.copular:
        return _is_better_state(clause, each, after)
    if each.negative:
        undone = each.word in UNDONE or (each.passive and each.word in GOOD)
        return undone and (each.condition or each.word in ("happened", "occurred", "broken", "gone"))
    harmful = any(word in _HARM for word in after[:4])
    if each.word in _OPENED and (
        any(word in _INTRUDER for word in after) or (not each.certain and "us" not in after)
    ):
        return False
    if not each.certain and each.subject.who is Who.OWN and not each.condition:
        # Judged by `should-have`.
        return False
    if any(word in _SOONER for word in after) and not impact and (each.certain or not each.passive):
        return True
    if each.passive:
        unreal = is_unreal(clause) and not harmful and not impact and each.word not in _HARM | UNDONE
        return unreal or _is_better_passive(each)
    if each.word in GOOD:
        return not harmful or each.word not in _OPENED | {"told", "accelerated", "sped"}
    if is_unreal(clause) and not harmful and not impact and each.word not in _HARM:
        return True
    if each.word in _STAYED:
        return each.condition and not impact
    if each.word == "made" and each.certain and section not in _TOLD_IN:
        return not harmful and _HARDER.isdisjoint(after)
    if each.word in _SOFT:
        return each.condition and each.word in _GAVE and not harmful and not impact
    if each.word in _NOTICED:
        if each.subject.who is Who.OWN:
            return each.condition or (each.certain and not impact)
        return each.condition and not impact
    return (
        each.condition
        and each.subject.who is Who.OWN
        and not impact
        and not harmful
        and each.word not in UNDONE - {"taken", "needed"}
    )


def _is_better_state(clause: Clause, each: Imagined, after: tuple[str, ...]) -> bool:
    word = each.word
    if each.negative:
        return each.condition and word in _NO_HARM | _BAD | {"necessary", "needed", "affected"}
    if word == "no":
        return bool(after) and after[0] in _NO_HARM
    if not each.certain:
        return word in BETTER - _DEGREE - _VAGUE
    if word == "able":
        return each.subject.who is Who.OWN or (each.condition and each.subject.who is not Who.OUTSIDE)
    if word in _DEGREE:
        return each.condition or (
            after[:1] == ("to",)
            and len(after) > 1
            and after[1] in ("prevent", "avoid", "detect", "catch", "stop", "see", "notice")
        )
    return word in BETTER


def _is_better_passive(each: Imagined) -> bool:
    word = each.word
    if word in PREVENTED:
        return True
    if word in GOOD - _OPENED - _UNPASSIVE:
        return True
    if word in _REPAIRED:
        return each.condition
    return each.condition and not each.certain and word in _DETECTED
