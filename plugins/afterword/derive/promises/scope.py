"""An archive as one team or one service sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from afterword.derive.promises.follow_through import team_of
from afterword.derive.promises.owners import Owners
from afterword.derive.words.labels import entry_for, find_entry, service_ids
from afterword.model.action import ActionItem
from afterword.model.archive import Archive
from afterword.model.history import ActionLife, RecordLife
from afterword.model.markup import RichText
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.span import START


def teams_of(archive: Archive) -> Mapping[str, str]:
    """Give the names of all teams that the settings list or name, by their names and ids in small letters."""
    settings = archive.settings
    listed = {word.casefold(): team.name for team in settings.teams for word in (team.name, team.id) if word}
    named = (*(each.team for each in settings.people), *(each.team for each in settings.services))
    return {**{team.casefold(): team for team in named if team}, **listed}


def services_of(archive: Archive) -> Mapping[str, str]:
    """Give the ids of all services that the settings list or records name, by every word for them in small letters."""
    entries = archive.settings.services
    used = (word for record in archive.records for word in record.header.services)
    found = {word.casefold(): entry_for(entries, word).id for word in used}
    for entry in entries:
        for word in (*entry.aliases, *entry.renamed_from, entry.label, entry.id):
            found[word.casefold()] = entry.id
    return found


def narrowed(archive: Archive, team: str = "", service: str = "") -> Archive:
    """Give an archive with the records of a service, by its id, and those that concern a team, by its name, with the actions that the team answers for.

    What went away with a whole record is nobody's: it is not known what that was about.
    """
    records = [
        record
        for record in archive.records
        if not service or service in service_ids(record, archive.settings)
    ]
    lives = {
        record.id.lower(): life
        for record in records
        if (life := archive.history.record(record.id)) is not None
    }
    if team:
        owners = Owners.of(archive.settings)
        kept = [_of_team(record, team, owners, archive.settings) for record in records]
        records = [record for record in kept if record.actions or _serves(record, team, archive.settings)]
        lives = {
            record.id.lower(): _life_of_team(record, life, team, owners, archive)
            for record in records
            if (life := lives.get(record.id.lower())) is not None
        }
    return Archive.of(
        archive.settings, records, history=replace(archive.history, records=lives), tickets=archive.tickets
    )


def _of_team(record: Postmortem, team: str, owners: Owners, settings: Settings) -> Postmortem:
    actions = tuple(each for each in record.actions if team_of(record, each, owners, settings) == team)
    return replace(record, actions=actions)


def _serves(record: Postmortem, team: str, settings: Settings) -> bool:
    teams = {word for each in settings.teams if each.name == team for word in (each.id, each.name)} | {team}
    entries = (find_entry(settings.services, word) for word in record.header.services)
    return any(entry is not None and entry.team in teams for entry in entries)


def _life_of_team(
    record: Postmortem, life: RecordLife, team: str, owners: Owners, archive: Archive
) -> RecordLife:
    actions = {
        name: action
        for name, action in life.actions.items()
        if record.action(name) or _was_of(record, action, team, owners, archive)
    }
    return replace(life, actions=actions)


def _was_of(record: Postmortem, life: ActionLife, team: str, owners: Owners, archive: Archive) -> bool:
    """Tell whether an action whose row is gone was the team's; one that stands there still is another team's."""
    there = archive.find(record.id)
    if there is not None and there.action(life.id) is not None:
        return False
    last = next(each.state for each in reversed(life.moments) if each.state is not None)
    gone = ActionItem(life.id, RichText(), START, owner=last.owner)
    return team_of(record, gone, owners, archive.settings) == team
