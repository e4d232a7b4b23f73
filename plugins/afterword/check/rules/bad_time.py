"""`bad-time`: a time or day of the timeline that cannot be read; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-time",
    summary="a time or day of the timeline that cannot be read",
    why="""\
The event has no place in time, so that no figure can use it and readers cannot match it with a log. Where the text can only mean one time
(`Oct 31 10:04`, `about 14:05`), the hint says how to write it; a day in another notation still sets the date of what follows.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| quarter past two | [DETECTED] Page: error rate above 5 % |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:15 | [DETECTED] Page: error rate above 5 % |""",
    fix="writes a time or day in another notation as the format has it, where it can only mean one; a day without its year takes that of `date` where the two are close",
)
