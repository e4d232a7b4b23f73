"""`action-column`: an action table without one of its required columns, or with one twice; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="action-column",
    summary="an action table without one of its required columns, or with one twice",
    why="""\
What has no column is in no row: a table without Due is a list of intentions.""",
    bad="""\
| ID | Action | Owner |
|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
)
