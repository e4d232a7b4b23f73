"""Bringing in what trackers say of the tickets that records name; what a tracker does not tell stays as it was known."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from afterword.check.wording import did_you_mean, listed, shown
from afterword.derive.promises.named_tickets import named_tickets
from afterword.model.finding import Finding, Nature
from afterword.model.settings import Settings, Tracker
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.extra import extra_missing
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.snapshot import read_snapshot, snapshot_path, write_snapshot
from afterword.parse.beside.ticket_snapshot import FORMAT
from afterword.sources.clock import today
from afterword.sources.files import remove_leftovers, why_unwritable
from afterword.trackers.table import client_of
from afterword.trackers.tracker import Surroundings, TrackerError

Asking = Callable[[str, int, int], None]
"""Told after each ticket of which tracker it was, how many it has told of, and how many it was asked for."""

_ODD = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that has another form than the interface is described with."""


@dataclass(frozen=True, slots=True)
class AskedTracker:
    """What came of asking one tracker for tickets: `told` of `asked`, `kept` of the rest as they were known, `changed` as pairs of what was known before (None for nothing) and now; `problem` is why not all were told."""

    name: str
    asked: int
    told: int
    changed: tuple[tuple[TicketState | None, TicketState], ...]
    problem: str
    kept: int = 0

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Give the tracker's words that mean nothing here, of tickets that changed."""
        words = {now.state for _, now in self.changed if now.state and now.status is None and not now.gone}
        return tuple(sorted(words))


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of bringing tickets in: the trackers that were asked, whether the snapshot in `path` changed, those that cannot be asked although records name tickets there, and what cannot be read in the settings; `tickets` is what the snapshot holds now, or would."""

    trackers: tuple[AskedTracker, ...]
    path: str
    changed: bool
    not_asked: tuple[str, ...]
    faults: tuple[Finding, ...] = ()
    tickets: Tickets = field(default_factory=Tickets)

    @property
    def is_whole(self) -> bool:
        """Tell whether every tracker told all that it was asked for."""
        return not any(tracker.problem for tracker in self.trackers)


def sync(
    names: Sequence[str] = (),
    config: Path | None = None,
    *,
    write: bool = True,
    progress: Progress | None = None,
    asking: Asking = lambda name, told, asked: None,
    tell: Callable[[str], None] = lambda line: None,
    environment: Mapping[str, str] = os.environ,
) -> Synced:
    """Ask the trackers of the settings, or those named, for the tickets that records name, and write the snapshot; raises CannotRunError where that cannot be."""
    loaded = open_known(config, progress=progress).loaded
    settings = loaded.archive.settings
    chosen = _chosen(names, settings)
    path, known = _known(loaded)
    if write and (reason := why_unwritable(loaded.root / path)):
        raise CannotRunError(f"cannot write {path}: {reason}")
    if write:
        remove_leftovers([loaded.root / path, *(loaded.root / each.path for each in loaded.archive.records)])
    wanted = named_tickets(loaded.archive.records, settings)
    around = Surroundings(environment, loaded.root, tell)
    day = today(settings.timezone)
    faults = tuple(each for each in settings.findings if each.nature is Nature.UNREADABLE)
    # Settings that cannot be read tell of no tracker that it is there no longer.
    snapshots = dict(known.trackers) if names or faults else {}
    asked = []
    for tracker in chosen:
        keys = wanted[tracker.name]
        before = known.trackers.get(tracker.name, TrackerSnapshot(tracker.name))
        if keys:
            after, told = _asked(tracker, keys, before, around, day, asking)
            snapshots[tracker.name] = after
            kept = len(after.tickets) - told
            asked.append(
                AskedTracker(after.name, len(keys), told, _changed(before, after), after.problem, kept)
            )
        elif not tracker.key:
            problem = "the settings name no `key`, so it is not known which tickets of records are there"
            asked.append(AskedTracker(tracker.name, 0, 0, (), problem, len(before.tickets)))
        elif not faults:
            snapshots.pop(tracker.name, None)
    # A tracker that is described no longer knows nothing that anybody asks about.
    described = {tracker.name for tracker in settings.trackers}
    tickets = Tickets(path, {name: each for name, each in snapshots.items() if faults or name in described})
    changed = write_snapshot(loaded.root / path, tickets) if write else tickets.trackers != known.trackers
    without = tuple(each.name for each in settings.trackers if not each.kind and wanted[each.name])
    return Synced(tuple(asked), path, changed, () if names else without, faults, tickets)


def _chosen(names: Sequence[str], settings: Settings) -> tuple[Tracker, ...]:
    able = tuple(tracker for tracker in settings.trackers if tracker.kind)
    if not able:
        raise CannotRunError(
            "no tracker can be asked, expected one under `trackers` of afterword.yml with its `kind`, such as kind: github"
        )
    by_name = {tracker.name.casefold(): tracker for tracker in able}
    for name in names:
        if name.casefold() not in by_name:
            known = [tracker.name for tracker in able]
            raise CannotRunError(
                f"no tracker '{shown(name)}' with a `kind` in the settings, expected one of {listed(known)}{did_you_mean(name, known)}"
            )
    wanted = {name.casefold() for name in names}
    return tuple(tracker for tracker in able if not wanted or tracker.name.casefold() in wanted)


def _known(loaded: Loaded) -> tuple[str, Tickets]:
    """Give the snapshot's path and what it holds. Raises CannotRunError for one that must not be written over."""
    path = snapshot_path(loaded.archive.settings)
    location = loaded.root / path
    if location.is_symlink() or (location.exists() and not location.is_file()):
        raise CannotRunError(f"{path} is no ordinary file, and is not written over")
    known, findings = read_snapshot(location, path)
    if findings and not known.trackers and location.is_file():
        _refuse_foreign(location, path)
    return path, known


def _refuse_foreign(location: Path, path: str) -> None:
    """Leave alone what a newer version wrote, or what is something else; what cannot be read at all is written anew."""
    try:
        content = json.loads(location.read_bytes())
    except (ValueError, RecursionError):
        return
    written = content.get("format") if isinstance(content, dict) else None
    if not isinstance(written, int):
        raise CannotRunError(
            f"{path} is no snapshot of tickets: delete it, or name another file under `tickets` in the settings"
        )
    if written > FORMAT:
        raise CannotRunError(
            f"{path} has format {written}, which is newer than this version writes: install a newer Afterword"
        )


def _asked(
    tracker: Tracker,
    keys: Sequence[str],
    before: TrackerSnapshot,
    around: Surroundings,
    day: dt.date,
    asking: Asking,
) -> tuple[TrackerSnapshot, int]:
    """Ask one tracker, and count what it told; what it did not come to tell is as it was."""
    wanted = {key.casefold(): key for key in keys}
    told: dict[str, TicketState] = {}
    problem = ""
    try:
        for state in client_of(tracker, replace(around, known=before.tickets)).states(keys):
            folded = state.key.casefold()
            if folded in wanted:
                told[folded] = replace(state, key=wanted[folded])
                asking(tracker.name, len(told), len(keys))
        if len(told) < len(keys):
            missing = listed((key for folded, key in wanted.items() if folded not in told), 3)
            problem = f"nothing was told of {missing}"
    except ImportError as error:
        raise extra_missing("asking a tracker", "sync", error) from error
    except TrackerError as error:
        problem = str(error)
    except _ODD as error:
        problem = f"an answer has another form than expected ({type(error).__name__})"
    kept = {folded: state for folded, state in before.tickets.items() if folded in wanted}
    as_of = before.as_of if problem else day
    return TrackerSnapshot(tracker.name, as_of, problem, {**kept, **told}), len(told)


def _changed(
    before: TrackerSnapshot, after: TrackerSnapshot
) -> tuple[tuple[TicketState | None, TicketState], ...]:
    return tuple(
        (before.tickets.get(folded), now)
        for folded, now in sorted(after.tickets.items())
        if before.tickets.get(folded) != now
    )
