"""Whether the promises of the records are kept (docs/format.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.derive.calendar import days_after
from afterword.derive.labels import find_entry
from afterword.derive.owners import Owners
from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

OVERDUE = "overdue"


def is_overdue(action: ActionItem, as_of: date) -> bool:
    """Tell whether an action is owed and its due day is over: overdue from the day after `Due` (docs/format.md, section 6)."""
    return action.is_unfinished and action.due is not None and action.due < as_of


def is_owed_here(record: Postmortem) -> bool:
    """Tell whether the actions of a record are anyone's here: those of a retold incident are not, and count in no rate."""
    return not record.header.retold_from


def published_on(record: Postmortem) -> date | None:
    """Give the day of publication as the header states it."""
    return record.header.published


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action with its record and what the day makes of it.

    `state` is overdue, open, in progress, in review, candidate, done or cancelled; an unreadable status is shown as open.
    `team` is the owner's by the roster, else that of the record's services, empty where neither is known. Actions of retold records
    are never overdue: nobody here owes them (`owed` is False).
    """

    record: Postmortem
    action: ActionItem
    overdue: bool
    days_overdue: int
    team: str
    state: str
    owed: bool = True

    @property
    def unfinished(self) -> bool:
        """Tell whether the action is promised, owed by someone here, and not done."""
        return self.owed and self.action.is_unfinished


def action_views(archive: Archive, as_of: date) -> tuple[ActionView, ...]:
    """List every action of every record: overdue (oldest due day first), unfinished by due day, candidates, then the rest, newest first."""
    owners = Owners.of(archive.settings)
    views = [
        _view(record, action, owners, archive.settings, as_of)
        for record in archive.records
        for action in record.actions
    ]
    return tuple(sorted(views, key=_order))  # stable: within a record the order of its table


def _view(
    record: Postmortem, action: ActionItem, owners: Owners, settings: Settings, as_of: date
) -> ActionView:
    owed = is_owed_here(record)
    overdue = owed and is_overdue(action, as_of)
    days = (as_of - action.due).days if overdue and action.due else 0
    state = OVERDUE if overdue else str(action.status or Status.OPEN)
    return ActionView(record, action, overdue, days, team_of(record, action, owners, settings), state, owed)


def _order(view: ActionView) -> tuple[int, int, str]:
    due = view.action.due.toordinal() if view.action.due else date.max.toordinal() + 1
    if view.overdue:
        return (0, due, view.record.id)
    if view.action.is_unfinished:
        return (1, due, view.record.id)
    if view.action.status is Status.CANDIDATE:
        return (2, 0, view.record.id)
    return (3, -view.action.closed.toordinal() if view.action.closed else 0, view.record.id)


def team_of(record: Postmortem, action: ActionItem, owners: Owners, settings: Settings) -> str:
    """Name the team that answers for an action: the owner's by the roster, else that of the record's first service with a team."""
    team = owners.team(action.owner)
    if team:
        return team.name
    person = owners.person(action.owner)
    if person and person.team:
        return _team_name(person.team, settings)
    entries = (find_entry(settings.services, service) for service in record.header.services)
    return next((_team_name(entry.team, settings) for entry in entries if entry and entry.team), "")


def _team_name(name_or_id: str, settings: Settings) -> str:
    return next((team.name for team in settings.teams if team.id == name_or_id), name_or_id)


@dataclass(frozen=True, slots=True)
class Completion:
    """How many actions were done `days` days after publication (docs/format.md, section 6).

    `target` is in percent, `share` a fraction of 1, None where no action counts. `records` are the records counted, `too_young` those left
    out because less than `days` days have passed. `without_date` counts done and cancelled actions whose day is not stated: a done one
    counts as an action and not as done, since leaving the day out must not better the rate; a cancelled one is taken as
    cancelled by then and left out.
    """

    days: int
    target: float
    records: int
    too_young: int
    without_date: int
    actions: int
    done: int

    @property
    def share(self) -> float | None:
        """Give the part of the actions that was done, 0 to 1."""
        return self.done / self.actions if self.actions else None

    @property
    def percent(self) -> float | None:
        """Give the share in percent, as the target is."""
        return 100 * self.done / self.actions if self.actions else None

    @property
    def met(self) -> bool | None:
        """Tell whether the target is reached."""
        return None if self.percent is None else self.percent >= self.target


def completion(archive: Archive, as_of: date) -> tuple[Completion, ...]:
    """Measure completion at each of the settings' targets, over all records with a stated day of publication.

    As long as only stated dates are known, a commitment is an action that is no candidate. Done by then is: status done, and closed on day
    N after publication or before. Retold records count in no rate.
    """
    own = [record for record in archive.records if is_owed_here(record)]
    return tuple(
        _completion(own, days, target, as_of) for days, target in archive.settings.completion_targets
    )


def _completion(records: Iterable[Postmortem], days: int, target: float, as_of: date) -> Completion:
    counted = too_young = without_date = actions = done = 0
    for record in records:
        published = published_on(record)
        if published is None:
            continue
        if (as_of - published).days < days:
            too_young += 1
            continue
        counted += 1
        then = days_after(published, days)
        for action in record.actions:
            finished = action.status in (Status.DONE, Status.CANCELLED)
            undated = finished and action.closed is None
            by_then = finished and (action.closed is None or action.closed <= then)
            without_date += undated
            if not action.is_commitment or (action.status is Status.CANCELLED and by_then):
                continue
            actions += 1
            done += action.status is Status.DONE and by_then and not undated
    return Completion(days, target, counted, too_young, without_date, actions, done)
