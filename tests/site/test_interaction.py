"""Searching and filtering in Chromium, and the same pages without script."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.site.pages import record_pages

pytestmark = pytest.mark.browser

NEAR_MISS = "2026-05-12-certificate-31-hours-left"
OVERDUE = "2026-02-10-refund-batch-blocks-payments"


def test_a_search_stands_in_the_address(own_address: str, browser: Browser) -> None:
    """Words and filters narrow the list, and whoever opens the address that comes of it sees the same list."""
    page = browser.new_page()
    page.goto(f"{own_address}/search/")
    form = page.locator("#aw-search-form")
    form.locator("[name=text]").fill("certificate")
    expect(page.locator("#aw-search-count")).to_contain_text("record")
    both = page.locator("#aw-results .aw-card--record").count()
    form.locator("[name=severity]").select_option("near-miss")
    expect(page.locator(f'#aw-results a[href*="{NEAR_MISS}"]').first).to_be_visible()
    assert page.locator("#aw-results .aw-card--record").count() < both
    address, titles = page.url, page.locator("#aw-results a").all_inner_texts()
    assert "text=certificate" in address
    assert "severity=near-miss" in address
    page.close()
    other = browser.new_page()
    other.goto(address)
    expect(other.locator(f'#aw-results a[href*="{NEAR_MISS}"]').first).to_be_visible()
    assert other.locator("#aw-results a").all_inner_texts() == titles
    other.close()


def test_what_was_found_is_reached_by_one_click(own_address: str, browser: Browser) -> None:
    """Leaving the field by pressing on a result, or on an action's record, puts nothing else in its place before the click."""
    page = browser.new_page()
    page.goto(f"{own_address}/search/")
    page.locator("#aw-search-form [name=text]").press_sequentially("certificate")
    page.wait_for_load_state("networkidle")
    page.locator("#aw-results .aw-card__title a").first.click()
    expect(page.locator("#summary")).to_be_visible()
    page.goto(f"{own_address}/actions/")
    page.locator("#aw-filters [name=text]").press_sequentially("runbook")
    page.locator("#aw-actions .aw-act:visible a").first.click()
    expect(page.locator("#actions")).to_be_visible()
    page.close()


@pytest.mark.parametrize("name", ["service", "severity", "class", "year", "status"])
def test_every_filter_narrows(own_address: str, browser: Browser, name: str) -> None:
    """Each filter's first choice gives as many records as it says, alone and without words."""
    page = browser.new_page()
    page.goto(f"{own_address}/search/")
    field = page.locator(f"#aw-search-form [name={name}]")
    option = field.locator("option").nth(1)
    promised = int(str(option.text_content()).rpartition("(")[2].rstrip(")"))
    field.select_option(index=1)
    expect(page.locator("#aw-search-count")).to_contain_text(f"{promised} record")
    page.close()


def test_nothing_found_is_said(own_address: str, browser: Browser) -> None:
    """A word that is nowhere gives an empty list and a sentence."""
    page = browser.new_page()
    page.goto(f"{own_address}/search/?text=xylophonic")
    expect(page.locator("#aw-search-count")).to_contain_text("o record")
    assert page.locator("#aw-results a[href*='20']").count() == 0
    page.close()


@pytest.mark.parametrize("typed", ["certificate 31 hours", "Edge proxy"])
def test_the_site_s_search_box_finds_records(own_address: str, browser: Browser, typed: str) -> None:
    """Material's own box finds a record by words of its title and by the name of its service."""
    page = browser.new_page()
    page.goto(f"{own_address}/")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially(typed)
    expect(page.locator(f'.md-search-result a[href*="{NEAR_MISS}"]').first).to_be_visible(timeout=10_000)
    page.close()


def test_actions_are_filtered_in_the_address(own_address: str, browser: Browser) -> None:
    """The tile leads to overdue actions alone, a text narrows them, and clearing brings all back."""
    page = browser.new_page()
    page.goto(f"{own_address}/actions/")
    all_rows = page.locator("#aw-actions .aw-act:visible").count()
    page.locator(".aw-tiles a", has_text="overdue").click()
    expect(page.locator("#aw-count")).not_to_have_text(f"{all_rows} actions")
    assert "state=overdue" in page.url
    states = page.locator("#aw-actions .aw-act:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.state)"
    )
    assert set(states) == {"overdue"}
    page.locator("#aw-filters [name=text]").fill("runbook")
    expect(page.locator(f'#aw-actions .aw-act:visible a[href*="{OVERDUE}"]').first).to_be_visible()
    page.locator("#aw-filters [type=reset]").click()
    expect(page.locator("#aw-actions .aw-act:visible")).to_have_count(all_rows)
    page.close()


def test_overdue_is_told_of_the_day_on_which_it_is_read(own_address: str, browser: Browser) -> None:
    """Read a year later, what was open with a day is overdue, on the list and on the record's page."""
    page = browser.new_page()
    page.clock.set_fixed_time("2028-01-01T12:00:00Z")
    page.goto(f"{own_address}/actions/?state=unfinished")
    due = page.locator("#aw-actions .aw-act[data-due]")
    assert due.count() > 3
    assert set(due.evaluate_all("rows => rows.map(row => row.dataset.state)")) == {"overdue"}
    page.goto(f"{own_address}/2026/{OVERDUE}/")
    assert page.locator("[data-due] .aw-state:not(.aw-state--overdue)").count() == 0
    page.close()


def test_pages_work_without_script(own_site: Path, own_address: str, browser: Browser) -> None:
    """Without script every action is listed, records are listed on the search page, and no dead control is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_address}/actions/")
    exported = json.loads((own_site / "actions" / "actions.json").read_text(encoding="utf-8"))
    rows = list(
        csv.reader((own_site / "actions" / "actions.csv").read_text(encoding="utf-8-sig").splitlines())
    )
    assert page.locator("#aw-actions .aw-act:visible").count() == len(exported["actions"]) == len(rows) - 1
    assert not page.locator("#aw-filters").is_visible()
    page.goto(f"{own_address}/search/")
    assert not page.locator("#aw-search-form").is_visible()
    assert page.locator("#aw-results .aw-card--record:visible").count() == len(record_pages(own_site))
    context.close()
