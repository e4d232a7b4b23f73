"""What stands beside a word that shows a person, or a thing."""

from __future__ import annotations

import re
from enum import IntEnum

from afterword.check.language.narrative import Passage
from afterword.check.language.tokens import Tokens
from afterword.check.names import contexts
from afterword.check.names.blamed import BEGINS, FAULTS, Act, act_behind, is_name_beside
from afterword.check.names.lexicon import is_brand, is_given, is_word
from afterword.check.names.runs import Known, Surroundings, Token, around, known

_NUMBER = re.compile(r" v?\d+(?:[.,)\s]|$)")
_DATE_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?[ .-]$")
_NAME_BEFORE = re.compile(r"([^\W\d_a-z][\w'-]+)(,| and| &|, and) $")
_NAME_BEHIND = re.compile(r"(,| and| &|, and) ([^\W\d_a-z][\w-]+)")
_LOOKS = frozenset(("looked", "looks", "looking"))
_LOOKED_AT = frozenset(("for", "into", "at", "through"))
_JOINS = frozenset(("joined", "joins", "joining"))
_SAINTS = frozenset(("st", "st.", "saint"))
_OF_MANY = frozenset(("are", "were", "have"))
_ANDS = frozenset(("and", "&"))
_CALLS = frozenset(("call", "called"))
_BETWEEN = re.compile(
    r"\b(?!(?:call|chat|meeting|handover|conversation|discussion|talk)\b)\w+ between (?:[\w'-]+ (?:and|&) )?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[\w' -]{1,60}")
_HANDED = re.compile(r"\bhand(?:s|ed|ing)? (?:\w+ ){0,3}to $", re.IGNORECASE)
_MYSELF = re.compile(r"\bI \($")
_PLACE_BEHIND = re.compile(r", ([A-Z]\w+)")
_PLACE_BEFORE = re.compile(r"\b([A-Z]\w+)(?:,|, and| and) $")
_NO_WORK = "|".join(sorted(contexts.TOOLS_OF_PEOPLE | contexts.DETERMINERS | {"to", "of", "in"}))
_WORK = re.compile(
    rf"'s (?:(?!(?:{_NO_WORK})\b)[a-z-]+ ){{0,2}}"
    r"(?:parsers?|librar(?:y|ies)|algorithms?|papers?|books?|theorems?|tools?|articles?|essays?|blog(?:s|posts?)?)\b"
)
_BLAME = 80
"""Characters behind a name within which a blame is told."""

_SAYS = re.compile(r":\s[\"“]")
_OF_DATES = frozenset(
    [
        "by",
        "from",
        "to",
        "since",
        "until",
        "till",
        "of",
        "in",
        "last",
        "next",
        "early",
        "late",
        "mid",
        "before",
        "after",
        "during",
    ]
)


class Human(IntEnum):
    """How much what stands beside a word shows a person."""

    NOT = 0
    PERHAPS = 1
    PROBABLY = 2
    SURELY = 3


def is_thing(
    text: str, tokens: tuple[Token, ...], run: tuple[Token, ...], index: int, beside: Surroundings
) -> bool:
    """Tell whether what stands beside a name, `tokens` from `index` of `run` on, makes it that of a machine, a product, a place or a day."""
    first, last = tokens[0], tokens[-1]
    if beside.glued or _NUMBER.match(text, last.end):
        return True
    if last.possessive:
        if index and run[index - 1].plain in _SAINTS:
            return True  # the St Mary's site
        if len(tokens) > 1 and _WORK.match(text, last.end):
            return True  # who wrote the book took no part
        return _is_law(last, beside) or (
            len(tokens) == 1
            and beside.before in contexts.DETERMINERS
            and beside.after not in contexts.TOOLS_OF_PEOPLE
        )
    if beside.close in contexts.AUXILIARY and beside.following in contexts.OF_THINGS:
        return True
    if _is_said_to_be_thing(text, last, beside):
        return True
    if len(tokens) == 1 and _is_beside_place(text, first):
        return True
    if beside.close in contexts.NOUNS and not _acts(first, beside):
        return True
    if len(tokens) > 1:
        return False
    return (
        (index + 1 < len(run) and _makes_thing(run[index + 1]))
        or (index > 0 and _is_compound(text, run, index))
        or (first.plain in contexts.DATES and _is_date(text, first, beside))
        or (beside.before in contexts.DETERMINERS)
        or (beside.before in contexts.BEFORE_THINGS and text[max(0, first.start - 2) : first.start] != ", ")
        or (
            beside.before == "to"
            and beside.earlier in contexts.PASSED_TO
            and not _HANDED.search(text[max(0, first.start - 40) : first.start])
        )
        or (beside.before == "of" and beside.earlier in contexts.OF_VERSIONS)
        or (
            beside.before == "called"
            and (beside.earlier in contexts.NOUNS or beside.earlier in contexts.AUXILIARY)
        )
        or (first.known is Known.GIVEN and beside.opens and beside.close == "of" and is_word(first.plain))
    )


def _is_said_to_be_thing(text: str, last: Token, beside: Surroundings) -> bool:
    """Look for `is a service`, `was the primary database`."""
    if beside.close not in ("is", "was") or beside.following not in contexts.DETERMINERS:
        return False
    words = _CLAUSE.match(text, last.end)
    said = words[0].lower().split() if words else []
    return not contexts.NOUNS.isdisjoint(said) and contexts.TITLES.isdisjoint(said)


def _is_beside_place(text: str, first: Token) -> bool:
    """Look for a town or country in the same list: `Tyler, Texas`, `Brisbane and Adelaide`."""
    near = (
        _PLACE_BEHIND.match(text, first.end),
        _PLACE_BEFORE.search(text[max(0, first.start - 30) : first.start]),
    )
    return any(
        found is not None and found[1].lower() in contexts.PLACES and not is_given(found[1].lower())
        for found in near
    )


def _acts(first: Token, beside: Surroundings) -> bool:
    """Tell whether the noun behind a name is rather a verb: `Jenny monitors`, `Jenny tests the fix`."""
    verb = beside.close in contexts.TECHNICAL or beside.close in contexts.PERSONAL
    return verb and (first.known is Known.GIVEN or beside.following in contexts.OBJECTS)


def _is_law(last: Token, beside: Surroundings) -> bool:
    return beside.after in contexts.LAWS and (last.plain in contexts.CITED or last.known is Known.UNLISTED)


def _makes_thing(following: Token) -> bool:
    """Tell whether the next word with a capital makes a thing of both: Alexa Service, Ruby API."""
    plain = following.plain
    return plain in contexts.NOUNS or plain in contexts.NO_NAMES or not following.word[1:].islower()


def _is_compound(text: str, run: tuple[Token, ...], index: int) -> bool:
    """Tell whether the word before makes one thing of both: Amazon Alexa, San Jose, Round Robin."""
    before = run[index - 1]
    plain = before.plain
    if before.possessive:
        return False
    if (
        before.word[1:].islower()
        and is_word(plain)
        and not (plain in contexts.TITLES or around(text, before.start, before.end).opens)
    ):
        return True
    return plain in contexts.NO_NAMES or plain in contexts.OF_PLACES or is_brand(plain)


def _is_date(text: str, first: Token, beside: Surroundings) -> bool:
    return beside.before in _OF_DATES or bool(
        _DATE_BEFORE.search(text[max(0, first.start - 6) : first.start])
    )


def signs_of_person(text: str, tokens: tuple[Token, ...], beside: Surroundings, passage: Passage) -> Human:
    """Tell how much verbs, prepositions, belongings and other names beside a name show a person."""
    last = tokens[-1]
    if _SAYS.match(text, last.end) or (
        beside.before == "to" and _HANDED.search(text[max(0, tokens[0].start - 40) : tokens[0].start])
    ):
        return Human.SURELY
    if text[tokens[0].start - 1 : tokens[0].start] == "(" and text.startswith(")", last.end):
        if _MYSELF.search(text[max(0, tokens[0].start - 4) : tokens[0].start]):
            return Human.SURELY
        if tokens[0].known is Known.GIVEN:
            return Human.PROBABLY
    found = [
        _by_verb(beside, last),
        _by_word_before(beside),
        _by_possession(beside, last),
        _by_company(text, tokens),
        _by_blame(text, tokens, beside),
    ]
    if passage.section == "timeline" and beside.opens and beside.stop in (":", "(") and not last.possessive:
        found.append(Human.PERHAPS)
    return max(found)


def _by_verb(beside: Surroundings, last: Token) -> Human:
    verb = beside.after
    if last.possessive and not (verb in contexts.PERSONAL and verb.endswith("ing")):
        return Human.NOT
    if verb in _OF_MANY and beside.before not in _ANDS:
        return Human.NOT  # "Xolv are informed": a company
    if verb in contexts.AUXILIARY:
        return Human.SURELY if beside.following in contexts.OF_PEOPLE else Human.NOT
    if verb in contexts.LIKE_NOUNS and beside.following not in contexts.OBJECTS:
        return Human.NOT
    if verb in _JOINS and beside.following != "the":
        return Human.SURELY  # else it may be a cluster
    if verb in _LOOKS and beside.following in _LOOKED_AT:
        return Human.SURELY
    if verb in contexts.ONLY_PEOPLE and not (verb.endswith("ing") and not beside.opens):
        return Human.SURELY
    if verb in contexts.PERSONAL:
        return Human.PROBABLY
    return Human.PERHAPS if verb in contexts.TECHNICAL else Human.NOT


def _by_blame(text: str, tokens: tuple[Token, ...], beside: Surroundings) -> Human:
    """Look for what people alone are blamed for: `Bob's mistake`, `Bob should have asked`."""
    last, kind = tokens[-1], tokens[0].known
    if kind is Known.UNLISTED or kind is Known.NEVER:
        return Human.NOT  # companies and services are blamed, too
    if last.possessive:
        act = Act.LIKELY if beside.after in FAULTS else Act.ANY
    elif beside.close in BEGINS or beside.after in BEGINS:
        act = act_behind(Tokens(text[last.end : last.end + _BLAME]).words)
    else:
        return Human.NOT
    if act is Act.ANY or not is_name_beside(kind, tokens[0].plain, act):
        return Human.NOT
    return Human.SURELY if kind is Known.THING else Human.PROBABLY


def _by_word_before(beside: Surroundings) -> Human:
    before, earlier = beside.before, beside.earlier
    if before in contexts.BEFORE_PEOPLE:
        return Human.SURELY
    if before in ("to", "with") and earlier in contexts.TO_PEOPLE:
        return Human.PROBABLY
    if before == "by" and earlier in contexts.DONE_BY:
        return Human.PROBABLY
    if before in contexts.ADDRESSES and beside.after == "about":
        return Human.SURELY
    if before in contexts.ADDRESSES or (before in _CALLS and not earlier):
        return Human.PROBABLY
    return Human.PERHAPS if before in contexts.BEFORE_NAMES and before != "called" else Human.NOT


def _by_possession(beside: Surroundings, last: Token) -> Human:
    if not last.possessive:
        return Human.NOT
    return Human.SURELY if beside.after in contexts.TOOLS_OF_PEOPLE else Human.NOT


def _by_company(text: str, tokens: tuple[Token, ...]) -> Human:
    """Look for another name in the same breath: `Ada and Grace`, `Paul, Mira`."""
    before = _NAME_BEFORE.search(text[max(0, tokens[0].start - 40) : tokens[0].start])
    after = _NAME_BEHIND.match(text[tokens[-1].end : tokens[-1].end + 40])
    near = [(before[1], before[2])] if before else []
    near += [(after[2], after[1])] if after else []
    if _BETWEEN.search(text[max(0, tokens[0].start - 40) : tokens[0].start]) and any(
        word.lower() in contexts.PLACES for word in (tokens[0].word, *(word for word, _ in near))
    ):
        return Human.NOT  # flights between two towns
    joined = [link for word, link in near if known(word) is Known.GIVEN]
    return max((Human.PROBABLY if link == "," else Human.SURELY for link in joined), default=Human.NOT)
