"""Features of Material that users switch on: pages that come without being loaded, and others, in Chromium."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import REPOSITORY, Serve, afterword

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TREE = "2026/2026-02-10-refund-batch-blocks-payments/"
FEATURES = (
    "navigation.instant, navigation.instant.prefetch, navigation.instant.progress, navigation.tracking, navigation.tabs, "
    "navigation.sections, navigation.indexes, navigation.path, navigation.footer, toc.follow, toc.integrate, content.code.copy, "
    "content.tooltips, search.suggest, search.highlight, search.share, announce.dismiss, header.autohide"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Serve this repository's archive with everything switched on."""
    folder = tmp_path_factory.mktemp("instant")
    for name in ("postmortems", "afterword.yml"):
        place = REPOSITORY / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, folder / name)
    served = serve(folder / "site")
    (folder / "mkdocs.yml").write_text(
        f"site_name: Drawn\nsite_url: {served}/\ndocs_dir: postmortems\n"
        f"theme: {{ name: material, font: false, features: [{FEATURES}] }}\nplugins: [search, tags, afterword]\n"
    )
    afterword("build", "--strict", folder=folder)
    return served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page whose scripts must not fail, and which must not be loaded again."""
    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    assert page.evaluate("window.stayed") is True
    page.close()


def _begin(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.wait_for_load_state("networkidle")


def _late(route: Route) -> None:
    """Let a script arrive after the one that needs it, as it sometimes does by itself."""
    time.sleep(0.5)
    route.continue_()


def test_records_come_without_being_loaded(page: Page, address: str) -> None:
    """From the list of all records to one with a drawn tree and on to its neighbours: the drawing is there, its links lead on."""
    _begin(page, f"{address}/years/")
    page.locator(f'.md-content a[href*="{TREE}"]').first.click()
    expect(page.locator("svg.aw-tree g.aw-node").first).to_be_visible()
    expect(page).to_have_url(re.compile(TREE))
    page.locator("svg.aw-tree a", has_text=re.compile("^A1$")).first.press("Enter")
    expect(page).to_have_url(f"{address}/{TREE}#a1")
    page.locator(".md-content a", has_text="Post-mortems").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("svg.aw-tree")).to_have_count(0)
    page.go_back()
    expect(page.locator("svg.aw-tree g.aw-node").first).to_be_visible()


def test_a_drawing_that_came_can_be_used(page: Page, address: str) -> None:
    """The drawing of a page that came has its tools once, lights and opens, and again after going back."""
    _begin(page, f"{address}/years/")
    for _ in range(2):
        page.locator(f'.md-content a[href*="{TREE}"]').first.click()
        expect(page.locator(".aw-tools__full")).to_have_count(1)
        page.locator("#svg-n-0-0").hover()
        expect(page.locator(".aw-way")).to_have_count(1)
        page.locator(".aw-tools__full").click()
        expect(page.locator("dialog.aw-full")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog.aw-full")).to_have_count(0)
        page.go_back()
        expect(page.locator("svg.aw-tree")).to_have_count(0)


def test_search_and_actions_work_where_they_come_to(page: Page, address: str) -> None:
    """The scripts of a page run when it comes, not only when it is loaded: the search finds, the list of actions filters, and again after going back."""
    page.route("**/assets/search/page.js", _late)
    _begin(page, f"{address}/{TREE}")
    page.locator('.md-tabs a:has-text("Search"), .md-nav a:has-text("Search")').first.click()
    words = page.locator("#aw-search-form [name=text]")
    words.fill("certificate")
    expect(page).to_have_url(re.compile("text=certificate"))
    expect(page.locator("#aw-search-results mark").first).to_be_visible()
    page.locator("#aw-search-results .aw-card__title a").first.click()
    expect(page.locator("#summary")).to_be_visible()
    page.go_back()
    expect(words).to_have_value("certificate")
    expect(page.locator("#aw-search-count")).to_contain_text("record")
    page.locator('.md-tabs a:has-text("Action items"), .md-nav a:has-text("Action items")').first.click()
    page.locator('.aw-dashboard a[href*="?category="]').first.click()
    expect(page.locator("#aw-filters")).to_be_visible()
    expect(page.locator("#aw-count")).to_contain_text(" of ")
    assert page.locator("#aw-actions .aw-act:visible").count() > 0
    assert "?" in page.url


def test_the_style_comes_along(page: Page, address: str) -> None:
    """A page that came looks like one that was loaded."""
    _begin(page, f"{address}/handbook/")
    page.locator('.md-tabs a:has-text("Action items"), .md-nav a:has-text("Action items")').first.click()
    table = page.locator(".aw-review").first
    expect(table).to_be_visible()
    came = table.evaluate("(it) => getComputedStyle(it).cssText")
    page.reload()
    assert came == table.evaluate("(it) => getComputedStyle(it).cssText")
    page.evaluate("window.stayed = true")
