"""What a tracker can do, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from afterword.model.ticket import TicketState


class TrackerError(Exception):
    """A tracker cannot be asked, or not any further; the text says why, and what helps. What was told before it holds."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be opened for an action; `mark` is a text that no other ticket holds, by which it is found again, and is written into its description."""

    mark: str
    title: str
    description: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a tracker is reached from: the environment, the folder of the settings, and who is told what is waited for."""

    environment: Mapping[str, str] = field(repr=False)
    root: Path
    tell: Callable[[str], None] = lambda line: None


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
