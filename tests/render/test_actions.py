"""The dashboard of action items, and its files."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import re

import pytest

from afterword.derive.again.promises_again import bundles
from afterword.model.archive import Archive
from afterword.model.history import History
from afterword.model.settings import RosterEntry
from afterword.render.actions.action_export import actions_csv, actions_json
from afterword.render.actions.action_file import rows_file
from afterword.render.actions.action_lists import ListIndex, action_list_pages
from afterword.render.actions.actions_page import actions_page
from afterword.render.actions.holders import holder_pages
from afterword.render.actions.promises import Promises
from afterword.render.page.environment import environment
from afterword.render.page.site_page import SitePage
from tests.derive.drawn_histories import a_history
from tests.render.drawn_archives import DAY, FOLDER, a_file, an_archive, is_inert, links, read, words

TEMPLATES = environment()
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


def board(archive: Archive, day: dt.date = DAY) -> dict[str, SitePage]:
    """Make the dashboard and its lists, by what their addresses have below `actions/`."""
    promises = Promises.of(archive, FOLDER, day)
    index = ListIndex.of(promises, bundles(archive.records))
    pages = [actions_page(promises, index, TEMPLATES), *action_list_pages(promises, index, TEMPLATES)]
    return {page.address.removeprefix("postmortems/actions/"): page.made() for page in pages}


def page(archive: Archive, day: dt.date = DAY) -> str:
    """Make the dashboard."""
    return board(archive, day)[""].html


def test_what_needs_a_decision_comes_first(archive: Archive) -> None:
    """Overdue with by how much, then due soon, then what was closed; rates, groups and lists stand below."""
    text = words(page(archive, dt.date(2026, 6, 28)))
    order = [
        "Overdue 1",
        "58 days over",
        "Mend the pool",
        "Due within 7 days 1",
        "in 3 days",
        "Page someone",
        "Closed in the last",
        "Completion",
        "Who owes what",
        "By owner",
        "All lists",
    ]
    assert sorted(order, key=text.index) == order


def test_what_git_cannot_tell_is_said_once(archive: Archive) -> None:
    """Without a history one sentence says why nothing is said to lie still; with one the list and its tile are there."""
    html = page(archive)
    assert (
        "is not shown: the history of the repository was not read." in words(html)
        and 'id="still"' not in html
    )
    told = dataclasses.replace(archive, history=History(absent="the clone is shallow"))
    assert "is not shown: the clone is shallow." in words(page(told))
    known = dataclasses.replace(
        archive,
        history=a_history(
            archive.records[1],
            A1="2026-03-14 open due 2026-04-01; 2026-04-03 open due 2026-05-01",
            A2="2026-04-20 open",
        ),
    )
    text = words(page(known))
    assert "Unchanged for 30 days 2" in text and "42 days Page someone" in text
    assert "put off once, first due 1 Apr" in text and "unchanged since 3 Apr 2026" in text
    assert "1 of them is overdue as well." in text


def test_the_year_of_a_first_due_day_is_said_where_no_due_day_stands_beside_it(archive: Archive) -> None:
    """What is closed shows the day of that, which may be of another year than the day it was due."""
    life = a_history(
        archive.records[1],
        A3="2026-03-14 open due 2026-03-20; 2026-03-25 open due 2026-04-01; 2026-03-30 done due 2026-04-01",
    )
    closed = page(dataclasses.replace(archive, history=life), dt.date(2026, 4, 2))
    assert "put off once, first due 20 Mar 2026" in words(closed[closed.index('id="closed"') :])


def test_deleted_promises_have_a_list_of_their_own(archive: Archive) -> None:
    """A row that went while it was open is told with what it said last, on the dashboard and on a page of all of them."""
    gone = a_history(archive.records[1], A9="2026-03-14 open owner Ada due 2026-04-01; 2026-05-02 gone")
    pages = board(dataclasses.replace(archive, history=gone))
    for name in ("", "removed/"):
        assert "2 May 2026 Action A9 Ada was due 1 Apr 2026 A9 of Payments fail" in words(pages[name].html)


def test_lists_hold_every_action_once(archive: Archive) -> None:
    """Open, done, cancelled, candidates and retold ones each have their page, which says what they are and leads to the others."""
    pages = board(archive)
    for made in pages.values():
        assert "action" in made.title.casefold() and f">{made.title}</h1>" in made.html
    assert "Done 1 Cancelled 1 Candidates 1" in words(pages["open/"].html)
    shown = {
        name: list(re.findall(r'class="aw-act__id" href="[^"]*">(\w+)</a> ([^<]*)', made.html))
        for name, made in pages.items()
    }
    assert [text.split()[0] for _, text in shown["open/"]] == ["Mend", "Page"]
    assert [
        [row[0] for row in shown[name]] for name in ("done/", "cancelled/", "candidates/", "retold/")
    ] == [["A3"], ["A4"], ["A5"], ["A1"]]
    assert {"../done/", "../cancelled/", "../candidates/", "../retold/"} <= set(links(pages["open/"].html))
    assert "Reason: not needed any more" in words(pages["cancelled/"].html)
    assert "open retold" in words(pages["retold/"].html) and "data-due" not in pages["retold/"].html


def test_long_lists_go_on_over_numbered_pages() -> None:
    """Eighty actions a page, each on one alone; every page leads to the next, and the first ones stay small."""
    rows = "".join(
        f"| A{n} | Mend the pool number {n} | Ada | 2026-05-01 | | prevent | open | |\n"
        for n in range(1, 100)
    )
    archive = an_archive({f"2026-03-{day}-pool.md": a_file(actions=rows) for day in (14, 15, 16)})
    pages = {name: made for name, made in board(archive).items() if name.startswith("open/")}
    assert list(pages) == ["open/", "open/2/", "open/3/", "open/4/"]
    found = [
        link
        for made in pages.values()
        for link in re.findall(r'class="aw-act__id" href="([^"]*)"', made.html)
    ]
    assert len(found) == 297 and len({link.lstrip("./") for link in found}) == 297
    assert (
        "3/" in links(pages["open/"].html)
        and "../" in links(pages["open/2/"].html)
        and "../4/" in links(pages["open/3/"].html)
    )
    assert pages["open/2/"].title == "Open actions, page 2"
    assert max(len(made.html) for made in pages.values()) < 100_000
    assert len(board(archive)[""].html) < 60_000


def test_of_actions_that_say_much_fewer_stand_on_a_page() -> None:
    """Each stands on one page, and no page outgrows its limit; one that says too much alone has a page for itself."""
    said = ["word " * 200] * 99 + ["word " * 8_000]
    rows = "".join(
        f"| A{n} | {text}| Ada | 2026-05-{n % 28 + 1:02} | | prevent | open | |\n"
        for n, text in enumerate(said)
    )
    archive = an_archive({"2026-03-14-pool.md": a_file(actions=rows)})
    pages = [made for name, made in board(archive).items() if name.startswith("open/")]
    shown = [len(re.findall('class="aw-act__id"', made.html)) for made in pages]
    assert sum(shown) == 100 and 1 in shown and max(shown) < 30
    assert sorted(len(made.html) for made in pages)[-2] < 60_000
    assert f"Page {len(pages)}" in words(pages[0].html)


def test_the_same_action_in_several_records_is_one_line() -> None:
    """It says how often it was promised, and leads to each place, the latest first."""
    row = "| A1 | Give batch jobs a pool of their own | Ada | 2026-07-01 | | prevent | {} | |\n"
    archive = an_archive(
        {
            "2026-03-14-a.md": a_file("First", actions=row.format("done 2026-04-01")),
            "2026-04-14-b.md": a_file("Second", "2026-04-14", actions=row.format("open")),
        }
    )
    for made in (board(archive)[""], board(archive)["repeated/"]):
        assert "2 times Give batch jobs a pool of their own A1 of Second (open) A1 of First (done)" in words(
            made.html
        )


def test_completion_is_said_with_counts(archive: Archive) -> None:
    """The share done at 30 days stands beside its target, with how many actions and records it rests on; so does what was cancelled."""
    text = words(page(archive))
    assert "33 % done within 30 days" in text
    assert "below the target (70 %)" in text and "1 of 3 actions" in text
    assert "– done within 90 days" in text and "1 record too young" in text
    assert "25 % cancelled" in text and "! not below the limit (10 %)" in text and "1 of 4 actions" in text


def test_quarters_are_drawn_and_told(archive: Archive) -> None:
    """A column for each target that can be told, a dashed one for a quarter that is too young, and all of it as a table."""
    html = page(archive)
    assert (
        html.count('<rect class="aw-chart__column aw-chart__column--0" ') == 2
    )  # the quarter and the legend
    assert html.count("aw-chart__column--young") == 2
    assert "Q1 2026 1 1 of 3 (33 %) too young 1 of 4" in words(html)


def test_time_to_close_has_counts_and_unknown_ones(archive: Archive) -> None:
    """Median and the longest by category, with how many are known; there is no percentile of one."""
    assert "Process 10 d longest 10 d 1 0" in words(page(archive))


def test_owners_are_listed_and_not_counted(archive: Archive) -> None:
    """Owners stand in the order of the alphabet, without any number; teams and services are counted."""
    html = page(archive)
    owners = html[html.index('id="owners"') : html.index('id="time-to-close"')]
    assert words(owners).endswith("By owner Ada Bob") and not re.search(r">\s*\d", owners)
    assert {
        "../owners/ada/",
        "../owners/bob/",
        "../teams/core/",
        "../services/api/",
        "open/?category=detect",
    } <= set(links(html))


def test_who_has_left_is_said(archive: Archive) -> None:
    """Open actions in the name of somebody who left are told with the way to them."""
    people = (RosterEntry("Ada", left=dt.date(2026, 5, 2)),)
    left = dataclasses.replace(archive, settings=dataclasses.replace(archive.settings, people=people))
    assert "Open actions stand in the name of Ada (left 2 May 2026 )." in words(page(left))
    assert "people who have left" not in words(page(left, dt.date(2026, 5, 1)))


def test_page_says_its_day_and_leads_to_the_files(archive: Archive) -> None:
    """The day of the figures stands on the page, with links to CSV and JSON beside it."""
    html = page(archive)
    assert "As of 1 Jun 2026" in words(html)
    assert {"actions.csv", "actions.json"} <= set(links(html))


def test_due_days_to_come_are_told_to_the_script(archive: Archive) -> None:
    """The page says how many days away what is open is due; one of a past day says that it stays as it is."""
    attributes = next(found for _, found in read(page(archive)).elements if "data-days" in found)
    assert (attributes["data-as-of"], attributes["data-days"], "data-moves" in attributes) == (
        "2026-06-01",
        "30:1",
        True,
    )
    history = a_history(archive.records[1], A1="2026-03-14 open")
    past = page(dataclasses.replace(archive, history=history), dt.date(2026, 4, 1))
    assert "data-moves" not in past


def test_archive_without_actions_says_so() -> None:
    """A page without actions is a sentence, not an empty table."""
    pages = board(an_archive({"2026-03-14-a.md": a_file()}))
    assert list(pages) == [""]
    assert "No record holds a table of action items yet" in pages[""].html and "<table" not in pages[""].html


def test_records_whose_actions_are_no_table_are_named(archive: Archive) -> None:
    """What nobody is reminded of is named, beside tables and where there are none; retold records owe nothing here."""
    listed = a_file("Written as a list") + "\n## Action items\n\n- Mend the pool\n"
    retold = listed.replace("---\n", "---\nretold_from: https://example.org/\n", 1)
    alone = an_archive({"2026-03-14-a.md": listed, "2026-03-14-b.md": retold})
    beside = dataclasses.replace(archive, records=(*archive.records, *alone.records))
    for each in (alone, beside):
        assert "Not read 1" in words(page(each)) and "Written as a list" in words(page(each))
    assert "Not read" not in page(archive)


def test_hostile_actions_are_inert() -> None:
    """Scripts, handlers and addresses that run stay text on every page, also on those of their owner and team."""
    row = '| A1 | <script>x</script> | "><b onclick=x> | 2026-05-01 | [T](javascript:alert(1)) | "x" onfocus=y | open | <svg onload=x> |\n'
    archive = an_archive({"2026-03-14-a.md": a_file('"><script>', actions=row)})
    assert all(is_inert(page.made().html) for page in board(archive).values())
    promises = Promises.of(archive, FOLDER, DAY)
    assert all(is_inert(page.made().html) for page in holder_pages(promises, TEMPLATES))
    assert b"javascript:" not in rows_file(promises).content


def test_the_file_of_the_filter_holds_every_action(archive: Archive) -> None:
    """Each row names its record, owner and the rest by place; tickets share what stands before their keys."""
    found = json.loads(rows_file(Promises.of(archive, FOLDER, DAY)).content)
    assert len(found["rows"]) == 6
    first = found["rows"][0]
    assert found["records"][first[0]][:4] == ["2026/2026-03-14-pool/", "Payments fail", "sev2", "Sev 2"]
    assert (found["owners"][first[3]], found["teams"][first[4]]) == (
        ["Ada", "ada"],
        ["Core services", "core"],
    )
    assert found["trackers"][first[10]] + first[9] == "https://tracker.example/T-1"
    assert dt.date(1970, 1, 1) + dt.timedelta(days=first[5]) == dt.date(2026, 5, 1)


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


def test_thousands_are_told_apart_as_the_script_does() -> None:
    """Counts of a large archive have a comma, before and after they are recounted for the day of reading."""
    rows = "".join(
        f"| A{each} | Mend pool {each} | Ada | 2026-05-01 | T-{each} | prevent | open | |\n"
        for each in range(1200)
    )
    made = page(an_archive({"2026-03-14-pool.md": a_file(actions=rows)}))
    assert re.findall(r'data-count="overdue">([^<]*)<', made) == ["1,200", "1,200"]
