"""What a review of action items looks at first: late, due soon, lying still, closed lately, and gone from the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from afterword.derive.promises.follow_through import ActionView, is_owed_here
from afterword.model.action import CLOSED, Status
from afterword.model.archive import Archive
from afterword.model.history import ActionState, Moment, RecordLife
from afterword.model.record import Postmortem

SOON = 7
"""Days ahead in which an action is due soon."""

STILL = 30
"""Days without a change from which an action lies still."""

LATELY = 7
"""Days up to the one asked for in which a closing is recent."""


@dataclass(frozen=True, slots=True)
class Vanished:
    """A promise whose row was deleted while it was open: `state` is the last that the archive said of it, `day` when it went.

    `record` is None where the whole record is gone; `record_id` names it in any case.
    """

    record_id: str
    record: Postmortem | None
    id: str
    state: ActionState
    day: date


@dataclass(frozen=True, slots=True)
class ReviewBoard:
    """The actions that are owed, divided by what a review asks about them; one may be both overdue and still.

    `overdue` has the oldest due day first, `soon` and `later` the nearest, those without a day last; `still` has been unchanged the longest, `closed` was closed last, and `vanished` went last.
    """

    overdue: tuple[ActionView, ...]
    soon: tuple[ActionView, ...]
    later: tuple[ActionView, ...]
    still: tuple[ActionView, ...]
    closed: tuple[ActionView, ...]
    vanished: tuple[Vanished, ...] = ()

    @property
    def unfinished(self) -> tuple[ActionView, ...]:
        """Give all that is owed, overdue first, then by due day."""
        return (*self.overdue, *self.soon, *self.later)

    @property
    def still_in_time(self) -> tuple[ActionView, ...]:
        """Give what lies still and is not overdue: the rest of it stands among the overdue already."""
        return tuple(view for view in self.still if not view.overdue)


def review_board(
    views: Iterable[ActionView], as_of: date, vanished: Sequence[Vanished] = (), lately: int = LATELY
) -> ReviewBoard:
    """Divide actions for a review on a day; `views` are in the order of `action_views`."""
    owed = [view for view in views if view.owed]
    unfinished = [view for view in owed if view.unfinished]
    last = _shifted(as_of, SOON)
    soon = [view for view in unfinished if view.action.due and as_of <= view.action.due <= last]
    later = [view for view in unfinished if view.action.due is None or view.action.due > last]
    still = [(since, view) for view in unfinished if (since := still_since(view, as_of))]
    first = _shifted(as_of, 1 - lately)
    closed = [
        (view.action.closed, view)
        for view in owed
        if view.action.status in CLOSED and view.action.closed and first <= view.action.closed <= as_of
    ]
    return ReviewBoard(
        tuple(view for view in unfinished if view.overdue),
        tuple(soon),
        tuple(later),
        tuple(view for _, view in sorted(still, key=lambda each: (each[0], each[1].record.id))),
        tuple(view for _, view in sorted(closed, key=lambda each: (-each[0].toordinal(), each[1].record.id))),
        tuple(vanished),
    )


def still_since(view: ActionView, as_of: date) -> date | None:
    """Give since when an open action lies still, None where it has moved within thirty days or git knows nothing of it."""
    since = view.unchanged_since
    return since if view.unfinished and since and (as_of - since).days >= STILL else None


def vanished_actions(archive: Archive, as_of: date) -> tuple[Vanished, ...]:
    """Find the promises that were deleted up to a day without having been done or cancelled, the last one first.

    A row that stands in the files again, a change that was taken back, and rows of retold records are none of them. What went away with a whole record is told where there is one archive alone:
    of several, git does not say which of them it was in.
    """
    here = {record.id for record in archive.records}
    alone = len(archive.settings.archives) == 1
    found: list[Vanished] = []
    for life in archive.history.records.values():
        record = archive.find(life.id)
        if record is not None and record.id.lower() == life.id.lower():
            if is_owed_here(record) and record.id in here:
                found += _rows_gone(life, record, as_of)
        elif record is None and alone and life.gone is not None and life.gone.date() <= as_of:
            found += _record_gone(life, life.gone)
    return tuple(sorted(found, key=lambda each: (-each.day.toordinal(), each.record_id, each.id)))


def _rows_gone(life: RecordLife, record: Postmortem, as_of: date) -> Iterator[Vanished]:
    there = {action.id.upper() for action in record.actions}
    for action in life.actions.values():
        if action.id.upper() in there:
            continue
        moments = [moment for moment in action.moments if moment.day <= as_of]
        if not moments:
            continue
        last = moments[-1]
        before = _last_state(moments)
        if last.state is None and not last.undone and before is not None and _is_promised(before):
            yield Vanished(record.id, record, action.id, before, last.day)


def _record_gone(life: RecordLife, gone: datetime) -> Iterator[Vanished]:
    for action in life.actions.values():
        last = action.moments[-1]
        state = (
            last.state if last.state is not None or last.day < gone.date() else _last_state(action.moments)
        )
        if state is not None and _is_promised(state):
            yield Vanished(life.id, None, action.id, state, gone.date())


def _last_state(moments: Sequence[Moment]) -> ActionState | None:
    return next((moment.state for moment in reversed(moments) if moment.state is not None), None)


def _is_promised(state: ActionState) -> bool:
    return state.status not in CLOSED and state.status is not Status.CANDIDATE


def _shifted(day: date, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return day + timedelta(days=ordinal - day.toordinal())
