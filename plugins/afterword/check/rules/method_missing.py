"""`method-missing`: a root cause analysis that does not begin with its method; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="method-missing",
    summary="a root cause analysis that does not begin with its method",
    why="""\
The first line tells readers and tools how to read what follows. Without it a list of causes is just a list: it is neither drawn nor
followed up. It is required where the policy names methods: by default at sev0 to sev2.""",
    bad="""\
## Root cause analysis

- Checkout failed
  - Connection pool exhausted""",
    better="""\
## Root cause analysis

Method: causal tree

- Checkout failed
  - Connection pool exhausted""",
)
