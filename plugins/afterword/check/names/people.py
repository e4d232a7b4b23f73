"""Who is known by name before the narrative is read: the people of a record's header, the owners of its actions, the roster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache

from afterword.check.names import contexts
from afterword.check.names.lexicon import folded, is_given, is_word
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.value import plain_value


@plain_value()
class KnownPeople:
    """Words of names with what the person is in the record, empty where that is not said; whole names; logins as written; and teams."""

    roles: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    logins: dict[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()


def people_of(record: Postmortem, roster: KnownPeople) -> KnownPeople:
    """Collect who is named where names belong in a record, and whom the settings list."""
    header = record.header
    named = [(person.name, person.role or "the incident commander") for person in header.commander]
    named += [
        (person.name, person.role) for person in (*header.authors, *header.reviewers, *header.participants)
    ]
    named += [(each.name, each.role) for each in header.sign_off]
    named += [
        (action.owner, f"the owner of {action.id}" if action.id else "")
        for action in record.actions
        if _is_somebody(action.owner)
    ]
    return _known(named, roster)


def roster_of(settings: Settings) -> KnownPeople:
    """Give the people whom the settings list."""
    groups = frozenset(folded(word) for team in settings.teams for word in (team.name, team.id) if word)
    named = [(name, "") for person in settings.people for name in (person.name, person.id)]
    return _known(named, KnownPeople(groups=groups))


def _known(named: Iterable[tuple[str, str]], basis: KnownPeople) -> KnownPeople:
    roles, names, logins = dict[str, str](), set(basis.names), dict(basis.logins)
    for name, role in dict.fromkeys(named):
        words, whole, telling = _words_of(name)
        if not words or whole in basis.groups:
            continue
        if len(words) == 1 and not name.strip()[:1].isupper():
            logins.setdefault(name.strip().removeprefix("@"), role)
            continue
        names.add(whole)
        for word in telling:
            roles.setdefault(word, role.strip())
    return KnownPeople({**basis.roles, **roles}, frozenset(names), logins, basis.groups)


@lru_cache(maxsize=1 << 14)
def _words_of(name: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Give the words of a person's name in small letters, none of a team's or a role's; then in one, and those that name the person alone."""
    if _is_group(name):
        return (), "", ()
    words = tuple(folded(word).strip(".,()") for word in name.split())
    telling = [
        word for word in (words[:1] + words[-1:]) if len(word) > 1 and (is_given(word) or not is_word(word))
    ]
    return words, " ".join(words), tuple(telling)


def _is_somebody(owner: str) -> bool:
    """Tell whether an owner is a person's name: one word that is none may as well be a team."""
    return " " in owner.strip() or owner.startswith("@") or is_given(folded(owner.strip()))


def _is_group(name: str) -> bool:
    written = name.split()
    if len(written) > 1 and any(word[0].islower() and word not in contexts.PARTICLES for word in written):
        return True
    words = [folded(word) for word in name.replace("/", " ").replace("-", " ").split()]
    if any(
        word in contexts.GROUP_PARTS
        or word in contexts.DETERMINERS
        or (word in contexts.NOUNS and not is_given(word))
        for word in words
    ):
        return True
    return all(is_word(word) and not is_given(word) for word in words)
