"""`twelve-hour-time`: a time with AM or PM; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="twelve-hour-time",
    summary="a time with AM or PM",
    why="""\
In a list of times half of the readers take 12:10 AM for noon. Logs are written in twenty-four hours, and so is every other record.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 2:05 PM | Errors stop |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:05 | Errors stop |""",
    fix="writes the time on the clock of 24 hours, unless only one end of a range has AM or PM",
)
