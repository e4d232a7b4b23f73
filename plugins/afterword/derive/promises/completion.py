"""How many promises were kept in time (docs/format.md, section 6), and how many were cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from afterword.derive.promises.action_life import Closing, closings, state_on, was_promised_between
from afterword.derive.promises.follow_through import is_owed_here, published_on
from afterword.derive.timing.calendar import days_after, quarter_of
from afterword.model.action import CLOSED, ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.history import ActionLife, History
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

CANCELLATION_TARGET = 10.0
"""Percent of promises below which cancelling is no way out of them."""


def why_no_share(too_young: int) -> str:
    """Say why there is no share of what was done in time; `too_young` are the records that are left out."""
    return "no record is old enough" if too_young else "nothing was promised"


@dataclass(frozen=True, slots=True)
class Completion:
    """How many actions were done `days` days after publication (docs/format.md, section 6).

    `target` is in percent, `share` a fraction of 1, None where no action counts. `records` are the records counted, `too_young` those left
    out because less than `days` days have passed. `without_date` counts done and cancelled actions whose day neither the record nor git
    tells: a done one counts as an action and not as done, since leaving the day out must not better the rate; a cancelled one is taken as
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

    @property
    def absent(self) -> str:
        """Say why there is no share, nothing where there is one."""
        return "" if self.actions else why_no_share(self.too_young)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """How many of the promises of published records were cancelled so far."""

    actions: int
    cancelled: int
    target: float = CANCELLATION_TARGET

    @property
    def percent(self) -> float | None:
        """Give the share in percent, None where nothing was promised."""
        return 100 * self.cancelled / self.actions if self.actions else None

    @property
    def met(self) -> bool | None:
        """Tell whether it is below the target."""
        return None if self.percent is None else self.percent < self.target


@dataclass(frozen=True, slots=True)
class QuarterOfPromises:
    """The records published in a quarter (counted from the year 0), and what became of their actions; `completions` in the order of the targets."""

    quarter: int
    records: int
    completions: tuple[Completion, ...]
    cancellation: Cancellation


def completion(archive: Archive, as_of: date) -> tuple[Completion, ...]:
    """Measure completion at each of the settings' targets, over all records with a known day of publication.

    Counted are the actions that were commitments on the day of publication or up to day N after it and were not cancelled by then; done by then is what was
    closed as done on day N or before. Where git knows nothing of an action, what it is now stands for what it was. Retold records count in no rate.
    """
    return completion_of(by_quarter(archive, as_of), archive.settings)


def completion_of(quarters: Iterable[QuarterOfPromises], settings: Settings) -> tuple[Completion, ...]:
    """Sum up the completion of quarters that are counted already."""
    wholes = [Completion(days, target, 0, 0, 0, 0, 0) for days, target in settings.completion_targets]
    for each in quarters:
        wholes = list(map(_together, wholes, each.completions))
    return tuple(wholes)


def _together(one: Completion, other: Completion) -> Completion:
    return Completion(
        one.days,
        one.target,
        one.records + other.records,
        one.too_young + other.too_young,
        one.without_date + other.without_date,
        one.actions + other.actions,
        one.done + other.done,
    )


def cancellation(archive: Archive, as_of: date) -> Cancellation:
    """Measure which share of the promises of published records was cancelled."""
    return _cancellation(_published(archive, as_of))


def by_quarter(archive: Archive, as_of: date) -> tuple[QuarterOfPromises, ...]:
    """Divide the published records by the quarter of publication, the earliest first; a quarter without any is left out."""
    quarters: dict[int, dict[str, tuple[Postmortem, date]]] = {}
    for record_id, (record, published) in _published(archive, as_of).items():
        quarters.setdefault(quarter_of(published), {})[record_id] = (record, published)
    return tuple(
        QuarterOfPromises(
            quarter, len(records), _completions(records, archive, as_of), _cancellation(records)
        )
        for quarter, records in sorted(quarters.items())
    )


def _cancellation(records: _Published) -> Cancellation:
    actions = [action for record, _ in records.values() for action in record.actions if action.is_commitment]
    return Cancellation(len(actions), sum(action.status is Status.CANCELLED for action in actions))


_Published = Mapping[str, tuple[Postmortem, date]]


def _published(archive: Archive, as_of: date) -> _Published:
    return {
        record.id: (record, published)
        for record in archive.records
        if is_owed_here(record) and (published := published_on(record)) is not None and published <= as_of
    }


def _completions(records: _Published, archive: Archive, as_of: date) -> tuple[Completion, ...]:
    promises = [
        (published, tuple(_promises(record, archive.history))) for record, published in records.values()
    ]
    return tuple(
        _completion(promises, days, target, as_of) for days, target in archive.settings.completion_targets
    )


def _completion(
    records: Iterable[tuple[date, Sequence[_Promise]]], days: int, target: float, as_of: date
) -> Completion:
    counted = too_young = without_date = actions = done = 0
    for published, promises in records:
        if (as_of - published).days < days:
            too_young += 1
            continue
        counted += 1
        then = days_after(published, days)
        for action, life, closed in promises:
            undated = action is not None and action.status in CLOSED and action.closed is None
            without_date += undated
            status = _status_by(action, life, closed, published, then)
            actions += status is not None
            done += status is Status.DONE and not undated
    return Completion(days, target, counted, too_young, without_date, actions, done)


_Promise = tuple[ActionItem | None, ActionLife | None, Sequence[Closing]]
"""An action, its life, and the closings of that."""


def _promises(record: Postmortem, history: History) -> Iterator[_Promise]:
    """Yield the actions of a record with their lives, and the lives of those whose row is gone: to delete a promise is not to keep it."""
    known = history.record(record.id)
    lives = known.actions if known else {}
    for action in record.actions:
        life = lives.get(action.id.upper())
        yield action, life, closings(life) if life else ()
    there = {action.id.upper() for action in record.actions}
    for life in lives.values():
        if life.id.upper() not in there:
            yield None, life, closings(life)


def _status_by(
    action: ActionItem | None,
    life: ActionLife | None,
    closed: Sequence[Closing],
    published: date,
    then: date,
) -> Status | None:
    """Give what an action was at the end of a day, as far as it counts: done, else open; None for what was no commitment, or cancelled by then."""
    if life is not None:
        state = state_on(life, then, closed)
        if state is None:  # its row is gone, or came later
            return Status.OPEN if was_promised_between(life, published, then, closed) else None
        if state.status is Status.CANCELLED or state.status is Status.CANDIDATE:
            return None
        return Status.DONE if state.status is Status.DONE else Status.OPEN
    if action is None or not action.is_commitment:
        return None
    by_then = action.closed is None or action.closed <= then
    if action.status is Status.CANCELLED and by_then:
        return None
    return Status.DONE if action.status is Status.DONE and by_then else Status.OPEN
