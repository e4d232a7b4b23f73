"""`unknown-kind`: a kind of incident that the settings do not have; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-kind",
    summary="a kind of incident that the settings do not have",
    why="""\
Kinds decide which sections and marks are expected, and are one of the ways to find a record.""",
    bad="""\
---
kind: downtime
---""",
    better="""\
---
kind: outage
---""",
    fix="writes the kind that is meant in other letter case, with other blanks, or with one slip of the pen",
)
