"""`zone-abbreviation`: a time zone given as an abbreviation; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="zone-abbreviation",
    summary="a time zone given as an abbreviation",
    why="""\
IST is India, Israel or Ireland. Readers in another country, and logs in UTC, do not meet.""",
    bad="""\
| Time (CET) | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |""",
    better="""\
| Time (Europe/Berlin) | Event |
|---|---|
| 14:13 | Page: error rate above 5 % |""",
    fix="writes `UTC` for its other names, such as Zulu; what other abbreviations mean nobody can know",
)
