"""`unknown-key`: a header key that means nothing here; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-key",
    summary="a header key that means nothing here",
    why="""\
A misspelt key is worse than a missing one: the author believes that it is said. Keys that begin with `x-`, those that settings declare
under `fields`, and the site's own page keys are allowed.""",
    bad="""\
---
sevrity: sev2
---""",
    better="""\
---
severity: sev2
x-war-room: 14
---""",
    fix="writes the key that is meant in other letter case, with other blanks, or with one slip of the pen, unless the header has that key already",
)
