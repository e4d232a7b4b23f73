"""`single-root-cause`: the claim that there was one cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause
from afterword.check.language.judging import found, positions
from afterword.check.language.narrative import Form
from afterword.check.language.terms import ALLSPAW, COOK, INFINITE_HOWS, PERROW
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

_WHOLLY = w.word_set("solely entirely exclusively")
TRIGGERS = frozenset({"cause", "root-cause", "rootcause", *_WHOLLY})
_CAUSES = TRIGGERS - _WHOLLY
_READ = frozenset(
    {
        "summary",
        "went-wrong",
        "factors",
        "causes",
        "lessons",
        "detection",
        "resolution",
        "background",
        "impact",
        "",
    }
)
_ONE = w.word_set("the our its this that a")
_ALONE = w.word_set("single sole only one actual real true ultimate main primary underlying")
_SINGULAR = w.word_set("was is were 's turned being turns lies lay")
_GLANCE = re.compile(
    r"(?:the|our|its|this|that)[^a-z].*cause.*(?:was|is|ain't|were|'s|turned|being|turns|lies|lay|to be|as)"
    r"|^[^a-z]*root.?cause (?:was|is|turned)|(?:was|is|be) the [a-z -]*cause|caused (?:solely|entirely|exclusively) by",
    re.DOTALL,
)
"""What stands in each sentence that claims one: an article, a cause, a verb. The mark `(root cause)` of a node has nothing behind it."""
_OPEN = w.word_set("unknown unclear not unidentified under being yet still pending undetermined never")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report sentences that say what the root cause, or the only cause, was; the heading and the mark `(root cause)` are no sentences."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS, wanted=_GLANCE):
        passage = sentence.passage
        if passage.section not in _READ or passage.form in (Form.HEADING, Form.TITLE):
            continue
        for first, last in _claims(clause):
            says = "claims a single cause"
            hint = "write it as one of the contributing factors: 'one of the things that had to come together was …'"
            yield found(RULE.id, sentence, clause, first, last, says, hint)


def _claims(clause: Clause) -> Iterator[tuple[int, int]]:
    words = clause.words
    for at in positions(clause, _WHOLLY):
        if (
            words[at - 1] == "caused"
            and words[at + 1 : at + 2] == ("by",)
            and "not" not in words[max(0, at - 4) : at]
        ):
            yield at - 1, at + 1
    for at in positions(clause, _CAUSES):
        begin = at - 1 if words[at] == "cause" and words[at - 1 : at] == ("root",) else at
        is_root = begin < at or words[at] != "cause"
        adjectives = []
        while begin > 0 and (
            words[begin - 1] in _ALONE or words[max(0, begin - 2) : begin] == ("one", "and")
        ):
            begin -= 1
            adjectives.append(words[begin])
        article = words[begin - 1] if begin else ""
        if (
            begin == 0
            and is_root
            and words[at + 1 : at + 2] in _CLAIMING
            and _OPEN.isdisjoint(words[at + 2 : at + 4])
        ):
            # "Root cause was a full disk."
            yield begin, at
            continue
        if (
            article not in _ONE
            or article == "a"
            or not (is_root or {"single", "sole", "only", "one"} & set(adjectives))
        ):
            continue
        if begin > 1 and _is_said(clause, begin - 2, at):
            yield begin - 1, at
            continue
        if begin > 1 and words[begin - 2] in (
            "no",
            "not",
            "of",
            "never",
            "without",
            "to",
            "for",
            "into",
            "find",
            "found",
            "identify",
            "identified",
            "know",
        ):
            continue
        verb = at + 1
        while (
            verb < len(words)
            and verb - at < 12
            and words[verb] not in _SINGULAR
            and words[verb] not in w.HARD_STOPS
            and words[verb] != ","
        ):
            verb += 1
        if (
            verb < len(words)
            and words[verb] in _SINGULAR
            and not any(word in _OPEN for word in words[verb + 1 : verb + 3])
        ):
            yield begin - 1, at


_CLAIMING = (("was",), ("is",), ("turned",))
_DETERMINED = w.word_set("determined identified found confirmed established traced")
_ENDS = w.HARD_STOPS | {"of", "for", "behind", "here", ","}
_DOUBTING = w.word_set(
    "believed suspected thought likely possibly probably not never may might could would can whether if what which why who how should no nor nobody until"
)


def _is_said(clause: Clause, before: int, cause: int) -> bool:
    """Tell `a full disk was the root cause` and `we determined the root cause to be a full disk`."""
    words = clause.words
    if words[before] in _DETERMINED:
        return words[cause + 1 : cause + 3] == ("to", "be") or words[cause + 1 : cause + 2] == ("as",)
    ends = cause + 1 == len(words) or words[cause + 1] in _ENDS
    return (
        words[before] in ("was", "is", "be")
        and ends
        and _DOUBTING.isdisjoint(words[:before])
        and "?" not in words
    )


RULE = Rule(
    id="single-root-cause",
    summary="the claim that an incident had the one root cause",
    why="""\
Systems with many defences fail when several things come together, each of them harmless alone. "The root cause was" names the last one that was found, and lets the others stay. The section may be
called "Root cause", and a node of the tree may be marked `(root cause)`: the branches beside it are still read.""",
    bad="""\
## Summary

The root cause was a connection leak in the nightly batch""",
    better="""\
## Summary

A connection leak in the nightly batch met a small pool and a runbook without a command to restart it""",
    sources=(COOK, ALLSPAW, INFINITE_HOWS, PERROW),
    check=check,
)
