"""The links of this repository's own site, followed as a reader would."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

ORIGIN = "http://site"
SITE_WIDE = {"404.html"}
"""Pages that nobody comes to by a link."""


class _Page(HTMLParser):
    """Gathers the ids of a page and the addresses that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.moved = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.addresses += [value for name in ("href", "src") if (value := given.get(name)) is not None]
        self.moved = self.moved or given.get("http-equiv") == "refresh"


@functools.cache
def _pages(site: Path) -> dict[str, _Page]:
    pages: dict[str, _Page] = {}
    for file in sorted(site.rglob("*.html")):
        page = pages[file.relative_to(site).as_posix().removesuffix("index.html")] = _Page()
        page.feed(file.read_text(encoding="utf-8"))
    return pages


def _targets(address: str, page: _Page) -> list[tuple[str, str]]:
    base = f"{ORIGIN}/" if address in SITE_WIDE else f"{ORIGIN}/{address}"
    ways = [urlsplit(urljoin(base, each)) for each in page.addresses]
    return [
        (unquote(way.path.removeprefix("/")), unquote(way.fragment))
        for way in ways
        if f"{way.scheme}://{way.netloc}" == ORIGIN
    ]


def test_every_link_leads_somewhere(own_site: Path) -> None:
    """Each address on the site is a page or file of it, and each fragment an id there."""
    pages = _pages(own_site)
    dead = []
    for address, page in pages.items():
        for path, fragment in _targets(address, page):
            if path not in pages:
                dead += [] if (own_site / path).is_file() else [(address, path)]
            elif fragment and fragment not in pages[path].ids:
                dead.append((address, f"{path}#{fragment}"))
    assert not dead


def test_no_page_has_an_id_twice(own_site: Path) -> None:
    """What a fragment leads to is one element."""
    assert not [
        (address, name)
        for address, page in _pages(own_site).items()
        for name in set(page.ids)
        if page.ids.count(name) > 1
    ]


def test_everything_is_three_clicks_from_home(own_site: Path) -> None:
    """Each record and each page of an index is reached from the home page by at most three links."""
    pages = _pages(own_site)
    reached, edge = {""}, {""}
    for _ in range(3):
        edge = {path for address in edge for path, _ in _targets(address, pages[address]) if path in pages}
        reached |= edge
    assert {each for each, page in pages.items() if not page.moved} - reached == SITE_WIDE


def test_a_record_leads_back(own_site: Path) -> None:
    """A record's page names the way to the archive's home and to the records of its year."""
    address = "2025/2025-11-28-checkout-timeouts-sale-morning/"
    html = (own_site / address / "index.html").read_text(encoding="utf-8")
    way = html.partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
    assert '<a href="../../">Post-mortems</a>' in way
    assert '<a href="../../years/2025/">2025</a>' in way


def test_ordinary_pages_of_an_archive_wear_its_style(own_site: Path) -> None:
    """A page of the handbook looks like the archive's own, and loads of our scripts the one that leads to the search, as every page does."""
    html = (own_site / "handbook/05-phrasing/index.html").read_text(encoding="utf-8")
    assert '<div class="aw aw-page">' in html
    assert "assets/afterword.css" in html
    assert re.findall(r'src="[^"]*assets/(\w+\.js)"', html) == ["afterword.js"]
