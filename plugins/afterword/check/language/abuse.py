"""Attacks and worse outcomes that did not come: `had it been exploited`, `would have contained any attack`."""

from __future__ import annotations

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause
from afterword.check.language.imagined import PREVENTED, Imagined
from afterword.check.language.verbs import GOOD, is_participle

_ABUSED = w.word_set("exploited abused attacked misused hijacked weaponised weaponized")
_ATTACKERS = w.word_set(
    "attacker attackers adversary adversaries intruder intruders thief thieves criminal criminals hacker hackers"
)
_ANYBODY = w.word_set("someone somebody anyone anybody else other")
_TAKEN = w.word_set(
    "happened downloaded read stolen taken copied used accessed drained withdrawn sold published spread leaked retrieved distributed "
    "forged signed deleted altered modified encrypted exfiltrated"
)
_ATTACKS = w.word_set(
    "attack attacks abuse exploit exploits exploitation intrusion intrusions attempt attempts malware misuse"
)
_DENIALS = w.word_set("not never no nobody")


def is_abuse(clause: Clause, each: Imagined) -> bool:
    """Tell whether a clause imagines an attack or a worse outcome that did not come, or advises about all such, and so explains nothing."""
    return (
        _is_after_abuse(clause, each)
        or _is_of_any_attack(clause, each)
        or _is_asked(clause, each)
        or _is_advice(clause, each)
    )


def _is_after_abuse(clause: Clause, each: Imagined) -> bool:
    """Look for `had the flaw been exploited`, `if an attacker had known it`."""
    condition = _condition(clause, each)
    if not condition or not _DENIALS.isdisjoint(condition):
        return False
    if condition[-1] in _ABUSED and "been" in condition:
        return True
    if "been" in condition or each.word in GOOD | PREVENTED:
        return False
    head = condition[:4]
    if not w.OWN.isdisjoint(condition[:6]):
        return False  # anyone on the team
    return not _ATTACKERS.isdisjoint(head) or (not _ANYBODY.isdisjoint(head[:2]) and each.word in _TAKEN)


def _condition(clause: Clause, each: Imagined) -> tuple[str, ...]:
    """Give what stands behind `if` or `had`, up to a comma, an end or the imagined verb."""
    words = clause.words
    for at, word in enumerate(words):
        opens = word == "if" or (word == "had" and (at == 0 or at > each.at or words[at - 1] in w.HARD_STOPS))
        if not opens or each.modal <= at <= each.at:
            continue
        end = at + 1
        while end < len(words) and end != each.modal and words[end] != "," and words[end] not in w.HARD_STOPS:
            end += 1
        return words[at + 1 : end]
    return ()


def _is_of_any_attack(clause: Clause, each: Imagined) -> bool:
    """Look for `our sandbox would have contained any attack`; a remedy that was not there is another thing."""
    words = clause.words
    if words[each.subject.first] in ("a", "an", "another", "better", "more", "this", "that"):
        return False
    behind = words[each.at + 1 : each.at + 5]
    return behind[:1] in (("any",), ("such",)) and not _ATTACKS.isdisjoint(behind)


def _is_asked(clause: Clause, each: Imagined) -> bool:
    """Look for `what would have happened if`."""
    return (
        each.word == "happened"
        and not each.negative
        and clause.words[each.modal - 1 : each.modal] == ("what",)
    )


def _is_advice(clause: Clause, each: Imagined) -> bool:
    """Look for `keep what a more careful attempt would have saved`: nothing in it has happened."""
    words = clause.words
    first = each.subject.first
    if words[first : first + 2] not in (("a", "more"), ("a", "less")) or first == 0:
        return False
    ahead = words[:first]
    return ahead[-1] in ("that", "which", "what") and not any(
        is_participle(word) or word in w.PAST_BE or word in ("did", "had") for word in ahead
    )
