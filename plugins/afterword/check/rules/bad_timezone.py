"""`bad-timezone`: a time zone that is no IANA name; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-timezone",
    summary="a time zone that is no IANA name",
    why="""\
An abbreviation such as CST stands for several zones. With the wrong one the timeline does not match any log.""",
    bad="""\
---
timezone: CST
---""",
    better="""\
---
timezone: America/Chicago
---""",
    fix="writes `UTC` for its other names, and a name of the list with one slip in it",
)
