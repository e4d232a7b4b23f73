"""`unknown-action-status`: an action status that is not known; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-action-status",
    summary="an action status that is not known",
    why="""\
An action of unknown status counts as open, so work that is finished is asked for again.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | shipped |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done 2026-03-27 |""",
    fix="writes the state that is meant with one slip of the pen",
)
