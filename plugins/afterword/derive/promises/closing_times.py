"""How long promises took to be kept, by category and by priority."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from afterword.derive.promises.action_life import promised_on
from afterword.derive.promises.follow_through import is_owed_here, published_on
from afterword.derive.timing.statistics import Spread, spread
from afterword.derive.words.labels import category_label
from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class ClosingTimes:
    """The done actions of one value, `id` empty where their rows have none; `spread` is in whole days, None where no time is known, and `lacking` have none."""

    id: str
    label: str
    spread: Spread | None
    lacking: int


def by_category(archive: Archive) -> tuple[ClosingTimes, ...]:
    """Tell by category, in the order of the settings, how long it took from the promise to its being done."""
    order = [entry.id for entry in archive.settings.categories]
    return _divided(
        archive,
        lambda action: action.category or "",
        lambda one: category_label(archive.settings, one) if one else "",
        lambda one: (order.index(one) if one in order else len(order), one),
    )


def by_priority(archive: Archive) -> tuple[ClosingTimes, ...]:
    """Tell by priority, the most urgent first, how long it took from the promise to its being done."""
    return _divided(archive, lambda action: action.priority or "", str, lambda one: (not one, one))


def time_to_close(archive: Archive, record: Postmortem, action: ActionItem) -> timedelta | None:
    """Give the days from the promise to the day on which it was done; None where one of them is not known, or they run backwards.

    The promise is as old as the row that makes it, where git knows that, else as the record's publication.
    """
    life = archive.history.action(record.id, action.id)
    start = promised_on(life) if life else published_on(record)
    if action.status is not Status.DONE or start is None or action.closed is None or action.closed < start:
        return None
    return action.closed - start


def _divided(
    archive: Archive,
    value: Callable[[ActionItem], str],
    label: Callable[[str], str],
    order: Callable[[str], tuple[object, ...]],
) -> tuple[ClosingTimes, ...]:
    groups: dict[str, list[timedelta | None]] = {}
    for record, action in _done(archive):
        groups.setdefault(value(action), []).append(time_to_close(archive, record, action))
    made = []
    for one in sorted(groups, key=order):
        known = [each for each in groups[one] if each is not None]
        made.append(ClosingTimes(one, label(one), spread(known), len(groups[one]) - len(known)))
    return tuple(made)


def _done(archive: Archive) -> Iterable[tuple[Postmortem, ActionItem]]:
    for record in archive.records:
        if is_owed_here(record):
            yield from ((record, action) for action in record.actions if action.status is Status.DONE)
