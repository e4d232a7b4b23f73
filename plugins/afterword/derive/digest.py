"""What happened in an archive between two days, and what is due on the later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from afterword.derive.again.recurrence import (
    WITHIN,
    Recurrence,
    RecurrenceRate,
    recurrence_within,
    recurrences,
)
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.causes.archive_coverage import RegisteredRisk, registered_risks
from afterword.derive.promises.action_life import Slip, closings, promised_on
from afterword.derive.promises.completion import Cancellation, Completion, cancellation, completion
from afterword.derive.promises.follow_through import (
    ActionView,
    action_views,
    is_owed_here,
    published_on,
    told_otherwise,
)
from afterword.derive.promises.review_board import SOON, Vanished, vanished_actions
from afterword.derive.promises.scope import narrowed
from afterword.derive.timing.calendar import (
    business_days_between,
    days_after,
    deadline,
    is_asked_for,
    record_day,
)
from afterword.derive.words.labels import severity_id, severity_order
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.header import RecurrenceEntry
from afterword.model.history import History
from afterword.model.record import Postmortem

COMING = SOON
"""Days ahead that are looked at, for due days and reviews."""


@dataclass(frozen=True, slots=True)
class LateDraft:
    """A record that is not published and should have been by `due`."""

    record: Postmortem
    due: date


@dataclass(frozen=True, slots=True)
class ActionChange:
    """What became of an action on a day; `slips` are its due days that were put off since, `again` that it was closed before."""

    view: ActionView
    day: date
    slips: tuple[Slip, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """An incident of a class and service that were there before: an `earlier` record, else `noted` in the record itself."""

    record: Postmortem
    earlier: Recurrence | None = None
    noted: RecurrenceEntry | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """All that happened from `since` to `as_of`, both included, and what is due.

    `published`, `retold` (incidents of others that were published here), `late` and `again` have the worst severity first, lists of what happened are by day, those of what is due by due day. `coming` are due, and
    `reviews` to be held, by `COMING` days from now. The rates are those of the day, over all records. `otherwise` is what tickets contradict, the worst first. `unknown` says why git tells nothing: promises are then as old as
    their record's publication, and what was put off or removed is not known.
    """

    since: date
    as_of: date
    published: tuple[Postmortem, ...]
    retold: tuple[Postmortem, ...]
    late: tuple[LateDraft, ...]
    done: tuple[ActionChange, ...]
    promised: tuple[ActionChange, ...]
    put_off: tuple[ActionChange, ...]
    cancelled: tuple[ActionChange, ...]
    removed: tuple[Vanished, ...]
    overdue: tuple[ActionView, ...]
    coming: tuple[ActionView, ...]
    reviews: tuple[RegisteredRisk, ...]
    again: tuple[SeenAgain, ...]
    completions: tuple[Completion, ...]
    cancellation: Cancellation
    recurrence: RecurrenceRate
    otherwise: tuple[ActionView, ...] = ()
    unknown: str = ""

    @property
    def is_due(self) -> bool:
        """Tell whether anything waits for somebody: an action, a draft, the review of a risk."""
        return bool(self.late or self.overdue or self.coming or self.reviews)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing happened, nothing is due and no ticket tells otherwise."""
        happened = (
            self.published,
            self.retold,
            self.done,
            self.promised,
            self.put_off,
            self.cancelled,
            self.removed,
        )
        return not (self.is_due or any(happened) or self.again or self.otherwise)


def digest(archive: Archive, since: date, as_of: date, team: str = "", service: str = "") -> Digest:
    """Sum up what happened; `archive` is as `as_it_was` gives it on the day `as_of`. A team's name or a service's id leaves out what is not theirs."""
    own = narrowed(archive, team, service) if team or service else archive
    index = RecordIndex.of(archive)
    views = action_views(own, as_of)
    owed = [view for view in views if view.owed and view.action.is_commitment]
    closed = [
        ActionChange(view, view.action.closed)
        for view in owed
        if not view.unfinished and view.action.closed and since <= view.action.closed <= as_of
    ]
    soon = days_after(as_of, COMING)
    published = _worst_first(own, (each for each in own.records if _is_in(published_on(each), since, as_of)))
    return Digest(
        since,
        as_of,
        tuple(filter(is_owed_here, published)),
        tuple(each for each in published if not is_owed_here(each)),
        tuple(
            LateDraft(record, due)
            for record in _worst_first(own, own.records)
            if (due := _late(record, own, as_of)) is not None
        ),
        _by_day(each for each in closed if each.view.action.status is Status.DONE),
        _by_day(_promised(owed, own.history, since, as_of)),
        _by_day(_put_off(owed, since, as_of)),
        _by_day(each for each in closed if each.view.action.status is Status.CANCELLED),
        tuple(
            sorted(
                (each for each in vanished_actions(own, as_of) if since <= each.day),
                key=lambda each: (each.day, each.record_id, each.id),
            )
        ),
        tuple(view for view in owed if view.overdue),
        tuple(
            view for view in owed if view.unfinished and view.action.due and as_of <= view.action.due <= soon
        ),
        _reviews(own, soon, as_of),
        tuple(_again(own, archive, index, since, as_of)),
        completion(own, as_of),
        cancellation(own, as_of),
        recurrence_within(own, as_of, index=index if own is archive else None),
        told_otherwise(views),
        "" if archive.history.until else archive.history.absent or "the history was not read",
    )


def _is_in(day: date | None, since: date, as_of: date) -> bool:
    return day is not None and since <= day <= as_of


def _worst_first(archive: Archive, records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    settings = archive.settings
    return tuple(
        sorted(records, key=lambda each: (severity_order(settings, severity_id(each, settings)), each.id))
    )


def _by_day(changes: Iterable[ActionChange]) -> tuple[ActionChange, ...]:
    return tuple(sorted(changes, key=lambda each: (each.day, each.view.record.id)))


def _late(record: Postmortem, archive: Archive, as_of: date) -> date | None:
    """Give the day by which a record that is not published should have been; weekends and holidays after it are no day later."""
    settings, published = archive.settings, published_on(record)
    if record.is_final or (published is not None and published <= as_of):
        return None
    if not is_owed_here(record) or not is_asked_for(record, settings):
        return None
    due = deadline(record, settings)
    if due is None or not business_days_between(due, as_of, settings.holidays):
        return None
    return due


def _promised(
    owed: Iterable[ActionView], history: History, since: date, as_of: date
) -> Iterator[ActionChange]:
    """Yield what was promised, or taken up again; without git the promise is as old as the record's publication."""
    for view in owed:
        life = history.action(view.record.id, view.action.id)
        day = promised_on(life) if life else published_on(view.record)
        if day is not None and since <= day <= as_of and not _is_old(view, since):
            yield ActionChange(view, day)
        elif life and view.unfinished:
            days = [each.reopened for each in closings(life) if each.reopened]
            if days and since <= days[-1] <= as_of:
                yield ActionChange(view, days[-1], again=True)


def _is_old(view: ActionView, since: date) -> bool:
    """Tell of an action in a record from before a day whether its own days are before it, too: git knows a list that became a table from then on alone."""
    published = published_on(view.record)
    days = (view.action.due, view.action.closed)
    return (
        published is not None and published < since and any(day is not None and day < since for day in days)
    )


def _put_off(owed: Iterable[ActionView], since: date, as_of: date) -> Iterator[ActionChange]:
    for view in owed:
        slips = tuple(slip for slip in view.slips if since <= slip.day <= as_of)
        if slips and view.unfinished:
            yield ActionChange(view, slips[-1].day, slips)


def _reviews(archive: Archive, soon: date, as_of: date) -> tuple[RegisteredRisk, ...]:
    """Give the accepted risks whose review day is over or near, the longest over first; drafts accept nothing yet."""
    final = (each for each in archive.records if is_owed_here(each) and each.header.status != "draft")
    near = [each for each in registered_risks(final, as_of) if each.review and each.review <= soon]
    return tuple(sorted(near, key=lambda each: (each.review or date.max, each.record.id)))


def _again(
    own: Archive, archive: Archive, index: RecordIndex, since: date, as_of: date
) -> Iterator[SeenAgain]:
    """Yield what was seen again in the incidents of the time, and in those whose record was published in it."""
    for record in _worst_first(own, filter(is_owed_here, own.records)):
        if _is_in(record_day(record), since, as_of) or _is_in(published_on(record), since, as_of):
            for earlier in recurrences(record, archive, index, within=WITHIN)[:1]:
                yield SeenAgain(record, earlier)
        for entry in record.header.recurrences:
            if _is_in(entry.date, since, as_of):
                yield SeenAgain(record, noted=entry)
