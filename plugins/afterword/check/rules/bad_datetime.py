"""`bad-datetime`: a moment that cannot be read or has no zone; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-datetime",
    summary="a moment that cannot be read or has no zone",
    why="""\
Deadlines run from the moment of the close. Without a zone it may lie on another day.""",
    bad="""\
---
closed: 2026-03-14 15:40
---""",
    better="""\
---
closed: 2026-03-14T15:40:00Z
---""",
    fix="writes a moment in another notation as the format has it, where its zone stands beside it",
)
