"""`closed-differs`: `Closed` and the day behind `done` or `cancelled` are not the same; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="closed-differs",
    summary="an action whose `Closed` is another day than the one in its status",
    why="""\
The share of actions done within 30 and 90 days is counted from this day. With two of them the figure rests on chance: `Closed` is read, and the day in the
status is not.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Closed |
|---|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done 2026-03-27 | 2026-04-27 |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status | Closed |
|---|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | done | 2026-03-27 |""",
)
