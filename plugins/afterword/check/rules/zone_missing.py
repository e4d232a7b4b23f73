"""`zone-missing`: a timeline without any time zone; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="zone-missing",
    summary="a timeline without any time zone",
    why="""\
Nobody outside the room can match the times with a log, and the record gives no figure. An archive can set one zone for all: `timezone` in
`afterword.yml`.""",
    bad="""\
| Time | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |""",
)
