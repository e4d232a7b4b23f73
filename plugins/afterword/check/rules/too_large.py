"""`too-large`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="too-large",
    summary="a record beyond the limits: 256 KB, 64 KB of header, 100 nested blocks, tables of 100 columns and 5,000 rows",
    why="""\
Nobody reads a record of that size, and a log that is pasted whole hides the ten lines that matter. It is published as plain text: no
timeline, no figures, no actions.""",
    bad="""\
## Appendix

```
(40,000 lines of log)
```""",
    better="""\
## Appendix

The ten lines around the first failure; the [whole log](batch.log) is attached.""",
)
