"""`severity-lowered`: the severity went down between open and close, and nothing says why."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context, Reported
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a lowering without `severity_reason`; raising needs none."""
    header = record.header
    opened, closed = context.rank(header.opened_as), context.rank(header.severity)
    if opened is None or closed is None or opened >= closed or header.severity_reason:
        return
    place = header.span("opened_as")
    if not Reported(record.findings).within(place):
        message = (
            f"severity was lowered from {header.opened_as} to {header.severity} without `severity_reason`"
        )
        hint = "`severity_reason: fewer customers were affected than the first alert suggested`"
        yield Finding("severity-lowered", message, place, Nature.REQUIRED, hint)


RULE = Rule(
    id="severity-lowered",
    summary="an incident that was opened at a higher severity than it has now, without a reason",
    why="""\
Severity decides how much a team has to write and how soon. Where it may go down in silence, readers cannot tell an early overestimate from a number that
was made to fit, and counts by severity lose their meaning.""",
    bad="""\
---
severity: sev3
opened_as: sev1
---""",
    better="""\
---
severity: sev3
opened_as: sev1
severity_reason: the alert counted retries; eleven customers saw an error
---""",
    check=check,
)
