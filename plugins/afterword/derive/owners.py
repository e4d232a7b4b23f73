"""Who is meant by the owner of an action: a person or a team of the settings (docs/format.md, section 9)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from afterword.derive.labels import safe_id
from afterword.model.archive import Archive
from afterword.model.settings import RosterEntry, Settings

_LONGEST_KEPT = 80
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def plain_name(written: str) -> str:
    """Give a name without what is added to it: `@juno (payments)` is `juno`."""
    return _plain(written) if len(written) <= _LONGEST_KEPT else _plain.__wrapped__(written)


@lru_cache(maxsize=4096)
def _plain(written: str) -> str:
    return " ".join(_ASIDE.sub(" ", written).split()).removeprefix("@")


@dataclass(frozen=True, slots=True)
class Owners:
    """The people and teams of the settings by their names and ids in small letters; of two with one name the first."""

    people: Mapping[str, RosterEntry]
    teams: Mapping[str, RosterEntry]

    @classmethod
    def of(cls, settings: Settings) -> Owners:
        """Index the people and teams, once for all actions."""
        return cls(_by_name(settings.people), _by_name(settings.teams))

    def person(self, written: str) -> RosterEntry | None:
        """Find the person whose name or id is written."""
        return _named(written, self.people)

    def team(self, written: str) -> RosterEntry | None:
        """Find the team whose name or id is written."""
        return _named(written, self.teams)

    def key(self, written: str) -> str:
        """Give what all spellings of one owner have in common: the roster's name where it knows it, in small letters."""
        entry = self.person(written) or self.team(written)
        return (entry.name if entry else plain_name(written)).casefold()


def _by_name(roster: Iterable[RosterEntry]) -> dict[str, RosterEntry]:
    found: dict[str, RosterEntry] = {}
    for entry in roster:
        for name in filter(None, (entry.name, entry.id)):
            found.setdefault(name.casefold(), entry)
    return found


def _named(written: str, roster: Mapping[str, RosterEntry]) -> RosterEntry | None:
    return roster.get(written.strip().casefold()) or roster.get(plain_name(written).casefold())


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who owns actions, or a team: `slug` is its part of addresses, `owners/<slug>/` and `teams/<slug>/`."""

    slug: str
    name: str


def owner_holders(archive: Archive) -> Mapping[str, Holder]:
    """Give the person meant by each spelling of an owner in an archive; what names a team, or nobody, is left out.

    Spellings of one person share a holder: those that the roster knows, and those that differ in case, in `@` and in what is in parentheses.
    """
    owners = Owners.of(archive.settings)
    written = sorted({action.owner for record in archive.records for action in record.actions})
    keys: dict[str, str] = {}
    names: dict[str, str] = {}
    for spelling in written:
        person = owners.person(spelling)
        name = person.name if person else plain_name(spelling)
        if name and (person or not owners.team(spelling)):
            keys[spelling] = name.casefold()
            names.setdefault(name.casefold(), name)
    # Whoever stands in the roster keeps an address when somebody of a like name joins.
    roster = {person.name.casefold(): person for person in archive.settings.people}
    wishes = {key: person.id or person.name for key, person in roster.items()}
    slugs = _slugs({**wishes, **{key: name for key, name in names.items() if key not in wishes}})
    return {spelling: Holder(slugs[key], names[key]) for spelling, key in keys.items()}


def team_holders(settings: Settings, named: Iterable[str] = ()) -> Mapping[str, Holder]:
    """Give the teams of the settings and those that are only `named` there, by their names; the slug of a team with an id is the id."""
    wishes = {team.name: team.id or team.name for team in settings.teams}
    wishes |= {name: name for name in sorted({*named}) if name and name not in wishes}
    return {name: Holder(slug, name) for name, slug in _slugs(wishes).items()}


def _slugs(wishes: Mapping[str, str]) -> dict[str, str]:
    """Give each key a slug of its own, by the text it wishes to be called by; of two that wish for one slug the later is told apart by its hash."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for key, wish in wishes.items():
        slug = safe_id(_in_latin_letters(wish))
        if slug in taken:
            digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
            slug = next(made for length in range(6, 65) if (made := f"{slug}-{digest[:length]}") not in taken)
        taken.add(slug)
        given[key] = slug
    return given


def _in_latin_letters(text: str) -> str:
    """Take the accents off letters: `Jörg` is `Jorg`."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
