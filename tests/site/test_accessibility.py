"""Every kind of page under axe, in both schemes, wide and narrow."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

RECORD = "2025/2025-11-28-checkout-timeouts-sale-morning/"
PAGES = (
    "",
    RECORD,
    "2026/2026-07-21-proofs-stalled-labels-doubled/",
    "2026/2026-11-19-sign-in-codes-late/",
    "2018/2018-03-26-launches-fail-no-space-left/",
    "years/",
    "services/",
    "services/payments-api/",
    "services/loyalty/",
    "severities/",
    "severities/sev1/",
    "classes/capacity/",
    "kinds/outage/",
    "search/",
    "search/?text=certificate",
    "search/?text=edge+proxy+certif&severity=near-miss",
    "search/?service=edge-proxy&severity=sev0",
    "search/?text=zzzz",
    "actions/",
    "actions/open/?state=overdue",
    "actions/repeated/",
    "owners/",
    "owners/wilhelmina-foolscap/",
    "owners/ambrose-staplegate/",
    "teams/",
    "teams/platform/",
    "risks/",
    "risks/open/",
    "risks/accepted/?sort=review",
    "health/",
    "figures/",
    "figures/time-to-mitigate/",
    "handbook/",
    "404.html",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_a_rule(
    own_address: str, browser: Browser, scheme: Literal["light", "dark"], screen: str
) -> None:
    """No page breaks a rule of WCAG 2.2 AA that can be tested, and none is wider than its screen."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    faults = []
    for address in PAGES:
        page.goto(f"{own_address}/{address}")
        page.wait_for_load_state("networkidle")
        # What is folded in is judged too; closed, it would be judged by what happens to lie below it.
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found = Axe().run(page, options=RULES)["violations"]
        faults += [(address, each["id"], each["nodes"][0]["target"]) for each in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((address, "wider than the screen", screen))
    context.close()
    assert not faults


def test_the_search_box_of_the_site_can_be_read(own_address: str, browser: Browser) -> None:
    """The theme's own search box, open over a page with results, breaks no rule either."""
    page = browser.new_page(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{own_address}/search/?q=certificate")
    page.wait_for_selector(".md-search-result__item mark")
    found = Axe().run(page, context=".md-search", options=RULES)["violations"]
    page.close()
    assert not [(each["id"], each["nodes"][0]["target"]) for each in found]


@pytest.mark.parametrize("address", ["actions/", "search/", "severities/sev4/", RECORD])
def test_the_navigation_can_be_skipped(own_address: str, browser: Browser, address: str) -> None:
    """The first stop of the tab key leads to the heading of the page, before which nothing of the page stands."""
    page = browser.new_page()
    page.goto(f"{own_address}/{address}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(location.hash).localName") == "h1"
    page.close()
