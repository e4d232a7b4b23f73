"""The search page in Chromium: typing, choosing, the address, the keyboard, what is said, phones, and what fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.search.whole_catalogue import catalogue_of
from tests.site.pages import record_pages

pytestmark = pytest.mark.browser

NEAR_MISS = "2026-05-12-certificate-31-hours-left"
FIELD = "#aw-search-text"
COUNT = "#aw-search-count"
TITLES = "#aw-search-results .aw-card__title a"
FACETS = ("service", "class", "severity", "year", "team", "status", "kind", "detection", "open")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of a desktop's width whose scripts must not fail."""
    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def catalogue(own_site: Path) -> dict[str, Any]:
    """Read the catalogue that the page reads."""
    return catalogue_of(own_site)


def held(catalogue: dict[str, Any], facet: str, row: int) -> set[str]:
    """Give the ids that a record has of a facet, broader classes included, as a reader counts them."""
    cell = catalogue["records"][facet][row]
    if facet == "open":
        return {"yes"} if cell else set()
    values = catalogue["facets"][facet]
    own = [at for at in (cell if isinstance(cell, list) else [cell]) if at >= 0]
    wider = [above for at in own for above in values[at][2]] if facet == "class" else []
    return {values[at][0] for at in (*own, *wider)}


def counted(catalogue: dict[str, Any], facet: str, choice: dict[str, set[str]]) -> dict[str, int]:
    """Count the records of each value of a facet among those that fit every other facet's choice."""
    others = {name: ids for name, ids in choice.items() if name != facet}
    rows = range(len(catalogue["records"]["id"]))
    fitting = [row for row in rows if all(held(catalogue, name, row) & ids for name, ids in others.items())]
    return dict(Counter(value for row in fitting for value in held(catalogue, facet, row)))


def shown(page: Page) -> list[dict[str, int]]:
    """Give the numbers beside the values of each facet that has any, whole lists, by label."""
    for more in page.locator(".aw-facet__more:visible").all():
        if str(more.text_content()).startswith("Show all"):
            more.click()
    return page.locator(".aw-facet:visible").evaluate_all(
        "facets => facets.map(each => Object.fromEntries([...each.querySelectorAll('.aw-facet__line')]"
        ".map(line => [line.children[1].textContent, Number(line.children[2].textContent)])))"
    )


def test_results_come_as_one_types(own_address: str, page: Page) -> None:
    """An unfinished word finds records; the passage with it is marked, its part is named, and the title leads to that part."""
    page.goto(f"{own_address}/search/")
    page.locator(FIELD).press_sequentially("certific")
    found = page.locator("#aw-search-results li", has=page.locator(f'a[href*="{NEAR_MISS}"]'))
    expect(found).to_have_count(1)
    expect(found.locator(".aw-card__summary mark").first).to_contain_text("certific")
    expect(found.locator(".aw-where")).not_to_be_empty()
    anchor = str(found.locator(".aw-card__title a").get_attribute("href")).partition("#")[2]
    found.locator(".aw-card__title a").click()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    assert "certific" in str(page.locator(f"section:has(#{anchor}), #{anchor}").first.text_content()).lower()


@pytest.mark.slow
@pytest.mark.parametrize("facet", FACETS)
def test_facets_count_what_there_is(
    own_address: str, page: Page, catalogue: dict[str, Any], facet: str
) -> None:
    """With one value of a facet chosen the others count within it, and the facet itself still counts what its other values would bring."""
    everything = counted(catalogue, facet, {})
    value = max(everything, key=lambda each: (everything[each], each))
    choice = {facet: {value}}
    page.goto(f"{own_address}/search/?{facet}={value}")
    number = everything[value]
    expect(page.locator(COUNT)).to_contain_text(f"{number} record{'' if number == 1 else 's'},")
    names = {name: {each[0]: each[1] for each in catalogue["facets"][name]} for name in FACETS}
    names["open"] = {"yes": "still open"}
    wanted = [
        {names[name][each]: count for each, count in counted(catalogue, name, choice).items()}
        for name in FACETS
    ]
    expect(page.locator(".aw-facet__line :checked")).to_have_count(1)
    assert shown(page) == [each for each in wanted if each]


def test_values_of_a_facet_are_alternatives(own_address: str, page: Page, catalogue: dict[str, Any]) -> None:
    """Two values of a facet bring the records of both; a value of another keeps those that have it, too."""
    chosen = {"severity": {"sev2", "sev3"}, "status": {"final"}}
    rows = range(len(catalogue["records"]["id"]))
    wanted = [row for row in rows if all(held(catalogue, name, row) & ids for name, ids in chosen.items())]
    page.goto(f"{own_address}/search/")
    for label in ("Sev 2", "Sev 3", "final"):
        page.get_by_role("checkbox", name=re.compile(f"^{label} ")).check()
    expect(page.locator(TITLES)).to_have_count(len(wanted))
    assert page.locator("#aw-search-chosen li").count() == 4  # with the way to clear all
    assert page.url.partition("?")[2] == "severity=sev2&severity=sev3&status=final"


def test_a_long_facet_is_narrowed_by_typing(own_address: str, page: Page) -> None:
    """The field of a facet with many values finds one of them, Enter chooses it, and the focus stays."""
    page.goto(f"{own_address}/search/")
    narrow = page.get_by_label("Service: find a value")
    narrow.press_sequentially("edge")
    expect(page.locator(".aw-facet:has([type=search])").first.locator(".aw-facet__line")).to_have_count(1)
    narrow.press("Enter")
    expect(page).to_have_url(re.compile(r"\?service=edge-proxy$"))
    expect(narrow).to_be_focused()


def test_everything_stands_in_the_address(own_address: str, browser: Browser, page: Page) -> None:
    """Whoever opens the address sees the same list; the back button undoes one choice after the other."""
    page.goto(f"{own_address}/search/")
    page.locator(FIELD).press_sequentially("certificate")
    expect(page.locator(COUNT)).to_contain_text(re.compile(r"^\d+ record"))
    page.locator("#aw-search-order").select_option("new")
    page.get_by_role("checkbox", name=re.compile("^Near miss ")).check()
    expect(page.locator(TITLES)).to_have_count(1)
    address = page.url
    assert address.partition("?")[2] == "text=certificate&severity=near-miss&order=new"
    other = browser.new_page()
    other.goto(address)
    expect(other.locator(TITLES)).to_have_count(1)
    expect(other.locator(FIELD)).to_have_value("certificate")
    expect(other.locator("#aw-search-order")).to_have_value("new")
    other.close()
    page.go_back()
    expect(page.locator("#aw-search-chosen")).to_be_hidden()
    expect(page.locator("#aw-search-order")).to_have_value("new")
    page.go_back()
    expect(page.locator("#aw-search-order")).to_have_value("best")
    expect(page.locator(FIELD)).to_have_value("certificate")


def test_a_question_is_answered_by_keyboard(own_address: str, page: Page) -> None:
    """From another page: the shortcut, what one remembers, the filter that is offered, the result, and back to the field."""
    page.goto(f"{own_address}/handbook/")
    page.keyboard.press("Control+k")
    page.wait_for_url("**/search/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("edge proxy certif")
    offer = page.locator("#aw-search-offers button").first
    expect(offer).to_have_text("Service: Edge proxy + Failure class: Certificate 1")
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?service=edge-proxy&class=certificate$"))
    expect(page.locator(TITLES)).to_have_count(1)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(TITLES)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(NEAR_MISS))


@pytest.mark.parametrize("key", ["Enter", "ArrowDown"])
def test_the_way_to_the_results_waits_for_the_answer(own_address: str, page: Page, key: str) -> None:
    """Right after the last letter it goes to the first result of what was typed, not to one that still stood there and is gone at once."""
    held: list[Route] = []
    page.route("**/lunr.json", lambda route: held.append(route))
    page.goto(f"{own_address}/search/")
    expect(page.locator(".aw-facet").first).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("certificate hours")
    page.keyboard.press(key)
    expect(page.locator(COUNT)).to_have_text("Searching …")
    held.pop().continue_()
    expect(page.locator(TITLES).first).to_be_focused()
    expect(page.locator(TITLES).first).to_have_attribute("href", re.compile(NEAR_MISS))


def test_what_is_asked_before_the_search_is_ready_is_answered(own_address: str, page: Page) -> None:
    """While the catalogue is on its way, words are kept, and so is Enter, unless one types on; what was in the address and is deleted stays away."""
    held: list[Route] = []
    page.route("**/catalogue.json", lambda route: held.append(route))
    for typed, focused in (
        (("certificate hours", "Enter"), TITLES),
        (("certificate", "Enter", " hours"), FIELD),
        ((), FIELD),
    ):
        with page.expect_request("**/catalogue.json"):
            page.goto(f"{own_address}/search/?text=payments#aw-search-text")
        page.locator(FIELD).fill("")
        for each in typed:
            (page.keyboard.press if each == "Enter" else page.keyboard.type)(each)
        held.pop().continue_()
        expect(page.locator(".aw-facet").first).to_be_visible()
        if typed:
            expect(page.locator(TITLES).first).to_have_attribute("href", re.compile(NEAR_MISS))
        expect(page.locator(focused).first).to_be_focused()
        expect(page.locator(FIELD)).to_have_value("certificate hours" if typed else "")


def test_arrows_move_among_results_and_inside_a_facet(own_address: str, page: Page) -> None:
    """Down and up go from title to title and back to the field; a facet is one stop of the tab key, and Space chooses in it."""
    page.goto(f"{own_address}/search/#aw-search-text")
    expect(page.locator(".aw-facet").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(TITLES).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    boxes = page.locator(".aw-facet").nth(2).locator("input")
    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Space")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.locator(".aw-facet").nth(2).evaluate("it => it.contains(document.activeElement)")


def test_what_is_found_is_said_after_a_pause(own_address: str, page: Page) -> None:
    """A screen reader hears the number once, when the typing has stopped, and that filters are offered; nothing when the page comes."""
    page.goto(f"{own_address}/search/")
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(document.getElementById('aw-search-said').textContent))"
        ".observe(document.getElementById('aw-search-said'), { childList: true })"
    )
    page.locator(FIELD).press_sequentially("certificate", delay=40)
    expect(page.locator("#aw-search-said")).to_have_text(re.compile(r"^\d+ records?\. 1 filter is offered"))
    said = page.evaluate("said")
    assert len(said) == 1, said
    assert page.locator("#aw-search-said").get_attribute("role") == "status"


def test_a_slip_is_forgiven_and_told(own_address: str, page: Page) -> None:
    """A word with a slip finds what was meant, and the page says what it took the word for."""
    page.goto(f"{own_address}/search/?text=certficate")
    expect(page.locator(COUNT)).to_contain_text("shown for certificate, not certficate")
    expect(page.locator(f'{TITLES}[href*="{NEAR_MISS}"]')).to_have_count(1)


def test_a_word_that_no_record_has_is_named(own_address: str, page: Page) -> None:
    """Where only some of the words are found, the page says which of them are nowhere."""
    page.goto(f"{own_address}/search/?text=certificate+heffalump")
    expect(page.locator(COUNT)).to_have_text(
        re.compile(
            r"^No record holds all these words; \d+ records? with some of them · no record holds heffalump$"
        )
    )


def test_the_first_letter_of_a_word_takes_nothing_away(own_address: str, page: Page) -> None:
    """One letter that no record has as a word leaves the list; the next one searches."""
    page.goto(f"{own_address}/search/?text=a&year=2026")
    expect(page.locator(COUNT)).to_contain_text("the latest first")
    expect(page.locator("#aw-search-none")).to_be_hidden()
    page.locator(FIELD).press_sequentially("zz")
    expect(page.locator(COUNT)).to_have_text("No record fits")


def test_common_words_alone_are_told_not_to_be_looked_for(own_address: str, page: Page) -> None:
    """That no record holds them would be untrue; beside a word that tells something they are left out without a word."""
    page.goto(f"{own_address}/search/?text=the+of+")
    expect(page.locator(COUNT)).to_have_text("No record fits: words as common as these are not looked for")
    expect(page.locator("#aw-search-none")).to_contain_text("A word that says more finds some.")
    page.locator(FIELD).fill("the certificate of")
    expect(page.locator(COUNT)).to_have_text(re.compile(r"^\d+ records$"))
    page.locator(FIELD).fill("the heffalump")
    expect(page.locator(COUNT)).to_have_text("No record fits")


def test_an_id_leads_to_the_beginning_of_its_record(own_address: str, page: Page) -> None:
    """Who types an id wants the record: its day may stand in the timeline, too, and does not draw the reader there."""
    page.goto(f"{own_address}/search/?text={NEAR_MISS}")
    expect(page.locator("#aw-search-results .aw-card__summary")).to_have_count(1)
    expect(page.locator(TITLES)).to_have_attribute("href", re.compile(f"/{NEAR_MISS}/$"))


def test_a_page_that_nobody_asked_loads_no_record(own_address: str, page: Page) -> None:
    """Fewer records than a list shows at once are all in the page already."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{own_address}/search/")
    expect(page.locator("#aw-search-facets .aw-facet").first).to_be_visible()
    assert any("catalogue.json" in url for url in loaded)
    assert not [url for url in loaded if "/parts/" in url]


def test_nothing_found_leads_on(own_address: str, page: Page) -> None:
    """Where words and filters together find nothing the page says why, and each way out names what it brings."""
    page.goto(f"{own_address}/search/?text=certificate&severity=sev0&service=nowhere")
    none = page.locator("#aw-search-none")
    expect(none).to_contain_text("none of them has all that is chosen")
    expect(page.locator("#aw-search-chosen")).to_contain_text("nowhere (no record has it)")
    way = none.get_by_role("button", name="Without any filter")
    promised = int(re.findall(r"(\d+) record", str(way.text_content()))[0])
    way.click()
    expect(page.locator(TITLES)).to_have_count(promised)
    expect(page.locator(FIELD)).to_be_focused()
    page.goto(f"{own_address}/search/?text=xylophonic")
    expect(none).to_contain_text("No record holds these words")


def test_more_results_keep_the_focus(own_address: str, page: Page, catalogue: dict[str, Any]) -> None:
    """Showing more puts the focus on the first new title, and the address keeps how many are shown."""
    facts = {**catalogue, "records": {name: column * 3 for name, column in catalogue["records"].items()}}
    facts["records"]["day"] = [0] * len(facts["records"]["day"])
    page.route("**/catalogue.json", lambda route: route.fulfill(json=facts))
    page.goto(f"{own_address}/search/?status=final")
    expect(page.locator(TITLES)).to_have_count(30)
    page.locator("#aw-search-more").press("Enter")
    expect(page.locator(TITLES).nth(30)).to_be_focused()
    assert "shown=60" in page.url


def test_a_filter_alone_loads_no_text_index(own_address: str, page: Page) -> None:
    """Whoever only chooses from facets downloads the catalogue and no index of words."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{own_address}/search/?severity=sev2")
    expect(page.locator(".aw-facet__line :checked")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert "catalogue.json" in asked
    assert not {"lunr.json", "lunr.js", "words.json", "pagefind.js"} & set(asked)


@pytest.mark.parametrize(
    ("lost", "told"),
    [("catalogue.json", "The search could not be loaded"), ("lunr.json", "words are not looked for")],
)
def test_a_lost_index_leaves_the_list(own_address: str, page: Page, lost: str, told: str) -> None:
    """Where a file of the search cannot be loaded a sentence says so, and records are listed."""
    page.route(f"**/{lost}", lambda route: route.abort())
    page.goto(f"{own_address}/search/?text=certificate")
    expect(page.locator(COUNT)).to_contain_text(told)
    assert page.locator(TITLES).count() > 10


def test_an_index_of_another_build_is_not_asked(own_address: str, page: Page) -> None:
    """Where the site was renewed under an open page the index may name other records: none is shown for another."""
    page.route(
        "**/lunr.json", lambda route: route.fulfill(json={"format": 2, "rows": "00000000", "index": {}})
    )
    page.goto(f"{own_address}/search/?text=certificate")
    expect(page.locator(COUNT)).to_contain_text("words are not looked for")


def test_without_script_records_are_listed(own_address: str, own_site: Path, browser: Browser) -> None:
    """Without script the newest records are in the page, a note leads to the indexes, and no dead control is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_address}/search/")
    for dead in ("#aw-search-form", "#aw-search-drawer", "#aw-search-more", "#aw-search-order"):
        expect(page.locator(dead)).to_be_hidden()
    expect(page.locator(f"{TITLES}:visible")).to_have_count(min(30, len(record_pages(own_site))))
    page.goto(f"{own_address}/services/edge-proxy/")
    page.locator(".aw-find [name=text]").fill("certificate")
    page.locator(".aw-find [name=text]").press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?service=edge-proxy&text=certificate"))
    context.close()


def test_facets_fold_in_on_a_phone(own_address: str, browser: Browser) -> None:
    """On a phone the facets lie in a drawer that says how many are chosen, and nothing is wider than the screen."""
    page = browser.new_page(viewport={"width": 360, "height": 780}, has_touch=True)
    page.goto(f"{own_address}/search/?severity=sev2&severity=sev3")
    summary = page.locator("#aw-search-drawer > summary")
    expect(summary).to_have_text("Filters (2)")
    expect(page.locator(".aw-facet").first).to_be_hidden()
    summary.tap()
    page.get_by_role("checkbox", name=re.compile("^Sev 1 ")).tap()
    expect(summary).to_have_text("Filters (3)")
    expect(page.locator(".aw-facet").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_the_field_of_each_page_has_room_for_its_words(own_address: str, browser: Browser) -> None:
    """What the field is for can be read in full beside its key, and a narrow screen shows no key."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{own_address}/risks/")
    expect(page.locator(".aw-find kbd")).to_be_visible()
    room = page.locator(".aw-find [name=text]").evaluate(
        "it => { const words = document.createElement('span'); words.textContent = it.placeholder;"
        " words.style.cssText = 'position: absolute; white-space: nowrap'; words.style.font = getComputedStyle(it).font; it.after(words);"
        " return it.nextElementSibling.nextElementSibling.getBoundingClientRect().left - it.getBoundingClientRect().left"
        " - parseFloat(getComputedStyle(it).paddingLeft) - words.getBoundingClientRect().width }"
    )
    assert room > 0
    page.set_viewport_size({"width": 360, "height": 780})
    expect(page.locator(".aw-find kbd")).to_be_hidden()
    page.close()


def test_the_theme_s_search_leads_on(own_address: str, browser: Browser) -> None:
    """Words that stand in the text of records alone are not known to the box in the header: it offers to look there, and does so where it has found nothing."""
    page = browser.new_page()
    page.goto(f"{own_address}/services/edge-proxy/")
    asked = page.locator("[data-md-component=search-query]")
    asked.click()
    asked.press_sequentially("certificate")
    onward = page.locator(".aw-onward")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(onward).to_have_count(1)
    asked.press("ArrowDown")
    expect(onward).to_be_focused()
    asked.fill("zephyrine & wildcard")
    expect(onward).to_have_text("Search the post-mortems for “zephyrine & wildcard”")
    asked.fill("zephyrin")
    asked.press("e")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching")
    asked.press("Enter")
    page.wait_for_url(f"{own_address}/search/?text=zephyrine")
    expect(page.locator("#aw-search-text")).to_have_value("zephyrine")
    page.close()


def test_the_page_is_light(own_site: Path) -> None:
    """The page itself holds the newest records only: the facets come from the catalogue."""
    assert len((own_site / "search" / "index.html").read_bytes()) < 150_000
