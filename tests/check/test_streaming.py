"""Records judged one by one give what records judged together give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from afterword import operations
from tests.conftest import REPOSITORY

DAY = dt.date(2026, 6, 1)

RECORD = """\
---
title: Checkout failed
date: {date}
severity: sev1
status: final
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Ada]
{more}
---
## Root cause analysis

Method: causal tree

- Checkout failed (AND)
  - Pool exhausted (root cause) -> {refs}
  - Alert missing -- accepted: rare (platform lead, 2026-01-01)

![gone](gone.png) and [the other]({link})

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Return pooled connections | Ada | 2026-04-01 | PAY-1 | prevent | open |
"""


def archive(root: Path) -> None:
    """Write records that name each other, rightly and wrongly, two of one id, an alias that clashes and one that is unreadable."""
    (root / "afterword.yml").write_text("")
    first = RECORD.format(date="2026-03-14", more="", refs="A1", link="2026-03-15-b.md")
    files = {
        "2026-03-14-a.md": first,
        "again/2026-03-14-a.md": first,
        "2026-03-15-b.md": RECORD.format(
            date="2026-03-15",
            more="recurrence_of: [2026-03-14-a, 2026-03-14-nothing]\naliases: [2026-03-14-a]",
            refs="2026-03-14-a#A1, 2026-03-14-a#A9, old-a#A1",
            link="../elsewhere.md",
        ),
        "2026-03-16-c.md": RECORD.format(date="2026-03-17", more="bogus: 1", refs="A7", link="x.md"),
        "2026-03-18-d.md": "---\ntitle: x\n---\n" + "> " * 200 + "deep\n",
        "note.txt": "nobody links to it",
        "page.md": "# A page",
    }
    for name, text in files.items():
        (root / "postmortems" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "postmortems" / name).write_text(text)


def test_one_by_one_and_together_are_the_same(tmp_path: Path) -> None:
    """Whatever records say of each other, what is found does not hang on how many are held at once."""
    archive(tmp_path)
    together = operations.check(operations.load(start=tmp_path), DAY)
    one_by_one = operations.judge(operations.find(start=tmp_path), DAY)
    assert one_by_one.findings == together
    assert len(one_by_one.records) == 5
    rules = {finding.rule for finding in together}
    assert {
        "unknown-record",
        "unknown-action",
        "duplicate-id",
        "alias-clash",
        "dead-link",
        "too-large",
    } <= rules


def test_of_named_records_only_those_are_told(tmp_path: Path) -> None:
    """Naming a file limits what is told, not what is known."""
    archive(tmp_path)
    named = [tmp_path / "postmortems/2026-03-15-b.md"]
    together = operations.check(operations.load(start=tmp_path, paths=named), DAY)
    one_by_one = operations.judge(operations.find(start=tmp_path, paths=named), DAY)
    assert one_by_one.findings == together
    assert len(one_by_one.records) == 1


def test_of_the_archive_in_this_repository() -> None:
    """The same holds for records that people wrote."""
    together = operations.check(operations.load(start=REPOSITORY), DAY)
    assert operations.judge(operations.find(start=REPOSITORY), DAY).findings == together


def test_anchors_of_other_records_are_known_after_their_text_is_gone(tmp_path: Path) -> None:
    """A link to a section that another record does not have is found in an archive too large to hold."""
    archive(tmp_path)
    (tmp_path / "postmortems/2026-03-19-e.md").write_text(
        RECORD.format(date="2026-03-19", more="", refs="A1", link="2026-03-14-a.md#causes")
        + "\nAs [before](2026-03-14-a.md#impact), [then](2026-03-14-a.md#A1).\n"
    )
    together = operations.check(operations.load(start=tmp_path), DAY)
    assert operations.judge(operations.find(start=tmp_path), DAY).findings == together
    assert [each.message for each in together if each.rule == "dead-link" and "#" in each.message] == [
        "link leads to '#impact', which '2026-03-14-a' does not have"
    ]
