"""Who holds promises: every owner and every team, each once however it is written, with an address of its own."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from afterword.derive.promises.follow_through import ActionView, is_owed_here
from afterword.derive.promises.owners import Owners, plain_name
from afterword.derive.words.labels import safe_id, service_ids
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.settings import Entry, RosterEntry, Settings

Key = tuple[str, str]
K = TypeVar("K", Key, str)


@dataclass(frozen=True, slots=True)
class Owner:
    """Someone in whose name actions stand, by the roster or as the records write it; `views` are these actions, in the order of `action_views`.

    `team` is a label, empty where the roster names none; `left` the day on which the person left.
    """

    slug: str
    name: str
    team: str
    left: date | None
    views: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the settings, or one that is named without being listed; `views` are the actions it answers for.

    `elsewhere` are open actions on incidents of its services for which another team answers. `members` are those of its people who own actions.
    """

    slug: str
    name: str
    services: tuple[Entry, ...]
    members: tuple[Owner, ...]
    views: tuple[ActionView, ...]
    elsewhere: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class Holders:
    """The owners and teams of an archive, each in the order of the alphabet. What retold records promise is held by nobody.

    `former` are those in whose names actions stood before, and none does now; they keep their addresses.
    """

    owners: tuple[Owner, ...]
    former: tuple[Owner, ...]
    teams: tuple[Team, ...]
    roster: Owners
    _owners: Mapping[Key, Owner]
    _teams: Mapping[str, Team]

    @classmethod
    def of(cls, views: Iterable[ActionView], settings: Settings, before: Iterable[str] = ()) -> Holders:
        """Put actions together by who holds them; `before` is who is known to have owned some, as `owners_before` tells."""
        roster = Owners.of(settings)
        owed = [view for view in views if view.owed and view.action.is_commitment]
        known = _owners(owed, before, roster, settings)
        owners = {key: owner for key, owner in known.items() if owner.views}
        teams = _teams(owed, owners.values(), settings)
        return cls(
            tuple(sorted(owners.values(), key=_by_name)),
            tuple(sorted((owner for owner in known.values() if not owner.views), key=_by_name)),
            tuple(sorted(teams.values(), key=_by_name)),
            roster,
            owners,
            teams,
        )

    def owner(self, written: str) -> Owner | None:
        """Find an owner by what an action's cell says; None where it names a team, or nobody."""
        return self._owners.get(_key(written, self.roster)) if written else None

    def team(self, label: str) -> Team | None:
        """Find a team by the name that `ActionView.team` has."""
        return self._teams.get(label)

    def team_of_id(self, team: str, settings: Settings) -> Team | None:
        """Find a team by what an entry of the settings calls it, its id or its name."""
        return self._teams.get(_label(team, settings))


def owners_before(archive: Archive, as_of: date) -> frozenset[str]:
    """Give what the owner cells of promises have said up to a day, as far as git knows them; what was taken back is left out."""
    lives = (archive.history.record(record.id) for record in archive.records if is_owed_here(record))
    return frozenset(
        moment.state.owner
        for life in lives
        if life is not None
        for action in life.actions.values()
        for moment in action.moments
        if moment.state is not None and not moment.undone and moment.day <= as_of
        if moment.state.status is not Status.CANDIDATE
    )


def _owners(
    owed: Iterable[ActionView], before: Iterable[str], roster: Owners, settings: Settings
) -> dict[Key, Owner]:
    held: dict[Key, list[ActionView]] = {}
    written: dict[Key, Counter[str]] = {}
    for view in owed:
        if not view.action.owner or roster.team(view.action.owner):
            continue
        key = _key(view.action.owner, roster)
        held.setdefault(key, []).append(view)
        written.setdefault(key, Counter())[plain_name(view.action.owner)] += 1
    now = frozenset(held)
    for name in before:
        if name and not roster.team(name) and (key := _key(name, roster)) not in now:
            held[key] = []
            written.setdefault(key, Counter())[plain_name(name)] += 1
    names = {key: _name(key, written[key], roster) for key in held}
    people = {key: roster.person(key[1]) if key[0] == "person" else None for key in held}
    wanted = {key: _slug(people[key], names[key]) for key in held}
    slugs = _slugs(wanted, names, {key for key, person in people.items() if person})
    return {
        key: Owner(
            slugs[key],
            names[key],
            _label(person.team, settings) if (person := people[key]) and person.team else "",
            person.left if person else None,
            tuple(views),
        )
        for key, views in held.items()
    }


def _teams(owed: Iterable[ActionView], owners: Iterable[Owner], settings: Settings) -> dict[str, Team]:
    services: dict[str, list[Entry]] = {}
    for entry in settings.services:
        if entry.team:
            services.setdefault(_label(entry.team, settings), []).append(entry)
    team_of = {entry.id: label for label, entries in services.items() for entry in entries}
    held: dict[str, list[ActionView]] = {}
    elsewhere: dict[str, list[ActionView]] = {}
    for view in owed:
        if view.team:
            held.setdefault(view.team, []).append(view)
        if view.unfinished:
            of_services = {team_of.get(service, "") for service in service_ids(view.record, settings)}
            for label in of_services - {"", view.team}:
                elsewhere.setdefault(label, []).append(view)
    members: dict[str, list[Owner]] = {}
    for owner in owners:
        if owner.team:
            members.setdefault(owner.team, []).append(owner)
    listed = {entry.name: entry for entry in settings.teams}
    labels = tuple(dict.fromkeys((*listed, *sorted({*services, *held, *members}))))
    wanted = {label: _slug(listed.get(label), label) for label in labels}
    slugs = _slugs(wanted, {label: label for label in labels}, listed.keys())
    return {
        label: Team(
            slugs[label],
            label,
            tuple(services.get(label, ())),
            tuple(sorted(members.get(label, ()), key=_by_name)),
            tuple(held.get(label, ())),
            tuple(elsewhere.get(label, ())),
        )
        for label in labels
    }


def _key(written: str, roster: Owners) -> Key:
    person = roster.person(written)
    return ("person", person.name) if person else ("name", plain_name(written).casefold())


def _name(key: Key, written: Counter[str], roster: Owners) -> str:
    """Choose the name to show: the roster's, else the one that is written most often."""
    if key[0] == "person":
        return key[1]
    return min(written, key=lambda name: (-written[name], name)) or key[1]


def _label(team: str, settings: Settings) -> str:
    return next((entry.name for entry in settings.teams if team in (entry.id, entry.name)), team)


def _slug(entry: RosterEntry | None, name: str) -> str:
    if entry is not None and entry.id:
        return safe_id(entry.id)
    letters = unicodedata.normalize("NFKD", name)
    return safe_id("".join(letter for letter in letters if not unicodedata.combining(letter)) or name)


def _slugs(wanted: Mapping[K, str], names: Mapping[K, str], listed: Collection[K]) -> dict[K, str]:
    """Part those that would share an address: of those in the settings first, the first by name keeps it; the others get a mark made from their names, which stays when more come."""
    given: dict[K, str] = {}
    taken: set[str] = set()
    for key in sorted(wanted, key=lambda each: (each not in listed, names[each].casefold(), names[each])):
        slug = wanted[key]
        if slug in taken:
            slug += "-" + hashlib.sha256(names[key].encode("utf-8", "replace")).hexdigest()[:6]
        taken.add(slug)
        given[key] = slug
    return given


def _by_name(holder: Owner | Team) -> tuple[str, str]:
    return (holder.name.casefold(), holder.slug)
