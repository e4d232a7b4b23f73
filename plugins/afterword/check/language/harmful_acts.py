"""Acts told as somebody's: `broke production`, `skipped the review`, and the advice that they `should be more careful`, or `pay more attention`."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.names.blamed import PROCEDURES, SAFEGUARDS

BROKE = w.word_set("broke")
SKIPPED = w.word_set("skipped bypassed")
CAREFUL = w.word_set("careful cautious diligent thorough attentive vigilant attention")
BROKEN = w.word_set(
    "production prod master main staging build builds site website deployment pipeline cluster login checkout"
)
"""What somebody is said to have broken; other things are broken into parts, too."""

SKIPPABLE = SAFEGUARDS | PROCEDURES
_ACTS_ON = {"broke": BROKEN, "skipped": SKIPPABLE, "bypassed": SKIPPABLE}
_LET_THROUGH = "write what let it through, as 'nothing tested it before it was merged'"
_WENT_ON = "write what made that seem right, and what let it go on without"
_NO_PEOPLE = w.word_set("operations ops")
_MORE = w.word_set("more extra very much far close closer better")
_ADVISED = w.word_set("should must shall ought to need needs has have")
_OURSELVES = w.word_set("we us i team teams who")
"""Whose advice to themselves is a resolve, not blame."""


def harmful_acts(clause: Clause) -> Iterator[Failing]:
    """Find `the developer broke production`, `the author skipped the review`, `engineers should be more careful`."""
    words = clause.words
    for at in positions(clause, BROKE | SKIPPED):
        subject = clause.subject(at)
        last = _object(clause, at + 1)
        if (
            subject.who is Who.OWN
            and words[last] in _ACTS_ON[words[at]]
            and words[subject.last] not in _NO_PEOPLE
            and words[last + 1 : last + 2] not in (("into",), ("out",), ("up",))
            and not clause.is_passive(at)
            and not is_imagined(clause, at)
        ):
            yield subject.first, last, _LET_THROUGH if words[at] in BROKE else _WENT_ON
    for at in positions(clause, CAREFUL):
        be = at - 1
        while be > 0 and words[be] in _MORE:
            be -= 1
        verb = "pay" if words[at] == "attention" else "be"
        if be == at - 1 or be < 2 or words[be] != verb or words[be - 1] not in _ADVISED:
            continue
        subject = clause.subject(be - 1 - (words[be - 1] == "to"))
        if subject.who is Who.OWN and words[subject.last] not in _OURSELVES:
            yield subject.first, at, "name what made it easy to get wrong, and what would show it in time"


def _object(clause: Clause, at: int) -> int:
    """Give the last word of the noun phrase that begins at a word, the one before where there is none."""
    words = clause.words
    last = at
    while last < len(words) and last < at + 5 and not clause.ends_phrase(words[last]):
        last += 1
    return last - 1
