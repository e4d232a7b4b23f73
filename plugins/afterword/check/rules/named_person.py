"""`named-person`: a person's name or handle in what a record tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.check.context import Context
from afterword.check.language.narrative import Narrative, Passage
from afterword.check.language.terms import ALLSPAW, SRE_BOOK
from afterword.check.language.words import DETERMINERS, OWN
from afterword.check.names.contexts import TITLES
from afterword.check.names.detect import named_people
from afterword.check.names.handles import addresses, coded_handles, handles
from afterword.check.names.lexicon import folded
from afterword.check.names.logins import bare_logins
from afterword.check.names.owners import is_credit, is_list_of_people, is_owner
from afterword.check.names.people import KnownPeople, people_of, roster_of
from afterword.check.prose import sentence_bounds
from afterword.check.rule import Rule, WordsOption
from afterword.check.wording import shown
from afterword.model.finding import Finding
from afterword.model.markup import OPAQUE, Kind
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

_PROFILE = re.compile(r"https?://(?:www\.)?(?:github|gitlab|twitter|x)\.com/([\w-]+)/?")
_HINT = "say the role instead, such as 'the on-call engineer' or 'the author of the change'"
ALLOW = WordsOption("allow", "words that are no person's name here, such as those of a product or a server")


@dataclass(frozen=True, slots=True)
class _Words:
    """What settings say of words, in small letters: the roster, services and teams, and what may be written."""

    roster: KnownPeople
    things: frozenset[str]
    allowed: frozenset[str]


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each name once a sentence."""
    narrative = context.narrative(record)
    if not narrative.passages:
        return
    words = context.of_settings(
        RULE.id, lambda settings: _words(settings, context.words(RULE.id, ALLOW.name))
    )
    people = people_of(record, words.roster)
    found: dict[int, list[tuple[Passage, int, int, str]]] = {}
    for each in _found(narrative, people, words.things, record):
        found.setdefault(id(each[0]), []).append(each)
    for mentions in found.values():
        yield from _in_passage(mentions, words.allowed)


def _in_passage(mentions: list[tuple[Passage, int, int, str]], allowed: frozenset[str]) -> Iterator[Finding]:
    passage = mentions[0][0]
    if is_list_of_people(passage, {(start, end) for _, start, end, _ in mentions}):
        return
    sentences = [begin for begin, _ in sentence_bounds(passage.text)]
    told: set[tuple[int, str]] = set()
    reached = 0
    for _, start, end, role in sorted(mentions, key=lambda each: (each[1], -each[2])):
        name = _written(passage, start, end)
        key = bisect_right(sentences, start), name
        if start < reached or key in told or not allowed.isdisjoint(_parts(name)):
            continue
        reached = end
        if is_owner(passage, start, end) or is_credit(passage, start, end):
            continue
        told.add(key)
        hint = f"say the role instead: '{_spoken(role)}'" if role else _HINT
        what = "handle" if "@" in name or name.islower() else "name"
        message = f"{what} '{shown(name)}' in the narrative, expected the role of the person"
        yield Finding(RULE.id, message, passage.span(start, end), hint=hint)


def _spoken(role: str) -> str:
    """Give a role of the header as it is said in a sentence: `On-call` is `the on-call engineer`."""
    first, *others = role.split()
    last = [first, *others][-1].lower()
    if first.lower() in DETERMINERS or not (last in OWN or last in TITLES or last == "call"):
        return role
    said = first.lower() if first[1:].islower() or "-" in first else first
    return " ".join(("the", said, *others, *(["engineer"] if last in _DUTY else [])))


_DUTY = frozenset(("on-call", "oncall", "call"))


def _linked(record: Postmortem) -> frozenset[str]:
    """Give the words that link to the page of a person or organisation of the same name."""
    return frozenset(
        found[1].lower()
        for node in record.notable
        if node.kind is Kind.LINK
        and node.children
        and (found := _PROFILE.fullmatch(node.url))
        and node.children[0].text.strip("[]@") == found[1]
    )


def _found(
    narrative: Narrative, people: KnownPeople, things: frozenset[str], record: Postmortem
) -> Iterator[tuple[Passage, int, int, str]]:
    text = narrative.text
    for mention in named_people(narrative, people, things):
        yield mention.passage, mention.start, mention.end, mention.role
    logins = set(people.logins)
    if any(True for _ in handles(text, people, things)):
        for passage in narrative.passages:
            for start, end, role in handles(passage.text, people, things):
                logins.add(passage.text[start:end].removeprefix("@"))
                yield passage, start, end, role
    if "@" in text:
        for passage in narrative.passages:
            for start, end in addresses(passage.text, things):
                logins.add(passage.text[start:end].partition("@")[0])
                yield passage, start, end, ""
    if OPAQUE in text:
        for passage, start, end, role in coded_handles(narrative, people, things):
            logins.update(node.text.strip().removeprefix("@") for node in passage.nodes(start, end))
            yield passage, start, end, role
    for passage, start, end in bare_logins(narrative, logins, _linked(record), things):
        yield passage, start, end, people.logins.get(passage.text[start:end], "")


def _written(passage: Passage, start: int, end: int) -> str:
    """Give what stands there, code as it is written."""
    name = passage.text[start:end]
    return name if name != OPAQUE else next(passage.nodes(start, end)).text.strip()


def _parts(name: str) -> Iterator[str]:
    whole = folded(name)
    yield whole
    yield from whole.split()


def _words(settings: Settings, allow: tuple[str, ...]) -> _Words:
    entries = [
        word
        for entry in settings.services
        for word in (entry.id, entry.name, entry.team, *entry.aliases, *entry.renamed_from)
    ]
    teams = [word for team in settings.teams for word in (team.name, team.id)]
    return _Words(
        roster_of(settings), frozenset(map(folded, (*entries, *teams))), frozenset(map(folded, allow))
    )


RULE = Rule(
    id="named-person",
    summary="a person's name or handle in the narrative",
    why="""\
A reader who meets a name looks for what the person did; one who meets a role looks for what the system let happen to whoever held it. Names stay searchable for years after everyone
has learned from the incident, and people who expect to be named tell less the next time. They belong in the header, in lists of who took part and in the owner column.
Found are the people of the record and of the settings, given names of many cultures, and unknown words where only people stand ("was paged", "'s laptop"); quotes and code are not looked at.""",
    bad="""\
| 14:19 | Petra restarted the pool |""",
    better="""\
| 14:19 | The database on-call restarted the pool |""",
    sources=(
        ALLSPAW,
        SRE_BOOK,
    ),
    options=(ALLOW,),
    check=check,
)
