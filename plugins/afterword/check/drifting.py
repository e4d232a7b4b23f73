"""Actions whose ticket tells otherwise, for the rules about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from afterword.check.context import ArchiveContext
from afterword.check.wording import named_action
from afterword.derive.promises.drift import Counterpart, Drift, DriftKind, counterpart
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.promises.owners import Owners
from afterword.model.action import ActionItem
from afterword.model.finding import Finding

ADOPT = "`afterword sync --adopt` writes what the tracker says into the record, shown first"


def drifting(
    context: ArchiveContext, kinds: Collection[DriftKind]
) -> Iterator[tuple[str, ActionItem, Counterpart, Drift]]:
    """Yield each drift of these kinds with its action and the path of its record."""
    tickets = context.archive.tickets
    if not tickets.trackers:
        return
    owners = context.of_settings("owners", Owners.of)
    for record in context.archive.records:
        for action in record.actions if is_owed_here(record) else ():
            found = counterpart(action, tickets, context.settings, owners, context.as_of)
            if found is not None:
                yield from ((record.path, action, found, each) for each in found.drifts if each.kind in kinds)


def told(rule: str, path: str, action: ActionItem, drift: Drift, cell: str, hint: str) -> Finding:
    """Make the finding of a drift, at a cell of its action. What was written here may be right: it is a warning at most."""
    return Finding(
        rule, f"{named_action(action)} is {drift.words}", action.place_of(cell), hint=hint, path=path
    )
