"""`unknown-section`: a section that the format does not know; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-section",
    summary="a section that the format does not know",
    why="""\
It is published as it stands. Where it holds what belongs into a known section, readers and figures do not find it there.""",
    bad="## What happend",
    better="## What happened",
    fix="writes the name of one of the ten sections that is missing where the heading has one slip in it",
)
