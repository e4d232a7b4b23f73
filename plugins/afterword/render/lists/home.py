"""The archive's home page: what is new, what is owed, and where to start."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import dataclass

from jinja2 import Environment

from afterword.derive.catalogue.catalogue import Facet, facets
from afterword.derive.catalogue.index import RecordIndex, newest_first
from afterword.derive.causes.archive_coverage import Unanswered, archive_coverage
from afterword.derive.figures.archive_figures import ArchiveFigure, ArchiveFigures, archive_figures
from afterword.derive.glance import glance
from afterword.derive.places.address import (
    actions_address,
    archive_address,
    facet_address,
    figures_address,
    health_address,
    relative,
    risks_address,
    search_address,
    teams_address,
)
from afterword.model.archive import Archive
from afterword.model.figure_kinds import CUSTOMER_IMPACT
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.render.actions.promises import Promises, reading_day
from afterword.render.page.bars import Bar, severity_bars, year_bars
from afterword.render.page.cards import record_card
from afterword.render.page.crumbs import home_title
from afterword.render.page.site_page import SitePage

MOST_LATEST = 6
MOST_ACTIONS = 8
MOST_CHIPS = 12
TOLD_AT_HOME = ("time-to-detect", "time-to-mitigate", CUSTOMER_IMPACT)
HANDBOOK = "handbook/index.md"


@dataclass(frozen=True, slots=True)
class Start:
    """A place where readers begin."""

    label: str
    href: str
    about: str


@dataclass(frozen=True, slots=True)
class FacetTeaser:
    """A facet with its busiest entries; `more` is how many entries are left out."""

    label: str
    href: str
    entries: tuple[Bar, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Summed:
    """What a home page gives the beginnings of; `divided` are the facets, and `index` is that of the same records."""

    promises: Promises
    unanswered: Unanswered
    figures: ArchiveFigures
    divided: tuple[Facet, ...]
    index: RecordIndex

    @classmethod
    def of(cls, archive: Archive, folder: ArchiveFolder, as_of: dt.date) -> Summed:
        """Put it together for an archive."""
        promises = Promises.of(archive, folder, as_of)
        return cls(
            promises,
            archive_coverage(archive, as_of).unanswered,
            archive_figures(archive),
            facets(archive, promises.views),
            RecordIndex.of(archive),
        )


def latest(archive: Archive) -> tuple[Postmortem, ...]:
    """Give the records whose cards the page shows."""
    return newest_first(archive.records)[:MOST_LATEST]


def home_block(
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    page_address: str,
    templates: Environment,
    known: Summed | None = None,
) -> str:
    """Give the generated part of the home page at `page_address`: safe HTML, without a heading of the first level.

    What is `known` of the archive is put together here where it is not given.
    """
    settings = archive.settings
    known = known or Summed.of(archive, folder, as_of)
    promises, views = known.promises, known.promises.views
    summed = glance(archive, as_of, views, known.index)
    owed = (*summed.overdue, *summed.open)
    return templates.get_template("home.html").render(
        summed=summed,
        covered=known.unanswered,
        risks_href=relative(page_address, risks_address(folder)),
        as_of=as_of,
        latest=[record_card(record, settings, page_address) for record in latest(archive)],
        actions=promises.rows(owed[:MOST_ACTIONS], page_address),
        reading_on=reading_day(archive, views, as_of),
        unread=len(promises.unread),
        more_actions=max(len(owed) - MOST_ACTIONS, 0),
        drafts=[
            record_card(record, settings, page_address, brief=True) for record in summed.drafts[:MOST_LATEST]
        ],
        severities=severity_bars(summed.severity_counts, folder, page_address),
        years=year_bars(summed.year_counts, folder, page_address),
        starts=_starts(archive, folder, page_address),
        search_href=relative(page_address, search_address(folder)),
        facets=[
            _teaser(facet, folder, page_address)
            for facet in known.divided
            if facet.id in ("services", "classes", "kinds")
        ],
        actions_href=relative(page_address, actions_address(folder)),
        took=_took(known.figures),
        figures_href=relative(page_address, figures_address(folder)),
        health_href=relative(page_address, health_address(folder)),
        years_href=relative(page_address, facet_address(folder, "years")),
        severities_href=relative(page_address, facet_address(folder, "severities")),
    )


def home_page(
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    known: Summed | None = None,
) -> SitePage:
    """Make the home page of an archive whose folder has no `index.md`."""
    here = archive_address(folder)
    title = home_title(folder)
    block = home_block(archive, folder, as_of, here, templates, known)
    html = templates.get_template("home_page.html").render(title=title, block=block)
    return SitePage(
        here,
        title,
        html,
        "home",
        description="The latest post-mortems and what is still owed",
        nav_title=title,
    )


def _took(found: ArchiveFigures) -> tuple[ArchiveFigure, ...]:
    """Choose the figures that the home page tells; none where there is no incident to measure."""
    return (
        tuple(figure for figure in found.figures if figure.kind.id in TOLD_AT_HOME) if found.incidents else ()
    )


def _starts(archive: Archive, folder: ArchiveFolder, here: str) -> tuple[Start, ...]:
    starts = [
        Start(
            "Search", relative(here, search_address(folder)), "a word of the error message, a service, a year"
        ),
        Start("Services", relative(here, facet_address(folder, "services")), "what has happened to yours"),
        Start("Action items", relative(here, actions_address(folder)), "what was promised, and what is late"),
        Start("Teams", relative(here, teams_address(folder)), "what yours has promised"),
        Start("All records", relative(here, facet_address(folder, "years")), "by year, the latest first"),
    ]
    if posixpath.normpath(posixpath.join(folder.folder, HANDBOOK)) in archive.pages:
        handbook = archive_address(folder) + "handbook/"
        starts.append(Start("Handbook", relative(here, handbook), "how records are read and written here"))
    return tuple(starts)


def _teaser(facet: Facet, folder: ArchiveFolder, here: str) -> FacetTeaser:
    busiest = sorted(
        (entry for entry in facet.entries if entry.records), key=lambda entry: -len(entry.records)
    )
    shown = busiest[:MOST_CHIPS]
    return FacetTeaser(
        facet.label,
        relative(here, facet_address(folder, facet.id)),
        tuple(
            Bar(
                entry.entry.label,
                len(entry.records),
                0,
                relative(here, facet_address(folder, facet.id, entry.id)),
            )
            for entry in shown
        ),
        len(facet.entries) - len(shown),
    )
