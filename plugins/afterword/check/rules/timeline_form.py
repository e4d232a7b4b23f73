"""`timeline-form`: a timeline in which no row or item begins with a time; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="timeline-form",
    summary="a timeline in which no row or item begins with a time",
    why="""\
It is shown as text, and gives no figures: how long it took to notice and to end stays unsaid.""",
    bad="""\
## Timeline

The batch started at 14:03, and at 14:13 we were paged.""",
    better="""\
## Timeline

- 14:03 [TRIGGER] The batch starts
- 14:13 [DETECTED] Page: error rate above 5 %""",
)
