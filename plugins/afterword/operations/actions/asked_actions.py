"""Actions as they are asked for on the command line: which, as of when, and in which form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from afterword.check.ownership import is_no_person
from afterword.check.wording import listed, shown
from afterword.derive.promises.action_choice import Choice, chosen, unmatched
from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.derive.promises.owners import Owners, plain_name
from afterword.model.action import ActionItem
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.operations.actions.action_edits import CHANGED, FileChange, Wanted, planned
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.known_archive import KnownArchive, open_known
from afterword.operations.reading.ledger import on_day, withheld
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.site_config import with_addresses
from afterword.parse.actions.action_cells import owner_edits
from afterword.parse.source.guesses import nearest
from afterword.render.actions.action_export import actions_csv, actions_json
from afterword.render.terminal.actions_list import actions_list
from afterword.render.text.terminal import Terminal
from afterword.sources.clock import today


@dataclass(frozen=True, slots=True)
class Asked:
    """The actions that were asked for, in the order of the dashboard, and every other; with the archive as it was on the day."""

    views: tuple[ActionView, ...]
    every: tuple[ActionView, ...]
    archive: Archive
    known: KnownArchive
    day: dt.date

    @property
    def notes(self) -> tuple[str, ...]:
        """Say which records are missing, why the day is past and its states are nevertheless those of today, and what else git does not tell; empty where all is told."""
        absent = self.archive.history.absent
        is_past = self.day < today(self.archive.settings.timezone)
        of_today = (f"states are those of today, not of {self.day}: {absent}",) if is_past and absent else ()
        return (*self.known.loaded.unread, *(of_today or withheld(self.archive.history)))


def ask(
    choice: Choice, config: Path | None = None, as_of: dt.date | None = None, progress: Progress | None = None
) -> Asked:
    """Find the actions that are asked for, on a day that is today in the archive's zone by default.

    Raises CannotRunError for a word that nothing has, with what was probably meant, and where git does not tell what is asked for.
    """
    known = open_known(config, progress=progress)
    loaded = known.loaded
    day = as_of or today(loaded.archive.settings.timezone)
    archive = on_day(loaded, day, progress=progress).archive
    archive = replace(archive, settings=with_addresses(archive.settings, loaded.root))
    views = action_views(archive, day)
    unknown = [
        f"no {each.what} '{shown(each.word)}'{_expected(each.word, each.known)}"
        for each in unmatched(choice, views, archive)
    ]
    if choice.unchanged is not None and archive.history.until is None:
        unknown.append(f"--unchanged needs the history of the records: {archive.history.absent}")
    if unknown:
        raise CannotRunError("\n".join(unknown))
    return Asked(chosen(views, choice, archive, day), views, archive, known, day)


def _text(asked: Asked, terminal: Terminal) -> str:
    return actions_list(asked.views, asked.day, terminal)


def _json(asked: Asked, terminal: Terminal) -> bytes:
    return actions_json(asked.archive, asked.day, asked.views)


def _csv(asked: Asked, terminal: Terminal) -> bytes:
    return actions_csv(asked.archive, asked.day, asked.views)


FORMS: Mapping[str, Callable[[Asked, Terminal], str | bytes]] = {"table": _text, "json": _json, "csv": _csv}
"""All forms in which actions are listed; a new one gets its line here."""


def reassigned(asked: Asked, to: str) -> tuple[tuple[FileChange, ...], Loaded]:
    """Plan to give the unfinished ones of the actions asked for to another owner, in the archive that is given with it; those that are that person's already stay.

    Raises CannotRunError where that is nobody who could own an action, or a row cannot be changed.
    """
    settings = asked.known.loaded.archive.settings
    owners = Owners.of(settings)
    name = _person(to, settings, owners, asked.day)
    key = owners.key(name)
    views = [each for each in asked.views if each.unfinished and owners.key(each.action.owner) != key]
    loaded = asked.known.with_whole({each.record.path: each.record for each in views}.values())
    records = {each.path: each for each in loaded.archive.records}
    wanted = []
    for view in views:
        record = records[view.record.path]
        action = _again(view, record)
        edits = partial(owner_edits, action, owner=name)
        wanted.append(Wanted(record, action, edits, {"owner": name}))
    return planned(loaded, wanted, asked.day), loaded


def _again(view: ActionView, record: Postmortem) -> ActionItem:
    """Find an action in its record as the file is now. Raises CannotRunError where it stands there no longer."""
    action = view.action
    for each in record.actions:
        if (each.id, each.owner, each.span) == (action.id, action.owner, action.span):
            return each
    raise CannotRunError(f"nothing was written\n{record.path}: {CHANGED}")


def _person(written: str, settings: Settings, owners: Owners, day: dt.date) -> str:
    """Give the name of who is to own actions, as the roster writes it."""
    person = owners.person(written)
    if person is None:
        fault = is_no_person(written, owners)
        if fault:
            raise CannotRunError(
                f"'{shown(written)}' {fault}, expected one person who answers for the actions"
            )
        if settings.people:
            there = tuple(each.name for each in settings.people if not each.left)
            said = _expected(plain_name(written), there)
            raise CannotRunError(f"'{shown(written)}' is none of the settings' `people`{said}")
        return " ".join(written.split())
    if person.left is not None and person.left < day:
        raise CannotRunError(f"{person.name} left on {person.left}, expected somebody who is there")
    return person.name


def _expected(word: str, known: tuple[str, ...]) -> str:
    """Say what may be meant: those that hold a word, else what is nearly the same in any case, else any."""
    folded = {each.casefold(): each for each in known}
    wanted = plain_name(word).casefold()
    holding = [each for name, each in folded.items() if wanted in name]
    close = holding[0] if len(holding) == 1 else folded.get(nearest(wanted, folded) or "")
    if close:
        return f" (did you mean '{close}'?)"
    return f", expected one of {listed(holding or known)}" if known else ", and there is none"
