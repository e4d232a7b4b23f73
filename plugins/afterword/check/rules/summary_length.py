"""`summary-length`: the summary is shorter or longer than readers can use."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.prose import count_sentences
from afterword.check.rule import Option, Rule
from afterword.derive.words.written import is_empty
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

AT_LEAST = Option("at_least", 3, "the fewest sentences")
AT_MOST = Option("at_most", 5, "the most sentences")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a written summary of fewer or more sentences than the options allow."""
    summary = record.section("summary")
    if summary is None or is_empty(summary):
        return
    least = context.number("summary-length", AT_LEAST.name, AT_LEAST.default)
    most = context.number("summary-length", AT_MOST.name, AT_MOST.default)
    count = count_sentences(summary.blocks)
    if not least <= count <= most:
        message = (
            f"the summary has {count} {'sentence' if count == 1 else 'sentences'}, expected {least} to {most}"
        )
        hint = (
            "what customers saw and for how long, what set it off, what ended it"
            if count < least
            else "details belong in Impact, Timeline and Root cause analysis"
        )
        yield Finding("summary-length", message, summary.heading.span, Nature.WARNING, hint)


RULE = Rule(
    id="summary-length",
    summary="a summary of fewer than three or more than five sentences",
    why="""\
Most people read only the summary. In one sentence it cannot say what customers saw, why, and what ended it; in ten it is not read.""",
    bad="""\
## Summary

Checkout was down.""",
    better="""\
## Summary

For 22 minutes one in four customers could not pay. A nightly batch had used up the database connections that checkout shares with it.
Restarting the pool brought payments back. Payments that had failed were not taken twice.""",
    options=(AT_LEAST, AT_MOST),
    check=check,
)
