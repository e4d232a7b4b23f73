"""The site of a hostile archive in Chromium: nothing runs, nothing is loaded from elsewhere, all of it is text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Serve, afterword, drawn
from tests.robustness.hostile import WORDS, WORDS_OF_TITLES, tree

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUSPECT = """() => [...document.querySelectorAll("*")].filter((each) => {
  const inside = each.closest(".aw, .md-search-result, .md-nav, .md-header__topic");
  const ours = each.closest(".aw-tools, .aw-zones, .aw-find") || (each.localName === "use" && each.getAttribute("xlink:href") === "#aw-grid");
  const elements = ["script", "style", "iframe", "object", "embed", "base", "math", "foreignObject", "image", "use"];
  const schemes = ["http:", "https:", "mailto:", "tel:", "ftp:"];
  return (inside && !ours && elements.includes(each.localName))
    || (each.closest(".aw") && each.hasAttribute("style"))
    || (each.closest(".aw-record") && !ours && ["form", "input", "button", "select"].includes(each.localName))
    || [...each.attributes].some((one) => one.name.startsWith("on")
      || (["href", "src", "action"].includes(one.localName) && !schemes.includes(new URL(one.value, location.href).protocol)));
}).map((each) => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the hostile archive."""
    with drawn(tmp_path_factory.mktemp("hostile"), tree()) as folder:
        result = afterword("build", "--as-of", "2026-06-01", folder=folder)
        assert not any(line.lstrip().startswith("::") for line in result.stderr.splitlines())
        return folder / "site"


class Watched:
    """A page, and what it did that no page may do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.happened: list[str] = []
        page.expose_function("ran", lambda *number: self.happened.append(f"ran {number} on {page.url}"))
        page.on("dialog", lambda dialog: (self.happened.append(f"dialog on {page.url}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.happened.append(f"{error} on {page.url}"))
        page.on("request", lambda request: self._judge(request.url))

    def look(self) -> None:
        """Note every element that could run or submit something."""
        self.happened += [f"{each} on {self.page.url}" for each in self.page.evaluate(SUSPECT)]

    def _judge(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.happened.append(f"{url} requested by {self.page.url}")


@pytest.fixture
def watched(site: Path, browser: Browser, serve: Serve) -> Iterator[Watched]:
    """Open a page of its own on the served site."""
    page = browser.new_page()
    yield Watched(page, serve(site))
    page.close()


def test_every_page_is_inert(site: Path, watched: Watched) -> None:
    """Every page and drawing is opened: no script, handler, address or request of a record's making."""
    paths = [path.relative_to(site) for path in sorted(site.rglob("*")) if path.suffix in (".html", ".svg")]
    pages = [path for path in paths if "assets" not in path.parts and not _leads_on(site / path)]
    assert len(pages) > 40
    for path in pages:
        watched.page.goto(f"{watched.address}/{quote(path.as_posix())}")
        if path.suffix == ".html":
            watched.look()
            assert watched.page.locator("script#__config").count() == 1, path
    watched.page.goto(f"{watched.address}/postmortems/2025/old/")
    watched.page.wait_for_url("**/2026/2026-01-01-a/")
    assert watched.happened == []


def _leads_on(path: Path) -> bool:
    """Tell whether a page only leads to another address."""
    return 'http-equiv="refresh"' in path.read_text(encoding="utf-8")


def test_search_results_are_text(watched: Watched) -> None:
    """The archive's search page and the theme's search box show what they find as text."""
    watched.page.goto(f"{watched.address}/postmortems/search/?text=%3Cimg%20src%3Dx%20onerror%3Dran(50)%3E")
    for word in WORDS:
        watched.page.fill("#aw-search-form input", word)
        watched.page.wait_for_selector("#aw-search-results article")
        watched.look()
    for word in WORDS_OF_TITLES:
        watched.page.goto(f"{watched.address}/?q={word}")
        watched.page.wait_for_selector(".md-search-result__item", state="attached")
        watched.look()
    assert watched.happened == []


def test_data_files_hold_data(site: Path) -> None:
    """JSON is read back, no cell of the CSV is a formula, and nothing that runs is published."""
    for path in site.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    table = (site / "postmortems" / "actions" / "actions.csv").read_text(encoding="utf-8")
    for delimiter in ",;\t":
        lines = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
        assert not [cell for line in lines for cell in line if cell.strip()[:1] in ("=", "+", "-", "@")]
    assert not (site / "postmortems" / "2026" / "run.html").exists()
    assert b"evil.example" not in (site / "postmortems" / "2026" / "evil.svg").read_bytes()
