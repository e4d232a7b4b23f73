"""`tree-depth`: a causal tree more than three levels below a branch; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="tree-depth",
    summary="a causal tree more than three levels below a branch",
    why="""\
Deep trees are not read to their leaves, which is where the actions are. Often a level says the same thing twice.""",
    bad="""\
- Checkout failed
  - Pool exhausted
    - Connections leaked
      - Early return
        - Context manager bypassed
          - Linter rule off""",
    better="""\
- Checkout failed
  - Pool exhausted
    - Connections leaked
      - Early return bypassed the context manager""",
)
