"""`person-in-cause`: a cause whose subject is somebody."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import found, positions
from afterword.check.language.narrative import Form, Sentence, words_of
from afterword.check.language.terms import ALLSPAW, COOK, DEKKER, INFINITE_HOWS
from afterword.check.language.verbs import FAILING, is_participle
from afterword.check.names.blamed import is_adverb
from afterword.check.names.runs import Known, known
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

_HINT = "write what allowed it, as a property of the system: 'the command accepts any flag', 'nothing asks before it deletes'"
LONGEST_SUBJECT = 60
"""Characters within which a sentence has named its subject."""

TRIGGERS = w.OWN | w.OWN_PRONOUNS | frozenset(w.ONLY_BEHIND)
_CAUSES = frozenset({"factors", "causes"})
_WE = w.word_set(
    "we team teams organisation organization management leadership staff everyone everybody nobody no-one engineering ops operations devops squad"
)
"""Subjects that stand for the organisation: what it decided is a property of the system, what it failed to do is not."""

_PRESENT = w.word_set(
    "deletes runs pastes deploys merges ignores forgets skips types clicks pushes assumes enters copies reboots approves confirms selects chooses unplugs overwrites"
)
_STATES = w.word_set(
    "had has have lacked lacks needed needs owned owns shared shares depended depends relied was were is are worked works used could can may might must knew noticed saw found reported detected told heard learned"
)
"""Verbs of what somebody has, lacks or is: properties of the system that they work in."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report the nodes, factors and answers that begin with somebody who did, or did not do, something."""
    narrative = context.narrative(record)
    for index, passage in enumerate(narrative.passages):
        if passage.section not in _CAUSES or passage.form not in (Form.ITEM, Form.CELL):
            continue
        for start, end in narrative.bounds(index):
            beginning = passage.text[start : min(end, start + LONGEST_SUBJECT)]
            begins = words_of(beginning)
            if (
                TRIGGERS.isdisjoint(begins)
                and narrative.names.isdisjoint(begins)
                and not _may_begin_with_name(beginning)
            ):
                continue
            clause = narrative.clause(index, start, end)
            acted = _act(clause)
            if acted is not None:
                yield found(
                    RULE.id, Sentence(passage, start, end), clause, *acted, "names somebody as a cause", _HINT
                )


def _act(clause: Clause) -> tuple[int, int] | None:
    """Give where it is told what somebody did, first as its subject, then behind `by`."""
    return None if "?" in clause.words else _did(clause) or _done_by(clause)


def _did(clause: Clause) -> tuple[int, int] | None:
    words = clause.words
    start = 1 if words[0] == "because" else 0
    name = _name(clause, start)
    head = _role(clause, start) if name is None else name
    if head is None:
        return None
    many = any(word in _WE for word in words[start : head + 1])
    while head + 2 < len(words) and words[head + 1] in ("on", "of", "in", "from", "at"):
        head += 2 + (words[head + 2] in w.DETERMINERS)
        if head + 1 < len(words) and words[head + 1] in w.OWN:
            head += 1
    if head >= len(words) or (
        name is None
        and not clause.phrase(head).is_person
        and words[head] not in w.OWN_PRONOUNS
        and clause.subject(min(head + 1, len(words) - 1)).who != "own"
    ):
        return None
    verb = head + 1
    while verb < len(words) and is_adverb(words[verb]):
        verb += 1
    if verb >= len(words):
        return None
    word = words[verb]
    if word == "did" and words[verb + 1 : verb + 2] == ("not",):
        act = clause.skip_adverbs(verb + 1)
        if act < len(words) and words[act] not in ("have", "know", "need", "own", "exist", "receive", "get"):
            return start, act
        return None
    if word == "has" and not many:
        # "An administrator has removed the user": what somebody has been or become is another thing.
        done = clause.skip_adverbs(verb + 1)
        is_act = done < len(words) and is_participle(words[done]) and words[done] not in _STATES | _BECOME
        return (start, done) if is_act and words[done - 1] not in ("not", "never") else None
    if word in _STATES or word in w.AUXILIARIES:
        return None
    if word in FAILING or word in ("failed", "missed", "ignored", "neglected", "skipped", "bypassed"):
        return start, verb
    if not many and (is_participle(word) or word in _PRESENT):
        return start, verb
    return None


_BECOME = w.word_set("been become left joined got gotten")
_HELD = _STATES | w.word_set(
    "written read run held kept covered seen known required done given designed built developed planned sized reviewed caused"
)
"""What is done by somebody at any time."""


def _done_by(clause: Clause) -> tuple[int, int] | None:
    """Give where a cause says what was done by somebody: `Wrong flag pasted by the on-call engineer`."""
    words = clause.words
    for by in positions(clause, frozenset({"by"})):
        if not by or not is_participle(words[by - 1]) or words[by - 1] in _HELD:
            continue
        verb = clause.skip_adverbs(by - 2, -1)
        last = next((at for at in range(by + 1, min(by + 7, len(words))) if clause.noun(at) is Who.OWN), -1)
        while 0 < last < len(words) - 1 and words[last + 1] in w.OWN:
            last += 1
        if last < 0 or clause.agent(by - 1) is not Who.OWN or words[max(0, verb)] in _AT_ANY_TIME:
            continue
        following = words[last + 1 : last + 2]
        has_verb = not clause.is_passive(by - 1) and not _VERBS.isdisjoint(words[: by - 1])
        if has_verb or (following and following[0] not in _ENDS):
            # "Tickets opened by engineers are not seen": the verb is another.
            continue
        undone = "not" in words[max(0, by - 4) : by]
        if undone or _WE.isdisjoint(words[by + 1 : last + 1]):
            return by - 1, last
    return None


_ENDS = (w.HARD_STOPS | w.PREPOSITIONS | w.CONJUNCTIONS) - {"for"}
_VERBS = w.AUXILIARIES - {"not", "never"}
_AT_ANY_TIME = w.word_set("is are be can must may")


def _may_begin_with_name(text: str) -> bool:
    """Tell whether a given name stands where a clause names its subject, behind `Because`, too."""
    return any(known(word) not in (Known.NEVER, Known.UNLISTED) for word in text.split(None, 2)[:2])


def _name(clause: Clause, start: int) -> int | None:
    """Give the last word of the name of somebody that stands at `start`, None where none does."""
    if start >= len(clause.words) or clause.words[start] in TRIGGERS or not clause.tokens.is_capital(start):
        return None
    last = start
    # A surname may be any word.
    while last + 1 < len(clause.words) and clause.tokens.is_capital(last + 1):
        last += 1
    is_somebody = any(clause.phrase(each).who is Who.OWN for each in {start, last})
    return last if is_somebody else None


def _role(clause: Clause, start: int) -> int | None:
    """Give the last word of the role, team or pronoun that the clause begins with, None where it begins with something else."""
    words = clause.words
    # An answer may follow its question in one paragraph.
    head = start
    while head < len(words) and words[head] not in TRIGGERS and not clause.means(words[head]):
        if (
            words[head] in w.PREPOSITIONS
            or words[head] in w.AUXILIARIES
            or words[head] in w.HARD_STOPS
            or words[head] == ","
            or head - start > 5
        ):
            return None
        head += 1
    # "the release team lead": the noun nearest to the verb is the subject.
    while head + 1 < len(words) and (words[head + 1] in TRIGGERS or words[head + 1] in w.OWN):
        head += 1
    return head if head < len(words) else None


RULE = Rule(
    id="person-in-cause",
    summary="a node, factor or answer that says what somebody did or did not do",
    why="""\
"The engineer pasted the wrong flag" cannot be mended: the next engineer is another one. What can be mended is what the person met: a command that takes any flag, an alert that looks like forty
others, a shift without a second pair of eyes. What people had, lacked or had not been shown is such a property, and may be said.""",
    bad="""\
## Root cause analysis

Method: causal tree

- API down
  - Engineer pasted the wrong flag""",
    better="""\
## Root cause analysis

Method: causal tree

- API down
  - The console takes a flag for all regions and asks nothing""",
    sources=(ALLSPAW, DEKKER, COOK, INFINITE_HOWS),
    check=check,
)
