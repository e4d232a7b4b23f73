"""`no-action`: a severe incident ends without anything promised or accepted."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.marks import acceptances
from afterword.check.rule import Rule
from afterword.model.action import Status
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

_UNREAD = frozenset({"actions-not-a-table", "table-cells"})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a record with neither a committed action nor an accepted risk where the policy wants one of them.

    A missing section, and a table that could not be read, are said by other rules.
    """
    section = record.section("actions")
    if section is None or not context.requirement(record).action_or_accepted_risk:
        return
    promised = any(
        action.is_commitment and action.status is not Status.CANCELLED for action in record.actions
    )
    unread = any(
        finding.rule in _UNREAD and finding.span.line >= section.heading.span.line
        for finding in record.findings
    )
    if promised or unread or any(acceptances(record)):
        return
    message = "no action is committed to and no risk is accepted"
    hint = "candidates and cancelled actions do not count; a risk is accepted in the tree: `-- accepted: REASON (ROLE, 2026-09-30)`"
    yield Finding("no-action", message, section.heading.span, Nature.REQUIRED, hint)


RULE = Rule(
    id="no-action",
    summary="a record at sev0 to sev2 with neither a committed action nor an accepted risk",
    why="""\
Then the system is as it was before the incident, and the record does not say whether that is a decision. Accepting a risk is one, with a reason,
a role that answers for it and a day to look again.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Perhaps move the batch to a replica | | | | prevent | candidate |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own, of five connections | Juno Papercliff | 2026-03-28 | PAY-4411 | prevent | open |""",
    check=check,
)
