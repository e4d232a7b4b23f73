"""The dashboard of action items, and its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest

from afterword.model.archive import Archive
from afterword.render.action_export import actions_csv, actions_json
from afterword.render.actions import actions_page
from afterword.render.environment import environment
from tests.render.drawn_archives import DAY, FOLDER, a_file, an_archive, is_inert, links, read, words

ACTIONS = """| A1 | Mend the pool | Ada | 2026-05-01 | [T-1](https://tracker.example/T-1) | prevent | open | |
| A2 | Page someone | Bob | 2026-07-01 | T-2 | detect | in review | |
| A3 | Written down | Ada | 2026-04-01 | T-3 | process | done 2026-03-30 | |
| A4 | Never mind | Ada | 2026-04-01 | T-4 | process | cancelled | not needed any more |
| A5 | An idea | | | | detect | candidate | |
"""
RETOLD = "| A1 | Told elsewhere | | 2020-01-01 | | prevent | open | |\n"


@pytest.fixture
def archive() -> Archive:
    """Draw a record with an action in every state, and a retold one."""
    return an_archive(
        {
            "2026-03-14-pool.md": a_file(actions=ACTIONS, more="published: 2026-03-20\n"),
            "2020-01-01-retold.md": a_file(
                "Retold", "2020-01-01", actions=RETOLD, more="retold_from: https://example.org/\n"
            ),
        }
    )


def page(archive: Archive, day: dt.date = DAY) -> str:
    """Make the dashboard."""
    return actions_page(archive, FOLDER, day, environment()).html


def test_actions_are_grouped_with_overdue_and_open_first(archive: Archive) -> None:
    """All actions are in the page without a script: overdue, open, candidates, done, cancelled, retold."""
    shown = re.findall(r'<tbody data-group="(\w+)"( hidden)?>', page(archive))
    assert shown == [(group, "") for group in ("overdue", "open", "candidate", "done", "cancelled", "retold")]
    text = words(page(archive))
    order = ["Mend the pool", "Page someone", "An idea", "Written down", "Never mind", "Told elsewhere"]
    assert sorted(order, key=text.index) == order


def test_rows_carry_what_filters_need(archive: Archive) -> None:
    """A row says its state, owner, team, services and category; the due day only where it is still owed."""
    rows = [
        attributes for tag, attributes in read(page(archive)).elements if attributes.get("class") == "aw-act"
    ]
    first = rows[0]
    assert (first["data-state"], first["data-owner"], first["data-team"]) == (
        "overdue",
        "Ada",
        "Core services",
    )
    assert (first["data-service"], first["data-category"], first["data-due"]) == (
        "api",
        "prevent",
        "2026-05-01",
    )
    assert ["data-due" in row for row in rows] == [True, True, False, False, False, False]


def test_retold_actions_are_marked_and_never_overdue(archive: Archive) -> None:
    """An action of a retold incident stands apart: nobody here owes it, however old its day is."""
    rows = [
        attributes for tag, attributes in read(page(archive)).elements if attributes.get("class") == "aw-act"
    ]
    assert rows[-1]["data-state"] == "retold" and "data-unfinished" not in rows[-1]
    assert "open retold" in words(page(archive))


def test_completion_is_said_with_counts(archive: Archive) -> None:
    """The share done at 30 days stands beside its target, with how many actions and records it rests on."""
    text = words(page(archive))
    assert "33 % done within 30 days" in text
    assert "below the target (70 %)" in text and "1 of 3 actions" in text
    assert "– done within 90 days" in text and "1 record too young" in text


def test_cancellation_shows_its_reason(archive: Archive) -> None:
    """A cancelled action says why."""
    assert "Reason: not needed any more" in words(page(archive))


def test_owners_are_filtered_by_and_not_counted(archive: Archive) -> None:
    """There is a filter for owners, but no figure about one person."""
    html = page(archive)
    assert '<option value="Ada">Ada</option>' in html
    assert not [link for link in links(html) if link.startswith("?owner=")]
    assert "?team=Core+services&state=unfinished#list" in links(html)


def test_page_says_its_day_and_leads_to_the_files(archive: Archive) -> None:
    """The day of the figures stands on the page, with links to CSV and JSON beside it."""
    html = page(archive)
    assert "As of 1 Jun 2026" in words(html)
    assert {"actions.csv", "actions.json"} <= set(links(html))


def test_archive_without_actions_says_so() -> None:
    """A page without actions is a sentence, not an empty table."""
    html = page(an_archive({"2026-03-14-a.md": a_file()}))
    assert "No record holds an action item yet" in html and "<table" not in html


def test_hostile_actions_are_inert() -> None:
    """Scripts, handlers and addresses that run stay text in the dashboard."""
    row = '| A1 | <script>x</script> | "><b onclick=x> | 2026-05-01 | [T](javascript:alert(1)) | "x" onfocus=y | open | <svg onload=x> |\n'
    assert is_inert(page(an_archive({"2026-03-14-a.md": a_file('"><script>', actions=row)})))


def cells(archive: Archive) -> list[dict[str, str]]:
    """Read the CSV back."""
    return list(csv.DictReader(io.StringIO(actions_csv(archive, DAY).decode("utf-8"), newline="")))


def test_csv_holds_every_action(archive: Archive) -> None:
    """The CSV has a line for each action in the order of the dashboard, with facts as they were read."""
    lines = cells(archive)
    assert [line["id"] for line in lines if line["retold"] == "no"] == ["A1", "A2", "A5", "A3", "A4"]
    first = lines[0]
    assert (first["record"], first["state"], first["days_overdue"]) == ("2026-03-14-pool", "overdue", "31")
    assert (first["ticket"], first["ticket_url"]) == ("T-1", "https://tracker.example/T-1")
    assert not actions_csv(archive, DAY).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("attack", ["=1+1", "+1", "-1", "@x", "＝1"])
def test_csv_cells_are_no_formulas(attack: str) -> None:
    """A cell that a spreadsheet would compute begins with an apostrophe, in every column."""
    row = f"| A1 | {attack} | {attack} | 2026-05-01 | {attack} | prevent | open | {attack} |\n"
    line = cells(an_archive({"2026-03-14-a.md": a_file(attack, actions=row)}))[0]
    assert {line[name] for name in ("action", "owner", "notes", "record_title")} == {"'" + attack}
    assert not [cell for cell in line.values() if cell[:1] in tuple("=+-@＝\t\r")]


def test_json_is_sorted_and_stable(archive: Archive) -> None:
    """Actions stand by record and table row, keys in order, so that two days differ in what the day changes alone."""
    found = json.loads(actions_json(archive, DAY))
    assert [(each["record"][:4], each["id"]) for each in found["actions"]] == [
        ("2020", "A1"),
        *(("2026", f"A{number}") for number in range(1, 6)),
    ]
    assert found["as_of"] == "2026-06-01" and found["format"] == 1
    assert found["actions"][1]["days_overdue"] == 31
    assert found["actions"][0]["retold"] is True and found["actions"][0]["state"] == "open"
    assert all(list(each) == sorted(each) for each in found["actions"])


def test_the_day_of_a_record_is_that_of_the_pages() -> None:
    """A record without a date is of the day that its id begins with, as the register of risks has it."""
    row = "| A1 | Mend | Ada | 2026-05-01 | | prevent | open | |\n"
    file = a_file(actions=row).replace("date: 2026-03-14\n", "")
    assert cells(an_archive({"2026-03-14-a.md": file}))[0]["date"] == "2026-03-14"


def test_json_and_csv_drop_addresses_that_run() -> None:
    """A ticket whose address is a script has no address in the files."""
    row = "| A1 | Mend | Ada | 2026-05-01 | [T](javascript:alert(1)) | prevent | open | |\n"
    archive = an_archive({"2026-03-14-a.md": a_file(actions=row)})
    assert json.loads(actions_json(archive, DAY))["actions"][0]["ticket_url"] is None
    assert cells(archive)[0]["ticket_url"] == ""


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_csv_holds_no_formula_under_another_separator(delimiter: str) -> None:
    """Opened as divided by semicolons or tabs, the file has no cell that would be computed either."""
    attack = "a;=cmd|'/C calc'!A0;b; =1;-- c"
    row = f"| A1 | {attack.replace('|', chr(92) + '|')} | x;@y | 2026-05-01 | T | prevent | open | x |\n"
    record = a_file("T", actions=row).replace("title: 'T'", 'title: "a\\t=1;=2\\n=3"')
    made = actions_csv(an_archive({"2026-03-14-a.md": record}), DAY).decode()
    assert "a\t'=1;'=2" in made
    divided = [
        cell for line in csv.reader(io.StringIO(made, newline=""), delimiter=delimiter) for cell in line
    ]
    assert not [cell for cell in divided if cell.strip()[:1] in tuple("=+-@")]
    assert "a;'=cmd|'/C calc'!A0;b;' =1;'-- c" in made
