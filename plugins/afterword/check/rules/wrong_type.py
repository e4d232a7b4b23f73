"""`wrong-type`: a header value of another shape than its field has; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="wrong-type",
    summary="a header value of another shape than its field has",
    why="""\
The value is left out, so the record lacks what its author wrote: a list of customers where a count is meant adds up to nothing.""",
    bad="""\
---
impact:
  customers: about a thousand
---""",
    better="""\
---
impact:
  customers: 1000
---""",
)
