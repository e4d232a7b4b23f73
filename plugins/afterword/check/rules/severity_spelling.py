"""`severity-spelling`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="severity-spelling",
    summary="a severity that is understood and written in another way than the settings write it",
    why="""\
Everybody who searches the files for `severity: sev1` misses this one.""",
    bad="""\
---
severity: SEV-1
---""",
    better="""\
---
severity: sev1
---""",
    fix="writes the id of the severity",
)
