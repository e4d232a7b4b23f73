"""A record as text: complete, no wider than the terminal, and nothing that the terminal obeys."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from afterword.model.archive import Archive
from afterword.model.settings import DEFAULT_POLICY, ArchiveFolder, Settings
from afterword.operations import load
from afterword.render.terminal.record_text import record_text
from afterword.render.text.terminal import Terminal
from afterword.render.text.wrap import columns, plain
from tests.conftest import REPOSITORY
from tests.render.drawn_archives import a_file
from tests.render.pages import archive_of

DAY = dt.date(2026, 6, 1)
BODY = """
## Summary

One payment in *four* failed. See [the dashboard](https://dashboards.example/x) and `pool.max`.

- First
- Second
  1. Nested

> [!NOTE]
> Said aside.

```
   select  1
from    dual
```

| Host | Lost |
|---|---|
| a\\|b | 3 |

## Timeline

| Time (Europe/Berlin) | Event | Source | Seen by |
|---|---|---|---|
| 2026-03-14 23:50 | [TRIGGER] [SIGNAL] The batch starts | job log | |
| ~23:55 | [DETECTED] \x1b[31mA page\x1b[0m \u202egnp.exe | pager | on-call |
| 00:10 - 00:20 | [DECISION] Stop the batch | chat | |
| 00:30 | [MITIGATED] データベースが応答し、全ての要求が成功した | | |
| 00:15 | Out of order | chat | |

## Contributing factors

- The pool is small (root cause) -> A1
- The replica lags -- accepted: it is cheap (platform lead, 2026-12-31)

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | Juno Papercliff | 2026-03-20 | PAY-2 | prevent | open |
| A1 | A second one of that name | | | | prevent | candidate |
"""
HEADER = (
    "impact: {customers: 1200, revenue: {amount: 4360.5, currency: EUR}, segments: [web], communication: [email]}\n"
    "links: [{rel: chat, url: 'https://chat.example/1', title: Channel}, {rel: dashboard, url: 'https://d.example'}]\n"
    "commander: [{name: Juno Papercliff, role: lead}]\n"
)
CODES = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def own() -> Archive:
    """Read this repository's own archive."""
    return load(None, start=REPOSITORY).archive


def said(width: int = 80, *, colour: bool = False, body: str = BODY, more: str = HEADER) -> str:
    """Write a record with this body."""
    archive = archive_of({"2026-03-14-a.md": a_file(more=more).partition("## Summary")[0] + body})
    return record_text(archive.records[0], archive, DAY, Terminal(width, colour))


def test_the_header_has_facts_and_figures_with_their_anchors() -> None:
    """What it was, whom it met, how long it took and between which two events."""
    text = said()
    for line in (
        "Payments fail",
        "Sev 2 · Outage · 14 Mar 2026 · ✓ final",
        "2026-03-14-a",
        "  Services              api",
        "  Customer impact       40 min        TRIGGER 14 Mar 23:50 –\n                                      MITIGATED 15 Mar 00:30",
        "  Time to detect        about 5 min   TRIGGER 23:50 – DETECTED 23:55",
        "  Customers affected    1,200",
        "  Revenue lost          4,360.50 EUR",
        "  Told customers by     email",
        "  Links                 Channel (chat) https://chat.example/1",
        "                        https://d.example (dashboard)",
        "  Incident commander    Juno Papercliff (lead)",
    ):
        assert f"{line}\n" in text


def test_figures_stand_beside_their_targets() -> None:
    """As on the page: within or over by how much, and why one with a target is unknown; narrow terminals break no anchor."""
    targets = {
        "customer-impact": dt.timedelta(minutes=30),
        "time-to-detect": dt.timedelta(minutes=10),
        "time-to-resolve": dt.timedelta(hours=1),
    }
    aimed = replace(DEFAULT_POLICY.by_severity["sev2"], targets=targets)
    settings = Settings(
        archives=(ArchiveFolder("postmortems", address="postmortems/"),),
        policy=replace(DEFAULT_POLICY, by_severity={"sev2": aimed}),
    )
    file = a_file(more=HEADER).partition("## Summary")[0] + BODY
    archive = archive_of({"2026-03-14-a.md": file}, settings=settings)
    text = record_text(archive.records[0], archive, DAY, Terminal(120))
    for line in (
        "  Customer impact       40 min        TRIGGER 14 Mar 23:50 – MITIGATED 15 Mar 00:30, over 30 min by 10 min",
        "  Time to detect        about 5 min   TRIGGER 23:50 – DETECTED 23:55, within 10 min by about 5 min",
        "  Time to mitigate      about 35 min  DETECTED 14 Mar 23:55 – MITIGATED 15 Mar 00:30",
        "  Time to resolve       unknown, no event is marked [RESOLVED]. The target is 1 h.",
    ):
        assert f"{line}\n" in text
    narrow = record_text(archive.records[0], archive, DAY, Terminal(40))
    assert "    MITIGATED 15 Mar 00:30,\n    over 30 min by 10 min\n" in narrow


def test_the_timeline_is_whole() -> None:
    """Days, zone, about, ranges, marks, every further column, and what runs backwards is said."""
    text = said()
    body = text[text.index("TIMELINE") : text.index("CONTRIBUTING")]
    assert body.startswith("TIMELINE  times in Europe/Berlin\n  14 Mar 2026\n  23:50")
    assert "[TRIGGER] [SIGNAL] The batch starts\n" in body
    assert "~23:55" in body
    assert "               Source: pager · Seen by: on-call\n" in body
    assert "  15 Mar 2026\n  00:10–00:20  [DECISION] Stop the batch\n" in body
    assert "(runs backwards: counts in no figure)" in body


def test_blocks_keep_their_shape() -> None:
    """Lists nest, code keeps its blanks, quotes have a bar, tables a line for each row."""
    text = said()
    assert "  • First\n  • Second\n    1. Nested\n" in text
    assert "  │ Said aside.\n" in text
    assert "     select  1\n  from    dual\n" in text
    assert "  Host · Lost\n  a|b · 3\n" in text


def test_two_actions_of_one_name_are_both_there() -> None:
    """A finding of its own; nothing is left out for it."""
    text = said()
    assert re.search(
        r"A1  Give the batch a pool of its +Juno +20 Mar 2026  ! overdue 73 d\n +own +Papercliff\n", text
    )
    assert re.search(r"A1  A second one of that name +◌ candidate\n", text)


def test_factors_have_their_states() -> None:
    """Root causes, actions and accepted risks, as in the tree."""
    text = said()
    assert "  1. The pool is small (root cause)  ! action overdue: A1\n" in text
    assert "  2. The replica lags  ◇ risk accepted: it is cheap (platform lead,\n" in text


def test_what_is_absent_has_no_heading() -> None:
    """A record with a title alone is its header and where the whole lies."""
    text = said(body="", more="")
    assert not re.search(r"SUMMARY|TIMELINE|CAUSES|FACTORS|ACTION", text)
    assert text.endswith("The whole record: postmortems/2026-03-14-a.md\n")


def test_a_record_that_cannot_be_read_says_where_to_ask() -> None:
    """It is not shown as one that says nothing."""
    archive = archive_of({"2026-03-14-a.md": "---\ntitle: Large\n---\n" + "x" * 300_000})
    text = record_text(archive.records[0], archive, DAY, Terminal())
    assert "`afterword check postmortems/2026-03-14-a.md` says" in text


def test_nothing_reaches_the_terminal_but_our_colours() -> None:
    """An author's escape sequences are gone, and what is painted has the same words."""
    painted = said(colour=True)
    assert "\x1b[1m" in painted
    assert CODES.sub("", painted) == said()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said())


@pytest.mark.parametrize("width", [40, 64, 80, 120])
def test_own_records_fit_and_are_whole(own: Archive, width: int) -> None:
    """No line of any record of this archive is too wide, and every word of its events, causes and actions is there."""
    assert len(own.records) > 20
    for record in own.records:
        text = record_text(record, own, DAY, Terminal(width))
        assert max(map(columns, text.splitlines())) <= width, record.id
        there = re.sub(r"\s", "", text)
        nodes = [node.label.text for node in record.causal_tree.outcome.walk()] if record.causal_tree else []
        events = [event.text.text for event in record.timeline.events] if record.timeline else []
        for words in (*nodes, *events, *(action.text.text for action in record.actions)):
            assert all(re.sub(r"\s", "", word) in there for word in plain(words).split() if len(word) < 12)


def test_what_is_related_has_its_id_and_the_reason() -> None:
    """Earlier and related records are named by the ids that the command takes, no wider than the terminal."""
    files = {f"2026-0{month}-01-n.md": a_file(f"Failure {month}", f"2026-0{month}-01") for month in (1, 2, 3)}
    archive = archive_of(files)
    text = record_text(archive.records[1], archive, DAY, Terminal(60))
    assert "IN THE ARCHIVE" in text
    assert "  2026-01-01-n · Failure 1\n    This happened before: 31 days before" in text
    assert "  2026-03-01-n · Failure 3\n    same service api; same failure class" in text
    assert all(columns(line) <= 60 for line in text.splitlines())
