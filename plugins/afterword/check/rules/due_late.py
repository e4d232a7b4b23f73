"""`due-late`: an action is due later than its priority allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.derive.timing.calendar import business_days_after, days_after, deadline, record_day
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report unfinished actions whose due date is more days after publication than the policy's `due_within` gives their priority."""
    if record.header.retold_from:
        return
    start: tuple[dt.date, str] | None = None
    for action in record.actions:
        allowed = context.settings.policy.due_within.get(action.priority or "")
        if allowed is None or action.due is None or not action.is_unfinished:
            continue
        start = start or _start(record, context.settings)
        if start is None:
            return
        last = days_after(start[0], allowed)
        if action.due > last:
            named = named_action(action)
            message = f"{named} is {action.priority} and due {action.due}, expected {last} at the latest, {allowed} days from {start[0]}, {start[1]}"
            hint = "bring the day forward"
            if allowed < max(context.settings.policy.due_within.values()):
                hint += ", or say with a lower priority that it can wait"
            yield Finding("due-late", message, action.place_of("due"), hint=hint)


def _start(record: Postmortem, settings: Settings) -> tuple[dt.date, str] | None:
    """Give the day from which the days count, and what it is."""
    header = record.header
    if header.published:
        return header.published, "the day of publication"
    last = deadline(record, settings)
    if last:
        return last, "the deadline of publication"
    if header.review_meeting:
        return header.review_meeting, "the review meeting"
    day = record_day(record)
    if day is None:
        return None
    longest = max((each.deadline or 0 for each in settings.policy.by_severity.values()), default=0)
    return business_days_after(day, longest, settings.holidays), "the longest deadline of the policy"


RULE = Rule(
    id="due-late",
    summary="an unfinished action that is due later than its priority allows (by default P0 in 14, P1 in 30, P2 in 90 days)",
    why="""\
A priority tells readers how long they have to live with the risk. One that is contradicted by its own date tells them nothing, and where everything is P0 nothing is.

The days count from `published`; where that is not stated, from the deadline that the policy sets, else from `review_meeting`, else from the longest deadline that the policy sets for any
severity, counted from the incident's day. The settings change the numbers: `policy: {due_within: {P0: 7}}`.""",
    bad="""\
---
published: 2026-03-20
---

## Action items

| ID | Action | Owner | Due | Ticket | Category | Priority | Status |
|---|---|---|---|---|---|---|---|
| A1 | Return pooled connections on every exit path | Juno Papercliff | 2026-06-30 | PAY-4411 | prevent | P0 | open |""",
    better="""\
---
published: 2026-03-20
---

## Action items

| ID | Action | Owner | Due | Ticket | Category | Priority | Status |
|---|---|---|---|---|---|---|---|
| A1 | Return pooled connections on every exit path | Juno Papercliff | 2026-04-03 | PAY-4411 | prevent | P0 | open |""",
    sources=(
        "[PagerDuty, How to Write a Postmortem: Follow-Up Actions](https://postmortems.pagerduty.com/how_to_write/writing/)",
    ),
    check=check,
)
