"""`duplicate-action-id`: an action id that stands twice; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="duplicate-action-id",
    summary="an action id that stands twice",
    why="""\
A cause that names it is addressed by one of the two, and nobody can say by which.""",
    bad="""\
| ID | Action |
|---|---|
| A1 | Alert on queue depth above 5,000 |
| A1 | Restart command in the runbook |""",
    better="""\
| ID | Action |
|---|---|
| A1 | Alert on queue depth above 5,000 |
| A2 | Restart command in the runbook |""",
)
