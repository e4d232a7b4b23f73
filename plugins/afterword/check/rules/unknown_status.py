"""`unknown-status`: a record status other than draft, in-review and final; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-status",
    summary="a record status other than draft, in-review and final",
    why="""\
Readers must know whether they may rely on what they read. A record of unknown status is judged as one in review.""",
    bad="""\
---
status: published
---""",
    better="""\
---
status: final
---""",
    fix="writes the status that is meant in other letter case, with other blanks, or with one slip of the pen",
)
