"""`table-cells`: a table row with more or fewer cells than the head; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="table-cells",
    summary="a table row with more or fewer cells than the head",
    why="""\
From the odd cell on, everything stands under the wrong head: an owner under Due, a date under Ticket. A bar inside a cell is written `\\|`.""",
    bad="""\
| ID | Action |
|---|---|
| A1 | Alert on errors | warnings |""",
    better="""\
| ID | Action |
|---|---|
| A1 | Alert on errors \\| warnings |""",
)
