"""What pages, lists and files say of tickets that tell otherwise."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json

import pytest

from afterword.derive.again.promises_again import bundles
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.settings import Tracker
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.render.actions.action_export import actions_csv, actions_json
from afterword.render.actions.action_file import rows_file
from afterword.render.actions.action_lists import ListIndex, action_list_pages
from afterword.render.actions.actions_page import MOST_LISTED, actions_page
from afterword.render.actions.holders import holder_pages
from afterword.render.actions.promises import Promises
from afterword.render.lists.facets import facet_pages
from afterword.render.lists.home import home_page
from afterword.render.page.environment import environment
from afterword.render.terminal.actions_text import actions_text
from afterword.render.text.terminal import Terminal
from tests.render.drawn_archives import DAY, FOLDER, SETTINGS, a_file, an_archive, is_inert, words
from tests.render.pages import page_in

TEMPLATES = environment()
ACTIONS = """| A1 | Mend the pool | Ada | 2026-07-01 | T-1 | prevent | open | |
| A2 | Page someone | Bob | 2026-07-01 | T-2 | detect | in review | |
| A3 | Written down | Ada | 2026-04-01 | T-3 | process | done 2026-03-30 | |
| A4 | Never asked | Ada | 2026-07-01 | T-4 | process | open | |
"""
WITH_TRACKER = dataclasses.replace(SETTINGS, trackers=(Tracker("Board", "T-#", "https://tracker.example/T-#", kind="jira"),))  # fmt: skip
ASKED = dt.date(2026, 5, 30)
STATES = {
    "t-1": TicketState("T-1", Status.DONE, "Shipped <b>", owner="Ada", closed=dt.date(2026, 5, 20)),
    "t-2": TicketState("T-2", Status.IN_REVIEW, "Reviewing", owner="Bob"),
    "t-3": TicketState("T-3", Status.OPEN, "To do", owner="Ada"),
}
DRIFTS = ["open here, done ('Shipped <b>') in Board since 20 May 2026", "done here, open ('To do') in Board"]


@pytest.fixture
def archive() -> Archive:
    """Draw a record with four actions, two of whose tickets tell otherwise and one of which was not asked about."""
    drawn = an_archive({"2026-03-14-pool.md": a_file(actions=ACTIONS)}, WITH_TRACKER)
    tickets = Tickets("tickets.json", {"Board": TrackerSnapshot("Board", ASKED, "", STATES)})
    return dataclasses.replace(drawn, tickets=tickets)


def board(archive: Archive, day: dt.date = DAY) -> str:
    """Make the dashboard."""
    promises = Promises.of(archive, FOLDER, day)
    return actions_page(promises, ListIndex.of(promises, bundles(archive.records)), TEMPLATES).html


def shown(archive: Archive, day: dt.date = DAY) -> str:
    """Make the record's page."""
    return page_in(archive, day=day).html


def test_a_record_says_it_at_the_action(archive: Archive) -> None:
    """How each ticket stands, or what it tells otherwise, or that nobody asked about it; a day before tells nothing."""
    html = shown(archive)
    for each in DRIFTS:
        assert each in words(html)
    assert "T-2 Reviewing, 30 May" in words(html)
    assert "T-4 not asked yet" in words(html)
    assert is_inert(html) and "<b>" not in html.partition('class="aw-table aw-actions"')[2]
    assert "Reviewing" not in shown(archive, ASKED - dt.timedelta(1))


def test_the_dashboard_lists_them(archive: Archive) -> None:
    """With the day on which the tracker was asked; without a snapshot there is nothing to say."""
    text = words(board(archive))
    assert "Tickets that tell otherwise 2" in text and all(each in text for each in DRIFTS)
    assert "Asked Board on 30 May 2026" in text
    assert 'id="tickets"' not in board(dataclasses.replace(archive, tickets=Tickets()))
    assert 'id="tickets"' not in board(archive, ASKED - dt.timedelta(1))


def test_a_list_says_a_state_once() -> None:
    """Where a badge begins the line, its facts do not repeat it."""
    rows = "| A1 | Mend the pool | Ada | 2026-06-04 | T-1 | prevent | in progress | |\n"
    drawn = an_archive({"2026-03-14-pool.md": a_file(actions=rows)}, WITH_TRACKER)
    tickets = Tickets("tickets.json", {"Board": TrackerSnapshot("Board", ASKED, "", STATES)})
    html = board(dataclasses.replace(drawn, tickets=tickets))
    told = words(html.partition('id="tickets"')[2].partition("</section>")[0])
    assert told.replace("in progress here", "").count("in progress") == 1
    assert "in progress" in words(html.partition('id="soon"')[2].partition("</section>")[0])


def test_the_home_page_and_those_of_services_say_it_at_the_action(archive: Archive) -> None:
    """Their short lists of open actions, too."""
    pages = {page.address: page.made().html for page in facet_pages(archive, FOLDER, DAY, TEMPLATES)}
    service = next(
        html for address, html in pages.items() if "/services/" in address and DRIFTS[0] in words(html)
    )
    for html in (home_page(archive, FOLDER, DAY, TEMPLATES).html, service):
        assert DRIFTS[0] in words(html) and is_inert(html)


def test_a_tracker_that_could_not_be_asked_is_named(archive: Archive) -> None:
    """What was known of it is told as of its day, and where nothing is known that is said."""
    for as_of, since in ((ASKED, "since 30 May 2026"), (None, "yet")):
        snapshot = TrackerSnapshot("Board", as_of, "no answer in 30 s", {})
        text = words(board(dataclasses.replace(archive, tickets=Tickets("t.json", {"Board": snapshot}))))
        assert f"Board could not be asked {since} : no answer in 30 s".replace(" :", ":") in text.replace(
            " :", ":"
        )
        assert "No ticket contradicts its action." in text
    assert "Asked nobody yet." in text


def listed(archive: Archive) -> dict[str, str]:
    """Make the first page of each list, by what its address ends with."""
    promises = Promises.of(archive, FOLDER, DAY)
    pages = action_list_pages(promises, ListIndex.of(promises, bundles(archive.records)), TEMPLATES)
    return {page.address.rstrip("/").rpartition("/")[2]: page.made().html for page in pages}


def test_lists_say_it_and_filter_by_it(archive: Archive) -> None:
    """In the row and in the filter's file alike; without a ticket that tells otherwise there is nothing to choose."""
    pages = listed(archive)
    assert DRIFTS[0] in words(pages["open"]) and DRIFTS[1] in words(pages["done"])
    assert 'option value="otherwise"' in pages["open"] and all(map(is_inert, pages.values()))
    rows = json.loads(rows_file(Promises.of(archive, FOLDER, DAY)).content)["rows"]
    assert {row[1]: row[14:] for row in rows} == {
        "A1": [[DRIFTS[0]]],
        "A2": [],
        "A3": [[DRIFTS[1]]],
        "A4": [],
    }
    assert "otherwise" not in listed(dataclasses.replace(archive, tickets=Tickets()))["open"]


def test_the_dashboard_leads_to_all_of_them() -> None:
    """Where more tell otherwise than it lists, the way to them stands below, with the filter in the address."""
    count = MOST_LISTED + 1
    rows = "".join(f"| A{n} | Do it | Ada | 2026-07-01 | T-{n} | prevent | open | |\n" for n in range(count))
    states = {f"t-{n}": TicketState(f"T-{n}", Status.DONE) for n in range(count)}
    drawn = an_archive({"2026-03-14-pool.md": a_file(actions=rows)}, WITH_TRACKER)
    tickets = Tickets("tickets.json", {"Board": TrackerSnapshot("Board", ASKED, "", states)})
    html = board(dataclasses.replace(drawn, tickets=tickets))
    assert f'<a href="open/?state=all&amp;ticket=otherwise">All {count}</a>' in html


def test_an_owner_sees_it_at_the_action(archive: Archive) -> None:
    """On the page of the one whose action it is."""
    pages = {
        page.title: page.made().html for page in holder_pages(Promises.of(archive, FOLDER, DAY), TEMPLATES)
    }
    assert DRIFTS[0] in words(pages["Ada"])
    assert "in Board" not in words(pages["Bob"])


def test_programs_are_told_what_and_as_of_when(archive: Archive) -> None:
    """The CSV and the JSON of the dashboard; what was not asked is empty."""
    rows = list(csv.DictReader(io.StringIO(actions_csv(archive, DAY).decode("utf-8-sig"))))
    by_id = {row["id"]: row for row in rows}
    names = ("ticket_status", "ticket_state", "ticket_owner", "ticket_due", "ticket_as_of", "drift")
    assert [by_id["A1"][name] for name in names] == ["done", "Shipped <b>", "Ada", "", "2026-05-30", "closed there"]  # fmt: skip
    assert [by_id["A4"][name] for name in names] == ["", "", "", "", "2026-05-30", "unasked"]
    told = {each["id"]: each for each in json.loads(actions_json(archive, DAY))["actions"]}
    assert (told["A2"]["ticket_status"], told["A2"]["drift"]) == ("in review", [])
    unasked = dataclasses.replace(archive, tickets=Tickets())
    assert {each["drift"] for each in json.loads(actions_json(unasked, DAY))["actions"]} == {None}


def test_a_terminal_says_it_below_the_action(archive: Archive) -> None:
    """In the narrow form, too."""
    for width in (100, 50):
        lines = actions_text(archive.records[0], archive, DAY, Terminal(width), 2)
        text = " ".join(" ".join(lines).replace("\u00a0", " ").split())
        assert DRIFTS[0] in text and DRIFTS[1] in text
