"""`closed-without-status`: an action has a closing day and a status that says it is not closed."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.model.action import CLOSED
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report actions with a day in `Closed` that are neither done nor cancelled."""
    for action in record.actions:
        if action.closed and action.status and action.status not in CLOSED:
            message = f"{named_action(action)} was closed on {action.closed}, but its status is '{action.status.value}', expected done or cancelled"
            yield Finding(
                "closed-without-status",
                message,
                action.place_of("closed"),
                Nature.CONTRADICTION,
            )


RULE = Rule(
    id="closed-without-status",
    summary="an action with a day in `Closed` whose status is neither done nor cancelled",
    why="""\
One of the two cells is out of date. Until somebody says which, the action is counted as open, and its owner is asked about work that may be finished.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Closed |
|---|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open | 2026-03-27 |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Closed |
|---|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done | 2026-03-27 |""",
    check=check,
)
