"""The search page, and the way to it from every other page."""

from __future__ import annotations

import dataclasses

from afterword.model.settings import ArchiveFolder
from afterword.render.lists.entries import NAMES
from afterword.render.lists.search_page import MOST_LISTED, search_page
from afterword.render.page.environment import environment
from tests.render.drawn_archives import (
    FOLDER,
    SETTINGS,
    a_file,
    an_archive,
    facets_of,
    is_inert,
    links,
    read,
    words,
)

RECORDS = {
    "2026-03-14-pool.md": a_file("Payments fail"),
    "2025-01-02-mail.md": a_file("No mail", "2025-01-02", "sev1", "mail", "capacity", "draft"),
}


def page(files: dict[str, str]) -> str:
    """Make the search page."""
    return search_page(an_archive(files), FOLDER, environment()).html


def test_page_works_without_script() -> None:
    """The records are in the page, the latest first, and a note leads to the indexes; what needs a script is hidden."""
    html = page(RECORDS)
    assert words(html).index("Payments fail") < words(html).index("No mail")
    assert "../2025/2025-01-02-mail/" in links(html)
    note = html[html.index("<noscript>") : html.index("</noscript>")]
    for index in ("services", "severities", "classes", "kinds", "years", "actions"):
        assert f"../{index}/" in links(note)
    for tag in ("form", "details", "button"):
        assert all("hidden" in attributes for name, attributes in read(html).elements if name == tag)


def test_large_archive_lists_the_newest() -> None:
    """The page of a large archive stays small: it lists the newest records and leads to the pages by year."""
    files = {
        f"2026-03-{day:02}-r{n}.md": a_file(f"R{n}", f"2026-03-{day:02}")
        for day in range(1, 30)
        for n in range(2)
    }
    html = page(files)
    assert html.count('class="aw-card aw-card--record"') == MOST_LISTED < len(files)
    assert "58 records" in words(html)


def test_empty_archive_says_that_there_is_nothing_to_find() -> None:
    """Without records there is a sentence and no form."""
    html = search_page(an_archive({}, SETTINGS), FOLDER, environment()).html
    assert "nothing to find" in html and "<form" not in html


def test_hostile_records_are_inert() -> None:
    """Markup in titles, services and classes runs nowhere."""
    attack = '"><script>alert(1)</script>'
    assert is_inert(page({"2026-03-14-a.md": a_file(attack, services="'<img src=x onerror=y>'")}))


def test_other_archives_are_offered() -> None:
    """Whoever finds nothing in one archive of a site is led to the searches of the others."""
    other = ArchiveFolder("labs", "Lab notes")
    settings = dataclasses.replace(SETTINGS, archives=(FOLDER, other))
    html = search_page(an_archive(RECORDS, settings), FOLDER, environment()).html
    offered = [each["data-search"] for _, each in read(html).elements if "data-search" in each]
    assert offered == ["../../labs/search/"]


def test_every_page_leads_to_the_search() -> None:
    """A form above a page asks the search page as a plain address; on the page of a service, a class or the like it is kept to that."""
    pages = facets_of(an_archive(RECORDS))
    fields = {
        address: [attributes for tag, attributes in read(each.html).elements if tag in ("form", "input")]
        for address, each in pages.items()
    }
    for address, (form, *inputs) in fields.items():
        depth = "../" * (len(address.split("/")) - 2)
        assert form["action"] == f"{depth}search/#aw-search-text", address
        assert "method" not in form
        kept = [(each["name"], each["value"]) for each in inputs if each["type"] == "hidden"]
        _, facet, *entry = address.strip("/").split("/")
        assert kept == ([(NAMES[facet], *entry)] if len(entry) == 1 else []), address
