"""What search results show of a record."""

from __future__ import annotations

from afterword.derive.passages import passages
from afterword.model.settings import Settings
from afterword.parse.record import parse_record

BODY = """\
---
title: API down
date: 2026-03-14
---

Before all.

## Summary

Left out here.

## Timeline

| Time (UTC) | Event | Source |
|---|---|---|
| 14:03 | [TRIGGER] The *batch* starts | log |

## Contributing factors

- The pool is small -> A1
- The night is short (root cause) -- accepted: it is (platform lead, 2026-12-31)

Two more words.

## Root cause analysis

Method: hybrid

- API down (AND)
  - The pool ran dry -> A1

1. Why did it?
   Because a client leaked. -> A1

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |
"""


def test_marks_and_tables_become_sentences() -> None:
    """No arrow, gate or mark is shown, parts are told apart, and text around what was read stays where it is."""
    record = parse_record(BODY.encode(), "2026-03-14-api.md", Settings())
    assert passages(record).split(" · ") == [
        "Before all.",
        "Timeline",
        "14:03 The batch starts",
        "Contributing factors",
        "The pool is small",
        "The night is short (accepted: it is)",
        "Two more words.",
        "Root cause analysis",
        "Method: hybrid",
        "API down",
        "The pool ran dry",
        "Why did it? a client leaked.",
        "Action items",
        "A1 Double the pool",
    ]


def test_an_unreadable_record_shows_its_text() -> None:
    """A file that was not parsed is shown as it stands, on one line."""
    record = parse_record(b"---\ntitle: x\n---\n" + b"> " * 200 + b"deep\n", "2026-03-14-deep.md", Settings())
    assert record.unreadable is not None
    assert passages(record).endswith("> deep")
