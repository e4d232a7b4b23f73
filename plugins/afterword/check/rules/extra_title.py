"""`extra-title`: a first-level heading that is not the title, or a second one; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="extra-title",
    summary="a first-level heading that is not the title, or a second one",
    why="""\
The page has one title, from the header. A second one competes with it on the page and in what a screen reader says.""",
    bad="""\
---
title: Checkout returned errors for 22 minutes
---

# Post-mortem 14 March""",
    better="""\
---
title: Checkout returned errors for 22 minutes
---

# Checkout returned errors for 22 minutes""",
    fix="writes the first one above the sections as `title` into a header that has none",
)
