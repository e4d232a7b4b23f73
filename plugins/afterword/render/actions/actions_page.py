"""The dashboard of action items: what a review looks at, what needs a decision first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.places.address import (
    actions_address,
    facet_address,
    health_address,
    owners_address,
    relative,
    team_address,
    teams_address,
)
from afterword.derive.promises.closing_times import ClosingTimes, by_category, by_priority
from afterword.derive.promises.completion import cancellation, completion_of
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.review_board import LATELY, SOON, STILL
from afterword.derive.timing.statistics import ENOUGH
from afterword.derive.words.labels import category_label, entry_for, service_ids, service_label
from afterword.render.actions.action_export import CSV_NAME, JSON_NAME
from afterword.render.actions.action_lines import bundle_line, owner_link, vanished_line
from afterword.render.actions.action_lists import OTHERWISE, TITLE, ListIndex
from afterword.render.actions.promises import Promises, reading_day
from afterword.render.figures.figure_rows import NOT_STATED, FigureRow
from afterword.render.page.cards import record_card
from afterword.render.page.crumbs import crumbs
from afterword.render.page.site_page import SitePage
from afterword.render.picture.completion_chart import completion_chart
from afterword.render.picture.figure_strip import DAY, Axis, axis_for, small_strip
from afterword.render.words.ticket_words import asked_trackers

MOST_OVERDUE = 20
MOST_SOON = 15
MOST_LISTED = 12
MOST_FEW = 8
MOST_IN_A_GROUP = 15
MOST_OWNERS = 80
MOST_RECORDS = 6
"""How much of each list stands on the dashboard; their own pages have all of it."""

RESERVE = 28
"""Days beyond those in which an action is due soon whose actions are kept on the page, so that they can be shown when it is read later."""


@dataclass(frozen=True, slots=True)
class Owing:
    """How much a team, a service, a category or a priority still owes; `href` leads to the actions."""

    label: str
    href: str
    overdue: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class OwingGroup:
    """What is owed by one way to divide it, priorities in their order and all else by what is overdue, the most first; `more` entries are left out, and `href` leads to all."""

    label: str
    lines: tuple[Owing, ...]
    more: int
    href: str | None


def actions_page(promises: Promises, index: ListIndex, templates: Environment) -> SitePage:
    """Make the dashboard, which leads to all lists of `index`.

    Scripts recompute what is overdue and due soon for the day of reading. All the rest is in the HTML, and keeps the day of which it is told.
    """
    archive, folder, as_of, board = promises.archive, promises.folder, promises.as_of, promises.board
    here = actions_address(folder)
    reserve = [
        view for view in board.later if view.action.due and (view.action.due - as_of).days <= SOON + RESERVE
    ]
    times = (("By category", by_category(archive)), ("By priority", by_priority(archive)))
    axis = axis_for((each.spread for _, lines in times for each in lines), DAY)
    html = templates.get_template("actions.html").render(
        title=TITLE,
        as_of=as_of,
        reading_on=reading_day(archive, promises.views, as_of),
        crumbs=crumbs(folder, here, here=TITLE),
        total=len(promises.views),
        board=board,
        absent=promises.absent,
        soon_days=SOON,
        still_days=STILL,
        lately_days=LATELY,
        overdue=promises.rows(board.overdue[:MOST_OVERDUE], here),
        soon=promises.rows(board.soon[:MOST_SOON], here),
        reserve=promises.rows(reserve[:MOST_SOON], here),
        still=promises.rows(board.still_in_time[:MOST_LISTED], here),
        closed=promises.rows(board.closed[:MOST_LISTED], here),
        vanished=[vanished_line(each, promises, here) for each in board.vanished[:MOST_FEW]],
        again=[bundle_line(each, promises, here, MOST_RECORDS) for each in index.again[:MOST_FEW]],
        again_total=len(index.again),
        completions=completion_of(promises.quarters, archive.settings),
        drifting=promises.rows(promises.drifting[:MOST_LISTED], here),
        drifting_total=len(promises.drifting),
        drifting_href=f"{relative(here, actions_address(folder, 'open'))}?{urlencode({'state': 'all', 'ticket': OTHERWISE})}",
        asked=asked_trackers(archive, as_of),
        unread=[record_card(each, archive.settings, here, brief=True) for each in promises.unread[:MOST_FEW]],
        unread_total=len(promises.unread),
        health_href=relative(here, health_address(folder)),
        cancellation=cancellation(archive, as_of),
        chart=completion_chart(promises.quarters),
        axis=axis,
        times=[(label, [_times_row(each, axis) for each in lines]) for label, lines in times if lines],
        enough=ENOUGH,
        owing=[group for group in _owing(promises, here) if group.lines],
        owners=[owner_link(owner, promises, here) for owner in promises.holders.owners[:MOST_OWNERS]],
        owner_total=len(promises.holders.owners),
        left=[
            owner_link(owner, promises, here)
            for owner in promises.holders.owners
            if owner.left and owner.left <= as_of and any(view.unfinished for view in owner.views)
        ],
        lists=index.links(folder, here),
        open_href=relative(here, actions_address(folder, "open")),
        owners_href=relative(here, owners_address(folder)),
        teams_href=relative(here, teams_address(folder)),
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "actions",
        # No table of contents: the lists need the room.
        description="What was promised after incidents: overdue, due soon, lying still, closed",
        nav_title=TITLE,
    )


def _times_row(times: ClosingTimes, axis: Axis) -> FigureRow:
    spread = times.spread
    return FigureRow(
        times.label or NOT_STATED,
        None,
        small_strip(spread, axis) if spread else None,
        spread.median if spread else None,
        spread.high if spread else None,
        spread.longest if spread else None,
        spread.count if spread else 0,
        times.lacking,
    )


def _owing(promises: Promises, here: str) -> tuple[OwingGroup, ...]:
    """Sum up what is owed. Owners are not counted: no figure is about one person."""
    settings, folder, holders = promises.archive.settings, promises.folder, promises.holders
    owed = promises.board.unfinished
    listed = relative(here, actions_address(folder, "open"))

    def team(label: str) -> tuple[str, str]:
        found = holders.team(label)
        address = team_address(folder, found.slug) if found else teams_address(folder)
        return label, relative(here, address)

    def service(one: str) -> tuple[str, str]:
        return service_label(settings, one), relative(here, facet_address(folder, "services", one))

    def category(one: str) -> tuple[str, str]:
        return category_label(settings, one), f"{listed}?{urlencode({'category': one})}"

    def priority(one: str) -> tuple[str, str]:
        return one, f"{listed}?{urlencode({'priority': one})}"

    def category_id(view: ActionView) -> str:
        return entry_for(settings.categories, view.action.category).id if view.action.category else ""

    divided = (
        ("By team", team, ((view, (view.team,)) for view in owed), relative(here, teams_address(folder))),
        (
            "By service",
            service,
            ((view, service_ids(view.record, settings)) for view in owed),
            relative(here, facet_address(folder, "services")),
        ),
        ("By category", category, ((view, (category_id(view),)) for view in owed), None),
        ("By priority", priority, ((view, (view.action.priority or "",)) for view in owed), None),
    )
    return tuple(
        # Priorities have an order of their own.
        _group(label, _counted(rows), named, way, by_name=named is priority)
        for label, named, rows, way in divided
    )


def _counted(rows: Iterable[tuple[ActionView, Iterable[str]]]) -> Mapping[str, tuple[int, int]]:
    """Count what is overdue and what is open under each value; what has none is counted nowhere."""
    overdue: Counter[str] = Counter()
    unfinished: Counter[str] = Counter()
    for view, values in rows:
        for value in filter(None, values):
            unfinished[value] += 1
            overdue[value] += view.overdue
    return {value: (overdue[value], count) for value, count in unfinished.items()}


def _group(
    label: str,
    counts: Mapping[str, tuple[int, int]],
    named: Callable[[str], tuple[str, str]],
    href: str | None,
    *,
    by_name: bool,
) -> OwingGroup:
    ordered = sorted(
        counts, key=lambda value: (0, 0, value) if by_name else (-counts[value][0], -counts[value][1], value)
    )
    lines = tuple(Owing(*named(value), *counts[value]) for value in ordered[:MOST_IN_A_GROUP])
    return OwingGroup(label, lines, max(len(ordered) - MOST_IN_A_GROUP, 0), href)
