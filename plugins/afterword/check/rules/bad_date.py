"""`bad-date`: a day that is none, or is not written as YYYY-MM-DD; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-date",
    summary="a day that is none, or is not written as YYYY-MM-DD",
    why="""\
3/4/2026 is March to some readers and April to others. What cannot be read is in no order, deadline or count.""",
    bad="""\
---
date: 14/03/2026
---""",
    better="""\
---
date: 2026-03-14
---""",
    fix="writes a day in another notation as YYYY-MM-DD where it can only mean one: `03/04/2026` is two",
)
