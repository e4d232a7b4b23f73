"""`duplicate-id`: a record whose id another record has; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="duplicate-id",
    summary="a record whose id another record has",
    why="""\
Two records cannot have one address: links to the second lead to the first. The first path keeps the id, the other is published with `-2`.""",
    bad="""\
postmortems/2026/2026-03-14-checkout-errors.md
postmortems/payments/2026-03-14-checkout-errors.md""",
    better="""\
postmortems/2026/2026-03-14-checkout-errors.md
postmortems/payments/2026-03-14-card-errors.md""",
    language="text",
)
