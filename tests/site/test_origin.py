"""No page asks another host for anything, and none outgrows its limits of weight."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Serve, afterword, drawn
from tests.search.whole_catalogue import catalogue_of
from tests.site.pages import record_pages

POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'"
PAGES = (
    "",
    "2026/2026-07-21-proofs-stalled-labels-doubled/",
    "2018/2018-03-26-launches-fail-no-space-left/",
    "services/",
    "services/payments-api/",
    "years/2026/",
    "search/?text=certificate",
    "actions/",
    "actions/open/?text=runbook",
    "owners/",
    "risks/",
    "risks/accepted/?text=lead",
    "handbook/",
    "404.html",
)
SCRIPTS_AT_MOST = 40 * 1024
RECORD_AT_MOST = 60 * 1024
TIMELINE_AT_MOST = 12 * 1024


class _Guarded(http.server.SimpleHTTPRequestHandler):
    """Serves a site under a policy that allows its own origin only."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def guarded(own_site: Path) -> Iterator[str]:
    """Serve this repository's site under the policy."""
    handler = functools.partial(_Guarded, directory=str(own_site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.mark.slow
@pytest.mark.browser
def test_no_request_leaves_the_origin(guarded: str, browser: Browser) -> None:
    """Every kind of page, under a policy that allows nothing else, loads without a violation, an error, or a request elsewhere."""
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(guarded + path, wait_until="networkidle")
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith((guarded, "data:", "blob:"))] == []
    assert len(asked) > len(PAGES)


@pytest.mark.slow
@pytest.mark.browser
def test_a_repository_is_linked_and_not_asked(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    """With `repo_url` the theme would ask the code host for its stars from every reader's browser; an archive's pages keep the link alone."""
    site = (
        "site_name: Drawn\nrepo_url: https://github.com/example/example\n"
        "theme: { name: material, font: false }\nplugins: [search, afterword]\n"
    )
    record = "---\ntitle: Down\ndate: 2026-03-14\nseverity: sev3\n---\n"
    tree: dict[str, str | bytes] = {
        "mkdocs.yml": site,
        "docs/2026-03-14-down.md": record,
        "docs/index.md": "# Home\n",
    }
    with drawn(tmp_path, tree):
        afterword("build", folder=tmp_path)
    address = serve(tmp_path / "site")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/2026/2026-03-14-down/", "/years/", "/404.html"):
        page.goto(address + path, wait_until="networkidle")
        assert page.locator('a.md-source[href="https://github.com/example/example"]').count() >= 1
    page.close()
    assert [url for url in asked if not url.startswith(address)] == []


def test_scripts_of_ours_are_small(own_site: Path) -> None:
    """All scripts of ours, the modules of the search page included, weigh at most 40 KB compressed; the search library is not ours."""
    assets = own_site / "assets"
    found = (*assets.glob("*.js"), *assets.glob("search/*.js"))
    scripts = [each for each in found if each.name != "lunr.js"]
    names = {script.name for script in scripts}
    assert {"afterword.js", "drawing.js", "filter.js", "lighting.js", "search.js"} <= names
    assert {"page.js", "engine-lunr.js"} <= names
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= SCRIPTS_AT_MOST


def test_record_pages_are_light(own_site: Path) -> None:
    """A record's page weighs at most 60 KB, its drawn tree and its timeline's picture aside, and that picture at most 12 KB."""
    for record_id, html in record_pages(own_site).items():
        pictures = re.findall(r'<svg [^>]*class="aw-(?:tree|course__svg)".*?</svg>', html, re.DOTALL)
        timelines = [picture for picture in pictures if "aw-course" in picture]
        assert all(len(picture.encode()) <= TIMELINE_AT_MOST for picture in timelines), record_id
        drawn = sum(len(picture.encode()) for picture in pictures)
        assert len(html.encode()) - drawn <= RECORD_AT_MOST, record_id


def test_the_search_knows_every_record(own_site: Path) -> None:
    """The search's catalogue lists every page of a record."""
    catalogue = catalogue_of(own_site)
    assert set(catalogue["records"]["id"]) == set(record_pages(own_site))
