"""`yaml-feature`, found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="yaml-feature",
    summary="YAML that a header does not need: anchors, aliases, tags, merges, several documents, deep nesting",
    why="""\
They make one line mean something written elsewhere, so that a reviewer cannot see from the lines of a pull request what changes. They are
not carried out.""",
    bad="""\
---
authors: &team [Petra Vellumworth]
reviewers: *team
---""",
    better="""\
---
authors: [Petra Vellumworth]
reviewers: [Petra Vellumworth]
---""",
)
