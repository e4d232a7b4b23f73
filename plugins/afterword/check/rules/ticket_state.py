"""`ticket-state`: an action that is closed on one side and open on the other."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.drifting import ADOPT, drifting, told
from afterword.check.rule import Rule
from afterword.derive.promises.drift import DriftKind
from afterword.model.finding import Finding

_KINDS = frozenset({DriftKind.CLOSED_HERE, DriftKind.CLOSED_THERE, DriftKind.ENDED_OTHERWISE})


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report each action that is closed where its ticket is open, or the other way round, or cancelled on one side alone."""
    for path, action, _, drift in drifting(context, _KINDS):
        is_open_there = drift.kind is DriftKind.CLOSED_HERE
        hint = f"close the ticket, or write what is true here: {ADOPT}" if is_open_there else ADOPT
        yield told("ticket-state", path, action, drift, "status", hint)


RULE = Rule(
    id="ticket-state",
    summary="an action that is done or cancelled where its ticket is not, or the other way round",
    why="""\
A promise that is done in the tracker and open here is chased for nothing; one that is done here and open there counts as kept while somebody may still be at work on it. Whoever meets either once stops believing the dashboard.

What the tracker says stands in [the snapshot](trackers.md#the-snapshot), as of the day on which it was asked. Open, in progress and in review are all open. Candidates and actions of retold incidents are compared with nothing.""",
    bad="""\
<!-- of PAY-4411 the tracker says: To do -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done 2026-03-27 |""",
    better="""\
<!-- of PAY-4411 the tracker says: To do -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    check_archive=check,
)
