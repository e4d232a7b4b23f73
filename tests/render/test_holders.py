"""The pages of owners and teams."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from afterword.model.archive import Archive
from afterword.model.settings import Entry, RosterEntry
from afterword.render.actions.action_export import action_files
from afterword.render.actions.holders import holder_pages
from afterword.render.actions.promises import Promises
from afterword.render.page.environment import environment
from afterword.render.page.site_page import SitePage
from tests.render.drawn_archives import DAY, FOLDER, SETTINGS, a_file, an_archive, links, words

TEMPLATES = environment()
ACTIONS = """| A1 | Mend the pool | @ada | 2026-05-01 | | prevent | open | |
| A2 | Page someone | Ada Example | 2026-06-03 | | detect | in review | |
| A3 | Think again | Ada Example | 2026-09-01 | | process | open | |
| A4 | Written down | ada (core) | 2026-05-25 | | process | done 2026-05-20 | |
| A5 | Long done | Ada Example | 2026-04-01 | | process | done 2026-03-30 | |
| A6 | Look at it | Ben Example | 2026-05-01 | | detect | open | |
"""
PEOPLE = (
    RosterEntry("Ada Example", id="ada", team="core"),
    RosterEntry("Ben Example", team="post", left=dt.date(2026, 4, 30)),
)


@pytest.fixture
def archive() -> Archive:
    """Draw two owners of two teams, one of whom has left."""
    teams = (*SETTINGS.teams, RosterEntry("Post", id="post"))
    services = (*SETTINGS.services, Entry("letters", "Letters", team="post"))
    settings = dataclasses.replace(SETTINGS, people=PEOPLE, teams=teams, services=services)
    return an_archive({"2026-03-14-pool.md": a_file(actions=ACTIONS)}, settings)


def pages(archive: Archive) -> dict[str, SitePage]:
    """Make the pages, by address."""
    made = holder_pages(Promises.of(archive, FOLDER, DAY), TEMPLATES)
    return {page.address.removeprefix("postmortems/"): page.made() for page in made}


def test_an_owner_has_overdue_then_soon_then_the_rest(archive: Archive) -> None:
    """All ways of writing a name are one page; what was closed within thirty days stands below, older closings only in their list."""
    text = words(pages(archive)["owners/ada/"].html)
    order = [
        "Overdue 1",
        "31 days over",
        "Mend the pool",
        "Due within 7 days 1",
        "in 2 days",
        "Page someone",
        "Later 1",
        "Think again",
        "Closed lately",
        "Written down",
    ]
    assert sorted(order, key=text.index) == order
    assert "Long done" not in text and "Look at it" not in text


def test_an_owner_who_left_still_holds(archive: Archive) -> None:
    """The page says when they left and how much needs another owner; the list of owners says it without a number."""
    made = pages(archive)
    assert (
        "Ben Example left on 30 Apr 2026 ; 1 open action still stands in this name and needs another owner."
        in words(made["owners/ben-example/"].html)
    )
    assert words(made["owners/"].html).endswith(
        "Ada Example · Core services Ben Example · Post, left 30 Apr 2026"
    )


def test_a_team_leads_to_its_services_and_people(archive: Archive) -> None:
    """A team has its own actions, the people who own them without a number, and apart what others owe on its services."""
    html = pages(archive)["teams/core/"].html
    assert {"../../services/api/", "../../owners/ada/"} <= set(links(html))
    text = words(html)
    assert (
        text.index("Mend the pool") < text.index("On its services, owed by others") < text.index("Look at it")
    )
    assert "1 open, 1 overdue" in words(pages(archive)["teams/"].html)
    assert "Nothing is open." in words(pages(an_archive({}))["teams/core/"].html)


def test_each_owner_and_team_has_a_file(archive: Archive) -> None:
    """The CSV beside a page holds the actions of its owner or team, closed ones too."""
    files = {each.address: each.content for each in action_files(Promises.of(archive, FOLDER, DAY))}
    assert files["postmortems/owners/ada/actions.csv"].count(b"\n") == 6
    assert b"Look at it" in files["postmortems/teams/post/actions.csv"]


def test_much_that_is_open_goes_on_over_pages() -> None:
    """Sixty open actions a page; the file is the same from each of them, and the title names the page."""
    rows = "".join(f"| A{n} | Mend {n} | Ada | 2026-05-01 | | prevent | open | |\n" for n in range(1, 90))
    made = pages(an_archive({"2026-03-14-pool.md": a_file(actions=rows)}))
    assert "../actions.csv" in links(made["owners/ada/2/"].html)
    titles = [made[f"{each}/"].title for each in ("owners/ada", "owners/ada/2", "teams/core/2")]
    assert titles == ["Ada", "Ada, page 2", "Core services, page 2"]
    assert made["owners/ada/2/"].html.count("aw-todo__line") == 29


def test_a_team_of_many_names_some_of_its_owners() -> None:
    """Beyond eighty owners the page of a team leads to the list of all."""
    people = tuple(RosterEntry(f"Member {number:03}", team="core") for number in range(90))
    actions = "".join(
        f"| A{number} | Mend it | {each.name} | 2026-09-01 | | prevent | open | |\n"
        for number, each in enumerate(people, start=1)
    )
    settings = dataclasses.replace(SETTINGS, people=people)
    html = pages(an_archive({"2026-03-14-pool.md": a_file(actions=actions)}, settings))["teams/core/"].html
    assert "10 more" in words(html)
    assert len({link for link in links(html) if "/owners/member-" in link and link.endswith("/")}) >= 80
    assert "../../owners/" in links(html)


def test_a_team_of_many_services_names_those_with_most_records() -> None:
    """The others are a number, on its page and among all teams; no address is as long as all of them."""
    services = tuple(Entry(f"s{number:03}", f"S {number:03}", team="core") for number in range(100))
    settings = dataclasses.replace(SETTINGS, services=services)
    files = {
        f"2026-03-{day}-a.md": a_file(date=f"2026-03-{day}", services="s099, s098") for day in range(10, 20)
    }
    made = pages(an_archive(files, settings))
    html = made["teams/core/"].html
    assert html.index("S 098") < html.index("S 000") and "S 097" not in html
    assert "20 more" in words(html) and "10 records in all" in words(html)
    assert "S 023, 76 more" in words(made["teams/"].html)


def test_teams_go_on_over_pages() -> None:
    """Two hundred stand on one."""
    teams = tuple(RosterEntry(f"Team {number:03}", id=f"t{number:03}") for number in range(210))
    made = pages(an_archive({"2026-03-14-pool.md": a_file()}, dataclasses.replace(SETTINGS, teams=teams)))
    first, second = made["teams/"], made["teams/2/"]
    assert "t198/" in links(first.html) and "2/" in links(first.html)
    assert "../t209/" in links(second.html) and second.nav_title is None
    assert (first.title, second.title) == ("Teams", "Teams, page 2")
