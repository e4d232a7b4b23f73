"""What a tracker's words mean here."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.model.action import CLOSED, Status
from afterword.model.settings import Tracker


def meaning(tracker: Tracker, state: str, usual: Status, labels: Iterable[str] = ()) -> tuple[str, Status]:
    """Give the word that says how a ticket stands, and what it means: what the settings say of it, else the usual.

    Some trackers know open and closed alone, and teams say the rest by labels. One that the settings name counts as the state, but it neither opens a closed ticket nor closes an open one.
    """
    for label in labels:
        status = _set(tracker, label)
        if status is not None and (status in CLOSED) == (usual in CLOSED):
            return label, status
    return state, _set(tracker, state) or usual


def _set(tracker: Tracker, word: str) -> Status | None:
    try:
        return Status(tracker.states.get(word.strip().casefold(), ""))
    except ValueError:
        return None
