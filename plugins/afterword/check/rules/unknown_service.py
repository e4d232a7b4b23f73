"""`unknown-service`: a service that is not in the settings' catalogue; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="unknown-service",
    summary="a service that is not in the settings' catalogue",
    why="""\
The record is missing on the service's page, which is where the next engineer on call looks first. A page for the unknown name is made
beside it.""",
    bad="""\
---
services: [chekout]
---""",
    better="""\
---
services: [checkout]
---""",
)
