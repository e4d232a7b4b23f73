"""What a ticket's state and labels mean together, in trackers that know open and closed alone."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.model.action import CLOSED, Status
from afterword.model.settings import Tracker
from afterword.trackers.states import status_of


def meaning(tracker: Tracker, state: str, usual: Status, labels: Iterable[str] = ()) -> tuple[str, Status]:
    """Give the word that says how a ticket stands, and what it means: as the settings say, else the usual.

    A label that the settings name counts as the state, but it neither opens a closed ticket nor closes an open one.
    """
    for label in labels:
        said = tracker.states.get(" ".join(label.split()).casefold())
        if said is not None and (Status(said) in CLOSED) == (usual in CLOSED):
            return label, Status(said)
    return state, status_of(state, tracker, usual) or usual
