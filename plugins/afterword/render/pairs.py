"""The pages of what a service and a failure class have in common: how often the same weakness came to light there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import Environment

from afterword.derive.address import facet_address, pair_address, relative
from afterword.derive.catalogue import FacetPair
from afterword.render.cards import FacetLink
from afterword.render.crumbs import crumbs
from afterword.render.page import SitePage
from afterword.render.pager import numbered
from afterword.render.promises import Promises
from afterword.render.record_lists import record_lists


def pair_pages(
    together: Sequence[FacetPair], promises: Promises, templates: Environment
) -> Iterator[SitePage]:
    """Make the pages of each pair that has one; without script they answer which incidents of a service had which cause."""
    folder, settings = promises.folder, promises.archive.settings
    for pair in together:
        if not pair.has_page:
            continue
        service, failure_class = pair.service, pair.failure_class
        address = pair_address(folder, service.id, failure_class.id)
        title = f"{service.entry.label}: {failure_class.entry.label}"
        asked = {"service": service.id, "class": failure_class.id}
        for part, listed in record_lists(address, pair.records, asked, folder, settings):
            here, number = part.address, part.pager.number
            html = templates.get_template("records.html").render(
                title=title,
                listed=listed,
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
            yield SitePage(
                here,
                numbered(title, number),
                html,
                "entry",
                description=f"Post-mortems of {service.entry.label} with the failure class {failure_class.entry.label}",
            )
