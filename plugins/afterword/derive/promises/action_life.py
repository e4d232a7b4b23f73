"""The life of an action: what it was on a day, when it was closed, how often its due day slipped.

What a record states wins over the day of the commit that says so: of work done on Friday and written down on Monday, Friday counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from afterword.model.action import CLOSED, Status
from afterword.model.history import ActionLife, ActionState, Moment


@dataclass(frozen=True, slots=True)
class Closing:
    """A stretch in which an action was done or cancelled: from `day` until the day `reopened`, None while it lasts.

    `stated` tells that the record names the day; else it is that of the commit.
    """

    day: date
    reopened: date | None
    stated: bool
    state: ActionState


@dataclass(frozen=True, slots=True)
class Slip:
    """A due day that was put off: on `day`, from `before` to `after`; to None where the day was taken away."""

    day: date
    before: date
    after: date | None


def state_on(life: ActionLife, day: date, closed: Sequence[Closing] | None = None) -> ActionState | None:
    """Give what an action was at the end of a day; None where its row was not there yet, or no longer.

    That is what stood in the archive, but for the day of a closing: from the one that is stated on, and not before, the action counts as closed.
    `closed` are its `closings`, for whoever asks about several days.
    """
    there = written_on(life.moments, day)
    for closing in closings(life) if closed is None else closed:
        if closing.day <= day and (closing.reopened is None or day < closing.reopened):
            # A row that was first written when the work was done was there then.
            return closing.state if there is None or there.status not in CLOSED else there
    if there is not None and there.status in CLOSED:
        return _before_closing(life.moments, there, day)
    return there


def written_on(moments: Sequence[Moment], day: date) -> ActionState | None:
    """Give what the archive said of an action at the end of a day."""
    for moment in reversed(moments):
        if moment.day <= day:
            return moment.state
    return None


def closings(life: ActionLife) -> tuple[Closing, ...]:
    """Give the stretches in which an action was closed, the oldest first."""
    found: list[Closing] = []
    running: list[ActionState] = []
    since = life.moments[0].day
    for moment in life.moments:
        if moment.state is not None and moment.state.status in CLOSED:
            since = since if running else moment.day
            running.append(moment.state)
        elif running:
            found.append(_closing(running, since, moment.day))
            running = []
    if running:
        found.append(_closing(running, since, None))
    return tuple(found)


def closing_of(life: ActionLife) -> Closing | None:
    """Give the closing that lasts, None where the action is open or its row is gone."""
    last = closings(life)[-1:]
    return last[0] if last and last[0].reopened is None else None


def slips(life: ActionLife, until: date) -> tuple[Slip, ...]:
    """Give each time that the due day of an open action was put off up to a day; what was taken back does not count."""
    found = []
    for before, after in pairwise(_meant(life, until)):
        if before.state is None or after.state is None or after.state.status in CLOSED:
            continue
        due, later = before.state.due, after.state.due
        if due is not None and due != later and (later is None or later > due):
            found.append(Slip(after.day, due, later))
    return tuple(found)


def unchanged_since(life: ActionLife, until: date) -> date:
    """Give the day of the last change to an action up to a day; moves, reformatting and changes that were taken back are none."""
    return list(_meant(life, until))[-1].day


def promised_on(life: ActionLife) -> date | None:
    """Give the day from which an action was a promise; None where it never was more than a candidate."""
    return next((each.day for each in life.moments if _is_promise(each.state)), None)


def was_promised_between(
    life: ActionLife, first: date, last: date, closed: Sequence[Closing] | None = None
) -> bool:
    """Tell whether an action was a promise, open or closed, on any day from the first to the last, both included; `closed` as in `state_on`."""
    closed = closings(life) if closed is None else closed
    if _is_promise(state_on(life, first, closed)):
        return True
    # Only on these does it become another: days of commits, and those that a closing states.
    changes = {*(each.day for each in life.moments), *(each.day for each in closed)}
    return any(_is_promise(state_on(life, day, closed)) for day in changes if first < day <= last)


def _is_promise(state: ActionState | None) -> bool:
    return state is not None and state.status is not Status.CANDIDATE


def _meant(life: ActionLife, until: date) -> Iterator[Moment]:
    """Yield the moments up to a day that nobody took back; the first there is in any case."""
    first, *others = life.moments
    yield first
    yield from (moment for moment in others if moment.day <= until and not moment.undone)


def _closing(running: Sequence[ActionState], since: date, reopened: date | None) -> Closing:
    stated = next((state.closed for state in reversed(running) if state.closed), None)
    return Closing(stated or since, reopened, stated is not None, running[-1])


def _before_closing(moments: Sequence[Moment], closed: ActionState, day: date) -> ActionState:
    """Give what an action was before it was closed, where the closing names a later day than the one asked for."""
    earlier = [each.state for each in moments if each.day <= day and each.state is not None]
    status = next((each.status for each in reversed(earlier) if each.status not in CLOSED), Status.OPEN)
    return replace(closed, status=status, closed=None)
