"""`bad-language`: a language tag that is none; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-language",
    summary="a language tag that is none",
    why="""\
Screen readers choose their voice by it, and rules about wording run only for the languages that they know.""",
    bad="""\
---
language: en_GB
---""",
    better="""\
---
language: en-GB
---""",
    fix="writes the tag with hyphens",
)
