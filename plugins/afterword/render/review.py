"""The agenda of the weekly review of actions: what needs a decision, in the order in which a meeting can take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from afterword.check.ownership import Load, loads_beyond_limit, why_not_held
from afterword.derive.action_choice import is_due_within, is_unchanged_for, team_key
from afterword.derive.archive_coverage import RegisteredRisk, archive_coverage
from afterword.derive.calendar import days_after
from afterword.derive.follow_through import ActionView
from afterword.derive.labels import find_entry
from afterword.derive.owners import Owners
from afterword.derive.repeated import Promise, are_told_apart, repeated_actions
from afterword.model.action import CLOSED, Status
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.span import Span

WEEK = 7
"""Days that a review looks ahead and back."""

STUCK = 30
"""Days from which an action of which nothing has changed is asked about."""


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to decide on a day; an action stands in the first part that it belongs to, `unheld` ones with the reason.

    `loads` are those beyond the settings' limit, whatever their teams. `untold` says why nothing is known of what is unchanged.
    """

    day: date
    team: str
    owed: int
    overdue: tuple[ActionView, ...]
    soon: tuple[ActionView, ...]
    unheld: tuple[tuple[ActionView, str], ...]
    unchanged: tuple[ActionView, ...]
    repeated: tuple[tuple[ActionView, ...], ...]
    risks: tuple[RegisteredRisk, ...]
    loads: tuple[Load, ...]
    closed: tuple[ActionView, ...]
    untold: str = ""

    @property
    def has_decisions(self) -> bool:
        """Tell whether there is anything to decide."""
        return any(
            (self.overdue, self.soon, self.unheld, self.unchanged, self.repeated, self.risks, self.loads)
        )


def review_of(archive: Archive, views: Sequence[ActionView], day: date, team: str = "") -> Review:
    """Bring together what a review is about; `views` are all actions on that day, `team` leaves those of others out."""
    settings = archive.settings
    owners = Owners.of(settings)
    key = team_key(team, settings)
    own = [view for view in views if not team or team_key(view.team, settings) == key]
    owed = [view for view in own if view.unfinished]
    overdue = [view for view in owed if view.overdue]
    soon = [view for view in owed if is_due_within(view, day, WEEK)]
    # An owner who is gone is asked about in any case; what else is on the agenda already is not said twice.
    unheld = [(view, why) for view in owed if (why := why_not_held(view.action, owners, day))]
    told = {id(view) for view in (*overdue, *soon, *(view for view, _ in unheld))}
    unchanged = [view for view in owed if id(view) not in told and is_unchanged_for(view, day, STUCK)]
    mine = set(map(id, own))
    since = day - timedelta(WEEK)
    return Review(
        day,
        team,
        len(owed),
        tuple(overdue),
        tuple(soon),
        tuple(unheld),
        tuple(sorted(unchanged, key=lambda view: view.unchanged_since or day)),
        tuple(bundle for bundle in _bundles(archive.records, views) if not mine.isdisjoint(map(id, bundle))),
        tuple(_risks(archive, day, team)),
        loads_beyond_limit(archive.records, settings, owners) if not team else (),
        tuple(view for view in own if _closed_between(view, since, day)),
        (archive.history.absent or "the history was not read") if archive.history.until is None else "",
    )


def _closed_between(view: ActionView, since: date, day: date) -> bool:
    closed = view.action.closed
    return view.owed and view.action.status in CLOSED and closed is not None and since < closed <= day


def _risks(archive: Archive, day: date, team: str) -> Iterator[RegisteredRisk]:
    """Yield the accepted risks that are to be looked at again by the next review, the longest due first."""
    until = days_after(day, WEEK)
    for risk in archive_coverage(archive, day).risks:
        if (
            risk.review is not None
            and risk.review <= until
            and (not team or _has_team(risk.record, team, archive))
        ):
            yield risk


def _has_team(record: Postmortem, team: str, archive: Archive) -> bool:
    """Tell whether a service of a record belongs to a team, given by its name or id."""
    settings = archive.settings
    entries = (find_entry(settings.services, service) for service in record.header.services)
    return team_key(team, settings) in {
        team_key(each.team, settings) for each in entries if each and each.team
    }


def _bundles(records: Iterable[Postmortem], views: Sequence[ActionView]) -> Iterator[tuple[ActionView, ...]]:
    """Yield the promises that several records made and that are still owed, each with all its rows, the oldest first."""
    view_of = {(view.record.id, view.action.span): view for view in views}
    bundles: dict[tuple[str, Span], list[Promise]] = {}
    for promise, before in repeated_actions(records):
        if promise.action.status is Status.CANCELLED or are_told_apart(promise, before):
            continue
        bundle = bundles.setdefault(_place(before), [before])
        bundle.append(promise)
        bundles[_place(promise)] = bundle
    for bundle in {id(each): each for each in bundles.values()}.values():
        there = tuple(view_of[_place(each)] for each in bundle)
        if any(view.unfinished for view in there):
            yield there


def _place(promise: Promise) -> tuple[str, Span]:
    return promise.record.id, promise.action.span
