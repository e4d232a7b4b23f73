"""A small archive that an editor is opened in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import drawn

NAME = "2026-03-14-checkout-down"
RECORD = """\
---
title: Checkout down
date: 2026-03-14
severity: sev3
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
recurrence_of: [2025-11-02-checkout-slow]
timezone: UTC
---

## Summary

Customers could not pay 😀. A batch used **all** connections. It was stopped.

## Impact

One in four.

## Timeline

- 14:03 [TRIGGER] The batch starts
- 14:09 [DETECTED] Page

## Contributing factors

- The pool is small -> A1

## Root cause analysis

Method: causal tree

- Checkout was down
  - Pool exhausted (AND)
    - Leak (root cause) -> A1
    - Size -> 2025-11-02-checkout-slow#B1

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Return connections | Petra Vellumworth | 2099-03-28 | PAY-1 | prevent | open |
"""
EARLIER = (
    RECORD.replace("Checkout down", "Checkout slow")
    .replace("2026-03-14", "2025-11-02")
    .replace("recurrence_of: [2025-11-02-checkout-slow]\n", "")
    .replace("2025-11-02-checkout-slow#B1", "B1")
    .replace("A1", "B1")
    .replace("PAY-1", "PAY-9")
    .replace("Return connections", "Close idle sessions")
)
SETTINGS = """\
format: 1
archive: postmortems
timezone: UTC
services: [{id: checkout, name: Checkout, team: shop, aliases: [basket]}, {id: labels, name: Labels}]
failure_classes: [{id: capacity, name: Capacity}, {id: config-change}]
people: [{name: Petra Vellumworth, team: shop}, {name: Ambrose Staplegate, left: 2026-01-01}]
teams: [{id: shop}]
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Draw the archive."""
    folder = tmp_path / "an archive"
    tree = {
        "afterword.yml": SETTINGS,
        "postmortems/index.md": "# Home\n",
        "postmortems/handbook/severities.md": "# Severities\n\n## Nothing\n",
        f"postmortems/2026/{NAME}.md": RECORD,
        "postmortems/2025/2025-11-02-checkout-slow.md": EARLIER,
    }
    with drawn(folder, tree):  # type: ignore[arg-type]
        return folder


def record(folder: Path) -> Path:
    """Give the record that is written."""
    return folder / "postmortems" / "2026" / f"{NAME}.md"
