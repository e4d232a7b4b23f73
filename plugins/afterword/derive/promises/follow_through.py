"""Whether the promises of the records are kept (docs/format.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from afterword.derive.promises.action_life import Slip, slips, unchanged_since
from afterword.derive.promises.drift import WORST_FIRST, Counterpart, Drift, counterpart
from afterword.derive.promises.owners import Owners
from afterword.derive.words.extracts import actions_unread
from afterword.derive.words.labels import find_entry
from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.value import maker, plain_value

OVERDUE = "overdue"


def is_overdue(action: ActionItem, as_of: date) -> bool:
    """Tell whether an action is owed and its due day is over: overdue from the day after `Due` (docs/format.md, section 6)."""
    return action.is_unfinished and action.due is not None and action.due < as_of


def is_owed_here(record: Postmortem) -> bool:
    """Tell whether the actions of a record are anyone's here: those of a retold incident are not, and count in no rate."""
    return not record.header.retold_from


def unread_promises(archive: Archive) -> tuple[Postmortem, ...]:
    """Give the records whose actions are somebody's here, and none of which can be read."""
    return tuple(each for each in archive.records if actions_unread(each) and is_owed_here(each))


def published_on(record: Postmortem) -> date | None:
    """Give the day of publication: what the header states, else what `as_it_was` has found in git."""
    return record.header.published


@plain_value()
class ActionView:
    """An action with its record and what the day makes of it.

    `state` is overdue, open, in progress, in review, candidate, done or cancelled; an unreadable status is shown as open.
    `team` is the owner's by the roster, else that of the record's services, empty where neither is known. Actions of retold records
    are never overdue: nobody here owes them (`owed` is False). `unfinished` tells whether it is promised, owed by someone here, and not done. `first_seen`, `unchanged_since` (the day of its last change) and `slips` (each time its due
    day was put off) are what git tells, None and empty where it tells nothing. `counterpart` is what the tracker says of its ticket, None where nothing is known.
    """

    record: Postmortem
    action: ActionItem
    overdue: bool
    days_overdue: int
    team: str
    state: str
    owed: bool
    unfinished: bool
    first_seen: date | None = None
    unchanged_since: date | None = None
    slips: tuple[Slip, ...] = ()
    counterpart: Counterpart | None = None

    @property
    def drifts(self) -> tuple[Drift, ...]:
        """Give what its ticket tells otherwise."""
        return self.counterpart.contradictions if self.counterpart else ()


def action_views(archive: Archive, as_of: date) -> tuple[ActionView, ...]:
    """List every action of every record: overdue (oldest due day first), unfinished by due day, candidates, then the rest, newest first."""
    owners = Owners.of(archive.settings)
    views = [
        _view(record, action, archive, owners, as_of)
        for record in archive.records
        for action in record.actions
    ]
    return tuple(sorted(views, key=_order))  # stable: within a record the order of its table


def told_otherwise(views: Iterable[ActionView]) -> tuple[ActionView, ...]:
    """Give the actions whose tickets tell otherwise, first those that mislead most, and else in the order given."""
    drifting = (view for view in views if view.drifts)
    return tuple(sorted(drifting, key=lambda view: min(WORST_FIRST.index(each.kind) for each in view.drifts)))


def _view(
    record: Postmortem,
    action: ActionItem,
    archive: Archive,
    owners: Owners,
    as_of: date,
) -> ActionView:
    settings = archive.settings
    owed = is_owed_here(record)
    overdue = owed and is_overdue(action, as_of)
    days = (as_of - action.due).days if overdue and action.due else 0
    state = OVERDUE if overdue else str(action.status or Status.OPEN)
    team = team_of(record, action, owners, settings)
    there = counterpart(action, archive.tickets, settings, owners, as_of) if owed else None
    life = archive.history.action(record.id, action.id)
    unfinished = owed and action.is_unfinished
    if life is None:
        return _action_view(record, action, overdue, days, team, state, owed, unfinished, counterpart=there)
    return _action_view(
        record,
        action,
        overdue,
        days,
        team,
        state,
        owed,
        unfinished,
        life.moments[0].day,
        unchanged_since(life, as_of),
        slips(life, as_of),
        there,
    )


_action_view = maker(ActionView)


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
        return owners.team_name(person.team)
    return team_of_services(record, owners, settings)


def team_of_services(record: Postmortem, owners: Owners, settings: Settings) -> str:
    """Name the team of a record's first service that has one, empty where none has."""
    entries = (find_entry(settings.services, service) for service in record.header.services)
    return next((owners.team_name(entry.team) for entry in entries if entry and entry.team), "")
