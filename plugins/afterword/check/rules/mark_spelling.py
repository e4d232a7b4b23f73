"""`mark-spelling`: a word in square brackets that is nearly a mark; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="mark-spelling",
    summary="a word in square brackets that is nearly a mark",
    why="""\
The event is shown without its mark, and the figure that it should give is missing.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [DETCTED] Page: error rate above 5 % |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED] Page: error rate above 5 % |""",
    fix="writes the mark where one alone is an edit away",
)
