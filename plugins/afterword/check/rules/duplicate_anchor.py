"""`duplicate-anchor`: an anchor that stands twice for one incident; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="duplicate-anchor",
    summary="an anchor that stands twice for one incident",
    why="""\
An incident is detected once. With two events it depends on who reads which duration comes out; the first counts.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED] Page: error rate above 5 % |
| 14:20 | [DETECTED] A customer calls |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED] Page: error rate above 5 % |
| 14:20 | A customer calls |""",
)
