"""`counterfactual`: an imagined past as the explanation."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.abuse import is_abuse
from afterword.check.language.better_past import is_better
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.imagined import PREVENTED, PREVENTING, Imagined, imagined
from afterword.check.language.judging import POSITIVE, found
from afterword.check.language.terms import ALLSPAW, DEBRIEFING, DEKKER, SRE_BOOK
from afterword.check.language.verbs import GOOD, WORSE
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

TRIGGERS = w.word_set(
    "would could might may would've could've might've woulda coulda wouldn't couldn't wouldnt couldnt woud coud woudl coudl preventable avoidable wish only we'd i'd they'd it'd ideally opportunity opportunities"
)
_FAINT = w.word_set(
    "would could might may only ideally wouldn't couldn't we'd i'd they'd it'd wouldnt couldnt wish"
)
_BESIDE = w.word_set("have had has hav ahve of could've would've")
"""A modal verb alone speaks of the future; beside it stands `have`."""

_SAYS = "explains by a past that was not"
_ASK = "write what happened, and what stood in the way of the better course"
_ANYBODY = w.word_set("anyone anybody everyone everybody")
_POINTING = w.word_set("this it that which there these those")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report what would, could or might have been better, and what would not have happened; praise of what protected is left alone."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS, _FAINT, _BESIDE):
        section = sentence.passage.section
        if section in POSITIVE:
            continue
        told = -1
        for first, last, hint in _wishes(clause, section):
            if first > told:
                yield found(RULE.id, sentence, clause, first, last, _SAYS, hint)
                told = last


def _wishes(clause: Clause, section: str) -> Iterator[tuple[int, int, str]]:
    words = clause.words
    question = _question(clause)
    if question is not None:
        yield *question, _ASK
        return
    for index, word in enumerate(words):
        if word in ("preventable", "avoidable") and _is_claimed(clause, index):
            yield index, index, _ASK
        elif (
            word == "only"
            and index
            and words[index - 1] == "if"
            and any(each in ("had", "'d") for each in words[index : index + 8])
        ):
            yield index - 1, index, _ASK
        elif word in ("opportunity", "opportunities") and _is_missed(clause, index):
            yield index, index + 2, _ASK
        elif (
            word == "wish"
            and clause.subject(index).who is Who.OWN
            and any(each in ("had", "'d") for each in words[index : index + 5])
        ):
            yield index, index, _ASK
    for each in imagined(clause):
        # What "anyone would have seen", and what could "easily" have been, is a claim of `hindsight`.
        easily = "easily" in words[each.modal : each.at + 2]
        escaped = (
            not each.negative and each.word not in GOOD and not WORSE.isdisjoint(words[each.at : each.at + 4])
        )
        if is_abuse(clause, each):
            continue
        if easily or escaped or words[each.subject.last] in _ANYBODY:
            continue
        if is_better(clause, each, section):
            yield each.modal, each.at, _hint(clause, each)


def _is_missed(clause: Clause, index: int) -> bool:
    """Tell whether there was an `opportunity to catch` it, or a missed one."""
    words = clause.words
    ahead = words[max(0, index - 5) : index]
    is_past = "missed" in ahead[-1:] or ("there" in ahead and not w.PAST_BE.isdisjoint(ahead))
    return (
        is_past
        and words[index + 1 : index + 2] == ("to",)
        and PREVENTING.issuperset(words[index + 2 : index + 3])
        and not {"no", "not"} & set(ahead)
    )


def _is_claimed(clause: Clause, index: int) -> bool:
    words = clause.words
    if any(word in ("not", "no", "any") for word in words[max(0, index - 3) : index]):
        return False
    if clause.is_passive(index):
        return words[clause.skip_adverbs(index - 1, -1)] in w.PAST_BE | {"is", "'s"}
    return words[index + 1 : index + 2] in (
        ("incident",),
        ("outage",),
        ("mistake",),
        ("error",),
        ("failure",),
        ("issue",),
        ("problem",),
        ("accident",),
        ("downtime",),
        ("loss",),
    )


def _question(clause: Clause) -> tuple[int, int] | None:
    """Find `Could a test have caught this?`, with or without its `have`."""
    words = clause.words
    begin = next((index for index, word in enumerate(words[:3]) if word in ("could", "would", "might")), None)
    if (
        begin is None
        or "?" not in words
        or (begin > 0 and words[begin - 1] not in w.HARD_STOPS)
        or words[begin + 1] in w.OWN_PRONOUNS
    ):
        return None
    for index in range(begin + 2, len(words)):
        if words[index] in w.HARD_STOPS or (
            words[index] in w.AUXILIARIES and words[index] not in ("have", "been")
        ):
            return None
        if words[index] in GOOD or (
            words[index] == "made" and words[index + 1 : index + 2] in (("us",), ("it",))
        ):
            return begin, index
    return None


def _hint(clause: Clause, each: Imagined) -> str:
    subject = each.subject
    if (
        subject.who is Who.THING
        and subject.last < each.modal
        and clause.words[subject.last] not in _POINTING
        and each.word not in PREVENTED
        and not each.passive
    ):
        thing = clause.tokens.said(subject.first, subject.last)
        if (
            len(thing) <= 40
            and clause.words[subject.first] in ("a", "an", "better", "more")
            and not each.negative
        ):
            return f"write what was, as 'there was no {thing.partition(' ')[2]}', and make it an action"
    return _ASK


RULE = Rule(
    id="counterfactual",
    summary="what would have been, had something been different",
    why="""\
An imagined past cannot be examined: nobody knows what the alarm that was not there would have shown at three in the morning. It reads like an explanation, and takes the place of one:
why things were as they were. Say what was, and make what is missing an action. What protected you, below "What went well" or "Where we got lucky", may be said so, and so may
what would have been worse.""",
    bad="""\
## What went wrong

- An alert on queue depth would have caught this""",
    better="""\
## What went wrong

- Nothing alerts on queue depth""",
    sources=(DEKKER, ALLSPAW, DEBRIEFING, SRE_BOOK),
    check=check,
)
