"""Writing into the records what trackers say of their tickets: state, owner, due day, and where a ticket is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from afterword.check.wording import shown
from afterword.derive.promises.drift import counterpart, is_with
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.promises.named_tickets import tracker_of
from afterword.derive.promises.owners import Owners
from afterword.derive.timing.calendar import record_day
from afterword.model.action import CLOSED, ActionItem, Status, Ticket
from afterword.model.finding import Edit
from afterword.model.key_template import digits_in
from afterword.model.record import Postmortem
from afterword.model.settings import Settings, Tracker
from afterword.model.ticket import Tickets, TicketState
from afterword.operations.actions.action_edits import ANYTHING, FileChange, Wanted, edited, planned
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.loading import Loaded, Progress
from afterword.parse.actions.action_cells import (
    CannotWriteError,
    closing_edits,
    due_edits,
    moved_edits,
    owner_edits,
    status_edits,
)
from afterword.parse.actions.tickets import written_ticket
from afterword.sources.clock import today

Cells = Callable[[Sequence[str]], tuple[Edit, ...]]


@dataclass(frozen=True, slots=True)
class Adopted:
    """The files that would be written, and of each action that stays as it is the reason."""

    changes: tuple[FileChange, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """An action with its ticket as the tracker `name` had it on the day `as_of`."""

    record: Postmortem
    action: ActionItem
    state: TicketState
    name: str
    as_of: dt.date

    @property
    def place(self) -> str:
        """Give where the action stands, and what it is called."""
        return f"{self.record.path}:{self.action.span.line}: {self.record.id}#{self.action.id}"


def adopt(
    names: Sequence[str] = (),
    config: Path | None = None,
    progress: Progress | None = None,
    *,
    tickets: Tickets | None = None,
) -> tuple[Adopted, Loaded]:
    """Plan to write what the snapshot says of the tickets of the trackers named, or of all, into the records; as `adopted` does.

    A tracker that was not reached last is left out: what it said before may be older than the record. `tickets` are what was just told, where that is not in the snapshot.
    """
    known = open_known(config, progress=progress)
    settings = known.loaded.archive.settings
    tickets = known.loaded.archive.tickets if tickets is None else tickets
    day = today(settings.timezone)
    wanted = {name.casefold() for name in names}
    chosen = [each for each in tickets.trackers.values() if not wanted or each.name.casefold() in wanted]
    fresh = {each.name for each in chosen if each.as_of is not None and not each.problem}
    owners = Owners.of(settings)
    there = _behind(known.loaded, tickets, fresh, day)
    loaded = known.with_whole(
        each.record for each in there if _is_told_otherwise(each, owners, settings, day)
    )
    stale = [
        f"{each.name}: nothing is adopted: {each.problem or 'it was never reached'}"
        for each in chosen
        if each.name not in fresh
    ]
    done = adopted(loaded, tuple(_behind(loaded, tickets, fresh, day)), day)
    return Adopted(done.changes, (*stale, *done.left_out)), loaded


def _behind(loaded: Loaded, tickets: Tickets, trackers: Collection[str], day: dt.date) -> Iterator[Behind]:
    """Yield the actions that one of these trackers tells something of."""
    settings = loaded.archive.settings
    owners = Owners.of(settings)
    for record in loaded.archive.records:
        for action in record.actions if record.archive else ():
            there = counterpart(action, tickets, settings, owners, day)
            if there is not None and there.state is not None and there.tracker.name in trackers:
                yield Behind(record, action, there.state, there.tracker.name, there.as_of)


def adopted(loaded: Loaded, behind: Sequence[Behind], day: dt.date) -> Adopted:
    """Plan to write state, owner, due day and new keys of tickets into the rows that say otherwise; what the tracker leaves open stays.

    An action that cannot be written, or would bring an error, is left out with the reason, and the others of its record are written.
    """
    owners = Owners.of(loaded.archive.settings)
    wanted: list[Wanted] = []
    left_out: list[str] = []
    for each in behind:
        if not is_owed_here(each.record) or each.action.status is Status.CANDIDATE or each.state.gone:
            continue
        parts: list[tuple[Cells, Mapping[str, Any]]] = []
        for part in _PARTS:
            try:
                for cells, becomes in part(each, owners, loaded.archive.settings, day):
                    edited(loaded, [Wanted(each.record, each.action, cells, becomes)])
                    parts.append((cells, becomes))
            except CannotWriteError as error:
                reason = str(error)
                left_out.append(reason if each.record.path in reason else f"{each.place}: {reason}")
        if parts:
            becomes = {name: value for _, said in parts for name, value in said.items()}
            edits = partial(_together, [cells for cells, _ in parts])
            wanted.append(Wanted(each.record, each.action, edits, becomes))
    changes, refused = _planned(loaded, wanted, day)
    return Adopted(changes, (*left_out, *refused))


def _planned(
    loaded: Loaded, wanted: Sequence[Wanted], day: dt.date
) -> tuple[tuple[FileChange, ...], tuple[str, ...]]:
    """Plan all at once; only where that cannot be, record by record."""
    try:
        return planned(loaded, wanted, day), ()
    except CannotRunError:
        changes: list[FileChange] = []
        refused: list[str] = []
        for _, group in groupby(wanted, key=lambda each: each.record.path):
            try:
                changes += planned(loaded, tuple(group), day)
            except CannotRunError as error:
                refused += str(error).splitlines()[1:]
        return tuple(changes), tuple(refused)


def _is_told_otherwise(behind: Behind, owners: Owners, settings: Settings, day: dt.date) -> bool:
    """Tell whether the tracker says something else of an action than its row, or something that cannot be."""
    try:
        return any(True for part in _PARTS for _ in part(behind, owners, settings, day))
    except CannotWriteError:
        return True


def _together(parts: Sequence[Cells], lines: Sequence[str]) -> tuple[Edit, ...]:
    return tuple(edit for part in parts for edit in part(lines))


def _status(
    behind: Behind, owners: Owners, settings: Settings, day: dt.date
) -> Iterator[tuple[Cells, Mapping[str, Any]]]:
    action, status = behind.action, behind.state.status
    if status is None or status is Status.CANDIDATE or status is action.status:
        return
    # Many a tracker knows open and closed alone: that takes nothing back from an action that is in progress here.
    if status is Status.OPEN and action.is_unfinished:
        return
    beside = [each for each in behind.record.actions if each is not action]
    if status not in CLOSED:
        yield (
            partial(status_edits, action, beside, status=status),
            {"status": status, "closed": None},
        )
        return
    closed = behind.state.closed or behind.as_of
    incident = record_day(behind.record)
    if closed > day:
        raise CannotWriteError(f"{behind.name} has its ticket closed on {closed}, which is still to come")
    if incident is not None and closed < incident:
        raise CannotWriteError(f"{behind.name} has its ticket closed on {closed}, before the incident")
    reason = ""
    if status is Status.CANCELLED and not action.notes:
        reason = f"{shown(behind.state.state) or 'cancelled'} in {behind.name}"
    edits = partial(closing_edits, action, beside, status=status, day=closed, reason=reason)
    yield edits, {"status": status, "closed": closed} | ({"notes": ANYTHING} if reason else {})


def _due(
    behind: Behind, owners: Owners, settings: Settings, day: dt.date
) -> Iterator[tuple[Cells, Mapping[str, Any]]]:
    due = behind.state.due
    if due is not None and due != behind.action.due and _is_owed(behind):
        yield partial(due_edits, behind.action, due=due), {"due": due}


def _owner(
    behind: Behind, owners: Owners, settings: Settings, day: dt.date
) -> Iterator[tuple[Cells, Mapping[str, Any]]]:
    state, action = behind.state, behind.action
    if not (state.owner or state.login) or not _is_owed(behind):
        return
    if action.owner and is_with(action.owner, state, owners):
        return
    person = owners.person(state.login) or owners.person(state.owner)
    if person is None and settings.people:
        said = f"its ticket is {shown(state.owner or state.login)}'s in {behind.name}"
        raise CannotWriteError(
            f"{said}, who is none of the settings' `people`: name them there, or in `id` the login"
        )
    name = person.name if person else shown(state.owner or state.login)
    yield partial(owner_edits, action, owner=name), {"owner": name}


def _moved(
    behind: Behind, owners: Owners, settings: Settings, day: dt.date
) -> Iterator[tuple[Cells, Mapping[str, Any]]]:
    state = behind.state
    if not state.moved_to or state.moved_to.casefold() == state.key.casefold():
        return
    said = f"its ticket is {shown(state.moved_to)} in {behind.name} now"
    found = _where_now(behind, settings)
    if found is None:
        raise CannotWriteError(
            f"{said}, which fits no tracker of the settings: describe that, or write it by hand"
        )
    tracker, key = found
    url = state.url if digits_in(tracker.url, state.url) == digits_in(tracker.key, key) else ""
    text, ticket = written_ticket(key, url, tracker, settings)
    if tracker_of(ticket, settings) != found:
        raise CannotWriteError(f"{said}, and its key alone does not tell that: write a link by hand")
    yield partial(moved_edits, behind.action, text=text), {"ticket": ticket}


def _where_now(behind: Behind, settings: Settings) -> tuple[Tracker, str] | None:
    """Give the tracker and the key that a moved ticket has now: by its new key, else by its address where that is a new one."""
    state = behind.state
    by_key = tracker_of(Ticket(state.moved_to), settings)
    if by_key is not None:
        return by_key
    by_address = tracker_of(Ticket("", state.url), settings) if state.url else None
    is_new = by_address is not None and (by_address[0].name, by_address[1].casefold()) != (
        behind.name,
        state.key.casefold(),
    )
    return by_address if is_new else None


def _is_owed(behind: Behind) -> bool:
    """Tell whether owner and due day still matter, which they do not where the action is closed, or would be."""
    there = behind.state.status
    return behind.action.is_unfinished if there is None else there not in CLOSED


_PARTS = (_status, _due, _owner, _moved)
"""What of a row follows its ticket."""
