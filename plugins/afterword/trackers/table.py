"""The kinds of trackers: each is one file, which offers `connect`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from afterword.check.wording import did_you_mean, listed
from afterword.model.settings import Tracker
from afterword.trackers.tracker import Surroundings, TrackerClient, TrackerError


@dataclass(frozen=True, slots=True)
class TrackerKind:
    """Where a kind of tracker lives: `module` has `connect(tracker, surroundings)`, which gives a client or raises TrackerError. `title` is its name in sentences."""

    module: str
    title: str


KINDS = {
    "github": TrackerKind("afterword.trackers.github", "GitHub"),
    "gitlab": TrackerKind("afterword.trackers.gitlab", "GitLab"),
    "linear": TrackerKind("afterword.trackers.linear", "Linear"),
    "file": TrackerKind("afterword.trackers.export_file", "an exported file"),
    "jira": TrackerKind("afterword.trackers.jira", "Jira"),
    "roundup": TrackerKind("afterword.trackers.roundup", "Roundup"),
}
"""By the word that the settings have in `kind`: those of `TRACKER_KINDS`, which the reader of the settings knows."""


def client_of(tracker: Tracker, around: Surroundings) -> TrackerClient:
    """Connect to a tracker of the settings. Raises TrackerError where that cannot be, ImportError where a package is missing."""
    kind = KINDS.get(tracker.kind)
    if kind is None:
        if not tracker.kind:
            raise TrackerError("the settings name no `kind`, so it is not known how it is asked")
        expected = f"expected {listed(list(KINDS))}{did_you_mean(tracker.kind, KINDS)}"
        raise TrackerError(f"kind '{tracker.kind}' is not known, {expected}")
    client: TrackerClient = importlib.import_module(kind.module).connect(tracker, around)
    return client
