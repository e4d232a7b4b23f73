"""Every kind of page under axe, in both schemes, wide and narrow."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.site.axe import broken_rules

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
        faults += [(address, *each) for each in broken_rules(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((address, "wider than the screen", screen))
    context.close()
    assert not faults


def test_the_search_box_of_the_site_can_be_read(own_address: str, browser: Browser) -> None:
    """The theme's own search box, open over a page with results, breaks no rule either."""
    page = browser.new_page(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{own_address}/search/?q=certificate")
    page.wait_for_selector(".md-search-result__item mark")
    found = broken_rules(page, ".md-search")
    page.close()
    assert not found


@pytest.mark.parametrize("address", ["actions/", "search/", "severities/sev4/", RECORD])
def test_the_navigation_can_be_skipped(own_address: str, browser: Browser, address: str) -> None:
    """The first stop of the tab key leads to the heading of the page, before which nothing of the page stands."""
    page = browser.new_page()
    page.goto(f"{own_address}/{address}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash")
    assert page.evaluate("document.querySelector(location.hash).localName") == "h1"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("address", "part"),
    [
        (RECORD, ".aw-header__top"),
        (RECORD, ".aw-facts"),
        ("2018/2018-03-26-launches-fail-no-space-left/", ".aw-banner"),
    ],
)
def test_a_link_can_be_read_on_a_ground_of_ours(
    own_address: str, browser: Browser, scheme: Literal["light", "dark"], address: str, part: str
) -> None:
    """Header, facts and banners of a record have a ground of their own; links on it keep the contrast of 4.5 that WCAG asks for."""
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{own_address}/{address}")
    assert page.locator(part).locator("a").count()
    assert broken_rules(page, part) == []
    context.close()


@pytest.mark.parametrize("address", ["actions/open/", "figures/", RECORD])
def test_the_header_hides_nothing_that_has_the_focus(
    own_address: str, browser: Browser, address: str
) -> None:
    """Down the page and back, what the Tab key comes to lies below the header, which stays where it is."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{own_address}/{address}")
    hidden = set()
    for key in ["Tab"] * 70 + ["Shift+Tab"] * 70:
        page.keyboard.press(key)
        hidden.add(
            page.evaluate(
                "() => { const it = document.activeElement; const header = document.querySelector('.md-header');"
                " return it.closest('.aw') && it.getBoundingClientRect().bottom <= header.getBoundingClientRect().bottom ? it.outerHTML : '' }"
            )
        )
    page.close()
    assert hidden == {""}


def test_links_below_each_other_in_a_cell_are_high_enough(own_address: str, browser: Browser) -> None:
    """An owner and a team, each with a line of its own in a list of actions, are 24 pixels high, as WCAG 2.2 asks of what is pressed."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{own_address}/actions/open/")
    links = page.locator(".aw-dash .aw-quiet")
    assert links.count()
    assert min(links.evaluate_all("all => all.map(it => it.getBoundingClientRect().height)")) >= 24
    page.close()


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("2025/2025-06-10-address-books-served-to-other-customers/", ".aw-text p"),
        ("2026/2026-07-21-proofs-stalled-labels-doubled/", ".aw-facts dd"),
        ("handbook/", ".aw-page :is(p, li)"),
        ("", "p:has(~ .aw-home)"),
    ],
)
def test_colour_alone_tells_no_link_in_running_text(
    own_address: str, browser: Browser, address: str, text: str
) -> None:
    """WCAG 1.4.1: in the paragraphs and the facts of a record, of the handbook and above the home page's lists links are underlined."""
    page = browser.new_page()
    page.goto(f"{own_address}/{address}")
    lines = page.locator(f"{text} a").evaluate_all(
        "all => all.map(it => getComputedStyle(it).textDecorationLine)"
    )
    assert set(lines) == {"underline"}
    page.close()


def test_links_of_lines_below_each_other_are_far_enough_apart(own_address: str, browser: Browser) -> None:
    """Where the facts of an action are broken on a phone, a circle of 24 pixels around a link of one line meets none of the next, as WCAG 2.2 asks."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{own_address}/services/checkout/")
    steps = page.locator(".aw-todo__facts").evaluate_all(
        "all => all.flatMap(it => { const tops = [...new Set([...it.children].map(each => each.getBoundingClientRect().top))].sort((a, b) => a - b);"
        " return tops.slice(1).map((top, at) => top - tops[at]) })"
    )
    page.close()
    assert steps
    assert min(steps) >= 24


def test_forced_colours_leave_what_is_told_by_colour(own_address: str, browser: Browser) -> None:
    """With the system's colours forced, the keys of a timeline are told apart as its phases are, and the shape beside a severity is there."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{own_address}/2026/2026-07-21-proofs-stalled-labels-doubled/")
    ground = "all => all.map(it => getComputedStyle(it).backgroundColor)"
    keys = page.locator(".aw-course__phases >> nth=0 >> [class^=aw-course__key]").evaluate_all(ground)
    assert len(keys) == len(set(keys)) == 4
    [shape] = page.locator(".aw-header__top .aw-badge i").evaluate_all(ground)
    [page_ground] = page.locator("body").evaluate_all(ground)
    assert shape != page_ground
    context.close()
