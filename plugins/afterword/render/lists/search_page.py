"""The search page: what it needs without script; the rest comes from the catalogue beside it."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from afterword.derive.catalogue.index import newest_first
from afterword.derive.places.address import actions_address, facet_address, relative, search_address
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.render.page.cards import FacetLink, record_card
from afterword.render.page.crumbs import crumbs, home_title
from afterword.render.page.site_page import SitePage

TITLE = "Search"
MOST_LISTED = 30
"""How many of the newest records the page itself lists; those before are found by script, and on the pages by year."""

INDEXES = (
    ("services", "Services"),
    ("severities", "Severities"),
    ("classes", "Failure classes"),
    ("kinds", "Kinds"),
    ("years", "Years"),
)


@dataclass(frozen=True, slots=True)
class OtherArchive:
    """Another archive of the site, which whoever finds nothing here may search."""

    label: str
    href: str


def newest(archive: Archive) -> tuple[Postmortem, ...]:
    """Give the records whose cards the page shows."""
    return newest_first(archive.records)[:MOST_LISTED]


def search_page(archive: Archive, folder: ArchiveFolder, templates: Environment) -> SitePage:
    """Make the search page; without script it lists the newest records and leads to the indexes."""
    here = search_address(folder)
    html = templates.get_template("search.html").render(
        title=TITLE,
        crumbs=crumbs(folder, here, here=TITLE),
        cards=[record_card(record, archive.settings, here) for record in newest(archive)],
        total=len(archive.records),
        indexes=[
            *(FacetLink(label, relative(here, facet_address(folder, facet))) for facet, label in INDEXES),
            FacetLink("Action items", relative(here, actions_address(folder))),
        ],
        others=[
            OtherArchive(home_title(other), relative(here, search_address(other)))
            for other in archive.settings.archives
            if other != folder
        ],
    )
    return SitePage(
        here, TITLE, html, "search", description="Find post-mortems by their text and facts", nav_title=TITLE
    )
