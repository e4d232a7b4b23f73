"""`fenced-tree`: a causal tree drawn in a code block; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="fenced-tree",
    summary="a causal tree drawn in a code block",
    why="""\
It is read, but a list is easier to change and to review: adding one cause redraws no lines, and marks can be links.""",
    bad="""\
```tree
Checkout failed
└── Pool exhausted
```""",
    better="""\
- Checkout failed
  - Pool exhausted""",
    fix="writes the tree as a list, unless a depth fits no parent or another list stands right beside the fence",
)
