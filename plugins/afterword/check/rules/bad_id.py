"""`bad-id`: an id that is none: of a record, an incident, a service or a failure class; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-id",
    summary="an id that is none: of a record, an incident, a service or a failure class, or an alias that is neither id nor path",
    why="""\
Ids stand in addresses and links. What is no id leads to no page.""",
    bad="""\
---
recurrence_of: [Checkout errors in March]
---""",
    better="""\
---
recurrence_of: [2026-03-14-checkout-errors]
---""",
    fix="writes the id that a name is read as: `checkout-api` for `Checkout API`, and a record's id for the path of its file",
)
