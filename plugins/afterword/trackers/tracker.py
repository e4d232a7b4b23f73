"""What a tracker can do, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, runtime_checkable

from afterword.model.ticket import TicketState


class TrackerError(Exception):
    """A tracker cannot be asked, or not any further; the text says why, and what helps. What was told before it holds."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be opened for an action, in plain text: what has a meaning in the tracker's markup is to be escaped.

    `mark` is one word of letters and digits that no other ticket holds, by which it is found again; it stands in `description`.
    """

    mark: str
    title: str
    description: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a tracker is reached from: the environment, the folder of the settings, who is told what is waited for, and what was known of tickets before, by their keys in small letters."""

    environment: Mapping[str, str] = field(repr=False)
    root: Path
    tell: Callable[[str], None] = lambda line: None
    known: Mapping[str, TicketState] = field(default_factory=dict)


class TrackerClient(Protocol):
    """One tracker of the settings, with the connection to it."""

    def states(self, keys: Sequence[str]) -> Iterator[TicketState]:
        """Yield what the tracker has of these tickets, in any order, `gone` for those it does not know; in as few requests as it allows. Raises TrackerError."""
        ...

    def find(self, marks: Sequence[str]) -> Iterator[tuple[str, TicketState]]:
        """Yield the tickets that were opened with these marks before, each with its mark. Raises TrackerError."""
        ...

    def open(self, ticket: NewTicket) -> TicketState:
        """Open a ticket. Raises TrackerError, also where it cannot tell whether the ticket was opened."""
        ...


@runtime_checkable
class Withdrawing(Protocol):
    """A tracker's client that can take back a ticket it has just opened, where another run has opened one for the same action a moment before."""

    def withdraw(self, ticket: TicketState, instead: TicketState) -> None:
        """Close a ticket as the double of another. Raises TrackerError."""
        ...
