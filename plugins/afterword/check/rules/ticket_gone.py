"""`ticket-gone`: a ticket that its tracker does not know any more, or that has another key now."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.drifting import drifting
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.derive.promises.drift import DriftKind
from afterword.model.finding import Finding


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report each ticket that is gone or has moved."""
    for path, action, found, drift in drifting(context, {DriftKind.GONE, DriftKind.MOVED}):
        moved_to = found.state.moved_to if found.state and drift.kind is DriftKind.MOVED else ""
        hint = (
            f"write {shown(moved_to)} in its place"
            if moved_to
            else "name the ticket that took its place, or let `afterword sync` see it"
        )
        yield Finding("ticket-gone", drift.words, action.place_of("ticket"), hint=hint, path=path)


RULE = Rule(
    id="ticket-gone",
    summary="a ticket that its tracker does not know any more, does not show, or has moved",
    why="""\
A key that leads nowhere is an action without a ticket, and looks like one with it: nobody works on it, and nobody notices.

A ticket that cannot be seen with the token of the scheduled job is not told from one that is not there. What the tracker says stands in [the snapshot](trackers.md#the-snapshot), as of the day on which it was asked.""",
    bad="""\
<!-- PAY-4411 was moved to OPS-12 -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    better="""\
<!-- PAY-4411 was moved to OPS-12 -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | OPS-12 | detect | open |""",
    check_archive=check,
)
