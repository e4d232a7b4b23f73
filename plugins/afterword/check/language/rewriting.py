"""What somebody left undone, said of the thing: `read the runbook first` is `the runbook was not read first`."""

from __future__ import annotations

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause
from afterword.check.language.judging import rest
from afterword.check.names.blamed import is_adverb
from afterword.model.markup import OPAQUE

_LEADS = w.word_set("the a an this these those our their his her its my your")
_PARTICLES = w.word_set("up out down off away back over on in")
_CLOSELY = w.word_set("beforehand twice closely harder faster today more straight")
_UNSAID = w.word_set("also too either just even though however instead once")
"""Adverbs that say nothing of what was not done."""

_WHEN = w.word_set("before after until since")
_OF_NO_MANY = w.word_set("alias canvas series news gas species kubernetes postgres")
_LONGEST = 6


def left_undone(clause: Clause, verb: int, done: str) -> str:
    """Give `the flag was not set in the console` for a verb, its participle and the object behind it, empty where that is no plain noun phrase."""
    words = clause.words
    first = verb + 1
    particle = ""
    if first + 1 < len(words) and words[first] in _PARTICLES and words[first + 1] in _LEADS:
        particle, first = words[first], first + 1
    end = first
    while end < len(words) and not clause.ends_phrase(words[end]):
        end += 1
    last = end
    while last > first and (is_adverb(words[last - 1]) or words[last - 1] in _CLOSELY | _PARTICLES):
        last -= 1
    if words[first : first + 1] == ("it",):
        end = last = first + 1
    elif not _is_plain(words[first:last]) or "".join(words[end : end + 1]) in w.AUXILIARIES:
        return ""
    how = [particle, *(word for word in words[last:end] if word not in _UNSAID)]
    begins_tail = end < len(words) and words[end] in w.PREPOSITIONS | _WHEN
    tail = rest(clause, end, _LONGEST) if begins_tail else ""
    thing = clause.tokens.said(first, last - 1)
    said = " ".join(filter(None, (thing, were(clause, first, last - 1), "not", done, *how, tail)))
    return "" if OPAQUE in said else said


def _is_plain(words: tuple[str, ...]) -> bool:
    """Tell whether words are an article or a possessive with a noun and what describes it, no clause."""
    return (
        1 < len(words) <= _LONGEST
        and words[0] in _LEADS
        and w.DETERMINERS.isdisjoint(words[1:])
        and not (len(words) > 2 and words[-1].endswith("ing"))
    )


def were(clause: Clause, first: int, last: int) -> str:
    """Give the form of `be` for a noun phrase: `was`, or `were` of several."""
    noun = clause.words[last]
    is_short = len(noun) < 4 or clause.tokens.said(last, last).isupper()
    several = noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and noun not in _OF_NO_MANY
    many = clause.words[first] in ("these", "those") or noun in ("people", "they")
    return "were" if many or (several and not is_short) else "was"
