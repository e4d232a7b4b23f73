"""`unused-suppression`: a comment silences nothing; the runner finds these, when all other rules have spoken."""

from __future__ import annotations

from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.span import Span


def finding(message: str, place: Span, hint: str | None = None) -> Finding:
    """Make a finding of this rule."""
    return Finding("unused-suppression", message, place, Nature.WARNING, hint)


RULE = Rule(
    id="unused-suppression",
    summary="an `afterword: ignore` comment that silences nothing, or names no rule",
    why="""\
The fault it was written for is gone, or was never silenced. Left in place it will hide the next one on that spot, and tells reviewers that something here is an exception
when nothing is.""",
    bad="""\
<!-- afterword: ignore unknown-section -- the regulator asks for this heading -->
## Summary""",
    better="""\
<!-- afterword: ignore unknown-section -- the regulator asks for this heading -->
## Statement to the regulator""",
)
