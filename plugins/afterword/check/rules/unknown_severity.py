"""`unknown-severity`: a severity that the settings do not have; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-severity",
    summary="a severity that the settings do not have",
    why="""\
The policy for a severity tells what a record needs and by when. Under an unknown word it is counted nowhere and nothing is asked of it.""",
    bad="""\
---
severity: P1
---""",
    better="""\
---
severity: sev1
---""",
)
