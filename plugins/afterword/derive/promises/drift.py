"""Where a record and its ticket no longer tell the same (docs/trackers.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from afterword.derive.promises.named_tickets import tracker_of
from afterword.derive.promises.owners import Owners, plain_name
from afterword.derive.timing.calendar import format_day
from afterword.model.action import CLOSED, ActionItem, Status
from afterword.model.settings import Settings, Tracker
from afterword.model.ticket import Tickets, TicketState

_LONGEST_NAME = 200
_WORD = re.compile(r"[^\W_]+")


class DriftKind(StrEnum):
    """What of an action its ticket tells otherwise."""

    CLOSED_HERE = "closed here"
    CLOSED_THERE = "closed there"
    ENDED_OTHERWISE = "ended otherwise"
    OWNER = "owner"
    DUE = "due"
    GONE = "gone"
    MOVED = "moved"
    UNASKED = "unasked"
    """The tracker was asked, and not yet about this ticket: no contradiction."""


WORST_FIRST = (
    DriftKind.CLOSED_HERE,
    DriftKind.GONE,
    DriftKind.CLOSED_THERE,
    DriftKind.ENDED_OTHERWISE,
    DriftKind.MOVED,
    DriftKind.OWNER,
    DriftKind.DUE,
)
"""The contradictions by how far they mislead: most where a promise is said to be kept that is not."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that a ticket tells otherwise, or that is not known of it, in words for a line beside the action."""

    kind: DriftKind
    words: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What its tracker says of an action's ticket: `state` is None where it was not asked about it, `as_of` the day on which it was asked last, and `problem` what kept a later run from it."""

    tracker: Tracker
    key: str
    state: TicketState | None
    as_of: date
    problem: str
    drifts: tuple[Drift, ...]

    @property
    def contradictions(self) -> tuple[Drift, ...]:
        """Give what stands against the record."""
        return tuple(each for each in self.drifts if each.kind is not DriftKind.UNASKED)


def counterpart(
    action: ActionItem, tickets: Tickets, settings: Settings, owners: Owners, as_of: date
) -> Counterpart | None:
    """Compare an action with its ticket; None where it has none in a tracker that was asked.

    What was asked after `as_of` says nothing of that day.
    """
    if action.ticket is None or not tickets.trackers:
        return None
    found = tracker_of(action.ticket, settings)
    snapshot = tickets.trackers.get(found[0].name) if found else None
    if found is None or snapshot is None or snapshot.as_of is None or snapshot.as_of > as_of:
        return None
    tracker, key = found
    state = snapshot.tickets.get(key.casefold())
    drifts = tuple(_drifts(action, state, tracker.name, key, owners))
    return Counterpart(tracker, key, state, snapshot.as_of, snapshot.problem, drifts)


def _drifts(
    action: ActionItem, state: TicketState | None, tracker: str, key: str, owners: Owners
) -> Iterator[Drift]:
    if not action.is_commitment:
        return
    if state is None:
        yield Drift(DriftKind.UNASKED, f"{tracker} was not asked about {key} yet")
        return
    if state.gone:
        yield Drift(DriftKind.GONE, f"{tracker} does not know {key}, or does not show it")
        return
    if state.moved_to and state.moved_to.casefold() != key.casefold():
        yield Drift(DriftKind.MOVED, f"{key} is {state.moved_to} in {tracker} now")
    yield from _of_status(action.status or Status.OPEN, state, tracker)
    if action.is_unfinished and state.status not in CLOSED:
        yield from _of_promise(action, state, tracker, owners)


def _of_status(here: Status, state: TicketState, tracker: str) -> Iterator[Drift]:
    there = state.status
    if there is None or (here is there) or (here not in CLOSED and there not in CLOSED):
        return
    if there not in CLOSED:
        yield Drift(DriftKind.CLOSED_HERE, f"{here} here, {_state(state)} in {tracker}")
    elif here not in CLOSED:
        since = f" since {format_day(state.closed)}" if state.closed else ""
        yield Drift(DriftKind.CLOSED_THERE, f"{here} here, {_state(state)} in {tracker}{since}")
    else:
        yield Drift(DriftKind.ENDED_OTHERWISE, f"{here} here, {_state(state)} in {tracker}")


def _state(state: TicketState) -> str:
    """Say what a state means, and the tracker's own word where that is another one."""
    meaning = str(state.status)
    return meaning if state.state.casefold() in ("", meaning) else f"{meaning} ('{state.state}')"


def _of_promise(action: ActionItem, state: TicketState, tracker: str, owners: Owners) -> Iterator[Drift]:
    if action.owner and not is_with(action.owner, state, owners):
        there = state.owner or state.login or "nobody"
        yield Drift(DriftKind.OWNER, f"with {plain_name(action.owner)} here, with {there} in {tracker}")
    # Many tickets have no day, and the promise is the record's.
    if action.due and state.due and action.due != state.due:
        yield Drift(DriftKind.DUE, f"due {format_day(action.due)} here, {format_day(state.due)} in {tracker}")


def is_with(owner: str, state: TicketState, owners: Owners) -> bool:
    """Tell whether a ticket is with the owner of an action, as far as names can tell: a login that nobody knows may be anyone's."""
    names = [name for name in (state.owner, state.login) if name]
    if not names:
        return False
    if owners.key(owner) in {owners.key(name) for name in names}:
        return True
    here = owners.person(owner) or owners.team(owner)
    there = next((found for name in names if (found := owners.person(name) or owners.team(name))), None)
    if here and there:
        return False
    mine = [_words(owner)] + ([_words(here.name), _words(here.id)] if here else [])
    if any(one and other and (one <= other or other <= one) for one in mine for other in map(_words, names)):
        return True
    return there is None and state.owner in ("", state.login)


def _words(name: str) -> frozenset[str]:
    """Give the words of a name, or of an address before its `@`, without accents and in any order."""
    return _words_of(name[:_LONGEST_NAME])


@lru_cache(maxsize=4096)
def _words_of(name: str) -> frozenset[str]:
    plain = plain_name(name).partition("@")[0].casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in letters if not unicodedata.combining(each))
    return frozenset(_WORD.findall(plain))
