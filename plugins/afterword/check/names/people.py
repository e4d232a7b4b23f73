"""Who is known by name before the narrative is read: the people of a record's header, the owners of its actions, the roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from afterword.check.names import contexts
from afterword.check.names.lexicon import folded, is_given, is_word
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Words of names with what the person is in the record, empty where that is not said; whole names; and logins as written."""

    roles: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    logins: dict[str, str] = field(default_factory=dict)


def people_of(record: Postmortem, settings: Settings) -> KnownPeople:
    """Collect who is named where names belong; teams are nobody."""
    teams = {folded(word) for team in settings.teams for word in (team.name, team.id) if word}
    roles: dict[str, str] = {}
    names: set[str] = set()
    logins: dict[str, str] = {}
    for name, role in _named(record, settings):
        if folded(name) in teams or _is_group(name):
            continue
        words = [word.strip(".,()") for word in name.split()]
        if len(words) == 1 and not words[0][:1].isupper():
            logins.setdefault(words[0].removeprefix("@"), role)
            continue
        names.add(" ".join(map(folded, words)))
        for word in (words[0], words[-1]):
            if len(word) > 1 and word[0].isupper():
                roles.setdefault(folded(word), role)
    return KnownPeople(roles, frozenset(names), logins)


def _named(record: Postmortem, settings: Settings) -> Iterator[tuple[str, str]]:
    header = record.header
    commanders = [(person.name, person.role or "the incident commander") for person in header.commander]
    authors = [
        (person.name, person.role) for person in (*header.authors, *header.reviewers, *header.participants)
    ]
    signed = [(each.name, each.role) for each in header.sign_off]
    owners = [(action.owner, f"the owner of {action.id}" if action.id else "") for action in record.actions]
    roster = [(name, "") for person in settings.people for name in (person.name, person.id)]
    for name, role in (*commanders, *authors, *signed, *owners, *roster):
        if name.strip():
            yield name.strip(), role.strip()


def _is_group(name: str) -> bool:
    words = [folded(word) for word in name.replace("/", " ").replace("-", " ").split()]
    return any(word in contexts.GROUP_PARTS for word in words) or all(
        is_word(word) and not is_given(word) for word in words
    )
