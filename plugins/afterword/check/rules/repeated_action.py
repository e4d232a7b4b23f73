"""`repeated-action`: an action was promised before, in an earlier record."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.derive.again.repeated import are_told_apart
from afterword.model.action import ActionItem, Status
from afterword.model.finding import Finding


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report actions of which an earlier record holds the same, where one of the two is unfinished."""
    for promise, before in context.repeated(context.archive.records):
        action = promise.action
        if action.status is Status.CANCELLED or are_told_apart(promise.record, action, before.record):
            continue
        if not (action.is_unfinished or before.action.is_unfinished):
            continue
        named = named_action(action)
        reference = f"{before.record.id}#{before.action.id}"
        same = (
            "has the ticket of an earlier promise"
            if _same_ticket(action, before.action)
            else "was promised before"
        )
        message = f"{named} {same}: {reference}, {_state(before.action)}"
        hint = f"where it is the same, point to it with `-> {reference}` and take this row out; where it is not, say what is different, naming {before.record.id}"
        place = action.place_of("action")
        yield Finding("repeated-action", message, place, hint=hint, path=promise.record.path)


def _same_ticket(action: ActionItem, other: ActionItem) -> bool:
    return bool(action.ticket and other.ticket and action.ticket.key == other.ticket.key)


def _state(action: ActionItem) -> str:
    if action.is_unfinished:
        return f"still {action.status or Status.OPEN}"
    return f"{action.status} {action.closed}" if action.closed else str(action.status)


RULE = Rule(
    id="repeated-action",
    summary="an action that an earlier record promised already",
    why="""\
A promise made twice was not kept the first time, or did not help. Readers have to see that, and the count of open actions must not grow by a copy: otherwise the third incident
brings the same row once more.

Two actions are taken for the same if they have one ticket, the same words (four or fewer only on a common service), or four words in five in common on a common service; small words such as `the` aside. Nothing is said where both are finished, where the text names the
earlier record, or where `distinct_from` sets the two records apart. Candidates, cancelled rows and retold records do not count.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Return pooled connections on every exit path | Juno Papercliff | 2026-04-28 | PAY-4711 | prevent | open |""",
    better="""\
- API returned 500s for 22 minutes
  - Connection pool exhausted
    - Early return bypassed the context manager -> 2025-11-29-checkout-pool-exhausted#A1""",
    sources=(
        "[Lunney, Lueder and Beyer, Postmortem Action Items: Plan the Work and Work the Plan](https://research.google/pubs/postmortem-action-items-plan-the-work-and-work-the-plan/)",
    ),
    check_archive=check,
)
