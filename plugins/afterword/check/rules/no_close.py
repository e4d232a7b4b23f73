"""`no-close`: nothing says when the incident was over, so there is no deadline."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.derive.timing.figures import close_time
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import START


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a record that the policy gives a deadline, with neither `closed` nor an event marked CLOSED or RESOLVED."""
    has_deadline = context.requirement(record).deadline is not None
    if not has_deadline or record.header.retold_from or "closed" in record.header.spans:
        return
    if close_time(record) is None and not _is_prepared(record):
        message = f"no close is stated, so this {record.header.severity} has no deadline"
        hint = "mark the end in the timeline with `[RESOLVED]` or `[CLOSED]`, or set `closed: 2026-03-14T15:40:00Z`"
        yield Finding("no-close", message, START, Nature.MISSING, hint)


def _is_prepared(record: Postmortem) -> bool:
    """Tell whether a template's event waits for the close: that it is still to be written is another finding."""
    events = record.timeline.events if record.timeline else ()
    return any(event.is_placeholder and (event.has("CLOSED") or event.has("RESOLVED")) for event in events)


RULE = Rule(
    id="no-close",
    summary="a record with a deadline (by default at sev0 to sev2) that does not say when its incident was closed",
    why="""\
The deadline for publishing runs from the close. Without it nobody can see that a post-mortem is late, and memory of the incident fades unrecorded.

The close is `closed` in the header, else the event marked CLOSED, else RESOLVED.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:25 | [MITIGATED] Errors stop |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:25 | [MITIGATED] Errors stop |
| 15:40 | [RESOLVED] Batch disabled, leak confirmed |""",
    check=check,
)
