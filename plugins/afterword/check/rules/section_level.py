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
    fix="writes the heading at the second level; headings below a first-level one go down with it. A third-level one stays where it is all that a heading holds, and where other parts of that heading follow",
)
