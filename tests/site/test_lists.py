"""Lists over numbered pages, sorted in Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve, afterword, drawn
from tests.site.axe import broken_rules
from tests.site.test_timeline import SITE

pytestmark = pytest.mark.browser

COUNT = 130
SETTINGS = "format: 1\narchive: docs\nservices:\n" + "".join(
    f"  - {{id: s{number:03}, name: Service {number}}}\n" for number in range(COUNT)
)
RECORD = """\
---
title: Incident {number}
date: 2026-{month:02}-{day:02}
severity: sev{severity}
status: final
kind: outage
services: [{services}]
failure_class: [capacity]
---

## Summary

It broke.

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
{actions}"""
ACTION = "| A{number} | Mend it | Ada | 2026-12-01 | | prevent | {status} |\n"


def _record(number: int) -> str:
    actions = "".join(
        ACTION.format(number=each + 1, status="open" if each < number % 7 else "done") for each in range(7)
    )
    return RECORD.format(
        number=number,
        month=number // 28 + 1,
        day=number % 28 + 1,
        severity=number % 3 + 1,
        services=f"s000, s{number:03}" if number else "s000",
        actions=actions,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Serve the site of an archive with 130 records of one service, and as many services."""
    folder: Path = tmp_path_factory.mktemp("lists")
    records: dict[str, str | bytes] = {
        f"docs/2026-{number // 28 + 1:02}-{number % 28 + 1:02}-incident-{number}.md": _record(number)
        for number in range(COUNT)
    }
    with drawn(
        folder, {"mkdocs.yml": SITE, "afterword.yml": SETTINGS, "docs/index.md": "# Home\n", **records}
    ):
        afterword("build", folder=folder)
    return serve(folder / "site")


def _titles(page: Page) -> list[int]:
    titles = page.locator(".aw-list .aw-row__title:visible").all_inner_texts()
    return [int(title.removeprefix("Incident ")) for title in titles]


def test_a_list_is_sorted_over_all_of_its_pages(address: str, browser: Browser) -> None:
    """The second page sorts what stands on the first, too; the order is in the address, and the way back leaves the page as it was built."""
    page = browser.new_page()
    page.goto(f"{address}/services/s000/2/")
    assert _titles(page) == list(range(9, -1, -1))
    choice = page.get_by_label("Order")
    choice.select_option("worst")
    worst = sorted(range(COUNT), key=lambda number: (number % 3, -number))
    expect(page.locator(".aw-list .aw-row__title:visible")).to_have_count(120)
    assert _titles(page) == worst[:120]
    assert page.url.endswith("?sort=worst") and page.locator(".aw-pager:visible").count() == 0
    page.get_by_role("button", name="Show more").click()
    assert _titles(page) == worst
    expect(page.locator(".aw-row__title:focus")).to_have_text(f"Incident {worst[120]}")
    page.goto(f"{address}/services/s000/?sort=open")
    expect(page.locator(".aw-list .aw-row__title:visible").first).to_have_text("Incident 125")
    assert _titles(page) == sorted(range(COUNT), key=lambda number: (-(number % 7), -number))[:120]
    first = page.locator(".aw-list .aw-row:visible").first
    assert re.fullmatch(
        r"14 May 2026\s+Sev 3\s+Incident 125\s+Service 0, Service 125 · 6 open actions", first.inner_text()
    )
    page.get_by_label("Order").select_option("")
    assert _titles(page)[0] == COUNT - 1 and "sort" not in page.url
    page.close()


def test_an_overview_is_sorted_over_all_of_its_pages(address: str, browser: Browser) -> None:
    """Services of the other numbered page are taken from there, with links that lead where they led."""
    page = browser.new_page()
    page.goto(f"{address}/services/2/")
    assert page.locator(".aw-entry:visible").count() == COUNT - 120
    page.get_by_label("Order").select_option("latest")
    expect(page.locator(".aw-entry:visible")).to_have_count(COUNT)
    labels = page.locator(".aw-entry__label:visible").all_inner_texts()
    assert labels[:3] == ["Service 0", "Service 129", "Service 128"]
    page.locator(".aw-entry__label:visible").nth(2).click()
    expect(page.locator("h1")).to_have_text("Service 128")
    page.close()


@pytest.mark.slow
def test_sorted_lists_are_accessible(address: str, browser: Browser) -> None:
    """The choice of an order and the sorted lines have names and contrast, light and dark."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        for path in ("services/s000/?sort=title", "services/?sort=records"):
            page.goto(f"{address}/{path}")
            expect(page.locator(".aw-list__sorted:visible")).to_have_count(1)
            assert broken_rules(page) == []
        page.close()


def test_a_catalogue_that_does_not_come_leaves_the_list(address: str, browser: Browser) -> None:
    """Where the file is missing the list stands as it was, with a sentence."""
    page = browser.new_page()
    page.route("**/catalogue.json", lambda route: route.abort())
    page.goto(f"{address}/services/s000/")
    page.get_by_label("Order").select_option("title")
    expect(page.locator(".aw-list .aw-hint")).to_contain_text("could not be loaded")
    assert _titles(page)[0] == COUNT - 1
    page.close()
