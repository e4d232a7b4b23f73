"""Which words of a narrative are the names of people: what lists say, what stands beside them, and how the record uses them elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from enum import IntEnum
from functools import cached_property
from itertools import zip_longest

from afterword.check.language.narrative import Form, Narrative, Passage
from afterword.check.names import contexts
from afterword.check.names.cast import players
from afterword.check.names.lexicon import folded, is_brand, is_ordinary
from afterword.check.names.people import KnownPeople
from afterword.check.names.runs import (
    Known,
    Surroundings,
    Token,
    around,
    capitalised,
    is_honorific,
    known,
    runs,
)
from afterword.check.names.signs import Human, is_thing, signs_of_person
from afterword.check.names.surnames import names_no_one, names_place_or_many
from afterword.model.markup import OPAQUE, Kind
from afterword.model.value import plain_value

_SMALL = re.compile(r"(?<![\w@./-])[a-z]+(?![\w@/-])")
_NEVER = Known.NEVER
_SURNAME = re.compile(
    r".{2,}(?:s[eo]n|ss?on|ova?|eva?|ski|sky|ska|skaya|ic|escu|opoulos|idis|akis|yan|ez|oglu|nen|strom|berg|mann|stein|enko|chuk|zadeh|shvili|dze|murthy|ishi|moto|mura|tani|naka|hashi|dottir|iewicz|aitis|ius|wala|putra|nathan)"
)
_PLACING = frozenset(("in", "across", "near", "at"))
_MOST_WORDS = 4


class Verdict(IntEnum):
    """How sure it is that a word is a person's name, before the whole record is looked at."""

    THING = 0
    POSSIBLE = 1
    """Only if the record shows elsewhere that it is a person."""
    LIKELY = 2
    """Unless the record shows elsewhere that it is a thing."""
    PERSON = 3


@plain_value()
class Mention:
    """A stretch of a passage that may name a person; `role` is what the header says the person is, `words` the name in small letters."""

    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    verdict: Verdict
    known: Known
    human: Human
    role: str = ""
    in_place: bool = False

    @property
    def lead(self) -> str:
        """Give the first word that is no initial, by which people go in the rest of a text."""
        return next((word for word in self.words if len(word) > 1), self.words[0])

    @property
    def is_whole(self) -> bool:
        """Tell whether a given name stands with a surname."""
        return len(self.words) > 1 and self.known is not Known.UNLISTED

    @property
    def name(self) -> str:
        """Give the name as written."""
        return self.passage.text[self.start : self.end]


def named_people(narrative: Narrative, people: KnownPeople, things: Collection[str]) -> Iterator[Mention]:
    """Yield the mentions of people in the order of the text.

    `things` are words in small letters that name services, teams or products here.
    """
    words = capitalised(narrative.text)
    asked = [word for word in words if _may_name(word, people)]
    mentions = [
        found for passage in narrative.holding(asked) for found in _joined(list(_in_passage(passage, people)))
    ]
    if any(found.verdict is not Verdict.THING for found in mentions):
        usage = _Usage(narrative, mentions, people, things)
        yield from (found for found in mentions if usage.shows_person(found))


class _Usage:
    """How a record uses a word everywhere: as a person, as a thing, in small letters, as code."""

    def __init__(
        self,
        narrative: Narrative,
        mentions: Iterable[Mention],
        people: KnownPeople,
        things: Collection[str],
    ) -> None:
        self.text = narrative.text
        self.people = people
        self.persons = Counter(found.lead for found in mentions if found.verdict is Verdict.PERSON)
        self.objects = Counter(found.lead for found in mentions if found.verdict is Verdict.THING)
        self.things = things
        self.objects.update(_as_code(narrative))
        self.players = players(
            (found.lead, found.passage.text) for found in mentions if len(found.words) == 1
        ) - {found.lead for found in mentions if found.is_whole}

    def shows_person(self, found: Mention) -> bool:
        persons, objects = self.persons[found.lead], self.objects[found.lead]
        if found.verdict is Verdict.THING:
            return False
        if found.lead in self.players and found.lead not in self.people.roles:
            return False
        if found.lead in self.things and not (found.is_whole or found.human is Human.SURELY):
            return False
        if found.is_whole:
            return found.verdict is not Verdict.POSSIBLE or persons > objects
        if found.verdict is Verdict.PERSON:
            sure = found.known is Known.GIVEN
            if persons < objects:
                return False
        else:
            sure = found.known is Known.GIVEN and found.human > Human.NOT and not objects
            if not (persons or not objects if found.verdict is Verdict.LIKELY else persons > objects):
                return False
        return sure or found.lead in self.people.roles or found.lead not in self._small

    @cached_property
    def _small(self) -> frozenset[str]:
        """Give the words that are written in small letters, which makes them words and no names."""
        return frozenset(_SMALL.findall(self.text))


def _as_code(narrative: Narrative) -> Counter[str]:
    """Count inline code that is one word: `hugo` is a program."""
    return Counter(
        node.text.lower()
        for passage in narrative.passages
        if OPAQUE in passage.text
        for _, node in passage.runs
        if node.kind is Kind.CODE and node.text.isalpha()
    )


def _in_passage(passage: Passage, people: KnownPeople) -> Iterator[Mention]:
    text = passage.text
    for run in runs(text):
        if not any(_may_name(token.word, people) for token in run):
            continue
        titled = passage.form in (Form.TITLE, Form.HEADING)
        index = 0
        while index < len(run):
            size = _name_at(run, index, people)
            if size:
                found = _judged(passage, run, index, size, people)
                if not (titled and found.verdict in (Verdict.POSSIBLE, Verdict.LIKELY)):
                    yield found
            index += size or 1


def _may_name(word: str, people: KnownPeople) -> bool:
    """Tell whether a word, as written, can be a part of a name."""
    return known(word) is not _NEVER or folded(word) in people.roles or is_honorific(word)


def _joined(mentions: list[Mention]) -> Iterator[Mention]:
    """Let names in a row be of one kind: who stands with a person before a verb is one, what stands behind a place is one."""
    before: Mention | None = None
    for found, following in zip_longest(mentions, mentions[1:]):
        if (
            following is not None
            and found.verdict is Verdict.POSSIBLE
            and following.verdict is Verdict.PERSON
            and following.human is Human.SURELY
            and _between(found, following) in (" and ", " & ")
        ):
            found = replace(found, verdict=Verdict.PERSON, human=Human.PROBABLY)
        elif (
            before is not None
            and before.verdict is Verdict.THING
            and not found.is_whole
            and _between(before, found) in (", ", " and ", ", and ", " or ", " & ")
            and before.in_place
        ):
            found = replace(found, verdict=Verdict.THING, human=Human.NOT, in_place=True)
        yield found
        before = found


def _between(first: Mention, second: Mention) -> str:
    return first.passage.text[first.end : second.start]


def _name_at(run: tuple[Token, ...], index: int, people: KnownPeople) -> int:
    """Tell how many words of a run are one name, from one of them on; 0 where none begins there."""
    token = run[index]
    if token.is_honorific:
        is_name = index + 1 < len(run) and _is_surname(run[index + 1], people)
        return 1 + max(1, _name_at(run, index + 1, people)) if is_name else 0
    if token.is_initial:
        following = run[index + 1] if index + 1 < len(run) else None
        alone = token.word not in ("A", "I") and (index == 0 or token.word.endswith("."))
        return (
            2 if alone and following and following.known in (Known.UNLISTED, Known.GIVEN, Known.WORD) else 0
        )
    if token.known is Known.NEVER and token.plain not in people.roles:
        return 0
    size = 1
    while index + size < len(run) and size < _MOST_WORDS and not run[index + size - 1].possessive:
        if not _is_surname(run[index + size], people):
            break
        size += 1
    return size


def _is_surname(token: Token, people: KnownPeople) -> bool:
    if token.plain in people.roles or token.is_initial:
        return True
    if token.known is Known.NEVER:
        plain = token.plain
        titled = token.word[1:].islower() and len(token.word) > 2
        return titled and not (
            plain in contexts.NO_NAMES
            or plain in contexts.NOUNS
            or is_brand(plain)
            or plain in contexts.GROUP_PARTS
        )
    return token.plain not in contexts.NOUNS


def _judged(passage: Passage, run: tuple[Token, ...], index: int, size: int, people: KnownPeople) -> Mention:
    tokens = run[index : index + size]
    text, start, end = passage.text, tokens[0].start, tokens[-1].end
    beside = around(text, start, end)
    words = tuple(token.plain.rstrip(".") for token in tokens if not token.is_honorific)
    if tokens[0].is_honorific:
        role = people.roles.get(words[-1], "")
        return Mention(passage, start, end, words, Verdict.PERSON, Known.GIVEN, Human.SURELY, role)
    lead = next((token for token in tokens if not token.is_initial), tokens[0])
    kind = lead.known
    if kind is Known.UNLISTED and any(token.known is Known.GIVEN for token in tokens[1:]):
        kind = Known.GIVEN  # the surname first
    listed = words[0] in people.roles or words[-1] in people.roles
    thing = is_thing(text, tokens, run, index, beside)
    human = signs_of_person(text, tokens, beside, passage)
    if " ".join(words) in people.names and size > 1:
        verdict = Verdict.PERSON
    elif listed:
        verdict = _of_listed(kind, beside, thing=thing, human=human)
    elif tokens[0].is_initial:
        verdict = Verdict.THING if thing else Verdict.PERSON
    elif kind is Known.UNLISTED:
        verdict = _of_unlisted(tokens, passage, beside, thing=thing, human=human)
    else:
        verdict = _of_given(kind, tokens, thing=thing, human=human)
    role = people.roles.get(words[0]) or people.roles.get(words[-1]) or ""
    return Mention(passage, start, end, words, verdict, kind, human, role, beside.before in _PLACING)


def _of_listed(kind: Known, beside: Surroundings, *, thing: bool, human: Human) -> Verdict:
    if thing and human < Human.SURELY:
        return Verdict.THING
    if kind is not Known.GIVEN and kind is not Known.UNLISTED and human is Human.NOT and beside.opens:
        return Verdict.POSSIBLE
    return Verdict.PERSON


def _of_given(kind: Known, tokens: tuple[Token, ...], *, thing: bool, human: Human) -> Verdict:
    whole = len(tokens) > 1
    if whole and (tokens[-1].plain in contexts.CITED or any(_of_company(token) for token in tokens[1:])):
        return Verdict.THING
    if thing and (human < Human.SURELY or kind is not Known.GIVEN):
        return Verdict.THING
    if len(tokens) == 2 and _is_pair_of_words(kind, tokens, human):
        return Verdict.POSSIBLE
    if kind is Known.GIVEN:
        return Verdict.PERSON if human > Human.PERHAPS or whole else Verdict.LIKELY
    if whole and (human or tokens[1].known is not Known.NEVER):
        return Verdict.PERSON if human > Human.PERHAPS else Verdict.LIKELY
    if kind is Known.WORD:
        return Verdict.PERSON if human else Verdict.POSSIBLE
    return Verdict.PERSON if human is Human.SURELY else Verdict.POSSIBLE


def _is_pair_of_words(kind: Known, tokens: tuple[Token, ...], human: Human) -> bool:
    """Tell whether two words are rather the name of a company or a place: Art Parcels, Rose Plaza, but not Mark Baker."""
    first, last = tokens[0].plain, tokens[1].plain
    if (kind is Known.GIVEN and not is_ordinary(first)) or tokens[1].is_initial or not names_no_one(last):
        return False
    return (human < Human.SURELY and tokens[1].known is not Known.GIVEN) or names_place_or_many(last)


def _of_company(token: Token) -> bool:
    return token.plain in contexts.OF_COMPANIES


def _of_unlisted(
    tokens: tuple[Token, ...], passage: Passage, beside: Surroundings, *, thing: bool, human: Human
) -> Verdict:
    if thing:
        return Verdict.THING
    if len(tokens) > 2 or any(
        token.known in (Known.NEVER, Known.THING) and not token.is_initial for token in tokens
    ):
        return Verdict.POSSIBLE
    if human is Human.SURELY:
        return Verdict.PERSON
    if len(tokens) == 2 and human and _SURNAME.fullmatch(tokens[1].plain):
        return Verdict.PERSON
    told = passage.section == "timeline" and beside.opens and len(tokens) == 1
    if told and beside.after in contexts.HANDS_ON and beside.following in contexts.DETERMINERS:
        return Verdict.LIKELY
    return Verdict.POSSIBLE
