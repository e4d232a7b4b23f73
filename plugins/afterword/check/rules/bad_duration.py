"""`bad-duration`: a duration that cannot be read; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-duration",
    summary="a duration that cannot be read",
    why="""\
How long customers were affected is the first thing that most readers want to know, and it is left out.""",
    bad="""\
---
duration: about an hour
---""",
    better="""\
---
duration: 1h 22m
---""",
    fix="takes out what joins the parts: `1 hour and 22 minutes`",
)
