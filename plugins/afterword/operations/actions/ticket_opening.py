"""Opening tickets for promises that have none, each only once.

A ticket carries a mark that is made from the ids of record and action. It is searched for before a ticket is opened, so that one is found again whose key was not written
any more. Two runs at once may both find nothing: each searches again behind its opening, both take the older ticket, and who opened the younger takes it back.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from afterword.check.wording import shown
from afterword.model.action import CLOSED, Status
from afterword.model.settings import Tracker
from afterword.model.ticket import TicketState
from afterword.operations.actions.action_edits import edited, write
from afterword.operations.actions.missing_tickets import (
    LeftOut,
    Missing,
    lacking_tickets,
    missing_tickets,
    tracker_to_open_in,
    why_no_links,
)
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.extra import extra_missing
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.loading import Loaded, Progress
from afterword.parse.actions.action_cells import CannotWriteError
from afterword.trackers.table import client_of
from afterword.trackers.tracker import Surroundings, TrackerClient, TrackerError, Withdrawing

ODD = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that has another form than the interface is described with."""

_KEY = re.compile(r"[\w./#!:~+-]{1,100}")
"""What is written into a record as the key of a ticket; a tracker's answer is as untrusted as any text."""

_DIGITS = re.compile(r"[0-9]{1,18}")

Tell = Callable[[int, int], None]
"""Told after each action how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Named:
    """A ticket for an action; `key` is empty where it would have been opened, `opened` False where it was there already."""

    reference: str
    place: str
    title: str
    key: str = ""
    opened: bool = True


@dataclass(slots=True)
class Opening:
    """What was done, or would be: the tickets, the actions that get none, what did not succeed, and what is left for somebody to do."""

    named: list[Named] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_missing(
    name: str,
    config: Path | None,
    *,
    of_drafts: bool,
    dry_run: bool,
    progress: Progress | None,
    asking: Callable[[str, int, int], None],
    tell: Callable[[str], None],
) -> tuple[Opening, Loaded]:
    """Open what is missing in the archive around the current folder, in the tracker of this name or the only one that can; as `open_tickets` does.

    `asking` is told of the tracker how many of how many actions are done. Raises CannotRunError where no tracker can be reached.
    """
    known = open_known(config, progress=progress)
    loaded = known.with_whole(lacking_tickets(known.loaded.archive, of_drafts=of_drafts))
    tracker = tracker_to_open_in(loaded.archive.settings, name)
    try:
        client = client_of(tracker, Surroundings(os.environ, loaded.root, tell))
    except ImportError as error:
        raise extra_missing("opening tickets", "sync", error) from error
    except TrackerError as error:
        raise CannotRunError(f"{tracker.name}: {error}") from error
    opening = open_tickets(
        loaded,
        tracker,
        client,
        of_drafts=of_drafts,
        dry_run=dry_run,
        tell=lambda done, wanted: asking(tracker.name, done, wanted),
        warn=tell,
    )
    return opening, loaded


def open_tickets(
    loaded: Loaded,
    tracker: Tracker,
    client: TrackerClient,
    *,
    of_drafts: bool = False,
    dry_run: bool = False,
    tell: Tell | None = None,
    warn: Callable[[str], None] = lambda line: None,
) -> Opening:
    """Open a ticket for each unfinished promise of a final record that has none, and write its key into the row.

    Record by record: the keys of one are written before the next is begun. It stops where the tracker fails; what is done stays done, and another run goes on. With
    `dry_run` the tracker is only searched, and no file is written. `of_drafts` is about records that are not final. `warn` is told, before anything is opened,
    of what tickets will lack.
    """
    missing, left_out = missing_tickets(loaded, tracker, of_drafts=of_drafts)
    made = _Desk(loaded, tracker, client, Opening(left_out=left_out))
    done = 0
    if missing and (lacking := why_no_links(loaded)):
        warn(lacking)
    try:
        if dry_run:
            made.foretell(missing)
            return made.opening
        for _, group in groupby(missing, key=lambda each: each.record.path):
            record = tuple(group)
            made.open_for(record)
            done += len(record)
            if tell:
                tell(done, len(missing))
    except TrackerError as error:
        made.opening.problems.append(f"{tracker.name}: {error}")
    except ODD as error:
        made.opening.problems.append(
            f"{tracker.name}: an answer has another form than expected ({type(error).__name__})"
        )
    return made.opening


class _Desk:
    """Opens the tickets of one record after the other."""

    def __init__(self, loaded: Loaded, tracker: Tracker, client: TrackerClient, opening: Opening) -> None:
        self._loaded = loaded
        self._tracker = tracker
        self._client = client
        self.opening = opening
        self._taken = {
            action.ticket.key.casefold(): f"{record.id}#{action.id}"
            for record in loaded.archive.records
            for action in record.actions
            if action.ticket is not None
        }

    def foretell(self, missing: Sequence[Missing]) -> None:
        """Say what would be done."""
        found = self._search(missing) if missing else {}
        for each in missing:
            known = found.get(each.reference, ())
            if not known:
                self._note(each, "", opened=True)
            elif self._may_be_named(each, known[0]):
                self._note(each, known[0].key, opened=False)

    def open_for(self, missing: Sequence[Missing]) -> None:
        """Name the tickets of one record's actions, those that are there already and those that are opened. Raises TrackerError, behind the writing of what is known."""
        tickets: dict[str, TicketState] = {}
        opened: dict[str, TicketState] = {}
        try:
            found = self._search(missing)
            for each in missing:
                known = found.get(each.reference, ())
                if known:
                    tickets[each.reference] = known[0]
                    self._name_doubles(each, known[0], known[1:])
                else:
                    opened[each.reference] = self._open(each)
            if opened:
                new = [each for each in missing if each.reference in opened]
                # The search comes behind all opening: of two runs, the one that opens later sees both.
                for reference, seen in self._search(new).items():
                    tickets[reference] = seen[0]
                self._withdraw(new, opened, tickets)
        finally:
            # Also where this is cut short: a ticket whose key is written needs no search.
            self._write(missing, {**opened, **tickets}, opened)

    def _search(self, missing: Iterable[Missing]) -> Mapping[str, Sequence[TicketState]]:
        """Find the tickets that were opened for actions, the one that counts first."""
        sought = tuple(missing)
        wanted = {each.marks[0]: each.reference for each in sought}
        for each in sought:
            for former in each.marks[1:]:
                wanted.setdefault(former, each.reference)
        found: dict[str, dict[str, TicketState]] = defaultdict(dict)
        for mark, state in self._client.find(tuple(wanted)):
            if mark in wanted and not state.gone:
                found[wanted[mark]][state.key.casefold()] = state
        return {reference: sorted(states.values(), key=_rank) for reference, states in found.items()}

    def _open(self, missing: Missing) -> TicketState:
        try:
            return self._client.open(missing.ticket)
        except (TrackerError, *ODD) as error:
            # The answer may have been lost behind the opening.
            seen: Sequence[TicketState] = ()
            with suppress(TrackerError, *ODD):
                seen = self._search([missing]).get(missing.reference, ())
            if seen:
                return seen[0]
            if isinstance(error, TrackerError):
                raise TrackerError(f"{missing.reference}: {error}") from error
            raise

    def _withdraw(
        self,
        missing: Sequence[Missing],
        opened: Mapping[str, TicketState],
        tickets: Mapping[str, TicketState],
    ) -> None:
        """Take back tickets of this run that another one was quicker with."""
        for each in missing:
            own = opened[each.reference]
            older = tickets.get(each.reference, own)
            if older.key.casefold() == own.key.casefold():
                continue
            if not isinstance(self._client, Withdrawing):
                self._name_doubles(each, older, [own])
                continue
            try:
                self._client.withdraw(own, older)
                self.opening.notes.append(
                    f"{each.reference}: {_shown(own)} was opened beside {_shown(older)} by two runs at once, and is closed again"
                )
            except (TrackerError, *ODD) as error:
                self._name_doubles(each, older, [own])
                self.opening.problems.append(str(error))

    def _name_doubles(self, missing: Missing, first: TicketState, others: Iterable[TicketState]) -> None:
        for other in others:
            if other.status not in CLOSED:
                self.opening.notes.append(
                    f"{missing.reference}: {_shown(other)} is a second ticket beside {_shown(first)}, close one of them by hand"
                )

    def _write(
        self,
        missing: Sequence[Missing],
        tickets: Mapping[str, TicketState],
        opened: Mapping[str, TicketState],
    ) -> None:
        known = [each for each in missing if each.reference in tickets]
        good = [each for each in known if self._may_be_named(each, tickets[each.reference])]
        if not good:
            return
        settings = self._loaded.archive.settings
        wanted = [
            each.wanted(tickets[each.reference].key, tickets[each.reference].url, self._tracker, settings)
            for each in good
        ]
        try:
            write([edited(self._loaded, wanted)], self._loaded)
        except (CannotWriteError, CannotRunError) as error:
            keys = ", ".join(f"{_shown(tickets[each.reference])} of {each.reference}" for each in good)
            reason = str(error).splitlines()[-1]
            self.opening.problems.append(f"{keys}: not written, the next run finds what is opened; {reason}")
            return
        for each in good:
            state = tickets[each.reference]
            own = opened.get(each.reference)
            self._note(each, state.key, opened=own is not None and own.key == state.key)

    def _may_be_named(self, missing: Missing, state: TicketState) -> bool:
        """Tell whether a ticket can be the one of an action, and say why it cannot."""
        other = self._taken.setdefault(state.key.casefold(), missing.reference)
        if other != missing.reference:
            self.opening.problems.append(
                f"{missing.reference}: {_shown(state)} was opened for an action of this id, and {other} names it: an id is never used again, give this action another one"
            )
            return False
        if not _KEY.fullmatch(state.key):
            self.opening.problems.append(
                f"{missing.reference}: the tracker calls the ticket '{_shown(state)}', which is no key: write it into the row by hand"
            )
            return False
        return True

    def _note(self, missing: Missing, key: str, *, opened: bool) -> None:
        place = f"{missing.record.path}:{missing.action.span.line}"
        self.opening.named.append(Named(missing.reference, place, missing.ticket.title, key, opened))


def _rank(state: TicketState) -> tuple[bool, int, tuple[int, ...], str]:
    """Order tickets of one action: a cancelled one last, then by age, which is what the numbers of keys tell in every tracker."""
    numbers = tuple(int(each) for each in _DIGITS.findall(state.key))
    return state.status is Status.CANCELLED, len(numbers), numbers[::-1], state.key


def _shown(state: TicketState) -> str:
    return shown(state.key)
