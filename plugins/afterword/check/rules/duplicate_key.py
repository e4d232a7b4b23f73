"""`duplicate-key`: a key that stands twice in the header; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="duplicate-key",
    summary="a key that stands twice in the header",
    why="""\
Readers see one of the two values and tools may take the other; after a merge of two branches that is easily the wrong one.""",
    bad="""\
---
severity: sev2
status: draft
severity: sev1
---""",
    better="""\
---
severity: sev1
status: draft
---""",
)
