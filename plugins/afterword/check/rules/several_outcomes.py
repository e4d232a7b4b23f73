"""`several-outcomes`: a causal tree with more than one outermost item; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="several-outcomes",
    summary="a causal tree with more than one outermost item",
    why="""\
A tree explains one outcome. Readers of two side by side cannot tell which cause led to which; the first is taken.""",
    bad="""\
- Checkout failed
  - Pool exhausted
- Search was slow
  - Same database""",
    better="""\
- Checkout failed and search was slow
  - Pool exhausted
  - Same database""",
)
