"""Timelines in Chromium: other zones, points and rows that light each other, keyboard, phones."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve, afterword, drawn
from tests.site.axe import broken_rules

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = "site_name: Drawn\ntheme: { name: material, font: false }\nplugins: [search, afterword]\n"
HEADER = """---
title: {name}
date: 2026-03-14
severity: sev3
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---

## Timeline

| {head} | Event |
|---|---|
"""
EVENING = """\
| 2026-03-14 22:30 | [TRIGGER] Batch starts |
| ~22:45 | [DETECTED] Page |
| 23:10–23:40 | Pools restart |
| 23:50 | [MITIGATED] Errors gone |
| 2026-03-15 00:30 | [RESOLVED] Batch disabled |
"""
SUMMER_UTC = """\
| 2026-03-28 22:40 | [TRIGGER] Run moved |
| 2026-03-29 00:30 | Count ends |
| 01:10 | [DETECTED] Nothing printed |
| 02:20 | [MITIGATED] Run by hand |
"""
SUMMER_BERLIN = """\
| 2026-03-28 23:40 | [TRIGGER] Run moved |
| 2026-03-29 01:30 | Count ends |
| 03:10 | [DETECTED] Nothing printed |
| 04:20 | [MITIGATED] Run by hand |
"""
LONG_UTC = """\
| 2026-10-20 10:00 | [TRIGGER] Change |
| 10:20 | First sign |
| 10:35 | Second sign |
| 2026-10-29 10:00 | [DETECTED] Found |
| 10:50 | [MITIGATED] Undone |
"""
LONG_BERLIN = """\
| 2026-10-20 12:00 | [TRIGGER] Change |
| 12:20 | First sign |
| 12:35 | Second sign |
| 2026-10-29 11:00 | [DETECTED] Found |
| 11:50 | [MITIGATED] Undone |
"""
BURST = "".join(f"| 10:{number // 6:02}:{number % 6 * 10:02} | Retry {number} |\n" for number in range(120))
RECORDS = {
    "evening": ("Time (UTC)", EVENING),
    "summer-utc": ("Time (UTC)", SUMMER_UTC),
    "summer-berlin": ("Time (Europe/Berlin)", SUMMER_BERLIN),
    "long-utc": ("Time (UTC)", LONG_UTC),
    "long-berlin": ("Time (Europe/Berlin)", LONG_BERLIN),
    "unread": ("Time (UTC)", EVENING + "| 01:00 PST | Somebody remembers |\n| afterwards | Talk |\n"),
    "burst": ("Time (UTC)", BURST + "| 2026-03-17 09:00 | [DETECTED] Page |\n"),
    "no-zone": ("Time", EVENING),
    "parts": (
        "Time (UTC)",
        "| 22:50 | [TRIGGER] Batch starts |\n| 23:10 | [DETECTED] Page |\n\n### By hand\n\n"
        "| Time (UTC) | Event |\n|---|---|\n| 23:30 | [RESOLVED] Batch stopped |\n"
        "| 2026-03-16 |  |\n| in the morning | Talk |\n",
    ),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Serve a site with a record for each timeline."""
    folder = tmp_path_factory.mktemp("timelines")
    records: dict[str, str | bytes] = {
        f"docs/2026-03-14-{name}.md": HEADER.format(name=name, head=head) + rows
        for name, (head, rows) in RECORDS.items()
    }
    with drawn(folder, {"mkdocs.yml": SITE, "docs/index.md": "# Home\n", **records}):
        afterword("build", folder=folder)
    return serve(folder / "site")


Open = Callable[..., Page]


@pytest.fixture
def opened(address: str, browser: Browser) -> Iterator[Open]:
    """Open a record as a reader of some zone; scripts must not fail."""
    errors: list[str] = []
    contexts = []

    def opening(name: str, zone: str = "Europe/Berlin", **options: Any) -> Page:
        context = browser.new_context(timezone_id=zone, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/2026/2026-03-14-{name}/")
        return page

    yield opening
    for context in contexts:
        context.close()
    assert errors == []


def _table(page: Page) -> list[str]:
    """Give the day lines and the times of the table."""
    rows = page.locator(".aw-timeline tbody tr").all_inner_texts()
    return [row.partition("\t")[0].strip() for row in rows]


def _axis(page: Page) -> list[tuple[str, float]]:
    """Give the words of the axis and where they stand."""
    found = page.locator(".aw-course__axis text").evaluate_all(
        "texts => texts.map(text => [text.textContent, Number(text.getAttribute('x'))])"
    )
    return [(words, x) for words, x in found]


def _choices(page: Page) -> list[str]:
    return page.locator(".aw-zones label").all_inner_texts()


def test_times_move_to_the_reader_s_zone_with_their_days(opened: Open) -> None:
    """The table, its day lines, the picture and its day follow the choice; approximate marks and ranges stay."""
    page = opened("evening")
    before = page.locator(".aw-section--timeline").inner_text(), _axis(page)
    assert _choices(page) == ["UTC (the record's)", "Europe/Berlin (yours)"]
    page.get_by_label("Europe/Berlin (yours)").check()
    assert _table(page) == [
        "14 Mar 2026",
        "23:30",
        "~23:45",
        "15 Mar 2026",
        "00:10–00:40",
        "00:50",
        "01:30",
    ]
    assert page.locator(".aw-timeline thead").inner_text().startswith("Time (Europe/Berlin)")
    assert "Times in Europe/Berlin" in page.locator(".aw-course__notes").inner_text()
    titles = page.locator(".aw-course__svg a title").all_text_contents()
    assert titles[1] == "2026-03-14 ~23:45 DETECTED Page"
    assert titles[2] == "2026-03-15 00:10–00:40 Pools restart"
    assert page.locator(".aw-course__svg tspan").all_text_contents() == ["23:30", "~23:45", "00:50", "01:30"]
    assert "15 Mar" in dict(_axis(page))
    page.get_by_label("UTC (the record's)").check()
    assert (page.locator(".aw-section--timeline").inner_text(), _axis(page)) == before


@pytest.mark.parametrize("pair", ["summer", "long"])
def test_the_reader_s_axis_is_the_one_of_a_record_in_that_zone(opened: Open, pair: str) -> None:
    """What the script draws for a zone is what is drawn for a record of that zone: round times, days, clock changes, gaps."""
    page = opened(f"{pair}-utc")
    page.get_by_label("Europe/Berlin (yours)").check()
    written = opened(f"{pair}-berlin")
    assert _table(page) == _table(written)
    assert [words for words, _ in _axis(page)] == [words for words, _ in _axis(written)]
    assert all(
        abs(one - other) < 0.3 for (_, one), (_, other) in zip(_axis(page), _axis(written), strict=True)
    )
    assert any(words.startswith("clocks go") for words, _ in _axis(page))
    heights = [each.locator(".aw-course__svg").get_attribute("viewBox") for each in (page, written)]
    assert heights[0] == heights[1]


def test_the_choice_is_kept_for_the_session(opened: Open) -> None:
    """The next record of the session is shown in the zone chosen; one that has that zone itself needs no choice of it."""
    page = opened("evening")
    page.get_by_label("Europe/Berlin (yours)").check()
    page.goto(page.url.replace("evening", "summer-utc"))
    expect(page.get_by_label("Europe/Berlin (yours)")).to_be_checked()
    assert _table(page)[:2] == ["28 Mar 2026", "23:40"]
    page.goto(page.url.replace("summer-utc", "summer-berlin"))
    assert _choices(page) == ["Europe/Berlin (the record's and yours)", "UTC"]
    expect(page.get_by_role("radio", name="Europe/Berlin")).to_be_checked()


@pytest.mark.parametrize(
    ("name", "zone", "expected"),
    [
        ("evening", "UTC", []),
        ("evening", "Europe/London", []),
        (
            "summer-berlin",
            "America/New_York",
            ["Europe/Berlin (the record's)", "UTC", "America/New_York (yours)"],
        ),
        ("summer-berlin", "Africa/Abidjan", ["Europe/Berlin (the record's)", "UTC (yours)"]),
        ("no-zone", "Europe/Berlin", []),
    ],
)
def test_only_zones_that_differ_are_offered(opened: Open, name: str, zone: str, expected: list[str]) -> None:
    """A choice that would change nothing is none, and without a zone there is nothing to choose."""
    page = opened(name, zone)
    page.wait_for_load_state("networkidle")
    assert _choices(page) == expected


def test_every_part_of_a_timeline_is_shown_in_the_zone(opened: Open) -> None:
    """Tables with text between them are in one zone; each begins with its day, and is as it was made afterwards. The day of what is not read stays."""
    page = opened("parts")
    made = _table(page)
    page.get_by_label("Europe/Berlin (yours)").check()
    assert page.locator(".aw-timeline thead th:first-child").all_inner_texts() == ["Time (Europe/Berlin)"] * 2
    talk = ["16 Mar 2026", "in the morning"]
    assert _table(page) == ["14 Mar 2026", "23:50", "15 Mar 2026", "00:10", "15 Mar 2026", "00:30", *talk]
    page.get_by_label("UTC (the record's)").check()
    assert _table(page) == made == ["14 Mar 2026", "22:50", "23:10", "14 Mar 2026", "23:30", *talk]


def test_times_of_unknown_zones_stay_as_written(opened: Open) -> None:
    """What cannot be converted is left alone, and that is said."""
    page = opened("unread")
    page.get_by_label("Europe/Berlin (yours)").check()
    assert _table(page)[-2:] == ["01:00 PST", "afterwards"]
    assert "2 times stay as written" in page.locator(".aw-zones").inner_text()


def test_without_script_points_and_rows_are_links(opened: Open) -> None:
    """No control that does nothing; a point leads to its row, and the row's time back."""
    page = opened("evening", java_script_enabled=False)
    assert page.locator(".aw-zones").count() == 0
    page.locator("a#tp-2").click()
    assert page.url.endswith("#t-2")
    page.locator("#t-2 td:first-child a").click()
    assert page.url.endswith("#tp-2")


def test_a_point_and_its_rows_light_each_other(opened: Open) -> None:
    """Pointing at a point lights its row, or all rows of several events; focusing a row's time lights its point."""
    page = opened("evening")
    page.locator("a#tp-3").hover()
    expect(page.locator(".aw-lit")).to_have_id("t-3")
    page.locator("h1").first.hover()
    page.locator("#t-4 td:first-child a").focus()
    expect(page.locator(".aw-lit")).to_have_id("tp-4")
    burst = opened("burst")
    several = burst.locator(".aw-course__several").first
    count = int(str(several.locator("text").text_content()))
    several.focus()
    assert count > 2
    expect(burst.locator("tr.aw-lit")).to_have_count(count)


def test_points_are_reached_by_key_in_the_order_of_time(opened: Open) -> None:
    """The tab key goes from point to point, each says what it is, and Enter leads to the row."""
    page = opened("evening")
    page.locator("a#tp-1").focus()
    reached = ["tp-1"]
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert reached == [f"tp-{number}" for number in range(1, 6)]
    page.keyboard.press("Enter")
    assert page.url.endswith("#t-5")
    # Links of the older kind, which Playwright does not take for links; browsers do.
    names = page.get_by_role("group", name=re.compile("^timeline from ")).locator("a")
    assert names.count() == 5
    expect(names.nth(1)).to_have_accessible_name("2026-03-14 ~22:45 DETECTED Page")


def test_several_events_name_their_times_in_the_zone_chosen(opened: Open) -> None:
    """A point with a number says from when to when, in the zone that is shown."""
    page = opened("burst")
    title = page.locator(".aw-course__several title").first
    before = str(title.text_content())
    page.get_by_label("Europe/Berlin (yours)").check()
    assert title.text_content() == before.replace(" 10:", " 11:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["evening", "burst", "summer-berlin"])
def test_the_picture_breaks_no_rule(opened: Open, name: str, scheme: str) -> None:
    """Axe finds nothing in the section, the control and a focused point included, on a phone as on a desk."""
    for width in (360, 1280):
        page = opened(name, color_scheme=scheme, viewport={"width": width, "height": 800})
        page.locator(".aw-course__svg a").first.focus()
        assert broken_rules(page, ".aw-section--timeline") == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_labels_do_not_lie_on_each_other(own_address: str, own_site: Path, browser: Browser) -> None:
    """In the pictures of this repository's archive no words lie on other words, as measured with the font used."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    pages = [
        each for each in sorted(own_site.glob("20*/20*/index.html")) if "aw-course" in each.read_text("utf-8")
    ]
    assert len(pages) > 20
    faults = []
    for each in pages:
        page.goto(f"{own_address}/{each.parent.relative_to(own_site).as_posix()}/")
        boxes = page.locator(".aw-course__svg text").evaluate_all(
            "texts => texts.map(text => { const box = text.getBBox(); return [text.textContent, box.x, box.y, box.width, box.height] })"
        )
        for one, other in itertools.combinations(boxes, 2):
            apart = (
                one[1] + one[3] <= other[1] + 0.5
                or other[1] + other[3] <= one[1] + 0.5
                or one[2] + one[4] <= other[2] + 3
                or other[2] + other[4] <= one[2] + 3
            )
            if not apart:
                faults.append((each.parent.name, one[0], other[0]))
    page.close()
    assert faults == []
