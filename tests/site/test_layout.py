"""Where things stand on the pages of an archive, in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve, afterword, drawn
from tests.site.test_timeline import HEADER, SITE

pytestmark = pytest.mark.browser

RECORD = "2026/2026-07-21-proofs-stalled-labels-doubled/"


def _columns(page: Page, parts: str) -> list[int]:
    """Give how many of the parts stand in each row, from the top."""
    tops: list[float] = page.locator(parts).evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().top)"
    )
    return [tops.count(top) for top in sorted(set(tops))]


@pytest.mark.parametrize("width", [390, 1024])
@pytest.mark.parametrize("path", ["search/", "actions/open/", "risks/accepted/"])
def test_what_a_script_shows_has_its_room_before(
    own_address: str, browser: Browser, path: str, width: int
) -> None:
    """Filters that come push nothing away from under the eye or the finger."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((each) => { moved += each.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{own_address}/{path}")
    expect(page.locator(":is(#aw-search-drawer, #aw-filters)")).to_be_visible()
    page.wait_for_load_state("networkidle")
    moved: float = page.evaluate("moved")
    page.close()
    assert moved < 0.05


def test_no_way_to_start_stands_alone(own_address: str, browser: Browser) -> None:
    """The six ways to start are two rows of three on a usual screen, and no wider than a phone."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{own_address}/")
    assert _columns(page, ".aw-start") == [3, 3]
    page.set_viewport_size({"width": 320, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_the_facts_of_a_record_stand_in_pairs_on_a_phone(own_address: str, browser: Browser) -> None:
    """Short facts below each other would fill a phone's screen before the summary; what is long has a row of its own."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(f"{own_address}/{RECORD}")
    rows = _columns(page, "dl.aw-facts:visible >> nth=0 >> > div")
    assert rows[:4] == [2, 2, 2, 2]
    assert rows[-1] == 1
    page.close()


def test_where_the_way_back_is_broken_a_line_begins_with_a_step(own_address: str, browser: Browser) -> None:
    """On a phone the mark between two steps stands at the end of the line above, and none behind the last."""
    page = browser.new_page(viewport={"width": 320, "height": 780})
    page.goto(f"{own_address}/risks/treeless/")
    steps = page.locator(".aw-crumbs ol")
    left: float = steps.evaluate("it => it.getBoundingClientRect().left")
    words: list[float] = steps.locator("a, span").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().left)"
    )
    assert words == [left] * 3
    ends: list[str] = steps.locator("li").evaluate_all(
        "all => all.map(it => getComputedStyle(it, '::after').content)"
    )
    assert ["›" in each for each in ends] == [True, True, False]
    page.close()


def test_a_quarter_is_divided_from_the_next_alone(own_address: str, browser: Browser) -> None:
    """On a phone, where the figures of a quarter stand in pairs, lines are between quarters: the last, of all, has none inside."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{own_address}/health/")
    lined = page.locator(".aw-health__table :is(th, td)").evaluate_all(
        "all => all.filter(it => it.offsetParent && parseFloat(getComputedStyle(it).borderTopWidth)).length"
    )
    assert lined == 0
    assert page.locator(".aw-health__all").evaluate("it => getComputedStyle(it).borderTopWidth") == "2px"
    page.set_viewport_size({"width": 1280, "height": 844})
    assert page.locator(".aw-health__all").evaluate("it => getComputedStyle(it).borderTopWidth") == "2px"
    page.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_quarters_below_a_drawing_stand_apart(
    own_address: str, browser: Browser, media: Literal["screen", "print"]
) -> None:
    """On a phone and on paper the first and the last quarter are on one line each, at the ends, with room between."""
    page = browser.new_page(viewport={"width": 390 if media == "screen" else 680, "height": 844})
    page.emulate_media(media=media)
    page.goto(f"{own_address}/health/")
    close = page.locator(".aw-health__ends").evaluate_all(
        "all => all.filter(it => { const [first, last] = [...it.children].map(each => each.getClientRects());"
        " return first.length + last.length > 2 || first[0].height > 24 || last[0].height > 24 || last[0].left - first[0].right < 4 }).length"
    )
    page.close()
    assert close == 0


def test_what_is_folded_looks_alike(own_address: str, browser: Browser) -> None:
    """The lines to copy of a service are a box of the archive's own, as the other folded ones are, and its arrow stands at half of the height."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    looks = []
    for path, folded in (("services/checkout/", ".aw-sharing"), ("risks/", ".aw-owing")):
        page.goto(f"{own_address}/{path}")
        looks.append(
            page.locator(folded)
            .first.locator("> summary")
            .evaluate(
                "it => { const arrow = getComputedStyle(it, '::after'); const style = getComputedStyle(it);"
                " return [getComputedStyle(it.parentElement).borderColor, style.backgroundColor,"
                " Math.abs(parseFloat(arrow.top) * 2 + parseFloat(arrow.height) - it.clientHeight) <= 1] }"
            )
        )
    page.close()
    assert looks[0] == looks[1]
    assert looks[0][2]


def test_items_between_boxes_keep_their_bullets(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    """A box to tick takes the place of a bullet; an item of the same list without one has nothing in its place."""
    record = HEADER.partition("## Timeline")[0] + "## Action items\n\n- Alert on disk usage\n- [x] Mend it\n"
    with drawn(
        tmp_path, {"mkdocs.yml": SITE, "docs/index.md": "# Home\n", "docs/2026-03-14-disk.md": record}
    ):
        afterword("build", folder=tmp_path)
    page = browser.new_page()
    page.goto(f"{serve(tmp_path / 'site')}/2026/2026-03-14-disk/")
    bullets = page.locator(".aw-tasks > li").evaluate_all(
        "all => all.map(it => getComputedStyle(it).listStyleType)"
    )
    page.close()
    assert bullets == ["disc", "none"]


def test_a_heading_on_paper_stays_with_what_it_heads(own_address: str, browser: Browser) -> None:
    """Where a line stands between a heading and its list, no sheet ends behind that line either."""
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{own_address}/services/checkout/")
    for heading in ("Open actions", "Records"):
        lead = page.locator("h2", has_text=heading).locator("+ p")
        assert lead.evaluate("it => getComputedStyle(it).breakAfter") == "avoid"
    page.close()


def test_a_table_of_many_columns_has_room_for_words_and_fits_on_paper(
    tmp_path: Path, serve: Serve, browser: Browser
) -> None:
    """On a screen it scrolls and no sentence is one word below the other; on paper, where nothing scrolls, no column is cut off."""
    head = "| Region |" + "".join(f" Hour {hour} |" for hour in range(16)) + " Notes |\n"
    row = "| region-1 |" + " 120,331 |" * 16 + " moved to another region by hand |\n"
    record = HEADER.partition("## Timeline")[0] + f"## Impact\n\n{head}{'|---' * 18}|\n{row}"
    with drawn(
        tmp_path, {"mkdocs.yml": SITE, "docs/index.md": "# Home\n", "docs/2026-03-14-regions.md": record}
    ):
        afterword("build", folder=tmp_path)
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.goto(f"{serve(tmp_path / 'site')}/2026/2026-03-14-regions/")
    table = page.locator("table.aw-table")
    lines = "it => Math.round((it.tBodies[0].rows[0].clientHeight - 12) / parseFloat(getComputedStyle(it).lineHeight))"
    on_screen = table.evaluate(lines)
    page.emulate_media(media="print")
    fits = table.evaluate("it => it.scrollWidth <= it.parentElement.clientWidth")
    page.close()
    assert on_screen <= 2
    assert fits
