"""`section-order`: a section that stands out of the reading order; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="section-order",
    summary="a section that stands out of the reading order",
    why="""\
Who reads many records knows where things are: what happened before why, and why before what will be done.""",
    bad="""\
## Action items

## Summary""",
    better="""\
## Summary

## Action items""",
    fix="moves the whole section to its place, byte for byte. Nothing is moved where an internal stretch reaches over the edge of a section",
)
