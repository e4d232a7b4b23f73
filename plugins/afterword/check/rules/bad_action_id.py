"""`bad-action-id`: an action without an id, or with one that is not letters and then digits; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-action-id",
    summary="an action without an id, or with one that is not letters and then digits",
    why="""\
Causes, tickets and other records point at an action by its id. One without an id can be promised, but not followed up.""",
    bad="""\
| ID | Action |
|---|---|
| first | Alert on queue depth above 5,000 |""",
    better="""\
| ID | Action |
|---|---|
| A1 | Alert on queue depth above 5,000 |""",
)
