"""The file of a usual record, as most tests of commands need one; they change words in it."""

from __future__ import annotations

HEADER = """\
---
title: {title}
date: 2026-03-14
severity: {severity}
status: {status}
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---

"""
SECTIONS = """\
## Summary

For 22 minutes customers could not pay. A batch had used up the pool. {more}

## Impact

One in four.

## Contributing factors

- The pool is small -- accepted: it is cheap (platform lead, 2090-01-01)

## Action items

{actions}
"""
TREE = """\
- Checkout returned errors
  - The pool is small
  - The batch leaks
"""


def complete_record(
    title: str = "Checkout returned errors",
    severity: str = "sev3",
    more: str = "It was restarted.",
    actions: str = "None.",
) -> str:
    """Draw a final record that has no finding as it is; a summary without `more` is too short."""
    header = HEADER.format(title=title, severity=severity, status="final")
    return header + SECTIONS.format(more=more, actions=actions)


def record_with_tree(tree: str = TREE, status: str = "final") -> str:
    """Draw a record that has nothing but a causal tree, the list of whose nodes is given."""
    header = HEADER.format(title="Checkout returned errors", severity="sev3", status=status)
    return f"{header}## Root cause analysis\n\nMethod: causal tree\n\n{tree}"
