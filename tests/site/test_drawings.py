"""Drawings of causes in use, in Chromium: lit, zoomed, moved, full-size, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from afterword.render.picture.drawing import LEAST_SCALE
from tests.conftest import Serve, afterword, drawn
from tests.drawn_record import record_with_tree
from tests.drawn_site import SITE
from tests.site.axe import broken_rules

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE = "2026-03-14-wide"
SMALL = "2026-03-15-small"
USUAL = "2026-03-18-usual"
LARGE = "2026-03-16-large"
HYBRID = "2026-03-17-hybrid"
LEAF = "n-0-1-1-1-1-1"
WAY = {
    *("svg-n-0", "svg-n-0-1", "svg-n-0-1-1", "svg-n-0-1-1-1", "svg-n-0-1-1-1-1", f"svg-{LEAF}"),
    *("svg-gate-0", "svg-gate-0-1"),
}
ACTIONS = """
## Action items

| id | action | type | owner | due | status |
|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | prevent | @ada | 2090-01-01 | open |
"""


def _wide() -> str:
    """Draw a tree of six levels, two statements on each, the first two with a gate."""
    lines = ["- Checkout returned errors (AND)"]
    for level in range(1, 6):
        gate = " (OR)" if level == 1 else ""
        lines += [
            f"{'  ' * level}- Beside level {level} -> A1",
            f"{'  ' * level}- What led to it, {level}{gate}",
        ]
    return "\n".join(lines) + " -> A1\n"


JOINED = """\
- Checkout returned errors (AND)
  - The pool was small
    - The setting was copied
  - The batch leaks
"""
WHYS = """\
### Five whys

1. Why did checkout fail?
   Because the pool was small
2. Why was it small?
   Because the load was not measured
3. Why was it not measured?
   Because the setting was copied

### Causal tree
"""


def _hybrid() -> str:
    tree = record_with_tree(JOINED, "draft")
    return tree.replace("Method: causal tree", f"Method: hybrid\n\n{WHYS}")


def _large() -> str:
    return "- Checkout returned errors\n" + "".join(
        f"  - Branch {one}\n" + "".join(f"    - Leaf {one}.{two} -> A1\n" for two in range(9))
        for one in range(5)
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Serve an archive of trees of several sizes."""
    folder = tmp_path_factory.mktemp("drawings")
    palette = "theme:\n  name: material\n  font: false\n  palette:\n    - { media: '(prefers-color-scheme: light)', scheme: default }\n    - { media: '(prefers-color-scheme: dark)', scheme: slate }"
    tree: dict[str, str | bytes] = {
        "mkdocs.yml": re.sub("theme: .*", palette, SITE),
        "docs/index.md": "# Home\n",
        f"docs/postmortems/{WIDE}.md": record_with_tree(_wide(), "draft") + ACTIONS,
        f"docs/postmortems/{SMALL}.md": record_with_tree(status="draft"),
        f"docs/postmortems/{HYBRID}.md": _hybrid(),
        f"docs/postmortems/{USUAL}.md": record_with_tree(JOINED, "draft"),
        f"docs/postmortems/{LARGE}.md": record_with_tree(_large(), "draft") + ACTIONS,
    }
    with drawn(folder, tree):
        afterword("build", folder=folder)
    return serve(folder / "site") + "/postmortems/2026"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page whose scripts must not fail."""
    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def _open(page: Page, address: str, record: str = WIDE) -> Locator:
    page.goto(f"{address}/{record}/")
    page.locator(".aw-drawing").scroll_into_view_if_needed()
    expect(page.locator(".aw-tools__full")).to_be_visible()
    return page.locator(".aw-drawing")


def _scale(page: Page) -> float:
    return float(
        page.locator(".aw-tree").evaluate("it => it.getBoundingClientRect().width / it.getAttribute('width')")
    )


def _lit(page: Page) -> set[str]:
    return set(page.locator(".aw-lit").evaluate_all("found => found.map(each => each.id)"))


def _touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_pointing_lights_the_way_to_the_outcome(page: Page, address: str) -> None:
    """Boxes, gates and edges up to the outcome are lit with stronger lines, as is the line in the list; elsewhere nothing is."""
    _open(page, address)
    page.locator(f"#svg-{LEAF}").hover()
    assert _lit(page) == WAY
    edges = page.locator(".aw-way .aw-edge").evaluate_all("found => found.map(each => each.dataset.to)")
    assert sorted(edges) == sorted(name.removeprefix("svg-") for name in WAY if name != "svg-n-0")
    width = "it => parseFloat(getComputedStyle(it).strokeWidth)"
    assert page.locator("#svg-n-0-1 rect").first.evaluate(width) > 2
    assert page.locator(".aw-way .aw-edge path").first.evaluate(width) > 2
    assert page.locator("#svg-n-0-0 rect").first.evaluate(width) == 1
    expect(page.locator(f"#{LEAF} > .aw-line--here")).to_have_count(1)
    page.locator("h1").hover()
    assert _lit(page) == set()
    expect(page.locator(".aw-way, .aw-line--here, .aw-lit--here")).to_have_count(0)


def test_a_gate_and_a_line_of_the_list_light_too(page: Page, address: str) -> None:
    """A gate lights its own way; a line of the list lights its box, not those of the lines below it."""
    _open(page, address)
    page.locator("#svg-gate-0-1").hover()
    assert _lit(page) == {"svg-n-0", "svg-gate-0", "svg-n-0-1", "svg-gate-0-1"}
    page.locator("#n-0-1 > div").first.hover()
    assert _lit(page) == {"svg-n-0", "svg-gate-0", "svg-n-0-1"}
    expect(page.locator("#svg-n-0-1.aw-lit--here")).to_have_count(1)


def test_an_answer_lights_all_steps_before_it(page: Page, address: str) -> None:
    """The way of an answer goes through the answers before it to the outcome, by dashed edges where the tree has none; one that is a node has both ways."""
    _open(page, address, HYBRID)
    edges = "found => found.map(each => each.dataset.to + (each.classList.contains('aw-edge--why') ? '?' : '')).sort()"
    before = {"svg-n-0", "svg-gate-0", "svg-n-0-0", "svg-w-2"}
    page.locator("#svg-w-2").hover()
    assert _lit(page) == before
    assert page.locator(".aw-way .aw-edge").evaluate_all(edges) == ["gate-0", "n-0-0", "w-2?"]
    expect(page.locator("#aw-why-2.aw-line--here")).to_have_count(1)
    page.locator("#svg-n-0-0-0").hover()
    assert _lit(page) == {*before, "svg-n-0-0-0"}
    assert page.locator(".aw-way .aw-edge").evaluate_all(edges) == [
        "gate-0",
        "n-0-0",
        "n-0-0-0",
        "n-0-0-0?",
        "w-2?",
    ]
    page.locator("#aw-why-1").hover()
    assert _lit(page) == {"svg-n-0", "svg-gate-0", "svg-n-0-0"}


def test_the_tab_key_lights_and_keeps_in_view(page: Page, address: str) -> None:
    """Whatever has the focus is lit, and is moved into the box if it lies outside, however far the drawing is zoomed."""
    box = _open(page, address)
    box.focus()
    for _ in range(6):
        page.keyboard.press("+")
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        node = page.evaluate("document.activeElement.closest('.aw-node')?.id")
        if node is None:
            break
        reached.add(node)
        assert node in _lit(page)
        inside = page.evaluate(
            "() => { const [it, box] = [document.activeElement.getBoundingClientRect(), document.querySelector('.aw-drawing').getBoundingClientRect()];"
            " return it.right > box.left && it.left < box.right && it.bottom > box.top && it.top < box.bottom }"
        )
        assert inside, node
    assert f"svg-{LEAF}" in reached


def test_a_tap_lights_and_follows_the_link(browser: Browser, address: str) -> None:
    """One tap is enough: it is not spent on lighting."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    _open(page, address)
    page.locator("#svg-n-0-0 a").first.tap(position={"x": 20, "y": 4})
    expect(page).to_have_url(re.compile("#"))
    assert "svg-n-0-0" in _lit(page)
    context.close()


def test_keys_zoom_fit_and_move(page: Page, address: str) -> None:
    """`+` and `-` zoom, `0` shows the whole, arrows move; the page below keeps its place while one zooms."""
    box = _open(page, address)
    first = _scale(page)
    below = page.locator(".aw-tree-list").bounding_box()
    box.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert _scale(page) > first * 1.5
    assert page.locator(".aw-tree-list").bounding_box() == below
    before = box.evaluate("it => [it.scrollLeft, it.scrollTop]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    moved = box.evaluate("it => [it.scrollLeft, it.scrollTop]")
    assert moved[0] == before[0] + 60
    assert moved[1] < before[1]
    page.keyboard.press("-")
    assert _scale(page) == pytest.approx(first * 1.25, rel=0.01)
    page.keyboard.press("0")
    assert box.evaluate("it => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight")
    expect(page.locator(".aw-tools__scale")).to_have_text(f"{round(_scale(page) * 100)} %")


def test_tools_can_be_pressed(page: Page, address: str) -> None:
    """Each tool is at least 24 pixels high and wide, has a name, and does what it says."""
    _open(page, address)
    first = _scale(page)
    for button in page.locator(".aw-tools button").all():
        size = button.bounding_box()
        assert size and min(size["width"], size["height"]) >= 24
    page.get_by_role("button", name="zoom in").click()
    assert _scale(page) > first
    page.get_by_role("button", name="zoom out").click()
    assert _scale(page) == pytest.approx(first, rel=0.01)
    page.get_by_role("button", name="Fit").click()
    assert _scale(page) < first


def test_a_drawing_that_fits_has_one_tool(page: Page, address: str) -> None:
    """Where nothing is hidden nothing needs to be zoomed: full size is all that is offered."""
    _open(page, address, SMALL)
    expect(page.locator(".aw-tools button:visible")).to_have_text(["Full size"])


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(page: Page, address: str) -> None:
    """Reading on over a drawing is never stopped, not even over one that is zoomed; with Ctrl the wheel zooms at the pointer."""
    box = _open(page, address)
    first = _scale(page)
    node = page.locator("#svg-n-0-0")
    node.hover()
    before = node.bounding_box()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(
        "first => document.querySelector('.aw-tree').getBoundingClientRect().width / document.querySelector('.aw-tree').getAttribute('width') > first * 1.2",
        arg=first,
    )
    after = node.bounding_box()
    assert before and after
    assert abs(before["x"] + before["width"] / 2 - after["x"] - after["width"] / 2) < 15
    scrolled, inside = page.evaluate("scrollY"), box.evaluate("it => it.scrollTop")
    zoomed = _scale(page)
    page.mouse.wheel(0, 60)
    page.wait_for_function("before => scrollY > before", arg=scrolled)
    assert box.evaluate("it => it.scrollTop") == inside
    assert _scale(page) == zoomed


def test_dragging_moves_and_does_not_follow_links(page: Page, address: str) -> None:
    """A drag that begins on a link moves the drawing; a click on it still leads on."""
    box = _open(page, address)
    place = page.locator("#svg-n-0-0 a").first.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=4)
    page.mouse.up()
    assert box.evaluate("it => it.scrollLeft") == 60
    assert "#" not in page.url
    page.mouse.click(x - 60, y)
    expect(page).to_have_url(re.compile("#"))


@pytest.mark.parametrize("record", [WIDE, LARGE])
def test_fingers_zoom_by_two_and_scroll_the_page_by_one(browser: Browser, address: str, record: str) -> None:
    """Two fingers that part zoom in; one that goes up scrolls the page, wherever it begins."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    box = _open(page, address, record)
    page.wait_for_selector(".aw-drawing .aw-tree")
    first = _scale(page)
    session = context.new_cdp_session(page)
    place = box.bounding_box()
    assert place
    x, y = place["x"] + 150, place["y"] + 60
    _touch(session, "touchStart", (x - 20, y), (x + 20, y))
    for apart in range(25, 61, 5):
        _touch(session, "touchMove", (x - apart, y), (x + apart, y))
    _touch(session, "touchEnd")
    page.wait_for_timeout(300)
    assert first * 2 < _scale(page) < first * 4
    assert page.evaluate("visualViewport.scale") == 1
    scrolled = page.evaluate("scrollY")
    _touch(session, "touchStart", (x, y))
    for step in range(1, 11):
        _touch(session, "touchMove", (x, y - 8 * step))
    _touch(session, "touchEnd")
    page.wait_for_function("before => scrollY > before + 20", arg=scrolled)
    context.close()


def test_a_phone_shows_the_shape_first(browser: Browser, address: str) -> None:
    """On a narrow screen all of a usual tree is seen at once, and full-size its words can be read; a wider one keeps words readable."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    box = _open(page, address, USUAL)
    assert LEAST_SCALE / 2 < _scale(page) < LEAST_SCALE
    assert box.evaluate("it => it.scrollWidth <= it.clientWidth")
    page.get_by_role("button", name="Full size").tap()
    assert _scale(page) == pytest.approx(LEAST_SCALE, rel=0.01)
    page.get_by_role("button", name="Fit").tap()
    assert _scale(page) < LEAST_SCALE
    page.get_by_role("button", name="Close").tap()
    box = _open(page, address)
    assert _scale(page) == pytest.approx(LEAST_SCALE / 2, rel=0.01)
    assert box.evaluate("it => it.scrollWidth > it.clientWidth")
    page.set_viewport_size({"width": 1000, "height": 780})
    assert _scale(page) == pytest.approx(LEAST_SCALE, rel=0.01)
    context.close()


def test_full_size_opens_and_gives_the_focus_back(page: Page, address: str) -> None:
    """The same drawing fills the window; Escape closes it, and all is as it was: place, zoom, focus."""
    box = _open(page, address)
    page.get_by_role("button", name="zoom in").click()
    box.evaluate("it => { it.scrollLeft = 40 }")
    zoomed, scrolled, below = (
        _scale(page),
        page.evaluate("scrollY"),
        page.locator(".aw-tree-list").bounding_box(),
    )
    page.get_by_role("button", name="Full size").click()
    expect(page.locator("dialog.aw-full")).to_be_visible()
    assert page.evaluate("document.querySelector('.aw-full .aw-drawing') === document.activeElement")
    ids = page.locator("[id]").evaluate_all("found => found.map(each => each.id)")
    assert len(ids) == len(set(ids))
    size = page.locator(".aw-full").bounding_box()
    assert size and (size["width"], size["height"]) == (1000, 800)
    fitting = _scale(page)
    page.locator("#svg-n-0-1").hover()
    assert _lit(page) == {"svg-n-0", "svg-gate-0", "svg-n-0-1"}
    page.mouse.wheel(0, -100)
    page.wait_for_function(
        "least => document.querySelector('.aw-tree').getBoundingClientRect().width / document.querySelector('.aw-tree').getAttribute('width') > least * 1.2",
        arg=fitting,
    )
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Full size")).to_be_focused()
    assert _scale(page) == pytest.approx(zoomed, rel=0.01)
    assert box.evaluate("it => it.scrollLeft") == 40
    assert page.evaluate("scrollY") == scrolled
    assert page.locator(".aw-tree-list").bounding_box() == below
    page.get_by_role("button", name="Full size").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_a_link_leads_out_of_full_size(page: Page, address: str) -> None:
    """What a box links to is on the page below: the drawing goes back there, and the reader with it."""
    _open(page, address)
    page.get_by_role("button", name="Full size").click()
    page.locator("#svg-n-0-0 a").first.click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("#"))
    expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("record", [WIDE, LARGE])
def test_full_size_breaks_no_rule_of_accessibility(
    browser: Browser, address: str, scheme: str, record: str
) -> None:
    """Axe finds nothing in a drawing with its tools, neither in the page nor full-size."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    _open(page, address, record)
    page.wait_for_selector(".aw-drawing .aw-tree")
    found = broken_rules(page, ".aw-causes")
    page.get_by_role("button", name="Full size").click()
    found += broken_rules(page, ".aw-full")
    context.close()
    assert found == []


def test_a_large_drawing_is_lit_by_a_few_changes(page: Page, address: str) -> None:
    """A drawing that came from its file has the same tools, and pointing at a box changes what is on its way alone, whatever the size of the tree."""
    _open(page, address, LARGE)
    page.wait_for_selector(".aw-drawing .aw-tree")
    page.locator("#svg-n-0-2-3").hover()
    assert _lit(page) == {"svg-n-0", "svg-n-0-2", "svg-n-0-2-3"}
    page.evaluate(
        "() => { window.changes = 0; new MutationObserver(found => { changes += found.length })"
        ".observe(document.body, { attributes: true, childList: true, subtree: true }) }"
    )
    page.locator("#svg-n-0-2-4").hover()
    assert _lit(page) == {"svg-n-0", "svg-n-0-2", "svg-n-0-2-4"}
    assert 0 < page.evaluate("changes") < 30
    expect(page.locator('.aw-tools > a[href$="tree.svg"]')).to_be_visible()


def test_nothing_moves_when_the_tools_come(page: Page, address: str) -> None:
    """What stands below a drawing stands there before the script has run: a page that is loaded again would else be scrolled to another place."""
    _open(page, address, SMALL)
    below = page.locator(".aw-tree-list").first
    place = below.bounding_box()
    page.route("**/drawing.js", lambda route: route.abort())
    page.reload()
    assert page.locator(".aw-tools").count() == 0
    assert below.bounding_box() == place


def test_paper_gets_the_whole_drawing_in_light_colours(browser: Browser, address: str) -> None:
    """Printed from a dark screen, zoomed and lit, the drawing is as wide as the page at most, light, and without tools."""
    context = browser.new_context(viewport={"width": 720, "height": 1000}, color_scheme="dark")
    page = context.new_page()
    box = _open(page, address)
    box.focus()
    for _ in range(5):
        page.keyboard.press("+")
    page.locator(".aw-node").first.hover()
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    assert not page.locator(".aw-tools").is_visible()
    assert not page.locator(".aw-way").is_visible()
    width, room, hidden = box.evaluate(
        "it => [it.querySelector('.aw-tree').getBoundingClientRect().width, it.clientWidth, getComputedStyle(it).overflow]"
    )
    assert 300 < width <= room
    assert hidden == "visible"
    assert box.evaluate("it => it.scrollHeight <= it.clientHeight + 1")
    fill = page.locator(".aw-node rect").first.evaluate("it => getComputedStyle(it).fill")
    assert fill == "rgb(255, 255, 255)"
    context.close()


def test_paper_gets_the_list_of_what_is_too_large_for_it(page: Page, address: str) -> None:
    """A drawing taller than two sheets would be illegible on one: whether it had come or not, its list is printed."""
    page.goto(f"{address}/{LARGE}/")
    page.emulate_media(media="print")
    expect(page.locator(".aw-drawing")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.locator(".aw-drawing").scroll_into_view_if_needed()
    expect(page.locator(".aw-drawing .aw-tree")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".aw-drawing")).not_to_be_visible()
    expect(page.locator("#n-0-4-8")).to_be_visible()


def test_forced_colours_show_the_way(browser: Browser, address: str) -> None:
    """With the system's colours forced, the way is drawn in that of selections, and boxes keep their frames."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    _open(page, address)
    stroke = "it => getComputedStyle(it).stroke"
    page.locator("#svg-n-0-1").hover()
    frame = page.locator("#svg-n-0-0 rect").first.evaluate(stroke)
    assert frame != page.locator("#svg-n-0-0 rect").first.evaluate("it => getComputedStyle(it).fill")
    assert page.locator("#svg-n-0-1 rect").first.evaluate(stroke) != frame
    assert page.locator(".aw-way .aw-edge path").first.evaluate(stroke) != frame
    context.close()


def test_without_script_there_are_no_dead_tools(browser: Browser, address: str) -> None:
    """The box scrolls by itself, and nothing is shown that would need a script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/{WIDE}/")
    assert page.locator(".aw-tools").count() == 0
    assert page.locator(".aw-drawing .aw-tree").is_visible()
    context.close()
