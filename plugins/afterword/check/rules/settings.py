"""`settings`: a line of `afterword.yml` that cannot be read or means nothing; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="settings",
    summary="a line of `afterword.yml` that cannot be read or means nothing",
    why="""\
The default holds instead, so all records are judged by a rule that somebody believed to have changed.""",
    bad="""\
severities:
  - sev0
completion_targets:
  30: most""",
    better="""\
completion_targets:
  30: 70""",
    language="yaml",
)
