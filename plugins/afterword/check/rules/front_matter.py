"""`front-matter`: a record without a header, or with one that is not closed; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="front-matter",
    summary="a record without a header, or with one that is not closed",
    why="""\
Without the header between two lines of `---` nothing is known about the record: it is on no index page, and only its text can be found.""",
    bad="""\
# Checkout returned errors for 22 minutes

On 14 March checkout was down.""",
    better="""\
---
title: Checkout returned errors for 22 minutes
date: 2026-03-14
severity: sev2
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---""",
)
