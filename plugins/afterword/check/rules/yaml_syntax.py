"""`yaml-syntax`: a header that is not valid YAML; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="yaml-syntax",
    summary="a header that is not valid YAML",
    why="""\
What follows the fault cannot be read, so the record loses its severity, services or authors on every page. Most often a value holds a colon
and needs quotes.""",
    bad="""\
---
title: Checkout down: pool exhausted
---""",
    better="""\
---
title: "Checkout down: pool exhausted"
---""",
)
