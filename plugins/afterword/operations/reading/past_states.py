"""What files of the past say, each content read once and kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from afterword.model.action import Status
from afterword.model.commits import RecordState
from afterword.model.history import ActionState, make_action_state
from afterword.model.settings import Settings
from afterword.operations.processes import spare_processes
from afterword.operations.program import program_marks
from afterword.operations.reading.loading import Progress
from afterword.parse.record_state import UNREAD, StateReader
from afterword.parse.source.large_stack import on_large_stack
from afterword.parse.source.limits import MAX_RECORD_BYTES
from afterword.sources.cache import Cache
from afterword.sources.crew import Crew
from afterword.sources.git import GitError
from afterword.sources.repository import Repository, contents_of

SHELVES = "0123456789abcdef"
"""States are kept on so many shelves, by the first letter of the content's name: one file each would take longer than reading it, and a single one would be written anew with each commit."""

FEWEST_SHARED = 1000
"""Contents from which it pays to split processes off."""

AT_ONCE = 500
"""Contents of one message: git is started for each."""

_STATUSES: Mapping[str | None, Status | None] = {None: None, **{str(each): each for each in Status}}


def past_states(
    repository: Repository,
    origin: Sequence[str],
    blobs: Sequence[str],
    settings: Settings,
    cache: Cache,
    progress: Progress | None,
) -> Mapping[str, RecordState]:
    """Give the states of contents by their names in git; `origin` tells the history that they stand in from any other, in each of its clones the same. Raises GitError where one is missing.

    Only what stands in this history is kept, so that a shelf does not grow for ever.
    """
    decisive = tuple(_decisive(origin, settings))
    keys = {shelf: Cache.key("past states", shelf, *decisive) for shelf in SHELVES}
    kept = {shelf: _shelf(cache.get(key)) for shelf, key in keys.items()}
    rows: dict[str, Any] = {blob: row for shelf in kept.values() for blob, row in shelf.items()}
    missing = [blob for blob in blobs if blob not in rows]
    rows |= _read(repository, missing, settings, progress)
    wanted = {blob: rows[blob] for blob in blobs}
    shelves: dict[str, dict[str, Any]] = {shelf: {} for shelf in SHELVES}
    for blob, row in wanted.items():
        shelves[blob[0]][blob] = row
    for shelf, now in shelves.items():
        if now.keys() != kept[shelf].keys():
            cache.put(keys[shelf], json.dumps(now, separators=(",", ":"), ensure_ascii=False))
    known: dict[tuple[Any, ...], ActionState] = {}
    return {blob: _state(row, known) for blob, row in wanted.items()}


def _read(
    repository: Repository, blobs: Sequence[str], settings: Settings, progress: Progress | None
) -> Iterator[tuple[str, list[Any]]]:
    """Read contents, by as many processes as are worth having, and give what is kept of each."""
    count = spare_processes() if len(blobs) >= FEWEST_SHARED else 1
    done = 0
    with Crew(count, partial(_Reader, repository, settings)) as crew:
        for _, rows in crew.answers(crew.dealt(blobs, AT_ONCE)):
            if isinstance(rows, GitError):
                raise rows
            for each in rows:
                yield each
                done += 1
                if progress:
                    progress(done, len(blobs))


class _Reader:
    """What one process does."""

    def __init__(self, repository: Repository, settings: Settings) -> None:
        self._repository, self._reader = repository, StateReader(settings)

    def __call__(self, blobs: Sequence[str]) -> list[tuple[str, list[Any]]] | GitError:
        try:
            return on_large_stack(lambda: list(self._rows(blobs)))
        except GitError as error:
            return error

    def _rows(self, blobs: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
        for blob, raw in contents_of(self._repository, blobs, MAX_RECORD_BYTES):
            yield blob, _row(UNREAD if raw is None else self._reader.read(raw))


def _decisive(origin: Sequence[str], settings: Settings) -> Iterable[str]:
    """Give what decides how a content is read, and whose it is: the same content says the same in any commit."""
    words = (
        settings.language,
        settings.severities,
        settings.categories,
        settings.trackers,
        settings.section_aliases,
        settings.words,
        settings.fields,
    )
    yield from origin
    yield repr(words)
    yield from program_marks("parse", "model")


def _shelf(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _row(state: RecordState) -> list[Any]:
    actions = state.actions
    return [
        state.status,
        state.severity,
        state.aliases,
        _written(state.day),
        state.has_record_keys,
        None if actions is None else {name: _action_row(action) for name, action in actions.items()},
    ]


def _action_row(state: ActionState) -> list[Any]:
    return [
        state.status,
        state.owner,
        _written(state.due),
        _written(state.closed),
        state.ticket,
        state.category,
        state.priority,
        state.text,
        state.notes,
    ]


def _state(row: list[Any], known: dict[tuple[Any, ...], ActionState]) -> RecordState:
    """Make a state; of actions that said the same in several versions, one of all that are `known` will do."""
    status, severity, aliases, day, has_record_keys, actions = row
    return RecordState(
        status,
        severity,
        tuple(aliases),
        _day(day),
        has_record_keys,
        None if actions is None else {name: _action(action, known) for name, action in actions.items()},
    )


def _action(row: list[Any], known: dict[tuple[Any, ...], ActionState]) -> ActionState:
    key = tuple(row)
    state = known.get(key)
    if state is None:
        status, owner, due, closed, *rest = row
        state = make_action_state(_STATUSES[status], owner, _day(due), _day(closed), *rest)
        known[key] = state
    return state


def _written(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=16_384)
def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
