"""Owners of actions who are not one person: teams, rotas, and several people."""

from __future__ import annotations

import re

from afterword.derive.owners import Owners, plain_name

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
    people = _people(name, owners)
    if len(people) > 1:
        return "is more than one person or team"
    if people and (_WHOLE.fullmatch(people[0]) or _HOLDS.search(people[0])):
        return "is a team or a rota"
    return None


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
