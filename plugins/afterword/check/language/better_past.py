"""Which clauses about a past that was not wish for another one: `a test would have caught it` does, `it would have been worse` does not."""

from __future__ import annotations

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.imagined import (
    HIT,
    PREVENTED,
    PREVENTING,
    Imagined,
    is_denied,
    is_inferred,
    is_near_escape,
    is_unreal,
)
from afterword.check.language.verbs import BETTER, GOOD, UNDONE

_NOTICED = w.word_set(
    "noticed seen known found realised realized understood recognised recognized discovered caught identified acted reacted responded recovered rolled reverted escalated fixed started resolved "
    "restored failed stopped recycled helped"
)
_DETECTED = w.word_set("noticed seen found discovered caught identified spotted known")
_REPAIRED = w.word_set(
    "resolved solved fixed restored recovered reverted rolled spared stopped saved achieved simplified tested"
)
_SOFT = w.word_set(
    "led lead resulted given made meant got gotten provided left bought taken added brought served"
)
_GAVE = w.word_set("given made led lead provided bought")
_OPENED = w.word_set("allowed enabled exposed let given")
_HARM = w.word_set(
    "attacker attackers data loss lost outage outages downtime rendered caused wiped erased destroyed corrupted overwritten overwrote broke broken dropped problems problem failure failures failed errors error delays delay damage corruption twice again deleted exposed leaked hit crashed stopped"
)
_INTRUDER = w.word_set("attacker attackers anyone someone anybody adversary user users customer customers")
_SOONER = w.word_set("sooner earlier faster quicker quickly shorter easier smoother immediate immediately us")
_NO_HARM = w.word_set(
    "outage incident impact problem issue issues downtime failure need loss interruption disruption problems"
)
_BAD = w.word_set("severe bad long large widespread impactful visible noticeable serious painful big")
_STAYED = w.word_set(
    "coped managed held passed finished stayed remained kept survived continued worked succeeded recovered completed"
)
_HARDER = w.word_set("harder slower difficult impossible inconsistent unavailable unusable no any")
_TOLD_IN = frozenset({"impact", "resolution", "timeline", "background"})
_DEGREE = w.word_set("possible sufficient enough lower less fewer smaller")
_REACHED = HIT | w.word_set("logged recorded leaked sent")
_UNPASSIVE = w.word_set("blocked told saved lowered stopped")
_VAGUE = w.word_set("great good ideal useful helpful nice less fewer lower")
_NONE = w.word_set("no nothing none neither nobody no-one")
_SURE = w.word_set("clear certain sure believe think expect convinced")
_ANYWAY = w.word_set("anyway anyhow regardless nevertheless nonetheless")
_DOUBTS = w.word_set("whether unclear unlikely unsure doubt doubtful unknown uncertain")


def is_better(clause: Clause, each: Imagined, section: str) -> bool:
    """Tell whether a clause wishes for another past; what would have been worse, or seen by customers, is no wish."""
    words = clause.words
    after = words[each.at + 1 : each.at + 8]
    is_impact = section == "impact"
    if _is_no_wish(clause, each):
        return False
    if each.subject.who is Who.OUTSIDE:
        spared = each.negative and each.word in ("affected", "impacted", "hit", "charged", "harmed", "able")
        return each.condition and (each.word in PREVENTED or spared)
    if section == "actions" and words[each.subject.last] in ("that", "which"):
        # "Add a test that would have caught it" says what the action is to do.
        return False
    if "but" in words[each.at :] and "would" in words[words.index("but", each.at) :] and not each.condition:
        # "A restart would have been faster, but would have lost the queue."
        return False
    if each.copular:
        sooner = each.condition and not each.negative and not is_impact and not _SOONER.isdisjoint(after)
        return sooner or _is_better_state(clause, each, after) or _is_better_course(clause, each)
    quickly = each.word in _REPAIRED | {"completed", "done", "finished", "mitigated"} and after[:1] in _WITHIN
    is_plain_passive = each.passive and not each.negative
    if is_plain_passive and quickly and not is_impact and not _DURATIONS.isdisjoint(after[1:5]):
        return True
    return _is_better_undone(clause, each) if each.negative else _is_better_act(clause, each, section, after)


def _is_no_wish(clause: Clause, each: Imagined) -> bool:
    """Tell whether the words around say that it was so, that it is doubted, or that all would have been the same or worse."""
    words = clause.words
    if is_inferred(clause, each.modal) or (
        "later" in words[each.at : each.at + 6] and "than" in words[each.at :]
    ):
        return True
    ahead = words[max(0, each.modal - 10) : each.modal]
    is_doubted = "that" in ahead and "not" in ahead and not _SURE.isdisjoint(ahead)
    is_same = not _ANYWAY.isdisjoint(words[each.at :]) or "worse" in ahead or "worst" in ahead
    if is_same or is_doubted or not _DOUBTS.isdisjoint(ahead):
        return True
    if is_near_escape(clause) and each.word not in GOOD | PREVENTED:
        return True
    first, last = each.subject.first, each.subject.last
    if words[first - 1 : first] == ("of",):
        first = max(0, first - 2)
    if words[first] in _NONE and each.word in GOOD | PREVENTED | _REPAIRED | _DETECTED | {"possible"}:
        # "Nothing could have prevented it" denies a better past, "none of it would have been possible" thanks for this one.
        return True
    return words[last] in ("that", "which") and not _NONE.isdisjoint(words[max(0, last - 7) : last])


def _is_better_undone(clause: Clause, each: Imagined) -> bool:
    """Judge what would not have been done, or not have happened."""
    is_act = each.word not in GOOD | PREVENTED | _NOTICED | _HARM | _STAYED | _REPAIRED
    if is_act and not each.passive and is_unreal(clause) and not is_denied(clause):
        return True
    undone = each.word in HIT or (each.passive and each.word in GOOD)
    return undone and (each.condition or each.word in ("happened", "occurred", "broken", "gone"))


def _is_better_act(clause: Clause, each: Imagined, section: str, after: tuple[str, ...]) -> bool:
    """Judge what would have been done, or have happened; `after` are the words that follow."""
    words, is_impact = clause.words, section == "impact"
    harmful = any(word in _HARM for word in after[:4])
    if each.word in _OPENED and (
        any(word in _INTRUDER for word in after) or (not each.certain and "us" not in after)
    ):
        return False
    if not each.certain and each.subject.who is Who.OWN and not each.condition:
        # Judged by `should-have`.
        return False
    if _is_shorter(clause, each, after, is_impact=is_impact):
        return True
    if each.passive:
        unreal = (
            is_unreal(clause) and not harmful and not is_impact and each.word not in _HARM | UNDONE | _REACHED
        )
        return unreal or _is_better_passive(each) or (each.word in _REFUSED and after[:2] in _BY_REMEDY)
    if each.word in GOOD:
        return not harmful or each.word not in _OPENED | {"told", "accelerated", "sped"}
    if each.word in _STAYED:
        subject = words[each.subject.first]
        is_remedy = subject in _REMEDIES or subject.endswith("ing")
        return (
            (is_remedy or each.condition)
            and not is_impact
            and (each.certain or each.subject.who is Who.OWN or is_unreal(clause))
        )
    is_harmless = not harmful and not is_impact
    if is_unreal(clause) and is_harmless and each.word not in _HARM and not is_denied(clause):
        return True
    if each.word == "done" and each.certain and after[:1] in (("better",), ("well",)):
        return each.subject.who is Who.OWN
    if each.word == "taken" and after[:1] in _LITTLE and not PREVENTING.isdisjoint(after):
        return each.certain and _DURATIONS.isdisjoint(after[:3])
    if each.word == "made" and each.certain and section not in _TOLD_IN:
        return not harmful and _HARDER.isdisjoint(after)
    if each.word in ("meant", "resulted", "led", "left") and each.certain and not _LESS.isdisjoint(after[:4]):
        return True
    if each.word in _SOFT:
        return each.condition and each.word in _GAVE and is_harmless
    if each.word in _NOTICED:
        is_own = each.subject.who is Who.OWN
        return (each.condition and (is_own or not is_impact)) or (is_own and each.certain and not is_impact)
    is_own_act = each.condition and each.subject.who is Who.OWN
    return is_own_act and is_harmless and each.word not in UNDONE - {"taken", "needed"}


def _is_shorter(clause: Clause, each: Imagined, after: tuple[str, ...], *, is_impact: bool) -> bool:
    """Tell whether a remedy would have refused it, or whether it would have been over sooner."""
    words = clause.words
    if each.word in _REFUSED and not each.passive and words[each.subject.first] in _REMEDIES:
        return True
    is_quick = each.word == "taken" and each.certain and each.condition and not is_impact
    if is_quick and not _SHORT.isdisjoint(after):
        return True
    if each.word in _CUT and not _SPANS.isdisjoint(after):
        return True
    is_weighed = not each.certain and not each.condition and "but" in words[each.at :]
    is_sooner = not _SOONER.isdisjoint(after) and not is_impact and not is_weighed
    return is_sooner and (each.certain or not each.passive)


_SLIGHT = w.word_set(
    "minor small short minute minutes second seconds hour non-issue non-event blip trivial quick simple easy shorter smaller brief"
)
_FINE = w.word_set(
    "short small fast fine ok okay harmless unaffected safe available intact trivial minor visible alerted aware quick early prepared"
)


def _is_better_state(clause: Clause, each: Imagined, after: tuple[str, ...]) -> bool:
    word = each.word
    if each.negative:
        return each.condition and word in _NO_HARM | _BAD | {"necessary", "needed", "affected"}
    if word == "no":
        return bool(after) and after[0] in _NO_HARM
    if word in ("helpful", "useful") and after[:1] in (("to",), ("if",)):
        return True
    if not each.certain and is_unreal(clause) and not is_denied(clause):
        return word in BETTER - _VAGUE
    if not each.certain:
        return word in BETTER - _DEGREE - _VAGUE
    if word == "able":
        return each.subject.who is Who.OWN or (each.condition and each.subject.who is not Who.OUTSIDE)
    if (
        clause.words[each.at - 1] in ("a", "an", "just")
        and is_unreal(clause)
        and not is_denied(clause)
        and not _SLIGHT.isdisjoint((word, *after[:3]))
    ):
        return True
    ends = not after or after[0] in w.HARD_STOPS | w.PREPOSITIONS | w.CONJUNCTIONS | {",", "sooner"}
    if (word in _FINE or (word == "over" and ends)) and is_unreal(clause) and not is_denied(clause):
        return True
    if word in _DEGREE:
        return (
            each.condition
            or after[:2] in _WITH_REMEDY
            or (
                after[:1] == ("to",)
                and len(after) > 1
                and after[1] in ("prevent", "avoid", "detect", "catch", "stop", "see", "notice")
            )
        )
    return word in BETTER


_LITTLE = (("one",), ("only",), ("just",), ("little",))
"""What begins the name of a small thing that `it would have taken`."""

_REMEDIES = w.word_set("a an another better proper stricter good more additional earlier automated automatic")
"""What begins the name of something that was not there."""

_SHORT = w.word_set("seconds minutes moments less only")
_CUT = w.word_set("cut halved shrunk reduced")
_SPANS = w.word_set("time times duration outage downtime detection recovery delay impact hours minutes")
_REFUSED = w.word_set("blocked rejected refused denied")
_BY_REMEDY = tuple(("by", word) for word in _REMEDIES)
_WITH_REMEDY = tuple(("with", word) for word in _REMEDIES)
_LESS = w.word_set("less fewer shorter smaller quicker faster earlier sooner better")
_WITHIN = (("in",), ("within",))
_DURATIONS = w.word_set("second seconds minute minutes hour hours day days time moments half")
_BEST = w.word_set("best better right correct proper ideal safer safest easier easiest simplest wiser")
_COURSES = w.word_set(
    "approach option way course thing decision choice fix move solution response action step plan strategy practice bet"
)
CHECKS = w.word_set(
    "check checks test tests alert alerts alarm alarms review reviews warning warnings monitoring validation documentation safeguard safeguards communication verification testing logging "
    "runbook process procedure reviewer coordination guardrail guardrails notification notifications discussion step steps"
)


def _is_better_course(clause: Clause, each: Imagined) -> bool:
    """Tell `the best approach would have been to revert`, and `there could have been a test`."""
    words = clause.words
    head = words[each.subject.last]
    if head == "there":
        end = next(
            (at for at in range(each.at, len(words)) if clause.ends_phrase(words[at]) and words[at] != "no"),
            len(words),
        )
        return (
            not each.negative
            and words[each.at] != "no"
            and not CHECKS.isdisjoint(words[each.at : min(end, each.at + 5)])
        )
    near = range(max(1, each.modal - 6), each.modal)
    return not each.negative and any(words[at] in _COURSES and words[at - 1] in _BEST for at in near)


def _is_better_passive(each: Imagined) -> bool:
    word = each.word
    if word in PREVENTED:
        return True
    if word in GOOD - _OPENED - _UNPASSIVE:
        return True
    if word in _REPAIRED:
        return each.condition
    return each.condition and not each.certain and word in _DETECTED
