"""Open causes and accepted risks in Chromium."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

RECORD = "2026/2026-07-21-proofs-stalled-labels-doubled/"


def test_filters_narrow_both_lists(own_address: str, own_site: Path, browser: Browser) -> None:
    """A filter stands in the address and leaves of both lists what fits; without script there is no form and every row."""
    rows = list(csv.DictReader((own_site / "risks" / "risks.csv").read_text(encoding="utf-8").splitlines()))
    page = browser.new_page()
    page.goto(f"{own_address}/risks/")
    expect(page.locator("#aw-count")).to_have_text(f"{len(rows)} entries")
    page.locator("#aw-filters [name=service]").select_option("checkout")
    wanted = [row for row in rows if "checkout" in row["services"].split()]
    assert 0 < len(wanted) < len(rows)
    assert page.locator(".aw-act:visible").count() == len(wanted)
    assert "service=checkout" in page.url
    page.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{own_address}/risks/")
    expect(plain.locator("#aw-filters")).to_be_hidden()
    assert plain.locator(".aw-act").count() == len(rows)
    plain.context.close()


def test_sorting_takes_the_list_that_has_the_column(own_address: str, browser: Browser) -> None:
    """The register sorted by review day loses its groups; the list beside it, which has no such column, keeps them."""
    page = browser.new_page()
    page.goto(f"{own_address}/risks/?sort=-review")
    days = page.locator(".aw-risks--accepted .aw-act td:last-child time").evaluate_all(
        "all => all.map(each => each.dateTime)"
    )
    assert days == sorted(days, reverse=True) and len(set(days)) > 1
    assert page.locator(".aw-risks--accepted .aw-group:visible").count() == 0
    assert page.locator(".aw-risks:not(.aw-risks--accepted) .aw-group:visible").count() > 0
    page.close()


def test_reviews_come_to_be_past_without_a_build(own_address: str, own_site: Path, browser: Browser) -> None:
    """On a later day more reviews are past: in the register, in its counts, and on the badge of the node."""
    accepted = json.loads((own_site / "risks" / "risks.json").read_text())["accepted"]
    own = [each for each in accepted if not each["retold"]]
    past = [each for each in own if each["review"] < "2027-05-01"]
    page = browser.new_page()
    page.clock.set_fixed_time("2027-05-01T12:00:00Z")
    page.goto(f"{own_address}/risks/")
    expect(page.locator("[data-count=past]")).to_have_text(str(len(past)))
    expect(page.locator("[data-count=accepted]")).to_have_text(str(len(own) - len(past)))
    assert page.locator("tbody[data-group=past] .aw-state").all_inner_texts() == ["! review past"] * len(past)
    page.goto(f"{own_address}/{RECORD}")
    expect(page.locator(".aw-tree-list .aw-state--review-past")).to_have_text("! review past")
    page.close()


def test_tree_list_copies_as_a_list_with_states(own_address: str, browser: Browser) -> None:
    """Copied, each node is one line with its level, its state in words and its actions."""
    page = browser.new_page()
    page.goto(f"{own_address}/{RECORD}")
    copied = page.evaluate(
        """() => {
            const all = document.createRange();
            all.selectNodeContents(document.querySelector(".aw-tree-list"));
            getSelection().addRange(all);
            return getSelection().toString();
        }"""
    ).splitlines()
    page.close()
    assert copied[0] == "- Proofs stalled for 47 minutes and 1,212 parcels got two labels AND"
    assert "    - The disk warning paged nobody ✓ action done → A2" in [
        line.replace("\xa0", " ").rstrip() for line in copied
    ]
    assert all(line.lstrip().startswith("- ") for line in copied if line)
