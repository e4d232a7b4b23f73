"""`vague-action`: an action is worded so that nobody can check whether it was done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.vagueness import vagueness
from afterword.check.wording import named_action, shown
from afterword.model.action import Status
from afterword.model.finding import Finding
from afterword.model.markup import Kind
from afterword.model.record import Postmortem

_SPARED = frozenset({Status.CANDIDATE, Status.CANCELLED})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report commitments in English that are wishes, appeals or searches, without a `Done when`; those of retold records are worded by others."""
    if record.header.retold_from or not context.knows_language(record):
        return
    for action in record.actions:
        if action.status in _SPARED or action.done_when:
            continue
        code = any(node.kind is Kind.CODE for top in action.text.nodes for node in top.walk())
        found = vagueness(action.text.text, code=code)
        if found:
            named = named_action(action)
            message = f"{named} '{shown(action.text.text)}' cannot be checked, expected what anyone can see when it is done"
            place = action.place_of("action")
            yield Finding("vague-action", message, place, hint=found.hint)


RULE = Rule(
    id="vague-action",
    summary='an action that nobody can check: "improve monitoring", "be more careful", "more training", "look into it"',
    why="""\
Such an action can be called done on any day, or never. Readers cannot tell what protects them now, its owner cannot tell when to stop, and the rate of finished actions
counts it all the same.

An action is taken to be checkable when it names what can be observed: a number or a period, code, a result (a decision, a report), the means (`by …`, `so that …`), or, behind a
vague verb, a second one that is not: "investigate **and fix** the leak". A `Done when` makes any action checkable. Candidates are ideas, and may be vague;
cancelled actions and those of retold records are left alone. The rule knows English only.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Improve monitoring | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |
| A2 | Be more careful with batch jobs | Juno Papercliff | 2026-03-28 | PAY-4412 | prevent | open |
| A3 | Look into connection leaks | Juno Papercliff | 2026-03-28 | PAY-4413 | prevent | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000, paging payments on-call | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |
| A2 | Give batch jobs a pool of their own | Juno Papercliff | 2026-03-28 | PAY-4412 | prevent | open |
| A3 | Reproduce the connection leak in a test | Juno Papercliff | 2026-03-28 | PAY-4413 | prevent | open |""",
    sources=(
        "[Lunney, Lueder and Beyer, Postmortem Action Items: Plan the Work and Work the Plan](https://research.google/pubs/postmortem-action-items-plan-the-work-and-work-the-plan/)",
        "[PagerDuty, How to Write a Postmortem: Follow-Up Actions](https://postmortems.pagerduty.com/how_to_write/writing/)",
    ),
    check=check,
)
