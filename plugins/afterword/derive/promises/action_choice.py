"""Which actions somebody asks for: by owner, team, service, category, priority, state and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from afterword.derive.promises.follow_through import OVERDUE, ActionView
from afterword.derive.promises.owners import Owners, plain_name
from afterword.derive.promises.reach import Reach
from afterword.derive.words.labels import entry_for, find_entry, service_ids
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.settings import Entry, Settings

NOBODY = ""
"""Asked for as an owner: actions that name none."""

STATES = (OVERDUE, *(str(each) for each in Status))
"""What a state is asked for by: an overdue action is also open, in progress or in review."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; of several words for one thing any may fit, and what is empty or None asks for nothing.

    `due_within` looks ahead, `unchanged` back. Without `states` it is what is owed, with `everything` all there is, and with `drift` what a ticket tells otherwise of, in any state.
    """

    owners: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    overdue: bool = False
    due_within: Reach | None = None
    unchanged: Reach | None = None
    states: tuple[str, ...] = ()
    everything: bool = False
    drift: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A word that is asked for and that nothing has; `known` are those that there are."""

    what: str
    word: str
    known: tuple[str, ...]


def chosen(
    views: Iterable[ActionView], choice: Choice, archive: Archive, as_of: date
) -> tuple[ActionView, ...]:
    """Give the actions that are asked for, in the order in which they come."""
    settings = archive.settings
    owners = Owners.of(settings)
    keys = {owners.key(each) for each in choice.owners}
    teams = {team_key(each, settings) for each in choice.teams}
    services = {entry_for(settings.services, each).id.casefold() for each in choice.services}
    categories = {entry_for(settings.categories, each).id.casefold() for each in choice.categories}
    priorities = {each.upper() for each in choice.priorities}

    def fits(view: ActionView) -> bool:
        action = view.action
        return (
            _has_state(view, choice)
            and (not keys or owners.key(action.owner) in keys)
            and (not teams or team_key(view.team, settings) in teams)
            and (
                not services or not services.isdisjoint(map(str.casefold, service_ids(view.record, settings)))
            )
            and (not categories or (action.category or "").casefold() in categories)
            and (not priorities or (action.priority or "") in priorities)
            and (not choice.overdue or view.overdue)
            and (not choice.drift or bool(view.drifts))
            and (choice.due_within is None or is_due_by(view, as_of, choice.due_within.after(as_of)))
            and (choice.unchanged is None or is_unchanged_since(view, choice.unchanged.before(as_of)))
        )

    return tuple(filter(fits, views))


def is_due_by(view: ActionView, as_of: date, last: date) -> bool:
    """Tell whether an action is owed and due from a day on, and on another at the latest."""
    due = view.action.due
    return view.unfinished and due is not None and as_of <= due <= last


def is_unchanged_since(view: ActionView, day: date) -> bool:
    """Tell whether an action is owed and nothing of it has changed after a day; False where git does not tell."""
    since = view.unchanged_since
    return view.unfinished and since is not None and since <= day


def team_key(written: str, settings: Settings) -> str:
    """Give what name and id of a team have in common: its name where the settings know it, in small letters."""
    wanted = written.strip().casefold()
    named = (each.name for each in settings.teams if wanted in (each.id.casefold(), each.name.casefold()))
    return next(named, wanted).casefold()


def unmatched(choice: Choice, views: Iterable[ActionView], archive: Archive) -> Iterator[Unmatched]:
    """Yield the words that neither an action nor the settings know: somebody who has nothing to do is no slip of the pen."""
    settings, every = archive.settings, tuple(views)
    owners = Owners.of(settings)
    people = {each.name for each in settings.people} | {plain_name(view.action.owner) for view in every}
    known = {owners.key(each) for each in (*people, *(each.name for each in settings.teams))}
    yield from (
        Unmatched("owner", word, _sorted(people))
        for word in choice.owners
        if word.strip() and owners.key(word) not in known
    )
    teams = {each.name for each in settings.teams} | {view.team for view in every}
    known = {team_key(each, settings) for each in teams}
    yield from (
        Unmatched("team", word, _sorted(teams))
        for word in choice.teams
        if team_key(word, settings) not in known
    )
    used = {one for record in archive.records for one in service_ids(record, settings)}
    yield from _of_catalogue("service", choice.services, settings.services, used)
    yield from _of_catalogue("category", choice.categories, settings.categories, ())


def _has_state(view: ActionView, choice: Choice) -> bool:
    if choice.states:
        state = str(view.action.status or Status.OPEN)
        return view.owed and (state in choice.states or (view.overdue and OVERDUE in choice.states))
    return choice.everything or choice.drift or view.unfinished


def _of_catalogue(
    what: str, asked: Iterable[str], entries: tuple[Entry, ...], used: Iterable[str]
) -> Iterator[Unmatched]:
    known = {each.id for each in entries} | set(used)
    folded = {each.casefold() for each in known}
    for word in asked:
        if find_entry(entries, word) is None and word.casefold() not in folded:
            yield Unmatched(what, word, _sorted(known))


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, words), key=str.casefold))
