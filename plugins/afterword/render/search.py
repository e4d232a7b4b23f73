"""The search page: a form, and the list that it narrows down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from afterword.derive.address import actions_address, facet_address, relative, search_address
from afterword.derive.catalogue import Facet, broader_classes, facets
from afterword.derive.index import newest_first
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder
from afterword.model.words import STATUS_OF_RECORD
from afterword.render.badges import tone, words
from afterword.render.cards import FacetLink, record_card
from afterword.render.crumbs import crumbs
from afterword.render.page import SitePage

TITLE = "Search"
MOST_LISTED = 200
"""How many of the newest records the page itself lists; those before are found by script, and on the pages by year."""

FILTERS: Mapping[str, str] = {
    "services": "service",
    "severities": "severity",
    "classes": "class",
    "years": "year",
}
"""The facets to filter by, and the name of each in the address."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, with the way to its own page; `includes` are the values that it stands for beside its own, `tone` is a severity's colour."""

    value: str
    label: str
    count: int
    includes: tuple[str, ...] = ()
    tone: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the form; `name` stands in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def search_page(archive: Archive, folder: ArchiveFolder, templates: Environment) -> SitePage:
    """Make the search page; without script it lists the newest records and leads to the indexes."""
    here = search_address(folder)
    divided = facets(archive, ())
    newest = newest_first(archive.records)
    html = templates.get_template("search.html").render(
        title=TITLE,
        crumbs=crumbs(folder, here, here=TITLE),
        filters=(
            *(_filter(facet, archive, folder, here) for facet in divided if facet.id in FILTERS),
            _statuses(archive),
        ),
        cards=[record_card(record, archive.settings, here) for record in newest[:MOST_LISTED]],
        total=len(newest),
        indexes=[
            *(FacetLink(facet.label, relative(here, facet_address(folder, facet.id))) for facet in divided),
            FacetLink("Action items", relative(here, actions_address(folder))),
        ],
    )
    return SitePage(
        here, TITLE, html, "search", description="Find post-mortems by their text and facts", nav_title=TITLE
    )


def _filter(facet: Facet, archive: Archive, folder: ArchiveFolder, here: str) -> Filter:
    wider = broader_classes(archive.settings) if facet.id == "classes" else {}
    return Filter(
        FILTERS[facet.id],
        facet.singular,
        tuple(
            Choice(
                entry.id,
                entry.entry.label,
                len(entry.records),
                tuple(one for one, above in wider.items() if entry.id in above),
                tone(entry.entry) if facet.id == "severities" else "",
                relative(here, facet_address(folder, facet.id, entry.id)),
            )
            for entry in facet.entries
            if entry.records
        ),
    )


def _statuses(archive: Archive) -> Filter:
    found = [record.header.status for record in archive.records]
    choices = (Choice(status, words(status), found.count(status)) for status in STATUS_OF_RECORD)
    return Filter("status", "Status", tuple(choice for choice in choices if choice.count))
