"""`should-have`: what somebody should have done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import verbs
from afterword.check.language import words as w
from afterword.check.language.better_past import CHECKS
from afterword.check.language.failed_acts import opening
from afterword.check.language.grammar import Clause, Subject, Who
from afterword.check.language.judging import WHAT_WAS, found, positions
from afterword.check.language.rewriting import left_undone, were
from afterword.check.language.terms import COOK, DEBRIEFING, DEKKER, PAGERDUTY
from afterword.check.language.verbs import HUMAN_ACTS, IRREGULAR, SYSTEM_ACTS, WORSE, is_participle
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

TRIGGERS = frozenset(
    [
        "should",
        "could",
        "ought",
        "needed",
        "shouldn't",
        "couldn't",
        "should've",
        "could've",
        "shouldn't've",
        "couldn't've",
        "shoulda",
        "coulda",
        "shouldnt",
        "couldnt",
        "shoud",
        "sould",
        "shold",
        "must",
        "supposed",
    ]
)
_RECEIVED = w.word_set(
    "received gotten got paged alerted notified told informed warned seen had experienced encountered noticed able told"
)
"""What a system should have done for people: its right behaviour, not theirs."""
_WELL = w.word_set("better more much best widely well")
_EARLIER = w.word_set("earlier sooner immediately faster once straight instantly promptly")
_HELD = w.word_set("lock locks lease leases connection connections memory handle handles semaphore")
_TOLD = w.word_set("told informed warned contacted consulted asked involved")
_TELLING = w.word_set("noticed seen paged alerted notified told informed warned")
"""What people do to others, said in the active voice."""

_HARMS = w.word_set(
    "lost broken gone caused suffered crashed failed run started had been seen led leaked happened occurred"
)
_ACCESS = w.word_set(
    "accessed exploited leaked read stolen exposed abused compromised lost affected impacted attacked exfiltrated seen obtained gained caused used related been"
)
_TRAITS = w.word_set(
    "aware careful attentive faster quicker clearer explicit proactive prepared diligent vigilant cautious thorough quick ready stricter suspicious more better involved on there present in able responsible consistent consulted"
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each `should have`, `could have`, `ought to have` and `needed to have` that judges people."""
    for sentence, clause in context.narrative(record).sentences(TRIGGERS, _FAINT, _BESIDE):
        section = sentence.passage.section
        for first, last in _unkept(clause):
            yield found(RULE.id, sentence, clause, first, last, _SAYS, WHAT_WAS)
        for modal, have in _modals(clause):
            short = _fell_short(clause, modal, have)
            if short >= 0:
                yield found(RULE.id, sentence, clause, short, have, _SAYS, WHAT_WAS)
                continue
            judged = _judged(clause, modal, have, section)
            if judged is not None:
                yield found(RULE.id, sentence, clause, judged[0], judged[1], _SAYS, judged[2])


_FAINT = w.word_set("should could ought needed shouldn't couldn't shouldnt couldnt must shoud sould shold")
_BESIDE = w.word_set("have had hav ahve of be")
"""A modal verb alone speaks of the future; beside it stands `have`."""

_SAYS = "judges by what is known now"


def _modals(clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield each modal verb with the `have` that belongs to it."""
    words = clause.words
    for index, word in enumerate(words):
        if word in ("should", "could"):
            at = clause.skip_adverbs(index + 1)
            # "Should we have …": the subject stands between.
            if at < len(words) and words[at] not in ("have", "had") and words[at] in w.OWN_PRONOUNS:
                at = clause.skip_adverbs(at + 1)
        elif word in ("ought", "needed", "supposed") and "to" in words[index + 1 : index + 3]:
            at = clause.skip_adverbs(words.index("to", index) + 1)
        else:
            continue
        if at < len(words) and words[at] in ("have", "had"):
            yield index, at


def _unkept(clause: Clause) -> Iterator[tuple[int, int]]:
    """Find what somebody `was supposed to check and did not`."""
    words = clause.words
    for at in positions(clause, frozenset({"supposed"})):
        if (
            words[at + 1 : at + 2] != ("to",)
            or words[at - 1] not in ("was", "were")
            or clause.subject(at).who is not Who.OWN
        ):
            continue
        if any(
            words[index] in ("and", "but") and words[index + 1 : index + 3] == ("did", "not")
            for index in range(at + 3, len(words))
        ):
            yield opening(clause.subject(at), at), at + 2


def _fell_short(clause: Clause, modal: int, have: int) -> int:
    """Give where `as careful as we should have been` begins behind a `not`, and `handled as well as it could have been`; -1 elsewhere."""
    words = clause.words
    if modal < 5 or words[modal - 2] != "as" or not _ENDS.issuperset(words[have + 1 : have + 2]):
        return -1
    begin = next((at for at in range(modal - 4, max(0, modal - 8), -1) if words[at] == "as"), -1)
    if begin < 1 or "not" not in words[max(0, begin - 4) : begin]:
        return -1
    if words[modal] == "could" and words[begin + 1] in _AMOUNTS:
        return -1  # "We did not lose as much as we could have"
    was_done = words[begin - 1] in HUMAN_ACTS and clause.is_passive(begin - 1)
    return begin if words[modal - 1] in w.OWN_PRONOUNS or was_done else -1


_AMOUNTS = w.word_set("much many long bad badly far")
_ENDS = w.HARD_STOPS | {"been", ","}


def _judged(clause: Clause, modal: int, have: int, section: str) -> tuple[int, int, str] | None:
    words = clause.words
    verb = clause.skip_adverbs(have + 1)
    if words[modal] == "should" and (verb >= len(words) or words[verb] in (",", ".", ";", "!", ")", "but")):
        # "What we did not see, and should have, is …"
        who = clause.subject(modal)
        is_short = words[modal - 1] in ("and", "but") or words[who.last] in w.OWN_PRONOUNS
        return (
            (modal, have, "say what was known and shown at that time")
            if modal and is_short and who.who is Who.OWN
            else None
        )
    if verb >= len(words) or not (is_participle(words[verb]) or words[verb] == "be"):
        return None
    if words[verb] == "gotten" or (words[verb] == "had" and words[verb + 1 : verb + 2] == ("to",)):
        return None
    if "easily" in words[max(0, modal - 1) : verb]:
        return None
    subject = clause.subject(modal)
    asks = have - modal > 1 and words[have - 1] in w.OWN_PRONOUNS
    if asks:
        subject = clause.phrase(have - 1)
    could = words[modal] == "could"
    if could and (
        section == "impact"
        or asks
        or _is_condition(clause, modal)
        or "but" in words[verb:]
        or any(word in WORSE for word in words[verb : verb + 4])
    ):
        return None
    if words[verb] in ("been", "be") and words[subject.last] == "there" and not could:
        after = words[verb + 1 : verb + 5]
        return (
            (modal, verb, "write what was missing")
            if after[:1] != ("no",) and not CHECKS.isdisjoint(after)
            else None
        )
    if words[verb] in ("been", "be"):
        return _been(clause, modal, verb, subject, could)
    acted = words[verb]
    nobody = words[subject.first] in ("nobody", "no-one", "noone", "none", "neither", "no")
    if could and (nobody or any(word in ("not", "never") for word in words[modal:verb])):
        # "We could not have known" takes people's side.
        return None
    if subject.who is Who.OWN:
        if could and acted in ("helped", "hoped", "wished"):
            return None
        if acted == "had" and words[subject.last] == "we":
            return subject.first, verb, "write what was missing"
        if acted in (_RECEIVED | (_HARMS if could else frozenset())) - _TELLING or (
            could and acted in _ACCESS
        ):
            return None
        if words[subject.last] in w.OUTSIDE:
            return None
        if could and "later" in words[verb : verb + 6]:
            return None
        return subject.first, verb, _active_hint(clause, verb)
    moves_on = acted == "waited" or (acted == "gone" and words[verb + 1 : verb + 2] in _THROUGH)
    if moves_on and not could and clause.meant(subject) in _WORK:
        return modal, verb, WHAT_WAS
    begins = modal <= 2 or words[modal - 1] in w.HARD_STOPS or words[modal - 1] == "-"
    alone = subject.who is Who.NONE and begins and not could
    if alone and acted in HUMAN_ACTS:
        return modal, verb, _active_hint(clause, verb)
    return None


def _been(
    clause: Clause, modal: int, been: int, subject: Subject, could: bool
) -> tuple[int, int, str] | None:
    words = clause.words
    after = clause.skip_adverbs(been + 1)
    while after + 1 < len(words) and words[after] in _WELL:
        after = clause.skip_adverbs(after + 1)
    if after >= len(words):
        return None
    word = words[after]
    if subject.who is Who.OWN and not could:
        if word in _RECEIVED and not _EARLIER.isdisjoint(words[after + 1 : after + 6]):
            return subject.first, after, "write when they were told, and what it waited for"
        if word in _TOLD - {"warned"} and "automatically" not in words and words[subject.last] in w.OWN:
            return subject.first, after, "write when they were told, and what it waited for"
        if (
            word in _TRAITS - {"able"}
            or word.endswith("ing")
            or (word in HUMAN_ACTS and word not in _RECEIVED)
        ):
            return subject.first, after, "say what was known and shown at that time"
        return None
    if subject.who is Who.OUTSIDE and word in _TOLD and not could and "automatically" not in words:
        return subject.first, after, "write when they were told, and what it waited for"
    agent = clause.agent(after)
    is_work = (
        agent is Who.OWN
        or (word in _MOVED and clause.meant(subject) in _WORK)
        or (word == "found" and clause.meant(subject) in _FLAWS)
    )
    if subject.who is Who.OUTSIDE or not is_participle(word) or not (is_work or word in HUMAN_ACTS):
        return None
    between = words[been + 1 : after]
    if (
        any(each in ("automatically", "immediately-available", "already") for each in between)
        or "automatically" in words[after : after + 4]
    ):
        return None
    if word == "released" and words[subject.last] in _HELD:
        return None
    if agent in (Who.THING, Who.OUTSIDE):
        return None
    if words[subject.last] in ("that", "which") and "still" in words[after:]:
        # "Flags that should have been removed are still there": what is there is told, nobody judged.
        return None
    if could:
        # Prevention that could have been is a `counterfactual`.
        if agent is not Who.OWN and word not in _HANDLING:
            return None
    elif word in SYSTEM_ACTS and not is_work:
        return None
    if (
        after + 1 < len(words)
        and word in ("set", "configured")
        and words[after + 1] in ("to", "as", "at", "with")
    ):
        return None
    start = subject.first if subject.who is not Who.NONE and modal - subject.first <= 5 else modal
    thing = (
        clause.tokens.said(subject.first, subject.last) if subject.who is Who.THING and start != modal else ""
    )
    if (
        thing
        and words[subject.last] not in ("which", "that", "this", "it")
        and "not" not in words[modal:been]
    ):
        form = were(clause, subject.first, clause.meant_at(subject))
        return modal, after, f"write what was, as '{thing} {form} not {word}', and what made that seem right"
    return modal, after, WHAT_WAS


_WORK = w.word_set(
    "change changes release releases patch patches migration migrations upgrade upgrades rollout deployment deploy maintenance ticket tickets incident incidents review"
)
"""What only people move on."""

_FLAWS = w.word_set(
    "bug bugs flaw flaws defect defects problem problems issue issues regression regressions mistake mistakes typo vulnerability vulnerabilities this"
)
"""What people look for, and find; a program finds files and keys."""

_MOVED = w.word_set("closed called cancelled canceled")
_HANDLING = w.word_set(
    "communicated handled coordinated managed planned prioritised prioritized documented done escalated tested reviewed organised organized prepared announced explained worded involved"
)


_THROUGH = (("through",), ("to",), ("out",), ("via",))


def _is_condition(clause: Clause, modal: int) -> bool:
    """Tell whether the sentence imagines a condition; then it is a `counterfactual`."""
    words = clause.words
    if any(words[index] == "if" or words[index] == "unless" for index in range(len(words))):
        return True
    return words[0] in ("had", "with", "without") and modal > 1


def _active_hint(clause: Clause, verb: int) -> str:
    """Turn `we should have tested the migration on a copy` into `the migration was not tested on a copy`."""
    words = clause.words
    done = words[verb]
    base = IRREGULAR.get(done)
    done = verbs.past(base) if base else done
    denied = any(word in ("not", "never") for word in words[max(0, verb - 3) : verb])
    undone = "" if denied or done in _ENABLING else left_undone(clause, verb, done)
    if undone:
        return f"write what was, as '{undone}', and what made that seem right"
    return WHAT_WAS


_ENABLING = w.word_set("let made had helped kept got gotten")
"""Behind these the object does what is not done: `let the team know`."""


RULE = Rule(
    id="should-have",
    summary="that somebody should have done, or could have done, something else",
    why="""\
"Should have" compares what people did with what is known today. It ends the search where it gets interesting: why did it seem right to skilled people at that time? What they saw,
and what they could not see, is what can be changed. A value that should have been another, or a machine that should have acted, is not meant: this states how it is to work.""",
    bad="""\
## What went wrong

- We should have tested the migration on a copy""",
    better="""\
## What went wrong

- The migration was not tested on a copy: none of that size existed""",
    sources=(DEKKER, COOK, DEBRIEFING, PAGERDUTY),
    check=check,
)
