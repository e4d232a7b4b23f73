"""`action-overdue`: an action is past its due date and not done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.derive.promises.follow_through import is_overdue
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report unfinished actions from the day after they were due; those of retold records are nobody's here."""
    if record.header.retold_from:
        return
    for action in record.actions:
        if action.due and is_overdue(action, context.as_of):
            # For how many days would be another finding, and another page, every day.
            message = f"{named_action(action)} was due {action.due}, and is not done"
            hint = "when it is done, set `done` with its day; otherwise agree on a new date, or cancel it with a reason in `Notes`"
            yield Finding("action-overdue", message, action.place_of("due"), Nature.DATED, hint)


RULE = Rule(
    id="action-overdue",
    summary="an action that is past its due date and neither done nor cancelled",
    why="""\
The incident can happen again in the same way for as long as the action waits. This becomes true with the day alone, so it is never more than a warning.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2020-01-31 | PAY-4411 | detect | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2020-01-31 | PAY-4411 | detect | done 2020-01-29 |""",
    check=check,
)
