"""`internal-mark`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="internal-mark",
    summary="an internal mark that is not closed, closes nothing, or tears a table or list apart",
    why="""\
Such a mark hides more or less than its author meant: the rest of the record from the public, or nothing at all.""",
    bad="""\
<!-- internal -->
The customer was Quillfeather & Sons.

## Timeline""",
    better="""\
<!-- internal -->
The customer was Quillfeather & Sons.
<!-- /internal -->

## Timeline""",
)
