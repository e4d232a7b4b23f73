"""`unknown-category`: a category that the settings do not have; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-category",
    summary="a category that the settings do not have",
    why="""\
Categories show whether a team only ever prevents, and never improves how it notices. A word of its own falls out of that picture.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | monitoring | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    fix="writes the category that is meant in other letter case or with one slip of the pen",
)
