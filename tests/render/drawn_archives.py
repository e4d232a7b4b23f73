"""Small archives for the tests of indexes and lists, and a way to read pages back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from html.parser import HTMLParser

from afterword.derive.catalogue.catalogue import facets, pairs
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Entry, RosterEntry, Settings
from afterword.render.lists.facets import facet_pages
from afterword.render.lists.pairs import pair_pages
from afterword.render.page.environment import environment
from afterword.render.page.site_page import SitePage
from tests.render.pages import archive_of

DAY = dt.date(2026, 6, 1)
FOLDER = ArchiveFolder("postmortems", address="postmortems/")
SETTINGS = Settings(
    archives=(FOLDER,),
    services=(Entry("api", "Public API", team="core"), Entry("mail", "Mail"), Entry("web", "Web shop")),
    failure_classes=(Entry("capacity", "Capacity"), Entry("pool", "Pool exhausted", broader="capacity")),
    teams=(RosterEntry("Core services", id="core"),),
)


def a_file(
    title: str = "Payments fail",
    date: str = "2026-03-14",
    severity: str = "sev2",
    services: str = "api",
    classes: str = "pool",
    status: str = "final",
    actions: str = "",
    more: str = "",
) -> str:
    """Write a record; `actions` are the lines of its table: ID, action, owner, due, ticket, category, status."""
    table = (
        "\n## Action items\n\n| ID | Action | Owner | Due | Ticket | Category | Status | Notes |\n|---|---|---|---|---|---|---|---|\n"
        if actions
        else ""
    )
    return (
        f"---\ntitle: {title!r}\ndate: {date}\nseverity: {severity}\nstatus: {status}\nkind: outage\nservices: [{services}]\n"
        f"failure_class: [{classes}]\nauthors: [A. Writer]\n{more}---\n\n## Summary\n\nIt broke. It was mended.\n{table}{actions}"
    )


def an_archive(files: dict[str, str], settings: Settings = SETTINGS, pages: tuple[str, ...] = ()) -> Archive:
    """Read records by file name."""
    return dataclasses.replace(archive_of(files, settings=settings), pages=pages)


def facets_of(archive: Archive) -> dict[str, SitePage]:
    """Make the indexes and the pages of pairs, by address."""
    together = pairs(facets(archive, ()))
    made = (
        *facet_pages(archive, FOLDER, DAY, environment()),
        *pair_pages(together, FOLDER, archive.settings, environment()),
    )
    return {page.address: page.made() for page in made}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag == "a":
            self.links.append(found.get("href", ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> _Reader:
    """Read a page: its words, links and elements."""
    reader = _Reader()
    reader.feed(html)
    return reader


def words(html: str) -> str:
    """Give the text of a page with single spaces."""
    return " ".join(" ".join(read(html).words).split())


def links(html: str) -> list[str]:
    """Give where the links of a page lead."""
    return read(html).links


def is_inert(html: str) -> bool:
    """Tell whether a page holds no script, handler, style or address that runs."""
    return not any(
        tag in ("script", "style", "iframe", "object")
        or any(name.startswith("on") or name == "style" for name in attributes)
        or any("javascript:" in attributes.get(name, "") for name in ("href", "src"))
        for tag, attributes in read(html).elements
    )
