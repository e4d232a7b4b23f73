"""What git tells of actions, on the page of their record and in the files."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest

from afterword.model.archive import Archive
from afterword.render.actions.action_export import COLUMNS, actions_csv, actions_json
from tests.derive.drawn_histories import a_history
from tests.render.drawn_archives import DAY, a_file, an_archive, words
from tests.render.pages import page_in

ACTIONS = """| A1 | Mend the pool | Ada | 2026-05-01 | | prevent | open | |
| A2 | Page someone | Ada | 2026-07-01 | | detect | open | |
| A3 | Written down | Ada | 2026-04-01 | | process | done 2026-03-30 | |
| A4 | Not committed yet | Ada | 2026-08-01 | | process | open | |
"""


@pytest.fixture
def archive() -> Archive:
    """Draw a record whose first action slipped twice and lies still, and whose second has just been touched."""
    drawn = an_archive({"2026-03-14-pool.md": a_file(actions=ACTIONS)})
    history = a_history(
        drawn.records[0],
        A1="2025-12-20 open due 2025-12-31; 2026-01-02 open due 2026-04-01; 2026-04-02 open due 2026-05-01",
        A2="2026-03-20 open due 2026-07-01; 2026-05-20 in-progress; 2026-05-21 open",
        A3="2026-03-20 open due 2026-04-01; 2026-03-30 done",
    )
    return dataclasses.replace(drawn, history=history)


def test_a_record_says_what_was_put_off_and_lies_still(archive: Archive) -> None:
    """Below the due day of the action it holds for; of one that moved lately, or that git does not know, nothing is said."""
    html = page_in(archive, day=DAY).html
    assert "1 May 2026 put off twice, first due 31 Dec 2025 unchanged since 2 Apr 2026" in words(html)
    assert html.count("aw-actions__past") == 2


def test_a_day_of_the_same_year_is_said_without_it(archive: Archive) -> None:
    """`first due 1 Apr` needs no year beside a due day of that year."""
    drawn = dataclasses.replace(
        archive,
        history=a_history(
            archive.records[0], A1="2026-03-15 open due 2026-04-01; 2026-05-30 open due 2026-05-01"
        ),
    )
    html = page_in(drawn, day=DAY).html
    assert "put off once, first due 1 Apr" in words(html) and "first due 1 Apr 2026" not in words(html)


def test_files_hold_what_git_tells(archive: Archive) -> None:
    """First seen, last changed, slips and the first due day stand in CSV and JSON; what git does not know is empty, never 0."""
    lines = {row["id"]: row for row in csv.DictReader(io.StringIO(actions_csv(archive, DAY).decode()))}
    names = ("first_seen", "unchanged_since", "slips", "first_due")
    assert [lines["A1"][name] for name in names] == ["2025-12-20", "2026-04-02", "2", "2025-12-31"]
    assert [lines["A4"][name] for name in names] == ["", "", "", "2026-08-01"]
    found = {each["id"]: each for each in json.loads(actions_json(archive, DAY))["actions"]}
    assert found["A1"]["slips"][0] == {"day": "2026-01-02", "before": "2025-12-31", "after": "2026-04-01"}
    assert found["A2"]["slips"] == [] and found["A4"]["slips"] is None


def test_columns_keep_their_order() -> None:
    """Whoever reads the CSV by place finds what was there before in its place; new columns stand at the end."""
    assert COLUMNS[:4] == ("record", "record_title", "date", "severity")
    assert COLUMNS[21:26] == ("page", "first_seen", "unchanged_since", "slips", "first_due")
