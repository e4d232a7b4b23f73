"""`afterword agenda` and `afterword summary`, run as a person runs them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import comrak
import pytest

from tests.conftest import REPOSITORY, afterword, drawn

HEADER = """\
---
title: {title}
date: {date}
severity: {severity}
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
timezone: UTC
impact: {{customers: 1200, revenue: {{amount: 4360, currency: EUR}}, reportable: false}}
---

"""
EARLIER = """\
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Double the *pool* | Juno Papercliff | 2026-02-01 | PAY-1 | prevent | open |
"""
BODY = """\
## Summary

One payment in four failed.
::error::not for a build service

## Impact

Orders waited.

## Timeline

| Time | Event | Source |
|---|---|---|
| 14:03 | [TRIGGER] The batch starts | job log |
| 14:40 | [DETECTED] A page | pager |
| 14:41 | [DECISION] Stop the batch rather than fail over | |
| 14:45 | [MITIGATED] The batch is stopped | chat |

## What went well

- The page was right

## Contributing factors

- The pool is small -> A1
- The batch has no limit
- Nobody is paged at 90 % -> A2
- The replica lags (root cause) -> A3
- The night is short -- accepted: it is (platform lead, 2026-12-31)

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | Juno Papercliff | 2026-03-20 | PAY-2 | prevent | done 2026-03-19 |
| A2 | Page at 90 % | | | PAY-3 | detect | open |
| A3 | Watch the lag | Juno Papercliff | 2026-04-30 | PAY-4 | detect | open |
| A4 | Perhaps a second replica | | | | prevent | candidate |
"""
RECORD = "2026-03-14-checkout"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Draw an archive in which the same happened six weeks earlier, with an action that is still open."""
    tree: dict[str, str | bytes] = {
        ".git/HEAD": "",
        "postmortems/2026-02-01-earlier.md": HEADER.format(
            title="Earlier", date="2026-02-01", severity="sev2"
        )
        + EARLIER,
        f"postmortems/{RECORD}.md": HEADER.format(title="Checkout down", date="2026-03-14", severity="sev1")
        + BODY,
        "postmortems/2026-04-01-empty.md": HEADER.format(
            title="Nothing yet", date="2026-04-01", severity="sev4"
        ),
    }
    with drawn(tmp_path, tree):
        return tmp_path


def _minutes(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"^## \d\. .+ \((\d+) min\)$", text, re.MULTILINE)]


@pytest.mark.parametrize(
    ("minutes", "shares"),
    [(60, [5, 10, 10, 15, 15, 5]), (80, [5, 15, 15, 20, 20, 5]), (90, [5, 15, 15, 25, 25, 5])],
)
def test_the_minutes_are_shared_out(archive: Path, minutes: int, shares: list[int]) -> None:
    """The parts of the meeting make the whole, most of it for causes and actions."""
    said = afterword("agenda", RECORD, "--minutes", str(minutes), folder=archive).stdout
    assert _minutes(said) == shares
    assert sum(shares) == minutes


def test_the_agenda_has_what_is_open(archive: Path) -> None:
    """Silence, unsourced rows, decisions, unanswered factors, incomplete and earlier actions, findings: each is there, and what is settled is not."""
    said = afterword("agenda", f"postmortems/{RECORD}.md", "--as-of", "2026-03-16", folder=archive).stdout
    for line in (
        "- Between 14:03 and 14:40 nothing is told for 37 min: what was going on?",
        "- Known from where? 1 event without a source, first 14:41.",
        "  - 14:41 Stop the batch rather than fail over",
        "  - The batch has no limit",
        "  - The night is short (again on 31 Dec 2026)",
        "  - A2: no owner, no day",
        "  - A3: Watch the lag (Juno Papercliff, due 30 Apr 2026)",
        "  - A4: Perhaps a second replica",
        "  - 2026-02-01-earlier A1: Double the pool (43 days overdue)",
        "- It goes to: all engineering + executives.",
    ):
        assert f"{line}\n" in said
    assert "Give the batch a pool" not in said
    assert "section 'Lessons learned' is missing [missing-section]" in said
    assert "SIGNAL, ESCALATED, MITIGATING, RESOLVED, CLOSED" in said


def test_the_agenda_names_days_where_the_timeline_has_several(archive: Path) -> None:
    """The time alone would say that nothing is told between three and eight o'clock for nine days."""
    path = archive / f"postmortems/{RECORD}.md"
    early = "| 2026-03-05 03:00 | [SIGNAL] The job fails | job log |\n| 2026-03-14 14:03 |"
    path.write_text(path.read_text("utf-8").replace("| 14:03 |", early), "utf-8")
    said = afterword("agenda", RECORD, "--as-of", "2026-03-16", folder=archive).stdout
    assert "5 events, from 5 Mar 03:00 to 14 Mar 14:45." in said
    assert "- Between 5 Mar 03:00 and 14 Mar 14:03 nothing is told for 9 d 11 h: what was going on?" in said
    assert "  - 14 Mar 14:41 Stop the batch rather than fail over" in said


def test_the_agenda_asks_about_causes_as_the_page_does(tmp_path: Path) -> None:
    """Factors whose analysis carries the marks are not asked about again, and an accepted answer of the five whys is told."""
    body = (
        "## Contributing factors\n\n- The pool is small\n\n## Root cause analysis\n\n"
        "Method: 5 whys\n\n1. Why did checkout fail?\n   Because the pool was exhausted\n2. Why was it exhausted?\n"
        "   Because it is small -- accepted: it is dear (platform lead, 2026-12-31)\n"
    )
    header = HEADER.format(title="Checkout down", date="2026-03-14", severity="sev3")
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": header + body}):
        said = afterword("agenda", RECORD, "--as-of", "2026-03-16", folder=tmp_path).stdout
    assert "- Every factor has an action or is accepted." in said
    assert "small (again on 31 Dec 2026)\n" in said


def test_a_risk_whose_review_is_past_is_asked_about_once(archive: Path) -> None:
    """From the day after it counts as accepted no more, and is not told as accepted beside that."""
    on_the_day, later = (
        afterword("agenda", RECORD, "--as-of", day, folder=archive).stdout
        for day in ("2026-12-31", "2027-01-01")
    )
    assert "  - The night is short (again on 31 Dec 2026)\n" in on_the_day
    assert "  - The night is short\n" in later
    assert "(again on 31 Dec 2026)" not in later


def test_an_empty_record_has_an_agenda(archive: Path) -> None:
    """A record with nothing in it is met with the questions that fill it."""
    said = afterword("agenda", "2026-04-01-empty", folder=archive).stdout
    for start in (
        "There is no timeline yet",
        "Nothing is written yet",
        "No factor is written yet",
        "No action is written yet",
    ):
        assert f"- {start}" in said


def test_what_went_well_may_be_written_as_paragraphs(tmp_path: Path) -> None:
    """The agenda counts what the check counts."""
    header = HEADER.format(title="Checkout slow", date="2026-03-14", severity="sev4")
    text = header + "## What went well\n\nThe page was right.\n\nSupport knew before the first call.\n"
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": text}):
        said = afterword("agenda", RECORD, folder=tmp_path).stdout
    assert "- 2 items so far. Ask everybody for one more, and stop at 5.\n" in said
    assert "- Nothing is written yet. Ask everybody for one thing" not in said


def test_actions_that_are_no_table_are_written_all_the_same(tmp_path: Path) -> None:
    """Neither the agenda nor the summary says that there are none."""
    header = HEADER.format(title="Checkout slow", date="2026-03-14", severity="sev4")
    listed = header + "## Action items\n\n- Double the pool\n"
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": listed}):
        agenda, summary = (afterword(each, RECORD, folder=tmp_path).stdout for each in ("agenda", "summary"))
    assert "- Actions are written, and not as a table." in agenda
    assert "**What will be different:** actions are written, and not as a table, so none was read." in summary
    assert "action is written" not in agenda + summary


def test_where_all_is_done_each_part_of_the_meeting_still_has_a_question(tmp_path: Path) -> None:
    """A record that is closed is read again, too: its twenty minutes for actions, and the last five, are about something."""
    header = HEADER.format(title="Checkout slow", date="2026-03-14", severity="sev4")
    finished = EARLIER.replace("open", "done 2026-02-01")
    final = header.replace("status: draft", "status: final") + finished
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": final}):
        said = afterword("agenda", RECORD, "--as-of", "2026-05-01", folder=tmp_path).stdout
    parts = re.split(r"^## \d\. ", said, flags=re.MULTILINE)[1:]
    assert [part for part in parts if "\n- " not in part] == []
    assert "- Nothing that was promised is still open." in said


def test_the_summary_has_the_top_three_factors_on_one_line(archive: Path) -> None:
    """Root causes come first, then what nothing is done about, then the order of the record."""
    said = afterword("summary", RECORD, "--as-of", "2026-03-25", folder=archive).stdout
    assert (
        "**What made it possible:** The replica lags; The batch has no limit; The pool is small; and 2 more factors.\n"
        in said
    )
    assert (
        "**Impact:** customers were affected for 42 min; 1,200 customers; 4,360 EUR lost; not reportable.\n"
        in said
    )
    assert "- A3: Watch the lag (open, Juno Papercliff, due 30 Apr 2026, PAY-4)\n" in said
    assert "1 time in the year before (1 Feb 2026)" in said


def test_the_summary_keeps_lists_in_lists_and_tables(tmp_path: Path) -> None:
    """What an item holds stands below it, and a table is a list of its rows: neither runs together, neither is left out."""
    lessons = "\n## Lessons learned\n\n- Limits\n  - Set them\n\n| Lesson | Whose |\n|---|---|\n| Alert early | Ops |\n"
    header = HEADER.format(title="Checkout slow", date="2026-03-14", severity="sev4")
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": header + lessons}):
        said = afterword("summary", RECORD, folder=tmp_path).stdout
    assert "**Lessons.**\n\n- Limits\n  - Set them\n\n- Alert early; Ops\n" in said


def test_executives_get_follow_through_and_no_names(archive: Path) -> None:
    """Their page counts what is done and what is late, and names no owner."""
    said = afterword(
        "summary", RECORD, "--audience", "executive", "--as-of", "2026-05-01", folder=archive
    ).stdout
    assert "as of 1 May 2026 1 of 3 actions done; 1 overdue, the longest by 1 day.\n" in said
    assert "- Watch the lag (overdue)\n" in said
    assert "Papercliff" not in said
    assert "not reportable.\n\nOrders waited.\n\n**What made it possible:**" in said


def test_no_line_is_obeyed_by_a_build_service(archive: Path) -> None:
    """A record's text never begins a line with `::`."""
    for command in ("agenda", "summary"):
        said = afterword(command, RECORD, folder=archive).stdout
        assert not any(line.lstrip().startswith("::") for line in said.splitlines())


MARKUP = "*.example.com <b> and [x](y) of @juno in `pool_max`*"
WRITTEN = r"\*.example.com \<b> and \[x](y) of @juno in \`pool_max\`\*"
MARKED = f"""\
## Summary

{WRITTEN}

- {WRITTEN}

## Timeline

| Time | Event |
|---|---|
| 14:03 | [DECISION] {WRITTEN} |

## Contributing factors

- {WRITTEN}

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | {WRITTEN} | Juno Papercliff | 2026-03-20 | PAY-2 | prevent | open |
"""


@pytest.mark.parametrize(("command", "times"), [("agenda", 4), ("summary", 5)])
def test_no_words_of_a_record_are_markup(tmp_path: Path, command: str, times: int) -> None:
    """Read as Markdown, a page says what the record says: in its title, its text, events, factors and actions."""
    header = HEADER.format(title=f"'{MARKUP}'", date="2026-03-14", severity="sev1")
    with drawn(tmp_path, {".git/HEAD": "", f"postmortems/{RECORD}.md": header + MARKED}):
        said = afterword(command, RECORD, "--as-of", "2026-03-16", folder=tmp_path).stdout
    seen = html.unescape(comrak.markdown_to_html(said)).replace("\u200b", "")
    assert seen.count(MARKUP) == times


@pytest.mark.parametrize("command", ["agenda", "summary"])
def test_a_record_that_is_not_there(archive: Path, command: str) -> None:
    """The nearest id is offered."""
    done = afterword(command, "2026-03-14-chekout", folder=archive, code=2)
    assert "(did you mean '2026-03-14-checkout'?)" in done.stderr


@pytest.mark.slow
def test_every_record_of_this_archive_has_both() -> None:
    """No record of the repository's own archive breaks them, and a summary stays a page."""
    for path in sorted((REPOSITORY / "postmortems").glob("20*/*.md")):
        assert len(_minutes(afterword("agenda", path.stem, folder=REPOSITORY).stdout)) == 6
        assert len(afterword("summary", path.stem, folder=REPOSITORY).stdout.split()) < 600
