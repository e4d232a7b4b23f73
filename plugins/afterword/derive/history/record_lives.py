"""The lives of records and actions, from the commits of a repository and what their files said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from afterword.derive.promises.reversals import Reversals, marked
from afterword.model.commits import Commit, RecordState
from afterword.model.history import (
    ActionLife,
    ActionState,
    Moment,
    RecordLife,
    Version,
    make_action_life,
    make_moment,
)
from afterword.model.record import Postmortem

Identify = Callable[[str, RecordState], str | None]
"""Gives the id of a file by its path and what it says, None where it is no record."""

_NOTHING: Mapping[str, ActionState] = {}


@dataclass(slots=True)
class _Running:
    """A record while the commits go by: its files by path, each with its own id and blob, and what there was of it."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    texts: list[tuple[int, str]] = field(default_factory=list)
    """The places in history at which its text became another, and the blob; empty where it went away."""


def record_lives(
    commits: Sequence[Commit],
    times: Sequence[dt.datetime],
    states: Mapping[str, RecordState],
    identify: Identify,
    names: Mapping[str, str],
    is_current: Callable[[str], bool],
) -> dict[str, RecordLife]:
    """Follow each record, and each of its actions, through the commits, which come oldest first and have their `times`; `states` are by blob.

    `names` gives the id that a former id belongs to now, both in small letters. Of several files with one id it is the one whose own name is that id and
    that lies where records lie now (`is_current`), else the first by path, as when an archive is read.
    """
    running: dict[str, _Running] = {}
    ids: dict[str, tuple[str, str]] = {}
    for place, commit in enumerate(commits):
        touched: dict[str, _Running] = {}
        for change in commit.changes:
            state = states.get(change.blob)
            own = identify(change.path, state) if state is not None else None
            known = ids.pop(change.path, None)
            if known is not None:
                record = touched[known[0]] = running[known[0]]
                del record.files[change.path]
            if own is not None:
                name = names.get(own, own)
                record = touched[name] = running.setdefault(name, _Running())
                record.files[change.path] = (own, change.blob)
                ids[change.path] = (name, own)
        for name, record in touched.items():
            blob = _current(name, record.files, is_current)
            if blob != (record.texts[-1][1] if record.texts else ""):
                record.texts.append((place, blob))
    reversals = Reversals.of(commits)
    return {
        name: _life(name, record.texts, states, commits, times, reversals)
        for name, record in running.items()
        if record.texts
    }


def names_of(records: Iterable[Postmortem], former: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Give the former ids of records with the id that each belongs to now, all in small letters.

    An alias of a record as it is counts first; then those that versions named which are `former`: ids with their aliases then, the newest first. The id of
    a record that is there belongs to nobody else: a version that names it under another id is of that record, whose new name was taken back.
    """
    records = tuple(records)
    names = {record.id.lower(): record.id.lower() for record in records}
    there = frozenset(names)
    for record in records:
        for alias in record.header.aliases:
            names.setdefault(_id_in(alias), record.id.lower())
    for name, aliases in former:
        for alias in aliases:
            earlier = _id_in(alias)
            if earlier == name:
                continue
            if earlier in there:
                names.setdefault(name, earlier)
            else:
                names.setdefault(earlier, name)
    return {name: _last(name, names) for name in names}


def _last(name: str, names: Mapping[str, str]) -> str:
    seen = {name}
    while (following := names.get(name, name)) not in seen:
        name = following
        seen.add(name)
    return name


def _id_in(alias: str) -> str:
    return alias.removesuffix(".md").rpartition("/")[2].lower()


def _current(name: str, files: Mapping[str, tuple[str, str]], is_current: Callable[[str], bool]) -> str:
    if len(files) < 2:
        return next((blob for _, blob in files.values()), "")
    return min((own != name, not is_current(path), path, blob) for path, (own, blob) in files.items())[3]


def _life(
    name: str,
    texts: Sequence[tuple[int, str]],
    states: Mapping[str, RecordState],
    commits: Sequence[Commit],
    times: Sequence[dt.datetime],
    reversals: Reversals,
) -> RecordLife:
    versions: list[Version] = []
    moments: dict[str, list[Moment]] = {}
    places: dict[str, list[int]] = {}
    turns: dict[int, str] = {}
    rows = _NOTHING
    text = ""
    for place, blob in texts:
        state = states[blob] if blob else RecordState()
        if blob and blob != text:
            versions.append(Version(times[place], commits[place].id, state.status, state.severity))
            text = blob
        now = state.actions
        if now is None:
            continue
        for action in dict.fromkeys((*rows, *now)) if rows else now:
            before, after = rows.get(action), now.get(action)
            # Most are the same in two versions, and comparing them field by field takes long.
            if before is not after and before != after:
                moment = make_moment(times[place], commits[place].id, after)
                moments.setdefault(action, []).append(moment)
                places.setdefault(action, []).append(place)
                turns[place] = blob
        rows = now
    named = [place for place, _ in texts if place in reversals.named]
    returned_to = _returns(texts) if named else {}
    actions = {
        action: make_action_life(
            action,
            marked(told, places[action], reversals, returned_to)
            if any(place in places[action] for place in named)
            else tuple(told),
        )
        for action, told in moments.items()
    }
    undone = _undone(actions) if named else ""

    def mark(read: Iterable[tuple[int, str]]) -> str:
        told = (f"{commits[place].id} {times[place].timestamp()} {blob}" for place, blob in read)
        return "\n".join((*told, undone))

    last, blob = texts[-1]
    gone = None if blob else times[last]
    return RecordLife(name, tuple(versions), actions, gone, f"{name}\n{mark(texts)}", mark(turns.items()))


def _undone(actions: Mapping[str, ActionLife]) -> str:
    """Tell which moments were taken back: that, other commits decide."""
    return repr([[moment.undone for moment in life.moments] for life in actions.values()])


def _returns(texts: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Give the commits that made a text what it had been, with the last commit before that had made it so."""
    made: dict[str, int] = {}
    returns: dict[int, int] = {}
    for place, blob in texts:
        if blob in made:
            returns[place] = made[blob]
        made[blob] = place
    return returns
