"""Which changes were taken back: by a commit that says so, and does so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from afterword.model.commits import Commit
from afterword.model.history import ActionState, Moment

_SAYS = re.compile(r"^This reverts (?:merge )?commit ([0-9a-f]{7,64})\b", re.MULTILINE)
_BEGINS = ("Revert ", "Reapply ")
"""How the subjects begin that git and the hosts write; a squash keeps little more."""

_FIELDS = tuple(field.name for field in fields(ActionState))


@dataclass(frozen=True, slots=True)
class Reversals:
    """The commits that say that they take something back: to each the places in history of the commits that it names, as far as they are known there."""

    named: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, commits: Sequence[Commit]) -> Reversals:
        """Read the messages of the history."""
        places = {commit.id: place for place, commit in enumerate(commits)}
        named: dict[int, frozenset[int]] = {}
        for place, commit in enumerate(commits):
            said = _SAYS.findall(commit.message)
            if said or commit.message.startswith(_BEGINS):
                known = (_place(name, places) for name in said)
                named[place] = frozenset(each for each in known if each is not None and each < place)
        return cls(named)


def _place(name: str, places: Mapping[str, int]) -> int | None:
    found = places.get(name)
    if found is None:
        begun = [place for commit, place in places.items() if commit.startswith(name)]
        found = begun[0] if len(begun) == 1 else None
    return found


def marked(
    moments: Sequence[Moment],
    places: Sequence[int],
    reversals: Reversals,
    returned_to: Mapping[int, int],
) -> tuple[Moment, ...]:
    """Give the moments of an action with those marked that were taken back, or took one back.

    `places` are those of the moments in history. `returned_to` says of commits that made the record's text what it had been, byte by byte, after which commit it was that.
    A commit takes a change back if it names it and sets all that was changed, and nothing else, to what it was; or if it names no commit of this
    history, and the record's text came back: then all changes in between are. A change whose taking back was taken back stands again.
    """
    targets: list[tuple[int, ...]] = []
    for index, place in enumerate(places):
        targets.append(tuple(_targets(index, place, moments, places, reversals, returned_to)))
    cancelled = [False] * len(moments)
    for index in range(len(moments) - 1, -1, -1):
        if not cancelled[index]:
            for target in targets[index]:
                cancelled[target] = True
    return tuple(
        replace(moment, undone=True) if cancelled[index] or targets[index] else moment
        for index, moment in enumerate(moments)
    )


def _targets(
    index: int,
    place: int,
    moments: Sequence[Moment],
    places: Sequence[int],
    reversals: Reversals,
    returned_to: Mapping[int, int],
) -> Iterable[int]:
    named = reversals.named.get(place)
    if named is None or index == 0:
        return
    if named:
        yield from (
            earlier
            for earlier in range(index)
            if places[earlier] in named and _takes_back(moments, earlier, index)
        )
    elif place in returned_to:
        yield from (earlier for earlier in range(index) if places[earlier] > returned_to[place])


def _takes_back(moments: Sequence[Moment], change: int, reversal: int) -> bool:
    before, after = _around(moments, change)
    now, then = _around(moments, reversal)
    if before is None or after is None or now is None or then is None:
        return then == before and (after is None) == (now is None)
    changed = _differing(before, after)
    return changed == _differing(now, then) and all(
        getattr(then, each) == getattr(before, each) for each in changed
    )


def _around(moments: Sequence[Moment], index: int) -> tuple[ActionState | None, ActionState | None]:
    return moments[index - 1].state if index else None, moments[index].state


def _differing(one: ActionState, other: ActionState) -> frozenset[str]:
    return frozenset(each for each in _FIELDS if getattr(one, each) != getattr(other, each))
