"""`time-backwards`: an event that lies before the one above it; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="time-backwards",
    summary="an event that lies before the one above it",
    why="""\
Either one of the two times is wrong or the row stands in the wrong place, and the story reads in an order in which it did not happen. The
event counts in no figure. Each row is compared with the one above it, so that one wrong time is one finding.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |
| 14:09 | Pool restarted |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |
| 14:19 | Pool restarted |""",
)
