"""`unknown-priority`: a priority other than P0, P1 and P2; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-priority",
    summary="a priority other than P0, P1 and P2",
    why="""\
The priority says how soon an action is due after publication. An unknown one sets no date.""",
    bad="""\
| ID | Action | Priority |
|---|---|---|
| A1 | Alert on queue depth above 5,000 | high |""",
    better="""\
| ID | Action | Priority |
|---|---|---|
| A1 | Alert on queue depth above 5,000 | P1 |""",
)
