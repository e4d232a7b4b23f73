"""`actions-not-a-table`: action items that are not written as a table; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="actions-not-a-table",
    summary="action items that are not written as a table",
    why="""\
They are published as text. No owner, date or state can be read from them, so they are on no dashboard and nobody is reminded.""",
    bad="""\
## Action items

- Juno adds an alert on queue depth""",
    better="""\
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
)
