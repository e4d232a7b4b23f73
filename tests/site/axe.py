"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def broken_rules(page: Page, part: str | None = None) -> list[tuple[str, object]]:
    """Give the rules of WCAG 2.2 AA and of good practice that a page, or a part of it, breaks, each with the first place.

    The shadows at the ends of wide tables are taken away: on a gradient axe judges no contrast.
    """
    page.add_style_tag(content=".aw-scroll { background-image: none !important }")
    found = Axe().run(page, context=part, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]
