"""`unknown-class`: a failure class that is not in the settings' catalogue; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-class",
    summary="a failure class that is not in the settings' catalogue",
    why="""\
Recurrence is found by class. Under a name of its own the same failure never recurs, as far as anyone can see.""",
    bad="""\
---
failure_class: [capacity-problems]
---""",
    better="""\
---
failure_class: [capacity]
---""",
)
