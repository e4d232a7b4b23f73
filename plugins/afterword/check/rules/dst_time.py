"""`dst-time`: a time that comes twice, or not at all, on the night the clocks change; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="dst-time",
    summary="a time that comes twice, or not at all, on the night the clocks change",
    why="""\
In such a night an hour is missing or doubled, and with it the duration. An offset says which of the two is meant.""",
    bad="""\
| Time (Europe/Berlin) | Event |
|---|---|
| 2026-10-25 02:30 | Batch starts |""",
    better="""\
| Time (Europe/Berlin) | Event |
|---|---|
| 2026-10-25 02:30+01:00 | Batch starts |""",
)
