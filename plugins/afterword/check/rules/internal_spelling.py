"""`internal-spelling`: a comment that is nearly an internal mark; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="internal-spelling",
    summary="a comment that is nearly an internal mark",
    why="""\
Text that was meant to stay inside would be published. To be safe it is hidden to the end of its block.""",
    bad="""\
<!-- intrenal -->
The customer was Quillfeather & Sons.
<!-- /internal -->""",
    better="""\
<!-- internal -->
The customer was Quillfeather & Sons.
<!-- /internal -->""",
)
