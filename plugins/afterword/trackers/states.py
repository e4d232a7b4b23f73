"""What the words of trackers mean: those of the settings first, then what is said all over."""

from __future__ import annotations

from afterword.model.action import Status
from afterword.model.settings import Tracker

_COMMON = {
    Status.OPEN: "open, opened, reopened, new, to do, todo, backlog, selected for development, triage, unassigned, ready, blocked, on hold",
    Status.IN_PROGRESS: "in progress, in-progress, started, doing, active, wip, in-work, in work",
    Status.IN_REVIEW: "in review, in-review, review, code review, testing, in test, to verify, verifying",
    Status.DONE: "done, closed, complete, completed, resolved, fixed, finished, released, verified, merged",
    Status.CANCELLED: "cancelled, canceled, rejected, declined, won't do, wont do, won't fix, wontfix, not planned, duplicate, invalid, abandoned, obsolete",
}
_MEANT = {word: status for status, words in _COMMON.items() for word in words.split(", ")}


def status_of(word: str, tracker: Tracker, otherwise: Status | None = None) -> Status | None:
    """Give what a tracker's word means: as the settings say, else `otherwise`, which its interface tells, else what the word means in most trackers; None where nobody knows."""
    folded = " ".join(word.split()).casefold()
    said = tracker.states.get(folded)
    if said is not None:
        return Status(said)
    return otherwise or _MEANT.get(folded)
