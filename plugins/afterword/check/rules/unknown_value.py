"""`unknown-value`: a word outside the few that a field knows; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-value",
    summary="a word outside the few that a field knows",
    why="""\
Fields such as `detected_by` are counted: how often did customers notice before an alert did? A word of its own falls out of the count.""",
    bad="""\
---
detected_by: monitoring
---""",
    better="""\
---
detected_by: alert
---""",
    fix="writes the word that is meant in other letter case, with other blanks, or with one slip of the pen; `visibility` it leaves alone",
)
