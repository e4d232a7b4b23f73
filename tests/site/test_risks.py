"""Open causes and accepted risks in Chromium."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

RECORD = "2026/2026-07-21-proofs-stalled-labels-doubled/"


@pytest.mark.parametrize("listed", ["open", "accepted"])
def test_filters_read_one_file(own_address: str, own_site: Path, browser: Browser, listed: str) -> None:
    """A filter stands in the address and leaves what fits, in the words of the page; without script there is no form and every row."""
    rows = [row for row in _exported(own_site) if row["list"] == listed]
    page = browser.new_page()
    page.goto(f"{own_address}/risks/{listed}/")
    shown = page.locator(".aw-act:visible")
    wanted = [row for row in rows if "checkout" in row["services"].split()]
    assert 0 < len(wanted) < len(rows)
    drawn = {text for text in shown.all_inner_texts() if wanted[0]["statement"] in text}
    page.locator("#aw-filters [name=service]").select_option("checkout")
    expect(page.locator("#aw-count")).to_contain_text(f"{len(wanted)} of ")
    assert shown.count() == len(wanted)
    assert drawn & set(shown.all_inner_texts())
    assert "service=checkout" in page.url
    page.locator("#aw-filters [type=reset]").click()
    expect(page.locator(".aw-group:visible").first).to_be_visible()
    assert "?" not in page.url
    page.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{own_address}/risks/{listed}/")
    expect(plain.locator("#aw-filters")).to_be_hidden()
    assert plain.locator(".aw-act").count() == len({(row["record"], row["statement"]) for row in rows})
    plain.context.close()


def test_sorting_takes_all_pages(own_address: str, own_site: Path, browser: Browser) -> None:
    """Sorted by review day the register loses its groups, and every risk is in it."""
    page = browser.new_page()
    page.goto(f"{own_address}/risks/accepted/?sort=-review")
    expect(page.locator("#aw-count")).to_contain_text(" of ")
    days = page.locator(".aw-act:visible td:last-child time").evaluate_all(
        "all => all.map(each => each.dateTime)"
    )
    assert days == sorted(days, reverse=True) and len(set(days)) > 1
    reviews = [row["review"] for row in _exported(own_site) if row["review"]]
    assert sorted(days) == sorted(reviews)
    assert page.locator(".aw-group:visible").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("risks/", []),
        ("risks/open/", ["State", "Cause", "Record", "Since"]),
        (RECORD, ["Time (UTC)", "#", "Factor", "Category"]),
    ],
)
def test_on_a_phone_heads_that_do_nothing_are_not_seen(
    own_address: str, browser: Browser, path: str, shown: list[str]
) -> None:
    """Where rows are cards, their heads would be loose words above them: those that sort stay, and so does the zone of the times."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{own_address}/{path}")
    expect(page.locator("thead th button")).to_have_count(len(shown) if "open" in path else 0)
    seen = page.locator("thead th:visible").evaluate_all(
        "all => all.filter(it => [it, it.closest('thead')].every(each => getComputedStyle(each).clipPath === 'none'))"
        ".map(it => it.innerText)"
    )
    assert seen == shown
    context.close()


def test_an_old_address_leads_to_the_list(own_address: str, browser: Browser) -> None:
    """What the page itself filtered before there were lists is filtered there."""
    page = browser.new_page()
    page.goto(f"{own_address}/risks/?service=checkout#open")
    page.wait_for_url("**/risks/open/?service=checkout*")
    expect(page.locator("#aw-filters [name=service]")).to_have_value("checkout")
    page.close()


def _exported(site: Path) -> list[dict[str, str]]:
    written = (site / "risks" / "risks.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(written.splitlines()))


def test_reviews_come_to_be_past_without_a_build(own_address: str, own_site: Path, browser: Browser) -> None:
    """On a later day more reviews are past: in the register, in its counts, and on the badge of the node."""
    accepted = json.loads((own_site / "risks" / "risks.json").read_text())["accepted"]
    own = [each for each in accepted if not each["retold"]]
    past = [each for each in own if each["review"] < "2027-05-01"]
    page = browser.new_page()
    page.clock.set_fixed_time("2027-05-01T12:00:00Z")
    for path, places in (("", 2), ("accepted/", 1)):
        page.goto(f"{own_address}/risks/{path}")
        expect(page.locator("[data-count=past]")).to_have_text([str(len(past))] * places)
        expect(page.locator("[data-count=accepted]")).to_have_text([str(len(own) - len(past))] * places)
        badges = page.locator("tbody[data-group=past] .aw-state")
        assert badges.all_inner_texts() == ["! review past"] * len(past)
    page.locator("#aw-filters [name=state]").select_option("review past")
    expect(page.locator("#aw-count")).to_have_text(f"{len(past)} of {len(accepted)} risks")
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
