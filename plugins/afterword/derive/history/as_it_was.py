"""An archive as it was on a day, with what git knows of its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from operator import is_

from afterword.derive.promises.action_life import closing_of, closings, state_on
from afterword.model.action import CLOSED, ActionItem, Status, Ticket
from afterword.model.archive import Archive
from afterword.model.history import (
    ActionLife,
    History,
    Moment,
    RecordLife,
    make_action_life,
    make_moment,
)
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Postmortem
from afterword.model.span import START


def as_it_was(archive: Archive, day: date) -> Archive:
    """Give an archive with the days that its records do not state and git knows, and with its actions as they were at the end of a day.

    Records that were not there on that day are left out, and so are actions that were not; those that had another owner, due day or status
    have it again, and those whose rows are gone are there again, with a place that is none. All else is as it is now: of a record that is gone nothing is left. From the day of the last commit on it is the files that tell, committed or not.
    """
    if archive.history.until is None:
        return archive
    history = _with_stated_days(archive)
    now = is_now(day, history)
    records = (
        record_as_it_was(record, history.record(record.id), day, now=now)
        for record in archive.records
        if _was_there(record, history.record(record.id), day, history)
    )
    return archive.of_records(records, history)


def _was_there(record: Postmortem, life: RecordLife | None, day: date, history: History) -> bool:
    published = record.header.published
    if is_now(day, history) or (published is not None and published <= day):
        return True
    return life is not None and life.first_seen <= day


def is_now(day: date, history: History) -> bool:
    """Tell whether on a day it is the files that tell, committed or not."""
    return history.until is None or day >= history.until.date()


def record_as_it_was(record: Postmortem, life: RecordLife | None, day: date, *, now: bool) -> Postmortem:
    """Give a record as it was on a day, which is `now` from that of the last commit on."""
    if life is None:
        return record
    header = record.header
    if header.published is None and record.is_final and life.final_since and life.final_since <= day:
        header = replace(header, published=life.final_since)
    actions = tuple(_actions(record.actions, life, day, now=now))
    if (
        header is record.header
        and all(map(is_, actions, record.actions))
        and len(actions) == len(record.actions)
    ):
        return record
    return replace(record, header=header, actions=actions)


def _actions(
    actions: Sequence[ActionItem], life: RecordLife, day: date, *, now: bool
) -> Iterable[ActionItem]:
    for action in actions:
        told = life.actions.get(action.id.upper())
        if told is None:
            if now:
                yield action
            continue
        if not now:
            then = _then(action, told, day)
            if then is not None:
                yield then
            continue
        yield _closed(action, told)
    if not now:
        kept = {action.id.upper() for action in actions}
        yield from (
            then
            for name, told in life.actions.items()
            if name not in kept and (then := _then(_gone(told), told, day)) is not None
        )


def _gone(life: ActionLife) -> ActionItem:
    """Make an action whose row is gone of what it said last."""
    said = next(moment.state for moment in reversed(life.moments) if moment.state is not None)
    ticket = Ticket(said.ticket) if said.ticket else None
    return ActionItem(life.id, _text(said.text), START, ticket=ticket, notes=_text(said.notes))


def _text(plain: str) -> RichText:
    return RichText((Node(Kind.TEXT, START, text=plain),), plain) if plain else RichText()


def _closed(action: ActionItem, life: ActionLife) -> ActionItem:
    """Add the day on which an action was closed, where its row does not say it."""
    if action.status not in CLOSED or action.closed is not None:
        return action
    closing = closing_of(life)
    return replace(action, closed=closing.day) if closing else action


def _then(action: ActionItem, life: ActionLife, day: date) -> ActionItem | None:
    state = state_on(life, day)
    if state is None:
        return None
    closed = None
    if state.status in CLOSED:
        closed = next((each.day for each in reversed(closings(life)) if each.day <= day), None)
    return replace(
        action,
        status=state.status,
        owner=state.owner,
        due=state.due,
        closed=closed,
        category=state.category,
        priority=state.priority,
    )


def _with_stated_days(archive: Archive) -> History:
    """Give the history with the records that were published before they came into git: their actions were there on the day of publication.

    What had been done by the time they came, without saying when, was open until then.
    """
    history = archive.history
    backdated = {
        record.id.lower(): _backdated(life, published)
        for record in archive.records
        if (published := record.header.published) is not None
        and (life := history.record(record.id)) is not None
        and published < life.first_seen
    }
    return replace(history, records={**history.records, **backdated}) if backdated else history


def _backdated(life: RecordLife, published: date) -> RecordLife:
    first = life.versions[0]
    start = datetime.combine(published, time(), first.at.tzinfo)
    actions = {
        name: make_action_life(action.id, tuple(_from(start, action.moments)))
        if action.moments[0].commit == first.commit
        else action
        for name, action in life.actions.items()
    }
    versions = (replace(first, at=start), *life.versions)
    marks = (f"{start} {mark}" if mark else "" for mark in (life.mark, life.action_mark))
    return RecordLife(life.id, versions, actions, life.gone, *marks)


def _from(start: datetime, moments: Sequence[Moment]) -> Iterator[Moment]:
    first, state = moments[0], moments[0].state
    if state is not None and state.status in CLOSED:
        opened = replace(state, status=Status.OPEN, closed=None)
        yield make_moment(start, first.commit, opened, first.undone)
        yield from moments
    else:
        yield make_moment(start, first.commit, state, first.undone)
        yield from moments[1:]
