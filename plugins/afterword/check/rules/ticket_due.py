"""`ticket-due`: an open action whose ticket is due on another day."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.drifting import ADOPT, drifting, told
from afterword.check.rule import Rule
from afterword.derive.promises.drift import DriftKind
from afterword.model.finding import Finding


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report each open action whose ticket has another due day."""
    for path, action, _, drift in drifting(context, {DriftKind.DUE}):
        hint = f"put it off here, where it was promised, or set the ticket's day back; {ADOPT}"
        yield told("ticket-due", path, action, drift, "due", hint)


RULE = Rule(
    id="ticket-due",
    summary="an open action whose ticket is due on another day",
    why="""\
A day that was put off in the tracker alone makes the action overdue here, and nobody who reads the record learns that it was put off, or by how much.

A ticket without a due day is no contradiction: many trackers have none. What the tracker says stands in [the snapshot](trackers.md#the-snapshot), as of the day on which it was asked.""",
    bad="""\
<!-- PAY-4411 is due on 2026-06-30 -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    better="""\
<!-- PAY-4411 is due on 2026-06-30 -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-06-30 | PAY-4411 | detect | open |""",
    check_archive=check,
)
