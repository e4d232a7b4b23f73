"""`tree-indent`: a line of a drawn tree whose depth fits no line above it; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="tree-indent",
    summary="a line of a drawn tree whose depth fits no line above it",
    why="""\
The picture hangs the cause below the wrong branch, and whoever acts on it acts on the wrong one.""",
    bad="""\
```tree
Checkout failed
    ├── Pool exhausted
  └── Replica lagged
```""",
    better="""\
```tree
Checkout failed
├── Pool exhausted
└── Replica lagged
```""",
)
