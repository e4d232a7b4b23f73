"""`cancelled-without-reason`: an action was cancelled, and nothing says why."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.model.action import Status
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report cancelled actions with empty notes."""
    for action in record.actions:
        if action.status is Status.CANCELLED and not action.notes:
            message = f"{named_action(action)} is cancelled without a reason"
            hint = "say in `Notes` what changed: who decided, and what covers the risk now"
            yield Finding(
                "cancelled-without-reason",
                message,
                action.place_of("status"),
                Nature.REQUIRED,
                hint,
            )


RULE = Rule(
    id="cancelled-without-reason",
    summary="a cancelled action without a reason in `Notes`",
    why="""\
After the next incident of this kind somebody will ask why the promise was dropped. A reason turns that into a decision that can be looked at again; without one
it looks like neglect.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Notes |
|---|---|---|---|---|---|---|---|
| A2 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-4412 | prevent | cancelled | |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Notes |
|---|---|---|---|---|---|---|---|
| A2 | Double the pool | Juno Papercliff | 2026-03-28 | PAY-4412 | prevent | cancelled 2026-03-20 | A1 gave the batch its own pool, load halved |""",
    check=check,
)
