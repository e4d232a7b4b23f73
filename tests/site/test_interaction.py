"""Searching and filtering in Chromium, and the same pages without script."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

NEAR_MISS = "2026-05-12-certificate-31-hours-left"
OVERDUE = "2026-02-10-refund-batch-blocks-payments"


def test_what_was_found_is_reached_by_one_click(own_address: str, browser: Browser) -> None:
    """Leaving the field by pressing on a result, or on an action's record, puts nothing else in its place before the click."""
    page = browser.new_page()
    page.goto(f"{own_address}/search/")
    page.locator("#aw-search-form [name=text]").press_sequentially("certificate")
    page.wait_for_load_state("networkidle")
    page.locator("#aw-search-results .aw-card__title a").first.click()
    expect(page.locator("#summary")).to_be_visible()
    page.goto(f"{own_address}/actions/done/")
    page.locator("#aw-filters [name=text]").press_sequentially("runbook")
    expect(page.locator("#aw-count")).to_contain_text(" of ")
    page.locator("#aw-actions .aw-act:visible a").first.click()
    expect(page.locator("#actions")).to_be_visible()
    page.close()


@pytest.mark.parametrize("typed", ["certificate 31 hours", "Edge proxy"])
def test_the_site_s_search_box_finds_records(own_address: str, browser: Browser, typed: str) -> None:
    """Material's own box finds a record by words of its title and by the name of its service."""
    page = browser.new_page()
    page.goto(f"{own_address}/")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially(typed)
    expect(page.locator(f'.md-search-result a[href*="{NEAR_MISS}"]').first).to_be_visible()
    page.close()


def test_actions_are_filtered_in_the_address(own_address: str, own_site: Path, browser: Browser) -> None:
    """A list filters over all actions, not only those on its page; clearing brings the list back, and an old address of the dashboard leads there."""
    exported = json.loads((own_site / "actions" / "actions.json").read_text(encoding="utf-8"))["actions"]
    page = browser.new_page()
    page.goto(f"{own_address}/actions/open/")
    rows = page.locator("#aw-actions .aw-act:visible")
    listed = rows.count()
    page.get_by_role("button", name="Owner").click()
    expect(page.locator("#aw-count")).to_have_text(f"{listed} of {listed} actions")
    page.locator("#aw-filters [name=state]").select_option("done")
    wanted = [each for each in exported if each["state"] == "done" and not each["retold"]]
    expect(page.locator("#aw-count")).to_have_text(f"{len(wanted)} of {len(exported)} actions")
    page.locator("#aw-filters [name=state]").select_option("all")
    page.locator("#aw-filters [name=text]").fill("runbook")
    expect(page.locator(f'#aw-actions .aw-act:visible a[href*="{OVERDUE}"]').first).to_be_visible()
    assert "text=runbook" in page.url and "state=all" in page.url
    page.locator("#aw-filters [type=reset]").click()
    expect(rows).to_have_count(listed)
    assert "?" not in page.url
    page.goto(f"{own_address}/actions/?team=Platform&state=unfinished#list")
    page.wait_for_url("**/actions/open/?team=Platform*")
    expect(rows).to_have_count(
        sum(
            each["team"] == "Platform"
            and each["state"] in ("overdue", "open", "in progress", "in review")
            and not each["retold"]
            for each in exported
        )
    )
    page.close()


def test_actions_are_sorted_over_all_pages(own_address: str, browser: Browser) -> None:
    """A head sorts by its column, again the other way, and a third time not at all; what is not stated comes last."""
    page = browser.new_page()
    page.goto(f"{own_address}/actions/done/?sort=-due")
    days = page.locator("#aw-actions .aw-act:visible td:nth-child(5) > time")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(page.locator("#aw-count")).to_contain_text(" of ")
    found = days.evaluate_all("times => times.map(each => each.dateTime)")
    assert len(found) > 20 and found == sorted(found, reverse=True)
    page.locator("th button", has_text="Due").click()
    assert "sort" not in page.url
    page.close()


def test_a_list_whose_file_is_lost_stays_whole(own_address: str, browser: Browser) -> None:
    """Where the file of all actions cannot be read the page says so, and shows what it has."""
    page = browser.new_page()
    page.route("**/rows.json", lambda route: route.abort())
    page.goto(f"{own_address}/actions/open/?text=runbook")
    expect(page.locator("#aw-count")).to_contain_text("could not be read")
    assert page.locator("#aw-actions .aw-act:visible").count() > 3
    page.close()


def test_overdue_is_told_of_the_day_on_which_it_is_read(own_address: str, browser: Browser) -> None:
    """Read a year later, what was open with a day is overdue: on the dashboard with its counts, in the list, on the pages of an owner, of a kind and of the record, and on the home page."""
    page = browser.new_page()
    page.goto(f"{own_address}/actions/")
    page.clock.set_fixed_time("2028-01-01T12:00:00Z")
    dated = sum(
        int(each.split(":")[1])
        for each in str(page.locator("[data-days]").get_attribute("data-days")).split()
    )
    before = int(str(page.locator("h2 [data-count=overdue]").text_content()))
    page.reload()
    expect(page.locator("[data-stamp]")).to_have_text("1 Jan 2028")
    assert dated > 2
    for place in ("h2", ".aw-tile"):
        expect(page.locator(f"{place} [data-count=overdue]")).to_have_text(str(before + dated))
        expect(page.locator(f"{place} [data-count=soon]")).to_have_text("0")
    expect(page.locator("[data-then]").last).to_be_visible()
    assert page.locator("[data-part=soon] li").count() == 0
    assert page.locator("[data-part=overdue] li .aw-late").count() >= before
    expect(page.locator("[data-part=soon] [data-none]")).to_be_visible()
    page.goto(f"{own_address}/actions/open/")
    due = page.locator("#aw-actions .aw-act[data-due]")
    assert due.count() == due.locator(".aw-state--overdue").count() == due.locator("td .aw-late").count() > 3
    page.goto(f"{own_address}/owners/wilhelmina-foolscap/")
    assert page.locator("[data-part=overdue] li").count() == 2
    expect(page.locator("[data-part=later]")).to_be_hidden()
    for where in ("", "kinds/outage/"):
        page.goto(f"{own_address}/{where}")
        lines = page.locator(".aw-todo__line[data-due]")
        assert lines.count() == lines.locator(".aw-late").count() > 1
        expect(page.locator("[data-stamp]")).to_have_text("1 Jan 2028")
        days = (dt.date(2028, 1, 1) - dt.date.fromisoformat(str(lines.first.get_attribute("data-due")))).days
        expect(lines.first.locator(".aw-late")).to_have_text(f"{days:,} days over")
    page.goto(f"{own_address}/2026/{OVERDUE}/")
    assert page.locator("[data-due] .aw-state:not(.aw-state--overdue)").count() == 0
    page.close()


def test_what_comes_due_moves_up(own_address: str, browser: Browser) -> None:
    """Read some days later, an action that was due later stands among those due soon, with the days that are left."""
    page = browser.new_page()
    page.goto(f"{own_address}/actions/")
    lines = page.locator("[data-part=soon] li, [data-part=later] li")
    days = sorted(filter(None, lines.evaluate_all("lines => lines.map(line => line.dataset.due)")))
    assert days
    last = dt.date.fromisoformat(days[-1])
    page.clock.set_fixed_time(f"{last - dt.timedelta(days=1)}T12:00:00Z")
    page.reload()
    line = page.locator(f'[data-part=soon] li[data-due="{last}"]').first
    expect(line).to_be_visible()
    expect(line.locator("[data-when]")).to_have_text("tomorrow")
    page.close()


def test_pages_work_without_script(own_site: Path, own_address: str, browser: Browser) -> None:
    """Without script every action is on a list that the dashboard leads to, and no dead control is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    exported = json.loads((own_site / "actions" / "actions.json").read_text(encoding="utf-8"))
    rows = list(
        csv.reader((own_site / "actions" / "actions.csv").read_text(encoding="utf-8-sig").splitlines())
    )
    listed = 0
    for name in ("open", "done", "cancelled", "candidates", "retold"):
        page.goto(f"{own_address}/actions/")
        page.locator(f'nav a[href="{name}/"]').click()
        page.wait_for_url(f"**/actions/{name}/")
        listed += page.locator("#aw-actions .aw-act:visible").count()
        assert not page.locator("#aw-filters").is_visible()
    assert listed == len(exported["actions"]) == len(rows) - 1
    context.close()
