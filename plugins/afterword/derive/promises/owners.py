"""Who is meant by the owner of an action: a person or a team of the settings (docs/format.md, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

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
    """The people and teams of the settings by their names and ids in small letters; of two with one name the first. `names` are the teams' names by their ids as they are written."""

    people: Mapping[str, RosterEntry]
    teams: Mapping[str, RosterEntry]
    names: Mapping[str, str] = field(default_factory=dict)
    _asked: tuple[dict[str, RosterEntry | None], dict[str, RosterEntry | None]] = field(
        default_factory=lambda: ({}, {}), init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, settings: Settings) -> Owners:
        """Index the people and teams, once for all actions."""
        names = {team.id: team.name for team in reversed(settings.teams)}
        return cls(_by_name(settings.people), _by_name(settings.teams), names)

    def person(self, written: str) -> RosterEntry | None:
        """Find the person whose name or id is written."""
        return _named(written, self.people, self._asked[0])

    def team(self, written: str) -> RosterEntry | None:
        """Find the team whose name or id is written."""
        return _named(written, self.teams, self._asked[1])

    def team_name(self, name_or_id: str) -> str:
        """Give the name of the team that an entry of the settings names, by its id or by the name itself."""
        return self.names.get(name_or_id, name_or_id)

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


def _named(
    written: str, roster: Mapping[str, RosterEntry], asked: dict[str, RosterEntry | None]
) -> RosterEntry | None:
    """Look a name up; what was `asked` before is at hand, for a few names stand in thousands of actions."""
    try:
        return asked[written]
    except KeyError:
        found = roster.get(written.strip().casefold()) or roster.get(plain_name(written).casefold())
        asked[written] = found
        return found
