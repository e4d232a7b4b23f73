"""`ticket-owner`: an open action whose ticket is with somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.drifting import ADOPT, drifting, told
from afterword.check.rule import Rule
from afterword.derive.promises.drift import DriftKind
from afterword.model.finding import Finding


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report each open action whose owner is another one in the tracker, or nobody."""
    for path, action, found, drift in drifting(context, {DriftKind.OWNER}):
        is_held = found.state is not None and bool(found.state.owner or found.state.login)
        hint = (
            f"agree on who has it, and say so on both sides; {ADOPT}"
            if is_held
            else "give the ticket to the action's owner"
        )
        yield told("ticket-owner", path, action, drift, "owner", hint)


RULE = Rule(
    id="ticket-owner",
    summary="an open action whose ticket is with somebody else, or with nobody",
    why="""\
Where the record names one and the tracker another, each may well believe that the other has it.

Names are compared as the roster knows them: by name, by `id`, and by what the tracker calls its users where that is an `id`; without a roster by the words of a name, in any order and without accents. A login that nobody can tell apart is taken for the owner's.
What the tracker says stands in [the snapshot](trackers.md#the-snapshot), as of the day on which it was asked.""",
    bad="""\
<!-- PAY-4411 is with Tansy Inkersley -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    better="""\
<!-- PAY-4411 is with Tansy Inkersley -->
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page at 90 % of the pool | Tansy Inkersley | 2026-03-28 | PAY-4411 | detect | open |""",
    check_archive=check,
)
