"""Owners of actions who cannot answer for them: teams, rotas, several people, somebody who has left, somebody who holds too much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.promises.owners import Owners, plain_name
from afterword.derive.timing.calendar import format_day
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

_WHOLE = re.compile(
    r"all|any(?:body|one)|dbas?|developers|devex|devops|devs|engineer(?:ing|s)|every(?:body|one)|infra(?:structure)?|it|leads|management|netops|nobody|operations|ops|"
    r"platform|qa|secops|security|some(?:body|one)|sres?|support|us|we|whoever",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"(?<![\w-])(?:teams?|squads?|groups?|guilds?|crew|tribe|departments?|dept|on[- ]?call|rota|rotation|engineers|developers|admins|responders|leads)(?![\w-])",
    re.IGNORECASE,
)
_TEAM_HANDLE = re.compile(r"@[\w-]+/[\w.-]+")
_ADDRESS = re.compile(r"<?(?:mailto:)?([^@\s<>]+)@[^@\s<>]+\.[^@\s<>]+>?", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:^|[-._+])(?:lists?|teams?|squads?|groups?|guilds?|crew|on-?call|rota|engineers|developers|admins|responders|leads)(?:$|[-._+])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s+(?:and|und|et)\s+|\s*[&+;]\s*|\s+/\s+|(?<=[^\W\d_])/(?=[^\W\d_])|(?<=\S)\s+(?=@)", re.IGNORECASE
)
_COMMA = re.compile(r"\s*,\s*")


def is_no_person(owner: str, owners: Owners) -> str | None:
    """Say what an owner is who is not one person, `is a team` for example; None for one person, known or not."""
    if owners.person(owner):
        return None
    if owners.team(owner) or _TEAM_HANDLE.fullmatch(owner.strip()):
        return "is a team"
    name = plain_name(owner)
    address = _ADDRESS.fullmatch(name)
    if address:
        return "is a mailing list" if _is_list(address[1], owners) else None
    people = _people(name, owners)
    if len(people) > 1:
        return "is more than one person or team"
    if people and (_WHOLE.fullmatch(people[0]) or _HOLDS.search(people[0])):
        return "is a team or a rota"
    return None


def _is_list(local_part: str, owners: Owners) -> bool:
    """Tell whether mail goes to several people, by what stands before the `@`: a team's name, or a word for many."""
    is_team = owners.team(local_part) is not None
    return is_team or bool(_WHOLE.fullmatch(local_part) or _LISTED.search(local_part))


def why_not_held(action: ActionItem, owners: Owners, day: date) -> str | None:
    """Say why nobody answers for an action on a day, `has no owner` for example; None where one person does, known or not."""
    if not action.owner:
        return "has no owner"
    person = owners.person(action.owner)
    if person is not None and person.left is not None and person.left < day:
        return f"is with somebody who left on {format_day(person.left)}"
    fault = is_no_person(action.owner, owners)
    return f"is with an owner that {fault}" if fault else None


@dataclass(frozen=True, slots=True)
class Load:
    """The unfinished actions of one person, by due day, those without one last; `name` as the roster writes it, else as the first of them does."""

    name: str
    actions: tuple[tuple[Postmortem, ActionItem], ...]


def loads_beyond_limit(records: Iterable[Postmortem], settings: Settings, owners: Owners) -> tuple[Load, ...]:
    """Give what is with one person beyond the settings' `actions_per_person`, by name."""
    if not settings.actions_per_person:
        return ()
    held: dict[str, list[tuple[Postmortem, ActionItem]]] = {}
    for record in records:
        for action in record.actions if is_owed_here(record) else ():
            if action.owner and action.is_unfinished:
                held.setdefault(owners.key(action.owner), []).append((record, action))
    loads = (
        Load(_name(actions[0][1].owner, owners), tuple(sorted(actions, key=_by_day)))
        for actions in held.values()
        if len(actions) > settings.actions_per_person and not is_no_person(actions[0][1].owner, owners)
    )
    return tuple(sorted(loads, key=lambda load: load.name.casefold()))


def _name(written: str, owners: Owners) -> str:
    person = owners.person(written)
    return person.name if person else plain_name(written)


def _by_day(held: tuple[Postmortem, ActionItem]) -> tuple[date, str]:
    record, action = held
    return action.due or date.max, record.id


def _people(name: str, owners: Owners) -> list[str]:
    """Take several names apart; `Papercliff, Juno` and `Juno Papercliff, Payments` are one."""
    parts = [part for part in _BETWEEN.split(name) if part]
    if len(parts) == 1:
        listed = [part for part in _COMMA.split(name) if part]
        full = all(" " in part or part.startswith("@") for part in listed)
        if len(listed) > 2 or full or all(owners.person(part) for part in listed):
            parts = listed
    if len(parts) > 1:
        parts = [part for part in parts if not owners.team(part)] or [name]
    return parts
