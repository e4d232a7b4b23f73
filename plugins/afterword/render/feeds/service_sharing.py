"""How a service's page is shown elsewhere: the badge and the lines to copy, at the end of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from jinja2 import Environment

from afterword.derive.catalogue.catalogue import FacetEntry
from afterword.derive.places.address import facet_address, href, service_file_address
from afterword.derive.words.markdown_words import escaped
from afterword.model.settings import ArchiveFolder
from afterword.render.feeds.service_export import BADGE_LABEL
from afterword.render.page.planned import ListedPage, ListPage
from afterword.render.page.site_page import SitePage
from afterword.render.page.site_url import SiteUrl

UNKNOWN = SiteUrl("https://site.example/")
"""What stands for the site's address where it is not known."""


def with_sharing(
    pages: Iterable[ListPage],
    services: Sequence[FacetEntry],
    folder: ArchiveFolder,
    site: SiteUrl,
    templates: Environment,
) -> Iterator[ListPage]:
    """Give pages as they are, those of services with what to copy into a README or a catalogue."""
    by_address = {facet_address(folder, "services", entry.id): entry for entry in services}
    for page in pages:
        entry = by_address.get(page.address)
        if entry is None:
            yield page
            continue
        add = partial(_with_sharing, entry, folder, site, templates)
        yield page.then(add, site) if isinstance(page, ListedPage) else add(page)


def _with_sharing(
    entry: FacetEntry, folder: ArchiveFolder, site: SiteUrl, templates: Environment, page: SitePage
) -> SitePage:
    image = service_file_address(folder, entry.id, "svg")
    html = templates.get_template("service_sharing.html").render(
        label=entry.entry.label,
        image=href(page.address, image),
        json=href(page.address, service_file_address(folder, entry.id, "json")),
        markdown=markdown_badge(entry.entry.label, page.address, image, site),
        placeholder="" if site.url else UNKNOWN.url,
    )
    return replace(page, html=page.html + html)


def markdown_badge(label: str, page: str, image: str, site: SiteUrl) -> str:
    """Write the badge as Markdown: a picture that leads to the page."""
    at = site if site.url else UNKNOWN
    return f"[![{escaped(f'{label}: {BADGE_LABEL}')}]({at.whole(image)})]({at.whole(page)})"
