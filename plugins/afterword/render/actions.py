"""The dashboard of action items: everything that was promised, what is late first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.address import actions_address, health_address, relative
from afterword.derive.completion import completion
from afterword.derive.follow_through import action_views
from afterword.derive.labels import service_label
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.action_export import CSV_NAME, JSON_NAME
from afterword.render.action_rows import RETOLD, ActionRow, action_rows
from afterword.render.crumbs import crumbs
from afterword.render.filters import Filter, choices
from afterword.render.page import SitePage

TITLE = "Action items"
GROUPS: Mapping[str, str] = {
    "overdue": "Overdue",
    "open": "Open",
    "candidate": "Candidates, not promised",
    "done": "Done",
    "cancelled": "Cancelled",
    RETOLD: "From retold incidents, owed by nobody here",
}
STATES = ("overdue", "open", "in progress", "in review", "candidate", "done", "cancelled", RETOLD)


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one group of states, in the order of the dashboard."""

    id: str
    label: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """How much a team, a service or a category still owes; `href` shows it on this page."""

    label: str
    href: str
    overdue: int
    unfinished: int


def actions_page(archive: Archive, folder: ArchiveFolder, as_of: dt.date, templates: Environment) -> SitePage:
    """Make the dashboard; all of it is in the HTML, scripts only filter, sort and recompute what is overdue on the day of reading."""
    here = actions_address(folder)
    settings = archive.settings
    rows = action_rows(action_views(archive, as_of), archive, here)
    groups = [
        Group(group, label, tuple(row for row in rows if row.group == group))
        for group, label in GROUPS.items()
    ]
    html = templates.get_template("actions.html").render(
        title=TITLE,
        as_of=as_of,
        zone=settings.timezone or "UTC",
        crumbs=crumbs(folder, here, here=TITLE),
        groups=groups,
        counts={group.id: len(group.rows) for group in groups},
        total=len(rows),
        completions=completion(archive, as_of),
        health_href=relative(here, health_address(folder)),
        states=STATES,
        filters=_filters(rows, settings),
        owing=_owing_by(rows, settings),
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "actions",
        # No table of contents: the table needs the room.
        description="Every action item, overdue and open ones first",
        nav_title=TITLE,
    )


def _filters(rows: Iterable[ActionRow], settings: Settings) -> tuple[Filter, ...]:
    """Offer what occurs; a filter's name is that of the rows' attribute, and stands in the address."""
    owners: dict[str, str] = {}
    teams: dict[str, str] = {}
    services: dict[str, str] = {}
    categories: dict[str, str] = {}
    for row in rows:
        owners[row.owner] = row.owner
        teams[row.team] = row.team
        services |= {one: service_label(settings, one) for one in row.services}
        categories[row.category_id] = row.category
    return (
        Filter("owner", "Owner", choices(owners)),
        Filter("team", "Team", choices(teams)),
        Filter("service", "Service", choices(services)),
        Filter("category", "Category", choices(categories)),
    )


def _owing_by(rows: Iterable[ActionRow], settings: Settings) -> tuple[tuple[str, tuple[Owing, ...]], ...]:
    """Sum up what is owed. Owners are not counted: no figure is about one person."""
    owed = [row for row in rows if row.unfinished]
    services = {one: service_label(settings, one) for row in owed for one in row.services}
    categories = {row.category_id: row.category for row in owed}
    return (
        ("By team", _owing("team", ((row, (row.team,)) for row in owed), {})),
        ("By service", _owing("service", ((row, row.services) for row in owed), services)),
        ("By category", _owing("category", ((row, (row.category_id,)) for row in owed), categories)),
    )


def _owing(
    name: str, rows: Iterable[tuple[ActionRow, Iterable[str]]], labels: Mapping[str, str]
) -> tuple[Owing, ...]:
    """Count what is owed under each value of a filter, most overdue first."""
    overdue: Counter[str] = Counter()
    unfinished: Counter[str] = Counter()
    for row, values in rows:
        for value in values:
            unfinished[value] += 1
            overdue[value] += row.group == "overdue"
    ordered = sorted(unfinished, key=lambda value: (-overdue[value], -unfinished[value], value))
    return tuple(
        Owing(
            labels.get(value, value),
            "?" + urlencode({name: value, "state": "unfinished"}) + "#list",
            overdue[value],
            unfinished[value],
        )
        for value in ordered
        if value
    )
