"""The pages of what a service and a failure class have in common: how often the same weakness came to light there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from jinja2 import Environment

from afterword.derive.catalogue.catalogue import FacetPair
from afterword.derive.places.address import facet_address, pair_address, relative
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.lists.record_lists import record_list, record_parts, summaries_of
from afterword.render.page.cards import FacetLink
from afterword.render.page.crumbs import crumbs
from afterword.render.page.pager import ListPart, numbered
from afterword.render.page.planned import UNKEYED, ListedPage, PageKeys
from afterword.render.page.site_page import SitePage


def pair_pages(
    together: Sequence[FacetPair],
    folder: ArchiveFolder,
    settings: Settings,
    templates: Environment,
    keys: PageKeys = UNKEYED,
) -> Iterator[ListedPage]:
    """Plan the pages of each pair that has one; without script they answer which incidents of a service had which cause."""
    for pair in together:
        if not pair.has_page:
            continue
        address = pair_address(folder, pair.service.id, pair.failure_class.id)
        total = len(pair.records)
        for part in record_parts(address, pair.records, settings):
            yield ListedPage(
                part.address,
                numbered(_title(pair), part.pager.number),
                "entry",
                keys.of(part.address, part.rows, total, part.pager.of),
                partial(_page, pair, part, folder, settings, templates),
                summaries_of(part.rows, total),
            )


def _title(pair: FacetPair) -> str:
    return f"{pair.service.entry.label}: {pair.failure_class.entry.label}"


def _page(
    pair: FacetPair,
    part: ListPart[Postmortem],
    folder: ArchiveFolder,
    settings: Settings,
    templates: Environment,
) -> SitePage:
    here = part.address
    service, failure_class = pair.service, pair.failure_class
    asked = {"service": service.id, "class": failure_class.id}
    html = templates.get_template("records.html").render(
        title=_title(pair),
        listed=record_list(part, len(pair.records), asked, folder, settings),
        crumbs=crumbs(
            folder,
            here,
            ("Services", facet_address(folder, "services")),
            (service.entry.label, facet_address(folder, "services", service.id)),
            here=failure_class.entry.label,
        ),
        other=FacetLink(
            f"{failure_class.entry.label} everywhere",
            relative(here, facet_address(folder, "classes", failure_class.id)),
        ),
    )
    return SitePage(
        here,
        numbered(_title(pair), part.pager.number),
        html,
        "entry",
        description=f"Post-mortems of {service.entry.label} with the failure class {failure_class.entry.label}",
    )
