"""Actions whose tickets tell otherwise, found by the lists' filter in Chromium; and what a page of them weighs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Serve, afterword, drawn
from tests.drawn_site import smallest_site
from tests.render.drawn_archives import a_file

pytestmark = pytest.mark.browser

ROWS = 100
LIST_AT_MOST = 150 * 1024
SETTINGS = """\
archives: [{ folder: docs/postmortems }]
trackers: [{ name: Board, key: BOARD-#, kind: jira, url: "https://tracker.example/browse/BOARD-#" }]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an archive of a hundred long actions, all of whose tickets are with others and due on other days."""
    text = "Return pooled connections on every exit path, also where a payment is taken back half-way"
    actions = "".join(
        f"| A{n} | {text} | Juno Papercliff | 2030-07-01 | BOARD-{n} | prevent | open | |\n"
        for n in range(1, ROWS + 1)
    )
    tickets = {
        f"board-{n}": {
            "key": f"BOARD-{n}",
            "status": "open",
            "state": "Waiting",
            "owner": "Somebody With Quite A Name",
            "login": "else",
            "due": "2030-08-01",
        }
        for n in range(2, ROWS + 1)
    } | {"board-1": {"key": "BOARD-1", "status": "done", "state": "Shipped"}}
    snapshot = {
        "format": 1,
        "trackers": {"Board": {"as_of": "2026-03-20", "problem": "", "tickets": tickets}},
    }
    tree = smallest_site("2026-03-14-pool", a_file(actions=actions))
    tree |= {"afterword.yml": SETTINGS, "tickets.json": json.dumps(snapshot)}
    with drawn(tmp_path_factory.mktemp("tickets"), tree) as folder:
        afterword("build", folder=folder)
    return folder / "site"


def test_the_filter_shows_what_the_page_showed(site: Path, serve: Serve, browser: Browser) -> None:
    """The rows that a script draws carry the words of the first page, and the choice stands in the address."""
    page = browser.new_page()
    page.goto(f"{serve(site)}/postmortems/actions/open/")
    rows = page.locator("#aw-actions .aw-act:visible")
    drawn_words = rows.first.locator(".aw-drift").all_text_contents()
    assert drawn_words == ["open here, done ('Shipped') in Board"]
    page.locator("#aw-filters [name=ticket]").select_option("otherwise")
    expect(page.locator("#aw-count")).to_have_text(f"{ROWS} of {ROWS} actions")
    assert "ticket=otherwise" in page.url
    assert rows.first.locator(".aw-drift").all_text_contents() == drawn_words
    assert len(rows.nth(1).locator(".aw-drift").all_text_contents()) == 2
    page.close()


def test_a_full_page_of_them_keeps_its_weight(site: Path) -> None:
    """Even where every ticket tells two things otherwise."""
    page = (site / "postmortems/actions/open/index.html").read_bytes()
    assert page.count(b'class="aw-drift"') > 100
    assert len(page) <= LIST_AT_MOST
