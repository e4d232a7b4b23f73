"""Records of odd shapes: what is drawn is what the source has, on a page that anybody can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Serve, afterword, drawn
from tests.site.axe import broken_rules
from tests.site.odd_shapes import CAUSES, COURSES, NOT_DRAWN
from tests.site.test_timeline import HEADER, SITE

ANALYSIS = HEADER.partition("## Timeline")[0] + "## Root cause analysis\n\n{causes}"
CROOKED = """() => {
  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const boxes = [...document.querySelectorAll("g.aw-node")].flatMap((node) => {
    const frame = node.querySelector("rect").getBoundingClientRect();
    return [...node.querySelectorAll("text")].filter((text) => !within(text.getBoundingClientRect(), frame));
  });
  const courses = [...document.querySelectorAll(".aw-course__svg")].flatMap((svg) => {
    const texts = [...svg.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]);
    const lie = (one, other) => one.right - other.left > 1 && other.right - one.left > 1 && one.bottom - other.top > 3 && other.bottom - one.top > 3;
    return texts.filter(([text, box], at) => !within(box, svg.getBoundingClientRect()) || texts.slice(at + 1).some(([, other]) => lie(box, other))).map(([text]) => text);
  });
  return [...boxes, ...courses].map((text) => text.textContent);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a record of each shape."""
    folder = tmp_path_factory.mktemp("odd")
    records: dict[str, str | bytes] = {
        f"docs/2026-03-14-causes-{name}.md": ANALYSIS.format(name=name, causes=causes.text)
        for name, causes in CAUSES.items()
    }
    for name, course in {**COURSES, **NOT_DRAWN}.items():
        header = HEADER.replace("kind: ", f"{course.header}kind: ").format(name=name, head=course.head)
        rows = "".join(f"| {time} | {words} |\n" for time, words in course.rows)
        records[f"docs/2026-03-14-course-{name}.md"] = header + rows
    with drawn(folder, {"mkdocs.yml": SITE, "docs/index.md": "# Home\n", **records}):
        afterword("build", folder=folder)
    return folder / "site"


def _page(site: Path, kind: str, name: str) -> tuple[Path, str]:
    folder = site / "2026" / f"2026-03-14-{kind}-{name}"
    return folder, (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CAUSES)
def test_causes_are_drawn_as_they_are_written(site: Path, name: str) -> None:
    """Boxes, gates and ways are as many as the source has, and each box leads to a line that is there."""
    _, nodes, gates, whys = CAUSES[name]
    folder, html = _page(site, "causes", name)
    file = folder / "tree.svg"
    found = re.search(r'<svg [^>]*class="aw-tree".*?</svg>', html, re.DOTALL)
    svg = file.read_text(encoding="utf-8") if file.exists() else found[0] if found else ""
    assert svg.count('class="aw-node ') == nodes + whys
    assert svg.count('class="aw-gate ') == gates
    ways = re.findall(r'class="aw-edge" data-to="(gate|n)-', svg)
    assert ways.count("gate") == gates
    assert ways.count("n") == max(0, nodes - 1)
    assert len(re.findall(r'class="aw-edge[^"]*" data-to="w-', svg)) == max(0, whys - 1)
    assert len(re.findall(r'<li id="n-0[-0-9]*"', html)) == nodes
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="(?:\./)?#([^"]+)"', svg)) <= set(ids)


@pytest.mark.parametrize("name", COURSES)
def test_events_are_drawn_as_they_are_written(site: Path, name: str) -> None:
    """Each row with a time is in exactly one point, and each is in the table."""
    _, html = _page(site, "course", name)
    found = re.search(r'<svg [^>]*class="aw-course__svg".*?</svg>', html, re.DOTALL)
    assert found
    points = re.findall(r'<a id="tp-\d+" class="[^"]*"[^>]*><title>(?:(\d+) events from)?', found[0])
    assert sum(int(several or 1) for several in points) == COURSES[name].told
    assert len(re.findall(r'<tr id="t-\d+"', html)) == len(COURSES[name].rows)


@pytest.mark.parametrize("name", NOT_DRAWN)
def test_a_course_without_scale_is_a_table_alone(site: Path, name: str) -> None:
    """Where no two moments differ, or none is known, there is no picture and the table is whole."""
    _, html = _page(site, "course", name)
    assert "aw-course" not in html
    assert len(re.findall(r'<tr id="t-\d+"', html)) == len(NOT_DRAWN[name].rows)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_odd_shapes_can_be_read(site: Path, serve: Serve, browser: Browser, scheme: str, width: int) -> None:
    """No word leaves its box or lies on another, no page is wider than its screen, no script fails and no rule of accessibility is broken."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[tuple[str, object]] = []
    page.on("pageerror", lambda error: faults.append((page.url, error)))
    address = serve(site)
    for name in (*(f"causes-{each}" for each in CAUSES), *(f"course-{each}" for each in COURSES)):
        if name == "course-rows":  # axe takes a minute for thousands of rows
            continue
        page.goto(f"{address}/2026/2026-03-14-{name}/")
        file = page.locator("[data-aw-drawing]")
        if file.count():
            file.scroll_into_view_if_needed()
            page.wait_for_selector(".aw-drawing .aw-tree")
        faults += [(name, text) for text in page.evaluate(CROOKED)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((name, "wider than the screen"))
        faults += [(name, each) for each in broken_rules(page, ".md-content")]
    context.close()
    assert faults == []


@pytest.mark.browser
def test_paper_has_no_choice_of_zones(site: Path, serve: Serve, browser: Browser) -> None:
    """What only a screen can do is not printed."""
    page = browser.new_page()
    page.goto(f"{serve(site)}/2026/2026-03-14-course-spring/")
    zones = page.locator(".aw-zones")
    zones.wait_for()
    page.emulate_media(media="print")
    assert not zones.is_visible()
    page.close()


@pytest.mark.browser
def test_paper_has_nothing_for_authors_and_catalogues(own_address: str, browser: Browser) -> None:
    """What is said to those who write, or is there to be copied, is not printed, and the lists of a record are small enough for a sheet."""
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{own_address}/2025/2025-11-28-checkout-timeouts-sale-morning/")
    assert page.locator(".aw-banner:has(.aw-findings)").count() == 1
    assert not page.locator(".aw-banner").is_visible()
    for table in (".aw-timeline", ".aw-actions"):
        place = page.locator(table)
        assert place.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") == pytest.approx(
            8 / 72 * 96, abs=0.1
        )
        assert place.evaluate("it => it.scrollWidth <= it.parentElement.clientWidth")
    page.goto(f"{own_address}/services/checkout/")
    assert page.locator(".aw-sharing").count() == 1
    assert not page.locator(".aw-sharing").is_visible()
    page.close()
