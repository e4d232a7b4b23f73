"""`bad-time`: a time or day of the timeline that cannot be read; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-time",
    summary="a time or day of the timeline that cannot be read",
    why="""\
The event has no place in time, so that no figure can use it and readers cannot match it with a log.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| quarter past two | [DETECTED] Page: error rate above 5 % |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:15 | [DETECTED] Page: error rate above 5 % |""",
)
