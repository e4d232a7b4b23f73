"""The overviews that divide the archive: by service, severity, failure class, kind and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from afterword.derive.again.recurrence import recurrence_by_class
from afterword.derive.catalogue.catalogue import Facet, FacetEntry, facets, pairs
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.figures.figure_groups import DividedFigure
from afterword.derive.places.address import facet_address, relative
from afterword.derive.timing.calendar import record_day
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.actions.promises import Promises
from afterword.render.lists.entries import YEARS, Beside, entry_pages, entry_tone, team_name
from afterword.render.page.bars import Bar, bar_length
from afterword.render.page.cards import record_card
from afterword.render.page.crumbs import crumbs
from afterword.render.page.links import Targets
from afterword.render.page.pager import in_pages, numbered, parts
from afterword.render.page.planned import UNKEYED, ListPage, PageKeys
from afterword.render.page.site_page import SitePage, TocEntry

MOST_ON_ONE_PAGE = 150
"""Beyond this many records the page of all years leads to a page per year instead of listing them itself."""

MOST_ENTRIES = 120
MOST_WITHOUT = 400
"""Entries on one page of an overview, with records and without."""

INTRODUCTIONS: Mapping[str, str] = {
    "services": "Every service of the catalogue with the incidents it took part in.",
    "severities": "The archive from the worst incidents to those that nearly happened.",
    "classes": "What kind of weakness came to light. A broader class holds the records of the narrower ones, too.",
    "kinds": "What sort of event each record tells of.",
    "years": "Every record, by the year in which the incident started.",
}


ORDERS: Mapping[str, str] = {"severities": "From the worst", "kinds": "As in the settings"}
"""What the order of an overview is called where it is not by name."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry on the overview of its facet; `latest` is the day of its newest record, `place` the entry's own in the facet's order."""

    label: str
    href: str
    records: int
    bar: Bar
    open_actions: int
    overdue: int
    latest: dt.date | None
    team: str
    unknown: bool
    place: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The entries on one page of an overview."""

    having: Sequence[FacetEntry]
    without: Sequence[FacetEntry] = ()


def facet_pages(
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    *,
    promises: Promises | None = None,
    figures: Sequence[DividedFigure] = (),
    page_addresses: Mapping[str, str] | None = None,
    divided: tuple[Facet, ...] | None = None,
    keys: PageKeys = UNKEYED,
    targets: Targets | None = None,
    index: RecordIndex | None = None,
) -> tuple[ListPage, ...]:
    """Make the overview of each facet, and plan the pages of each of its entries, also for those without records.

    `promises` are collected and the archive is `divided` here where they are not given. `figures` are those of this archive, divided; `page_addresses` the addresses of the
    ordinary pages by their path relative to the folder of `afterword.yml`, and `index` is that of this archive.
    """
    promises = promises or Promises.of(archive, folder, as_of)
    divided = divided or facets(archive, promises.views)
    targets = targets or Targets.of(archive)
    addresses = page_addresses or {}
    beside = Beside(
        pairs(divided),
        {each.figure.kind.id: each for each in figures},
        recurrence_by_class(archive, as_of, index),
        addresses,
        targets,
        keys.places,
    )
    keys = keys.within(unlisted(divided))
    made: list[ListPage] = []
    for facet in divided:
        made += _overview(facet, archive, folder, promises.as_of, templates)
        for entry in facet.entries:
            made += entry_pages(facet, entry, beside, promises, templates, keys)
    return tuple(made)


def unlisted(divided: Sequence[Facet]) -> list[tuple[str, str, str]]:
    """Give the words that no catalogue lists: they are called as the first record writes them."""
    return [
        (facet.id, entry.id, entry.entry.label)
        for facet in divided
        for entry in facet.entries
        if entry.unknown
    ]


def _overview(
    facet: Facet, archive: Archive, folder: ArchiveFolder, as_of: dt.date, templates: Environment
) -> Iterator[SitePage]:
    total = len(archive.records)
    years = facet.entries if facet.id == YEARS and total <= MOST_ON_ONE_PAGE else ()
    sheets = list(_sheets(facet.entries))
    lined = sum(bool(sheet.having) for sheet in sheets)
    longest = max((len(each.records) for each in facet.entries), default=0)
    places = {entry.id: place for place, entry in enumerate(facet.entries)}
    for part in parts(facet_address(folder, facet.id), sheets, 1):
        here, number, sheet = part.address, part.pager.number, part.rows[0]
        html = templates.get_template("years.html" if facet.id == YEARS else "facet.html").render(
            facet=facet,
            introduction=INTRODUCTIONS[facet.id],
            crumbs=crumbs(folder, here, here=facet.label),
            lines=[
                _line(entry, facet, folder, here, archive.settings, longest, places[entry.id])
                for entry in sheet.having
            ],
            without=[
                _line(entry, facet, folder, here, archive.settings, longest, places[entry.id])
                for entry in sheet.without
            ],
            total=total,
            as_of=as_of,
            pager=part.pager,
            lined=lined,
            order=ORDERS.get(facet.id, "By name"),
            first=relative(here, facet_address(folder, facet.id)),
            years=[
                (
                    entry.entry,
                    [record_card(record, archive.settings, here, brief=True) for record in entry.records],
                )
                for entry in years
            ],
        )
        yield SitePage(
            here,
            numbered(facet.label, number),
            html,
            YEARS if facet.id == YEARS else "facet",
            tuple(TocEntry(f"y{entry.id}", entry.entry.label) for entry in years),
            INTRODUCTIONS[facet.id],
            nav_title=facet.label if number == 1 else None,
        )


def _sheets(entries: Sequence[FacetEntry]) -> Iterator[Sheet]:
    """Divide entries over pages: those without records begin on the last page of the others."""
    having = in_pages([entry for entry in entries if entry.records], MOST_ENTRIES)
    without = in_pages([entry for entry in entries if not entry.records], MOST_WITHOUT)
    yield from (Sheet(each) for each in having[:-1])
    yield Sheet(having[-1], without[0])
    yield from (Sheet((), each) for each in without[1:])


def _line(
    entry: FacetEntry,
    facet: Facet,
    folder: ArchiveFolder,
    here: str,
    settings: Settings,
    longest: int,
    place: int,
) -> EntryLine:
    count = len(entry.records)
    return EntryLine(
        entry.entry.label,
        relative(here, facet_address(folder, facet.id, entry.id)),
        count,
        Bar(entry.entry.label, count, bar_length(count, longest), tone=entry_tone(facet, entry)),
        len(entry.open_actions),
        entry.overdue,
        record_day(entry.records[0]) if entry.records else None,
        team_name(entry.entry.team, settings),
        entry.unknown,
        place,
    )
