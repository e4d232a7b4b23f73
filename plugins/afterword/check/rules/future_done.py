"""`future-done`: something is said to have happened on a day that is still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action, shown
from afterword.derive.timing.calendar import local_day
from afterword.model.action import CLOSED
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.span import Span


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report actions finished, and `date`, `published`, `closed`, `allspaw_test` and `sign_off`, after the day of the check."""
    for what, day, place, hint in (*_of_header(record, context), *_of_actions(record)):
        if day and day > context.as_of:
            message = f"{what} on {day}, which is after {context.as_of}, the day of this check"
            yield Finding("future-done", message, place, hint=hint)


_Claim = tuple[str, dt.date | None, Span, str]
_A_DAY = dt.timedelta(days=1)


def _of_header(record: Postmortem, context: Context) -> Iterator[_Claim]:
    header = record.header
    mistyped = "look at the year and the month; what has not happened yet has no day"
    meeting = "leave `published` out until it is; a planned meeting is `review_meeting`"
    # Which zone `date` is in nobody says, and elsewhere on earth it may be tomorrow already.
    if header.date and header.date - _A_DAY > context.as_of:
        yield "the incident started", header.date, header.span("date"), mistyped
    yield "the record was published", header.published, header.span("published"), meeting
    if header.closed:
        closed = local_day(header.closed, context.settings, record)
        yield "the incident was closed", closed, header.span("closed"), mistyped
    if header.allspaw_test:
        place = header.span("allspaw_test.date")
        yield "the Allspaw test was made", header.allspaw_test.date, place, mistyped
    for number, signature in enumerate(header.sign_off):
        who = shown(signature.role) or "somebody"
        yield f"{who} signed", signature.date, header.span(f"sign_off[{number}].date"), mistyped


def _of_actions(record: Postmortem) -> Iterator[_Claim]:
    for action in record.actions:
        if action.status in CLOSED:
            named = named_action(action)
            hint = "look at the year and the month; when it is to be done stands in `Due`"
            yield f"{named} was {action.status}", action.closed, action.place_of_day("closed"), hint


RULE = Rule(
    id="future-done",
    summary="an incident that started, an action that was done, or a record published, closed or signed, on a day that is still to come",
    why="""\
A reader takes the day for what happened, and completion at 30 days is computed from it. Mostly the year is mistyped; sometimes a plan was written down where the deed belongs.
An incident of a day to come heads every list as the latest.

`date` may be the day after the check's: elsewhere on earth it has begun.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done 2062-03-27 |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done 2026-03-27 |""",
    check=check,
)
