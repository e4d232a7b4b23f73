"""`suppression`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="suppression",
    summary="an `afterword:` comment without a rule or a reason, or that shares its line with text",
    why="""\
A silenced rule is an exception, and reviewers can only agree to one that says why. Without rule and reason it silences nothing.""",
    bad="""\
<!-- afterword: ignore unknown-section -->
## Statement to the regulator""",
    better="""\
<!-- afterword: ignore unknown-section -- the regulator asks for this heading -->
## Statement to the regulator""",
)
