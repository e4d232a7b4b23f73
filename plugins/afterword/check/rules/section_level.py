"""`section-level`: a section that is a heading of the first or third level; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="section-level",
    summary="a section that is a heading of the first or third level",
    why="""\
The table of contents nests by level: a section at another level vanishes into the one before it.""",
    bad="""\
### Impact

One in four payments failed.""",
    better="""\
## Impact

One in four payments failed.""",
)
