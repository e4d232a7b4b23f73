"""`column-alias`: a column's head in other words than the format's; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="column-alias",
    summary="heads of an actions or timeline table that are read as others",
    why="""\
The table is read all the same: this is a hint. Who reads many records finds the owner and the day faster under one name. Names that the archive adds itself
under `words` in `afterword.yml` are its own, and are not reported.""",
    bad="""\
| # | Action item | Assignee | Deadline | Tracking issue | Type | State |
|---|---|---|---|---|---|---|""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|""",
    fix="writes the format's names; what a head says in parentheses stays",
)
