"""`bad-url`: an address that is no complete web address; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="bad-url",
    summary="an address that is no complete web address",
    why="""\
The link leads nowhere, and readers cannot tell whether it is misspelt or gone.""",
    bad="""\
---
retold_from: www.example.com/status
---""",
    better="""\
---
retold_from: https://www.example.com/status
---""",
)
