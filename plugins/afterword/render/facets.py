"""Pages that divide the archive: by service, severity, failure class, kind and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.address import (
    actions_address,
    facet_address,
    relative,
    search_address,
    team_address,
)
from afterword.derive.calendar import record_day
from afterword.derive.catalogue import Facet, FacetEntry, broader_classes, facets
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.badges import tone
from afterword.render.bars import Bar, bar_length, severity_bars, year_bars
from afterword.render.cards import FacetLink, record_card
from afterword.render.crumbs import crumbs
from afterword.render.page import SitePage, TocEntry
from afterword.render.promises import Promises, reading_day
from afterword.render.search import FILTERS

YEARS = "years"
MOST_ON_ONE_PAGE = 1000
"""Beyond this many records the page of all years leads to a page per year instead of listing them itself."""

MOST_ACTIONS = 40
"""Beyond this many open actions the page of an entry leads to the list of them."""

MOST_CARDS = 60
"""Beyond this many records the page of an entry lists them line by line instead of as cards."""

INTRODUCTIONS: Mapping[str, str] = {
    "services": "Every service of the catalogue with the incidents it took part in.",
    "severities": "The archive from the worst incidents to those that nearly happened.",
    "classes": "What kind of weakness came to light. A broader class holds the records of the narrower ones, too.",
    "kinds": "What sort of event each record tells of.",
    "years": "Every record, by the year in which the incident started.",
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry on the overview of its facet; `latest` is the day of its newest record."""

    label: str
    href: str
    records: int
    bar: Bar
    open_actions: int
    overdue: int
    latest: dt.date | None
    team: str
    unknown: bool


def facet_pages(
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    promises: Promises | None = None,
) -> tuple[SitePage, ...]:
    """Make the overview of each facet and a page for each of its entries, also for those without records; `promises` are collected here where they are not given."""
    promises = promises or Promises.of(archive, folder, as_of)
    made: list[SitePage] = []
    for facet in facets(archive, promises.views):
        made.append(_overview(facet, archive, folder, templates))
        made += [_entry_page(facet, entry, promises, templates) for entry in facet.entries]
    return tuple(made)


def _overview(facet: Facet, archive: Archive, folder: ArchiveFolder, templates: Environment) -> SitePage:
    here = facet_address(folder, facet.id)
    lines = [_line(entry, facet, folder, here, archive.settings) for entry in facet.entries]
    total = len(archive.records)
    years = facet.entries if facet.id == YEARS and total <= MOST_ON_ONE_PAGE else ()
    html = templates.get_template("years.html" if facet.id == YEARS else "facet.html").render(
        facet=facet,
        introduction=INTRODUCTIONS[facet.id],
        crumbs=crumbs(folder, here, here=facet.label),
        lines=[line for line in lines if line.records],
        without=[line for line in lines if not line.records],
        total=total,
        years=[
            (entry.entry.label, [record_card(record, archive.settings, here) for record in entry.records])
            for entry in years
        ],
    )
    return SitePage(
        here,
        facet.label,
        html,
        YEARS if facet.id == YEARS else "facet",
        tuple(TocEntry(f"y{entry.id}", entry.entry.label) for entry in years),
        INTRODUCTIONS[facet.id],
        nav_title=facet.label,
    )


def _line(entry: FacetEntry, facet: Facet, folder: ArchiveFolder, here: str, settings: Settings) -> EntryLine:
    count = len(entry.records)
    longest = max(len(each.records) for each in facet.entries)
    return EntryLine(
        entry.entry.label,
        relative(here, facet_address(folder, facet.id, entry.id)),
        count,
        Bar(entry.entry.label, count, bar_length(count, longest), tone=_tone(facet, entry)),
        len(entry.open_actions),
        entry.overdue,
        record_day(entry.records[0]) if entry.records else None,
        _team(entry.entry.team, settings),
        entry.unknown,
    )


def _entry_page(
    facet: Facet,
    entry: FacetEntry,
    promises: Promises,
    templates: Environment,
) -> SitePage:
    folder, as_of, settings = promises.folder, promises.as_of, promises.archive.settings
    here = facet_address(folder, facet.id, entry.id)
    label = entry.entry.label
    broader, narrower = _related(facet, entry, settings, folder, here)
    filtered = FILTERS.get(facet.id)
    query = urlencode({filtered: entry.id}) if filtered else ""
    html = templates.get_template("entry.html").render(
        facet=facet,
        entry=entry,
        label=label,
        tone=_tone(facet, entry),
        as_of=as_of,
        crumbs=crumbs(folder, here, (facet.label, facet_address(folder, facet.id)), here=label),
        team=_team(entry.entry.team, settings),
        team_href=_team_href(entry.entry.team, promises, here),
        broader=broader,
        narrower=narrower,
        latest=record_day(entry.records[0]) if entry.records else None,
        open_count=len(entry.open_actions),
        severities=severity_bars(entry.by_severity, folder, here) if facet.id != "severities" else (),
        years=year_bars(entry.by_year, folder, here) if facet.id != YEARS else (),
        actions=promises.rows(entry.open_actions[:MOST_ACTIONS], here),
        more_actions=max(len(entry.open_actions) - MOST_ACTIONS, 0),
        reading_on=reading_day(promises.archive, entry.open_actions, as_of),
        actions_href=relative(here, actions_address(folder, "open"))
        + (f"?{query}" if facet.id == "services" else ""),
        search_href=relative(here, search_address(folder)) + (f"?{query}" if query else ""),
        overview_href=relative(here, facet_address(folder, facet.id)),
        cards=[record_card(record, settings, here) for record in entry.records],
        compact=len(entry.records) > MOST_CARDS,
    )
    toc = [TocEntry("records", "Records")] if entry.records else []
    if entry.open_actions:
        toc.insert(0, TocEntry("open-actions", "Open actions"))
    title = label if facet.id != YEARS else f"Post-mortems of {label}"
    return SitePage(
        here, title, html, "entry", tuple(toc), f"{facet.singular} {label}: post-mortems and open actions"
    )


def _related(
    facet: Facet, entry: FacetEntry, settings: Settings, folder: ArchiveFolder, here: str
) -> tuple[tuple[FacetLink, ...], tuple[FacetLink, ...]]:
    """Give the broader classes of a failure class and those filed under it."""
    if facet.id != "classes":
        return (), ()
    wider = broader_classes(settings)
    return (
        tuple(_link(one, facet, folder, here) for one in wider.get(entry.id, ())),
        tuple(_link(one, facet, folder, here) for one, above in wider.items() if entry.id in above),
    )


def _link(entry_id: str, facet: Facet, folder: ArchiveFolder, here: str) -> FacetLink:
    found = facet.entry(entry_id)
    label = found.entry.label if found else entry_id
    return FacetLink(label, relative(here, facet_address(folder, facet.id, entry_id)))


def _tone(facet: Facet, entry: FacetEntry) -> str:
    return tone(entry.entry) if facet.id == "severities" else ""


def _team_href(name_or_id: str, promises: Promises, here: str) -> str | None:
    team = promises.holders.team_of_id(name_or_id, promises.archive.settings) if name_or_id else None
    return relative(here, team_address(promises.folder, team.slug)) if team else None


def _team(name_or_id: str, settings: Settings) -> str:
    return next((team.name for team in settings.teams if team.id == name_or_id), name_or_id)
