"""What a search reads of a record, and its results show."""

from __future__ import annotations

from afterword.derive.words.passages import passages
from afterword.model.settings import Settings
from afterword.parse.record import parse_record

BODY = """\
---
title: API down
date: 2026-03-14
---

Before all.

## Summary

It broke.

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

## Storm notes

Rain.
"""


def test_marks_and_tables_become_sentences() -> None:
    """No arrow, gate, mark or name of a method is shown, parts are told apart, and text around what was read stays where it is."""
    record = parse_record(BODY.encode(), "2026-03-14-api.md", Settings())
    assert [(each.where.value, each.anchor, each.title, each.text) for each in passages(record)] == [
        ("text", "", "", "Before all."),
        ("summary", "summary", "Summary", "It broke."),
        ("timeline", "timeline", "Timeline", "14:03 The batch starts log"),
        (
            "cause",
            "factors",
            "Contributing factors",
            "The pool is small · The night is short (accepted: it is) · Two more words.",
        ),
        (
            "cause",
            "causes",
            "Root cause analysis",
            "API down · The pool ran dry · Why did it? a client leaked.",
        ),
        ("action", "actions", "Action items", "A1 Double the pool PAY-1"),
        ("text", "storm-notes", "Storm notes", "Rain."),
    ]


def test_an_unreadable_record_shows_its_text() -> None:
    """A file that was not parsed is shown as it stands, on one line."""
    record = parse_record(b"---\ntitle: x\n---\n" + b"> " * 200 + b"deep\n", "2026-03-14-deep.md", Settings())
    assert record.unreadable is not None
    (passage,) = passages(record)
    assert passage.text.endswith("> deep")


def test_a_heading_that_is_the_title_is_no_text() -> None:
    """A search has the title already: it would be found, and shown, twice."""
    text = "---\ndate: 2026-03-14\n---\n\n# API down\n\nBefore all.\n\n## Summary\n\nIt broke.\n"
    record = parse_record(text.encode(), "postmortems/2026-03-14-a.md", Settings())
    assert record.title == "API down"
    assert [passage.text for passage in passages(record)] == ["Before all.", "It broke."]


def test_a_line_break_in_a_cell_parts_words() -> None:
    """`<br>` is the only break that a cell can have: the words around it are two."""
    body = "---\ntitle: API down\n---\n\n## Impact\n\n| Who |\n|---|\n| Shops<br>Banks<BR/>H<sub>2</sub>O |\n"
    record = parse_record(body.encode(), "2026-03-14-api.md", Settings())
    assert [each.text for each in passages(record)] == ["Who Shops Banks H2O"]


def test_what_stands_beside_factors_and_causes_is_found() -> None:
    """Words below an item, in the other cells of a row, and of items in which nothing was read are words of the record."""
    body = """---
title: API down
date: 2026-03-14
---

## Contributing factors

- The pool is small
  - Set three years ago

| # | Factor | Notes |
|---|---|---|
| 1 | No alert | Muted |

## Root cause analysis

Method: hybrid

- API down
  - The pool ran dry

    A graph shows it.
- Mails late

1. > Asked twice.
2. Why did it?
   Because a client leaked.

   See the log.
"""
    record = parse_record(body.encode(), "2026-03-14-api.md", Settings())
    assert [each.text for each in passages(record)] == [
        "The pool is small Set three years ago · No alert 1 Muted",
        "API down · The pool ran dry A graph shows it. · Mails late · Asked twice. · "
        "Why did it? a client leaked. See the log.",
    ]
