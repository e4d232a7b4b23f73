"""Logins and unlisted names that stand bare in a text, `jdoe` in `19:41 jdoe lands the patch`: what a whole record says of a word tells a person from a program."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from afterword.check.language.narrative import Form, Narrative, Passage
from afterword.check.names import acts, contexts
from afterword.check.names.lexicon import (
    folded,
    is_brand,
    is_given,
    is_listed_word,
    is_rare_word,
    is_word,
    stems,
)
from afterword.model.markup import OPAQUE
from afterword.model.value import plain_value

_WORD = re.compile(rf"[^\W\d_][\w-]*|{OPAQUE}")
_LOGIN = re.compile(r"[^\W\d_]{2}(?:[^\W_]|-(?!-)|_){0,30}")
_PARTS = re.compile(r"[-_]|(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r".*[^\W\d_]-?\d{1,2}|.*\d[^\W\d_]s?")
_OF_MACHINES = re.compile(
    r"kube.*|.*(?:ctl|db|sql|mq|dns|proxy|http|api|cli|sdk|fs|lb|vm|srv|svc|net|log|cache|adm|daemon|pool|server|client|ssh|ssl|tls|eng|ops|team|infra|sec|dev|[bcdfgklmpst]d|ators?|[a-z]{4}ers|izers?)"
)
_PHRASAL = re.compile(r"([a-z]{3,})(?:up|in|out|off|down|over|back|through)s?")
"""Nouns like `signups` and `cutover`, where a verb stands before."""
_THANKS = re.compile(r"thank|kudos|props|credit|acknowledg|well", re.IGNORECASE)
_REMARK = re.compile(r" \([^()\n]{1,40}\)")
_SAYS = re.compile(r': ["“]')
_WHO = re.compile(r",? who\b(?!ever)")
_AND = re.compile(r",? (?:and|&) |, ")
_BEFORE_PARTS = tuple("/\\@.:=$#-")
_GLUED = re.compile(r"[/\\=@]|[.:-]\w|\(\)| v?\d+\.\d|\*\w")
_FAR = 60
_NEXT = 18
_REMEMBERED = 1 << 16
_MANY = 400
"""So many words are not looked for one by one."""
_BREATHS = 5
"""How far being named in one breath with a person goes."""


@plain_value()
class _Use:
    """One place where a word stands: what it shows of a person, 0 to 2 points, or that it is a thing."""

    passage: Passage
    start: int
    end: int
    points: int
    thing: bool
    told: bool
    """Whether an event begins with it."""
    verb: str = ""
    small: bool = True
    """Whether it is written in small letters."""


def bare_logins(
    narrative: Narrative, sure: Iterable[str], linked: frozenset[str], things: Collection[str]
) -> Iterator[tuple[Passage, int, int]]:
    """Yield where people stand by their logins or by names that no list knows; `sure` are words that are known to be people's, `linked` such as link to somebody's page."""
    known = {word.lower() for word in sure}
    words = narrative.words
    asked = _possible_logins(words) - set(things)
    asked |= (known | linked) & words
    if known.isdisjoint(words) and len(asked) < _MANY:
        told = {word for word in asked if _is_told_of(narrative.lower, word)}
        # Where nothing shows that one of these is a person, no other word can be one by standing beside it.
        if not told or not _people(_uses(narrative, told), known, linked):
            return
    uses = _uses(narrative, asked)
    people = _people(uses, known, linked)
    for word in people:
        for use in uses[word]:
            if not use.thing:
                yield use.passage, use.start, use.end


def _is_told_of(lower: str, word: str) -> bool:
    """Tell whether a verb of people stands behind a word anywhere, or what is done to people before it."""
    at = lower.find(word)
    while at >= 0:
        end = at + len(word)
        after = lower[end : end + _NEXT].lstrip("])'").split(None, 1)
        if after and after[0].strip("]),.;") in acts.AFTER:
            return True
        before = lower[max(0, at - _NEXT) : at].rsplit(None, 1)
        if before and before[-1] in acts.BEFORE:
            return True
        if lower.startswith((" (", ", who ", " who ", ': "', " on "), end):
            return True
        at = lower.find(word, end)
    return False


def _people(uses: dict[str, list[_Use]], known: set[str], linked: frozenset[str]) -> set[str]:
    """Tell which words are people: those of whom something is told that only people do, then those who act as these do."""
    people = set(known & uses.keys())
    things = {word: sum(use.thing for use in found) for word, found in uses.items()}
    for word, found in uses.items():
        if _shows_person(word, found, things[word], linked):
            people.add(word)
    if not people:
        return people  # nobody whom others could stand with
    people |= {word for word, found in uses.items() if not things[word] and _acts_like_people(word, found)}
    places = {(id(use.passage), use.start): word for word, found in uses.items() for use in found}
    for _ in range(_BREATHS):  # who stands in one breath with a person is one
        size = len(people)
        for word, found in uses.items():
            if word in people or things[word] or (not is_given(word) and is_rare_word(word)):
                continue
            if any(_stands_with(use, people, places) for use in found):
                people.add(word)
        if len(people) == size:
            break
    return people


def _shows_person(word: str, found: list[_Use], things: int, linked: frozenset[str]) -> bool:
    """Tell whether a record says of a word what is said of people alone; a word that is a rare English one has to be shown twice."""
    points = sum(use.points for use in found)
    told = [use for use in found if use.points and use.told]
    if not points:
        return False
    if not is_given(word) and is_rare_word(word):
        return points > 2 and not things and any(use.points > 1 for use in told)
    if any(use.points > 1 for use in found) and points > 2 * things:
        return True
    if not told or things:
        return False
    if any(use.small for use in told) and (is_given(word) or word in linked):
        return True
    verbs = {use.verb for use in told if use.small}
    return len(verbs) > 1 and any(verb in acts.OF_ENGINEERS or verb.endswith("+") for verb in verbs)


def _acts_like_people(word: str, found: list[_Use]) -> bool:
    """Tell whether a word does what people do, in a record that tells of people: once in small letters, in others by two verbs."""
    told = [use for use in found if use.points and use.told]
    if not told or (not is_given(word) and is_rare_word(word)):
        return False
    verbs = {use.verb for use in told}
    return bool(verbs - acts.OF_PROGRAMS) and (len(verbs) > 1 or any(use.small for use in told))


def _stands_with(use: _Use, people: set[str], places: dict[tuple[int, int], str]) -> bool:
    text = use.passage.text
    link = _AND.match(text, use.end)
    if link and places.get((id(use.passage), link.end())) in people:
        return True
    before = re.search(r"([\w-]+)(?:,? (?:and|&) |, )$", text[max(0, use.start - _FAR) : use.start])
    start = max(0, use.start - _FAR) + (before.start(1) if before else 0)
    return before is not None and places.get((id(use.passage), start)) in people


_judged: set[str] = set()
_possible: set[str] = set()
"""Of the words of all records that were judged those that `may_be_login`: of one record they are found without a call for each."""


def _possible_logins(words: frozenset[str]) -> frozenset[str]:
    if len(_judged) > _REMEMBERED:
        _judged.clear()
        _possible.clear()
    # Sets alone: with a view of a dictionary each record would walk through the words of all that were read before.
    new = words - _judged
    _possible.update(word for word in new if may_be_login(word))
    _judged.update(new)
    return words & _possible


@lru_cache(maxsize=_REMEMBERED)
def may_be_login(word: str) -> bool:
    """Tell whether a word in small letters is no word, brand or name of a machine that is known; `'s` may stand behind."""
    word = folded(word.removesuffix("'s").removesuffix("'"))
    if is_listed_word(word) and not is_given(word):
        return False  # most words are
    if not 3 <= len(word) <= 24 or not _LOGIN.fullmatch(word) or _NUMBERED.fullmatch(word):
        return False
    if is_given(word):
        return not (
            is_listed_word(word)
            or is_brand(word)
            or word in contexts.PRODUCTS
            or word in contexts.PLACES
            or word in contexts.DATES
        )
    if (
        is_word(word)
        or is_brand(word)
        or word in acts.JARGON
        or word in contexts.NOT_A_HANDLE
        or _OF_MACHINES.fullmatch(word)
        or ((phrasal := _PHRASAL.fullmatch(word)) is not None and is_word(phrasal[1]))
    ):
        return False
    if (
        word in contexts.NO_NAMES
        or word in contexts.NOUNS
        or word in contexts.PLACES
        or word in contexts.CITED
    ):
        return False
    if word in contexts.PRODUCTS or word in contexts.PARTICLES or word in contexts.GROUP_PARTS:
        return False
    parts = re.split("[-_]", word)
    if len(parts) > 1 and any(is_word(part) or part in contexts.NOUNS or is_brand(part) for part in parts):
        return False
    return not any(
        stem in acts.JARGON or stem in contexts.NO_NAMES or stem in contexts.NOUNS for stem in stems(word)
    )


def _uses(narrative: Narrative, asked: Collection[str]) -> dict[str, list[_Use]]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    bare = {word.removesuffix("'s").removesuffix("'") for word in asked}
    for passage in narrative.holding(bare, small=True):
        lower = passage.text.lower()
        if len(lower) != len(passage.text):
            continue
        words = _words_in(lower)
        if bare.isdisjoint(words):
            continue  # it is a part of another word
        end = 0
        for index, word in enumerate(words):
            # Between two words there is none, so that the next place where one stands is its own.
            start = lower.index(word, end)
            end = start + len(word)
            if word in bare:
                before = [*words[max(0, index - 2) : index]]
                after = _behind(lower, end, words[index + 1 : index + 12])
                uses[word].append(_use(passage, start, end, before, after))
    return uses


@lru_cache(maxsize=1 << 10)
def _words_in(lower: str) -> tuple[str, ...]:
    """Cut a passage into words, once for a text that is judged after each keystroke."""
    return tuple(_WORD.findall(lower))


def _behind(lower: str, end: int, following: Sequence[str]) -> list[str]:
    """Give the next words, without a remark in parentheses: `jdoe (storage on-call) notices`."""
    remark = _REMARK.match(lower, end)
    if remark is None:
        return [*following[:5]]
    inside = len(_WORD.findall(lower, end, remark.end()))
    return [*following[inside : inside + 5]]


def _use(passage: Passage, start: int, end: int, before: list[str], after: list[str]) -> _Use:
    text = passage.text
    head = text[max(0, start - _FAR) : start]
    opens = acts.opening(head, whole=start <= _FAR)
    told = opens is not None and (
        passage.section == "timeline" or opens["time"] is not None or acts.is_timed(head)
    )
    begins = told or (opens is not None and passage.form in (Form.ITEM, Form.CELL))
    small = not text[start].isupper()
    last = before[-1] if before and head.endswith(" ") else ""
    possessive = text.startswith("'", end)
    if _GLUED.match(text, end) or head.endswith(_BEFORE_PARTS) or (text[start:end].isupper()):
        return _Use(passage, start, end, 0, True, False)
    remark = _REMARK.match(text, end)
    past = remark.end() if remark else end
    behind = text[past : past + 2]
    next_to = behind.startswith((" ", "] ", ") ")) and not possessive
    verb, following = (after[0] if after and next_to else ""), (after[1] if len(after) > 1 else "")
    rest = after[1:]
    if verb == "manually" and following in acts.VERBS and small:
        return _Use(passage, start, end, 2, False, told, verb, small)
    if verb in acts.ADVERBS and following:
        verb, following, rest = following, (rest[1] if len(rest) > 1 else ""), rest[1:]
    if acts.is_of_person(verb, rest, begins=begins) or (
        opens and verb == "for" and following.endswith("ing") and _THANKS.search(passage.heading)
    ):
        return _Use(passage, start, end, 2, False, told, verb, small)
    if small and last not in contexts.DETERMINERS and text[end - 1] != "s" and _WHO.match(text, end):
        return _Use(passage, start, end, 2, False, False)
    if told and verb == "on" and following in acts.CHATS:
        return _Use(passage, start, end, 2, False, told, verb, small)
    if told and _SAYS.match(text, end):  # a person, or what a program wrote
        return _Use(passage, start, end, 1, False, told, "says+", small)
    if verb in ("and", "&") and len(rest) > 1 and may_be_login(rest[0]) and _act_together(rest[1:]):
        return _Use(passage, start, end, 2, False, told, verb, small)
    thing = not possessive and _is_thing(last, verb, following)
    if not thing and not possessive and _is_addressed(last, before, verb, head, small=small):
        return _Use(passage, start, end, 2, False, False)
    if possessive and after[1:2] and after[1] in contexts.TOOLS_OF_PEOPLE:
        return _Use(passage, start, end, 2, False, False)
    if thing or (possessive and after[1:2] == ["team"]):
        return _Use(passage, start, end, 0, True, False)
    if (
        told
        and verb
        and acts.may_be_of_person(verb, text[end : end + _FAR].lower().partition(verb)[2].lstrip(), following)
    ):
        deed = "" if acts.DEEDS.isdisjoint(rest[:4]) else "+"
        return _Use(passage, start, end, 1, False, True, verb + deed, small)
    return _Use(passage, start, end, 0, False, False)


def _act_together(words: list[str]) -> bool:
    if words[0] in acts.TOGETHER:
        return words[:2] not in (["agree", "on"], ["agreed", "on"])  # as the nodes of a cluster do
    return words[0] in acts.TOGETHER_WITH_MORE and not acts.TOGETHER_WITH_MORE[words[0]].isdisjoint(
        words[1:3]
    )


def _is_addressed(last: str, before: list[str], behind: str, head: str, *, small: bool) -> bool:
    if acts.ACCOUNT.search(head):
        return True
    if last in acts.ASKING and behind in acts.ASKED:
        return len(before) > 1 and (before[-2] in acts.ASKERS or may_be_login(before[-2]))
    if last in ("to", "with") and len(before) > 1:
        kind = acts.TO_OR_WITH.get(before[-2])
        return kind is not None and (not kind or behind in kind)
    if last == "from" and len(before) > 1 and before[-2] in acts.FROM_PEOPLE:
        return True
    if last == "by" and len(before) > 1 and before[-2] in acts.DONE_BY_PEOPLE:
        return small or before[-2] not in acts.DONE_BY_COMPANIES
    return small and last in acts.TO_PERSON


def _is_thing(last: str, verb: str, following: str) -> bool:
    if last in contexts.DETERMINERS or (last in contexts.BEFORE_THINGS and last not in acts.NEAR_PEOPLE):
        return True
    if verb in contexts.AUXILIARY and following in contexts.OF_THINGS:
        return True
    return verb in contexts.NOUNS and verb not in acts.VERBS
