"""The pages of one value of a facet: a service, a severity, a failure class, a kind, a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.again.recurrence import RecurrenceRate
from afterword.derive.catalogue.catalogue import Facet, FacetEntry, FacetPair, broader_classes
from afterword.derive.figures.figure_groups import DividedFigure
from afterword.derive.places.address import (
    actions_address,
    facet_address,
    figures_address,
    pair_address,
    relative,
    search_address,
    team_address,
)
from afterword.derive.timing.calendar import record_day
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.actions.action_rows import texts_of
from afterword.render.actions.promises import Promises, reading_day
from afterword.render.lists.record_lists import RecordList, record_list, record_parts, summaries_of
from afterword.render.page.badges import tone
from afterword.render.page.bars import Bar, bar_length, severity_bars, year_bars
from afterword.render.page.cards import FacetLink
from afterword.render.page.crumbs import Within, crumbs
from afterword.render.page.known_here import Reader, known_here, took
from afterword.render.page.links import Links, Targets
from afterword.render.page.pager import ListPart, fitting, numbered
from afterword.render.page.planned import ListedPage, PageKeys
from afterword.render.page.site_page import SitePage, TocEntry

YEARS = "years"

MOST_ACTIONS = 40
"""Beyond this many open actions the page of an entry leads to the list of them."""

OWED_OF_SERVICE = 8
"""The same for a service, whose others a filter of that list shows: its incidents matter to whoever is on call, and come before a long list."""

LATEST = 5
"""Records that a long list is preceded by, where they are seen at once."""

MOST_PAIRED = 12
"""Beyond this many classes of a service, or services of a class, a page leads to the most frequent ones alone."""

NAMES: Mapping[str, str] = {
    "services": "service",
    "severities": "severity",
    "classes": "class",
    "kinds": "kind",
    "years": "year",
}
"""The name of each facet in the address of the search page."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What pages of entries take from the rest of the archive: pairs, figures divided by service, recurrence by class, and the ordinary pages' addresses.

    `targets` is what records can link to, and `places` the hash of where all of that lies.
    """

    together: Sequence[FacetPair] = ()
    figures: Mapping[str, DividedFigure] = field(default_factory=dict)
    recurrence: Mapping[str, RecurrenceRate] = field(default_factory=dict)
    page_addresses: Mapping[str, str] = field(default_factory=dict)
    targets: Targets | None = None
    places: str = ""
    reader: Reader = field(default_factory=Reader)

    def told_of(self, facet: Facet, entry: FacetEntry) -> tuple[object, ...]:
        """Give what the first page of an entry tells that its records alone do not."""
        if facet.id == "services":
            return (self.places, *took(entry.id, self.figures, str))
        return (self.recurrence.get(entry.id),) if facet.id == "classes" else ()


def entry_pages(
    facet: Facet,
    entry: FacetEntry,
    beside: Beside,
    promises: Promises,
    templates: Environment,
    keys: PageKeys,
) -> Iterator[ListedPage]:
    """Plan the first page, with all that is known of the value, and those on which the list of its records goes on."""
    address = facet_address(promises.folder, facet.id, entry.id)
    for part in record_parts(address, entry.records, promises.archive.settings):
        is_first = part.pager.number == 1
        key = (
            keys.of(part.address, entry.records, *beside.told_of(facet, entry))
            if is_first
            else keys.of(part.address, part.rows, len(entry.records), part.pager.of)
        )
        make = _first_page if is_first else _further_page
        yield ListedPage(
            part.address,
            numbered(_title(facet, entry), part.pager.number),
            "entry",
            key,
            partial(make, facet, entry, part, beside, promises, templates),
            summaries_of(part.rows, len(entry.records)),
        )


def _title(facet: Facet, entry: FacetEntry) -> str:
    label = entry.entry.label
    return label if facet.id != YEARS else f"Post-mortems of {label}"


def _page(
    facet: Facet, entry: FacetEntry, part: ListPart[Postmortem], html: str, toc: tuple[TocEntry, ...] = ()
) -> SitePage:
    return SitePage(
        part.address,
        numbered(_title(facet, entry), part.pager.number),
        html,
        "entry",
        toc,
        f"{facet.singular} {entry.entry.label}: post-mortems and open actions",
    )


def _listed(facet: Facet, entry: FacetEntry, part: ListPart[Postmortem], promises: Promises) -> RecordList:
    asked = {NAMES[facet.id]: entry.id}
    return record_list(part, len(entry.records), asked, promises.folder, promises.archive.settings)


def _further_page(
    facet: Facet,
    entry: FacetEntry,
    part: ListPart[Postmortem],
    beside: Beside,
    promises: Promises,
    templates: Environment,
) -> SitePage:
    folder = promises.folder
    html = templates.get_template("records.html").render(
        title=_title(facet, entry),
        listed=_listed(facet, entry, part, promises),
        other=None,
        crumbs=crumbs(
            folder,
            part.address,
            (facet.label, facet_address(folder, facet.id)),
            (entry.entry.label, facet_address(folder, facet.id, entry.id)),
            here=f"Page {part.pager.number}",
        ),
    )
    return _page(facet, entry, part, html)


def _first_page(
    facet: Facet,
    entry: FacetEntry,
    part: ListPart[Postmortem],
    beside: Beside,
    promises: Promises,
    templates: Environment,
) -> SitePage:
    folder, as_of, settings = promises.folder, promises.as_of, promises.archive.settings
    here = part.address
    listed = _listed(facet, entry, part, promises)
    broader, narrower = _related(facet, entry, settings, folder, here)
    query = urlencode({"service": entry.id})
    most = OWED_OF_SERVICE if facet.id == "services" else MOST_ACTIONS
    owed = fitting(entry.open_actions, most, texts_of)
    known = None
    if facet.id == "services":
        links = Links(promises.archive, None, here, beside.page_addresses, beside.targets)
        known = known_here(
            entry.records,
            entry.id,
            beside.figures,
            beside.reader,
            links,
            lambda name: relative(here, figures_address(folder, name)) + "#by-service",
        )
    lately = listed.cards[:LATEST] if listed.compact and (known or entry.open_actions) else ()
    html = templates.get_template("entry.html").render(
        facet=facet,
        entry=entry,
        label=entry.entry.label,
        tone=entry_tone(facet, entry),
        as_of=as_of,
        crumbs=crumbs(
            folder,
            here,
            (facet.label, facet_address(folder, facet.id)),
            here=entry.entry.label,
            within=Within(NAMES[facet.id], entry.id, entry.entry.label),
        ),
        team=team_name(entry.entry.team, settings),
        team_href=_team_href(entry.entry.team, promises, here),
        broader=broader,
        narrower=narrower,
        latest=record_day(entry.records[0]) if entry.records else None,
        open_count=len(entry.open_actions),
        severities=severity_bars(entry.by_severity, folder, here) if facet.id != "severities" else (),
        years=year_bars(entry.by_year, folder, here) if facet.id != YEARS else (),
        lately=lately,
        paired=_paired(facet, entry, beside.together, folder, here),
        recurrence=beside.recurrence.get(entry.id) if facet.id == "classes" else None,
        known=known,
        actions=promises.rows(owed, here),
        more_actions=len(entry.open_actions) - len(owed),
        reading_on=reading_day(promises.archive, entry.open_actions, as_of),
        actions_href=relative(here, actions_address(folder, "open"))
        + (f"?{query}" if facet.id == "services" else ""),
        overview_href=relative(here, facet_address(folder, facet.id)),
        listed=listed,
    )
    toc = (
        ("came-back", "What came back", known and known.came_back),
        ("latest", "Latest incidents", lately),
        ("open-actions", "Open actions", entry.open_actions),
        ("runbooks", "Runbooks", known and known.runbooks),
        ("helped", "What went well here", known and known.helped),
        ("records", "Records", entry.records),
    )
    return _page(
        facet,
        entry,
        part,
        html,
        tuple(TocEntry(anchor, title) for anchor, title, shown in toc if shown),
    )


def _paired(
    facet: Facet, entry: FacetEntry, together: Sequence[FacetPair], folder: ArchiveFolder, here: str
) -> dict[str, Any] | None:
    """Give the failure classes of a service's records, or the services of a class, the most frequent first."""
    if facet.id == "services":
        found = [(pair.failure_class, pair) for pair in together if pair.service.id == entry.id]
    elif facet.id == "classes":
        found = [(pair.service, pair) for pair in together if pair.failure_class.id == entry.id]
    else:
        return None
    found.sort(key=lambda each: -len(each[1].records))
    longest = max((len(pair.records) for _, pair in found), default=0)
    bars = tuple(
        Bar(
            other.entry.label,
            len(pair.records),
            bar_length(len(pair.records), longest),
            _pair_href(pair, folder, here),
        )
        for other, pair in found[:MOST_PAIRED]
    )
    label = "By failure class" if facet.id == "services" else "By service"
    return {"label": label, "bars": bars, "more": len(found) - len(bars)} if bars else None


def _pair_href(pair: FacetPair, folder: ArchiveFolder, here: str) -> str:
    """Lead to the page of a pair; of few records to the search page, which finds them."""
    if pair.has_page:
        return relative(here, pair_address(folder, pair.service.id, pair.failure_class.id))
    asked = {NAMES["services"]: pair.service.id, NAMES["classes"]: pair.failure_class.id}
    return f"{relative(here, search_address(folder))}?{urlencode(asked)}"


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


def entry_tone(facet: Facet, entry: FacetEntry) -> str:
    """Give the colour of an entry, which only severities have."""
    return tone(entry.entry) if facet.id == "severities" else ""


def team_name(name_or_id: str, settings: Settings) -> str:
    """Give the name of a team that the settings name by its id or its name."""
    return next((team.name for team in settings.teams if team.id == name_or_id), name_or_id)


def _team_href(name_or_id: str, promises: Promises, here: str) -> str | None:
    team = promises.holders.team_of_id(name_or_id, promises.archive.settings) if name_or_id else None
    return relative(here, team_address(promises.folder, team.slug)) if team else None
