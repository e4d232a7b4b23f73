"""`late-publication`: a record was or will be published after the policy's deadline."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import counted
from afterword.derive.promises.follow_through import published_on
from afterword.derive.timing.calendar import (
    business_days_between,
    deadline,
    format_day,
    is_asked_for,
    record_day,
)
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a stated day of publication after the deadline, and a record that is not final when the deadline is past.

    A final record without `published` is left alone: its day is that of a commit, which is not looked up here.
    """
    published = published_on(record)
    if not is_asked_for(record, context.settings) or (published is None and record.is_final):
        return
    allowed, day, holidays = (
        context.requirement(record).deadline,
        record_day(record),
        context.settings.holidays,
    )
    last = published or context.as_of
    # To ask for the close is slow, and it is no earlier than the incident.
    if allowed is None or (day is not None and business_days_between(day, last, holidays) <= allowed):
        return
    due = deadline(record, context.settings)
    if due is None:
        return
    # A weekend or holiday after the last day is no day later: none of them counts.
    late = business_days_between(due, last, holidays)
    if not late:
        return
    days = counted(allowed, "business day")
    when = f"{format_day(due)}, {days} from the close"
    header = record.header
    if published is not None:
        yield Finding(
            "late-publication",
            f"published {counted(late, 'business day')} late: it was due by {when}",
            header.span("published"),
            Nature.WARNING,
            "where the close is another, set `closed`; else what kept it is worth a line under Lessons learned",
        )
    else:
        yield Finding(
            "late-publication",
            f"not published yet: it was due by {when}",
            header.span("status"),
            Nature.DATED,
            "finish what can be said now with `status: final`; what is learned later can be added",
        )


RULE = Rule(
    id="late-publication",
    summary="a record published after its deadline, or not final when the deadline is past",
    why="""\
What people remember of an incident fades within days, and so does the will to change something. A record that comes after weeks tells less, and its actions start that much later.

The deadline is in business days from the close (`closed`, else CLOSED, else RESOLVED in the timeline), as the policy says for the severity: by default 5 at sev0 and sev1, 7 at sev2,
none for the others. The day of the close does not count, and neither do weekends and the `holidays` of the settings: what is published on the Saturday after the last day is in time. Where the policy's `postmortem` is `skip` nothing is late. A record that is not final becomes late with the day alone, which is
never more than a warning.""",
    bad="""\
---
severity: sev1
status: final
closed: 2026-03-14T15:40:00Z
published: 2026-04-02
---""",
    better="""\
---
severity: sev1
status: final
closed: 2026-03-14T15:40:00Z
published: 2026-03-20
---""",
    check=check,
)
