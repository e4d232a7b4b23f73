"""Closing actions that are named as RECORD#ID."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from afterword.check.wording import did_you_mean, listed, shown
from afterword.derive.timing.calendar import record_day
from afterword.model.action import CLOSED, ActionItem, Status
from afterword.model.record import Postmortem
from afterword.operations.actions.action_edits import ANYTHING, FileChange, Wanted, planned
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.reading.subject import record_named
from afterword.parse.actions.action_cells import closing_edits
from afterword.sources.clock import today


def closed(
    names: Sequence[str],
    on: dt.date | None = None,
    reason: str | None = None,
    config: Path | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[FileChange, ...], Loaded]:
    """Plan to close actions on a day, today in the archive's zone by default; with a `reason` they are cancelled, else done.

    Raises CannotRunError with a line for each name that is no action which can be closed.
    """
    known = open_known(config, progress=progress)
    loaded = known.with_whole(_meant(names, known.loaded))
    now = today(loaded.archive.settings.timezone)
    day = on or now
    if day > now:
        raise CannotRunError(f"{day} is still to come, expected a day up to today, {now}")
    status = Status.DONE if reason is None else Status.CANCELLED
    wanted: dict[tuple[str, str], Wanted] = {}
    problems: list[str] = []
    for name in names:
        try:
            record, action = _found(name, loaded)
            _refuse(record, action, day)
        except CannotRunError as error:
            problems.extend(str(error).splitlines())
            continue
        beside = [each for each in record.actions if each is not action]
        edits = partial(closing_edits, action, beside, status=status, day=day, reason=reason or "")
        becomes = {"status": status, "closed": day} | ({"notes": ANYTHING} if reason else {})
        wanted[record.path, action.id.upper()] = Wanted(record, action, edits, becomes)
    if problems:
        raise CannotRunError("\n".join(["nothing was written", *problems] if len(names) > 1 else problems))
    return planned(loaded, tuple(wanted.values()), now), loaded


def _meant(names: Sequence[str], loaded: Loaded) -> Iterator[Postmortem]:
    """Yield the records of those names that are names of actions."""
    for name in names:
        with suppress(CannotRunError):
            yield _found(name, loaded)[0]


def _found(name: str, loaded: Loaded) -> tuple[Postmortem, ActionItem]:
    where, mark, action_id = name.rpartition("#")
    if not mark or not where or not action_id:
        raise CannotRunError(
            f"'{shown(name)}' names no action, expected RECORD#ID such as 2026-03-14-checkout#A3"
        )
    record = _of_file(where, loaded) if Path(where).is_file() else record_named(where, loaded)
    same = [each for each in record.actions if each.id.upper() == action_id.upper()]
    if len(same) == 1:
        return record, same[0]
    if same:
        lines = listed(str(each.span.line) for each in same)
        raise CannotRunError(
            f"{record.id} has {len(same)} actions {same[0].id}, on lines {lines}, expected one"
        )
    ids = [each.id for each in record.actions if each.id]
    if not record.actions:
        raise CannotRunError(f"{record.id} has no actions")
    if not ids:
        raise CannotRunError(
            f"the actions of {record.id} have no ids by which one could be named: give the table a column `ID` with A1, A2 …"
        )
    raise CannotRunError(
        f"{record.id} has no action '{shown(action_id)}', expected one of {listed(ids)}{did_you_mean(action_id.upper(), ids)}"
    )


def _of_file(where: str, loaded: Loaded) -> Postmortem:
    place = Path(where).resolve()
    record = next((each for each in loaded.archive.records if _lies_at(each, place, loaded)), None)
    if record is None:
        raise CannotRunError(f"{where} is no record of the archive")
    return record


def _lies_at(record: Postmortem, place: Path, loaded: Loaded) -> bool:
    return (loaded.root / record.path).resolve() == place


def _refuse(record: Postmortem, action: ActionItem, day: dt.date) -> None:
    """Fail for an action that is closed already or was never promised, and for a day before the incident."""
    reference = f"{record.id}#{action.id}"
    if action.status is Status.CANDIDATE:
        raise CannotRunError(
            f"{reference} is a candidate, which nobody has promised: take its row out, or make it `open` with owner, day and ticket first"
        )
    if action.status in CLOSED:
        when = f" (on {action.closed})" if action.closed else ""
        raise CannotRunError(f"{reference} is {action.status} already{when}, expected one that is not closed")
    incident = record_day(record)
    if incident is not None and day < incident:
        raise CannotRunError(f"{reference}: {day} is before the incident, expected a day from {incident} on")
