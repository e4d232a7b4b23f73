"""The pages of those who hold promises: owners and teams, each with the list of its actions, and the overviews that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.catalogue.index import RecordIndex, newest_first
from afterword.derive.places.address import (
    actions_address,
    facet_address,
    owner_address,
    owners_address,
    relative,
    search_address,
    team_address,
    teams_address,
)
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.holders import Owner, Team
from afterword.derive.promises.review_board import ReviewBoard, review_board
from afterword.model.action import Status
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Entry
from afterword.render.actions.action_lines import OwnerLink, owner_link
from afterword.render.actions.action_lists import TITLE as ACTIONS
from afterword.render.actions.action_rows import ActionRow, texts_of
from afterword.render.actions.promises import Promises, reading_day
from afterword.render.page.cards import FacetLink, record_card
from afterword.render.page.crumbs import crumbs
from afterword.render.page.pager import ListPart, fitting, numbered, parts
from afterword.render.page.planned import UNKEYED, ListedPage, ListPage, PageKeys
from afterword.render.page.site_page import SitePage

OWNERS = "Owners"
TEAMS = "Teams"
ROWS = 60
"""Open actions on one page, fewer where they say much (`TEXT_OF_ROW`)."""

MOST_CLOSED = 30
MOST_ELSEWHERE = 30
MOST_INCIDENTS = 8
"""Incidents that the page of a team names; the others are found by its services."""

LATELY = 30
"""Days in which a closing is told on the page of an owner or a team."""

MOST_OWNERS = 400
MOST_TEAMS = 200
"""Owners, and teams, on one page of their overviews."""

MOST_MEMBERS = 80
"""Owners that the page of a team names; the list of all owners says who is in which team."""

MOST_SERVICES = 80
"""Services that the page of a team names, those with most records where it has more."""

MOST_NAMES = 24
"""Services that the overview names of a team."""
CSV_NAME = "actions.csv"


@dataclass(frozen=True, slots=True)
class Held:
    """The open actions on one page, overdue, due soon and the rest of them."""

    overdue: tuple[ActionRow, ...]
    soon: tuple[ActionRow, ...]
    later: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team on the overview, with what it owes."""

    name: str
    href: str
    services: str
    overdue: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class TookPart:
    """The incidents of a team's services, the newest first, and how many each of them took part in, by its id."""

    counts: Mapping[str, int]
    incidents: tuple[Postmortem, ...]


def holder_pages(
    promises: Promises, templates: Environment, keys: PageKeys = UNKEYED, index: RecordIndex | None = None
) -> Iterator[ListPage]:
    """Make the overviews of owners and of teams, and plan the pages of each of them; `index` is that of the archive."""
    yield from _owners_pages(promises, templates)
    for owner in promises.holders.owners:
        yield from _owner_pages(owner, promises, templates, keys)
    yield from _teams_pages(promises, templates)
    index = index or RecordIndex.of(promises.archive)
    for team in promises.holders.teams:
        yield from _team_pages(team, index, promises, templates, keys)


def _owners_pages(promises: Promises, templates: Environment) -> Iterator[SitePage]:
    """Make the list of owners: their names, and nothing that would compare them."""
    folder = promises.folder
    for part in parts(owners_address(folder), promises.holders.owners, MOST_OWNERS):
        here = part.address
        html = templates.get_template("owners.html").render(
            title=OWNERS,
            crumbs=crumbs(folder, here, (ACTIONS, actions_address(folder)), here=OWNERS),
            lines=[(owner_link(owner, promises, here), owner.team) for owner in part.rows],
            pager=part.pager,
            teams_href=relative(here, teams_address(folder)),
        )
        yield SitePage(
            here,
            numbered(OWNERS, part.pager.number),
            html,
            "owners",
            description="Everyone who owns an action item",
            nav_title=OWNERS if part.pager.number == 1 else None,
        )


def _owner_pages(
    owner: Owner, promises: Promises, templates: Environment, keys: PageKeys
) -> Iterator[ListedPage]:
    board = review_board(owner.views, promises.as_of, lately=LATELY)
    # Which actions stand on a page, and what is counted above them, depends on all of them.
    key = keys.of(owner.slug, (view.record for view in owner.views))
    shared = _shared(owner.views, board, promises)
    for part in parts(owner_address(promises.folder, owner.slug), board.unfinished, ROWS, texts_of):
        make = partial(_owner_page, owner, part, board, shared, promises, templates)
        title = numbered(owner.name, part.pager.number)
        yield ListedPage(part.address, title, "owner", keys.of(part.address, (), key), make)


def _owner_page(
    owner: Owner,
    part: ListPart[ActionView],
    board: ReviewBoard,
    shared: Mapping[str, object],
    promises: Promises,
    templates: Environment,
) -> SitePage:
    folder, as_of, here = promises.folder, promises.as_of, part.address
    team = promises.holders.team(owner.team)
    html = templates.get_template("owner.html").render(
        title=owner.name,
        crumbs=crumbs(
            folder,
            here,
            (ACTIONS, actions_address(folder)),
            (OWNERS, owners_address(folder)),
            here=owner.name,
        ),
        team=FacetLink(team.name, relative(here, team_address(folder, team.slug))) if team else None,
        left=owner.left if owner.left and owner.left <= as_of else None,
        done_href=_done(here, folder, "owner", owner.name),
        **shared,
        **_page(part, board, owner_address(folder, owner.slug), promises),
    )
    title = numbered(owner.name, part.pager.number)
    return SitePage(here, title, html, "owner", description=f"Action items of {owner.name}")


def _teams_pages(promises: Promises, templates: Environment) -> Iterator[SitePage]:
    """Make the list of teams with what each owes."""
    folder = promises.folder
    for part in parts(teams_address(folder), promises.holders.teams, MOST_TEAMS):
        here = part.address
        html = templates.get_template("teams.html").render(
            title=TEAMS,
            as_of=promises.as_of,
            crumbs=crumbs(folder, here, (ACTIONS, actions_address(folder)), here=TEAMS),
            lines=[_team_line(team, promises, here) for team in part.rows],
            pager=part.pager,
            owners_href=relative(here, owners_address(folder)),
        )
        yield SitePage(
            here,
            numbered(TEAMS, part.pager.number),
            html,
            "teams",
            description="What each team has promised",
            nav_title=TEAMS if part.pager.number == 1 else None,
        )


def _team_line(team: Team, promises: Promises, here: str) -> TeamLine:
    names = [entry.label for entry in team.services[:MOST_NAMES]]
    if len(team.services) > MOST_NAMES:
        names.append(f"{len(team.services) - MOST_NAMES:,} more")
    return TeamLine(
        team.name,
        relative(here, team_address(promises.folder, team.slug)),
        ", ".join(names),
        sum(view.overdue for view in team.views),
        sum(view.unfinished for view in team.views),
    )


def _team_pages(
    team: Team, index: RecordIndex, promises: Promises, templates: Environment, keys: PageKeys
) -> Iterator[ListedPage]:
    of_services = {entry.id: index.by_service.get(entry.id, ()) for entry in team.services}
    incidents = newest_first({each.id: each for found in of_services.values() for each in found}.values())
    took_part = TookPart({entry: len(found) for entry, found in of_services.items()}, tuple(incidents))
    board = review_board(team.views, promises.as_of, lately=LATELY)
    elsewhere = _elsewhere(team)
    key = keys.of(
        team.slug,
        (*(view.record for view in (*team.views, *elsewhere)), *incidents[:MOST_INCIDENTS]),
        took_part.counts,
        len(incidents),
        [(view.record.id, view.action.id) for view in elsewhere],
        len(team.elsewhere),
        [(member.slug, member.name, member.left) for member in team.members],
    )
    shared = _shared(team.views, board, promises)
    for part in parts(team_address(promises.folder, team.slug), board.unfinished, ROWS, texts_of):
        make = partial(_team_page, team, part, took_part, board, shared, promises, templates)
        title = numbered(team.name, part.pager.number)
        yield ListedPage(part.address, title, "team", keys.of(part.address, (), key), make)


def _team_page(
    team: Team,
    part: ListPart[ActionView],
    took_part: TookPart,
    board: ReviewBoard,
    shared: Mapping[str, object],
    promises: Promises,
    templates: Environment,
) -> SitePage:
    folder, settings, here = promises.folder, promises.archive.settings, part.address
    is_first = part.pager.number == 1
    services, counts, elsewhere = team.services, took_part.counts, _elsewhere(team)
    services_more = max(len(services) - MOST_SERVICES, 0)
    if services_more:
        services = tuple(sorted(services, key=lambda entry: -counts[entry.id])[:MOST_SERVICES])
    html = templates.get_template("team.html").render(
        title=team.name,
        crumbs=crumbs(
            folder,
            here,
            (ACTIONS, actions_address(folder)),
            (TEAMS, teams_address(folder)),
            here=team.name,
        ),
        services=[
            (
                FacetLink(entry.label, relative(here, facet_address(folder, "services", entry.id))),
                counts[entry.id],
            )
            for entry in services
        ],
        services_more=services_more,
        services_href=relative(here, facet_address(folder, "services")),
        incidents=[
            record_card(record, settings, here, brief=True)
            for record in took_part.incidents[: MOST_INCIDENTS if is_first else 0]
        ],
        incidents_count=len(took_part.incidents),
        incidents_href="" if services_more else _records_of(services, folder, here),
        members=_members(team, promises, here),
        members_more=max(len(team.members) - MOST_MEMBERS, 0),
        owners_href=relative(here, owners_address(folder)),
        elsewhere=promises.rows(elsewhere, here) if is_first else (),
        elsewhere_more=len(team.elsewhere) - len(elsewhere),
        done_href=_done(here, folder, "team", team.name),
        **shared,
        **_page(part, board, team_address(folder, team.slug), promises),
    )
    title = numbered(team.name, part.pager.number)
    return SitePage(here, title, html, "team", description=f"Action items of the team {team.name}")


def _elsewhere(team: Team) -> Sequence[ActionView]:
    return fitting(team.elsewhere, MOST_ELSEWHERE, texts_of)


def _closed(board: ReviewBoard) -> Sequence[ActionView]:
    return fitting(board.closed, MOST_CLOSED, texts_of)


def _records_of(services: Sequence[Entry], folder: ArchiveFolder, here: str) -> str:
    asked = urlencode([("service", entry.id) for entry in services])
    return f"{relative(here, search_address(folder))}?{asked}"


def _done(here: str, folder: ArchiveFolder, name: str, value: str) -> str:
    return relative(here, actions_address(folder, "done")) + "?" + urlencode({name: value})


def _members(team: Team, promises: Promises, here: str) -> tuple[OwnerLink, ...]:
    return tuple(owner_link(owner, promises, here) for owner in team.members[:MOST_MEMBERS])


def _shared(views: Sequence[ActionView], board: ReviewBoard, promises: Promises) -> dict[str, object]:
    """Give what the pages of one owner or team have in common."""
    return {
        "as_of": promises.as_of,
        "reading_on": reading_day(promises.archive, views, promises.as_of),
        "board": board,
        "open_count": len(board.unfinished),
        "closed_more": len(board.closed) - len(_closed(board)),
        "lately": LATELY,
        "done": sum(view.action.status is Status.DONE for view in views),
    }


def _page(part: ListPart[ActionView], board: ReviewBoard, base: str, promises: Promises) -> dict[str, object]:
    """Give what stands on one of them."""
    here = part.address
    on_page = review_board(part.rows, promises.as_of)
    return {
        "pager": part.pager,
        "held": Held(
            promises.rows(on_page.overdue, here),
            promises.rows(on_page.soon, here),
            promises.rows(on_page.later, here),
        ),
        "closed": promises.rows(_closed(board), here) if part.pager.number == 1 else (),
        "csv": relative(here, base + CSV_NAME),
    }
