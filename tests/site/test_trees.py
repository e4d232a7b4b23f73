"""Drawn trees: as many nodes as the list has, on every page of this repository's archive."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import REPOSITORY, Serve, afterword, drawn
from tests.drawn_record import record_with_tree
from tests.drawn_site import SITE, smallest_site
from tests.site.axe import broken_rules
from tests.site.pages import record_pages


def _count(node: dict[str, Any]) -> int:
    return 1 + sum(map(_count, node["children"]))


def test_each_drawing_has_the_nodes_of_its_list(own_site: Path) -> None:
    """The model's tree, the drawing and the list below it have the same number of nodes."""
    exported = json.loads(afterword("export", "json", folder=REPOSITORY).stdout)
    trees = {record["id"]: record["causal_tree"] for record in exported["records"] if record["causal_tree"]}
    assert len(trees) > 5
    pages = record_pages(own_site)
    for record_id, tree in trees.items():
        html = pages[record_id]
        svg = html.partition('class="aw-tree"')[2].partition("</svg>")[0]
        listed = html.partition('<ul class="aw-tree-list">')[2].partition("</section>")[0]
        nodes = len(re.findall(r'<g id="svg-n-[-0-9]+" class="aw-node ', svg))
        assert nodes == _count(tree), record_id
        assert len(re.findall(r"<li[ >]", listed)) >= nodes - 1, record_id


@pytest.mark.slow
@pytest.mark.browser
def test_a_large_tree_comes_when_it_is_looked_at(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    """Above 40 nodes the drawing is a file: linked without script, put into the page by script when it comes into view."""
    tree = "- Checkout returned errors (AND)\n" + "".join(
        f"  - Branch {one}\n" + "".join(f"    - Leaf {one}.{two}\n" for two in range(9)) for one in range(5)
    )
    site = smallest_site("2026-03-14-large", record_with_tree(tree, "draft"))
    site["mkdocs.yml"] = SITE.replace("font: false", "font: false, palette: { scheme: slate }")
    with drawn(tmp_path, site):
        afterword("build", "--strict", folder=tmp_path)
    address = serve(tmp_path / "site") + "/postmortems/2026/2026-03-14-large/"
    quiet = browser.new_context(java_script_enabled=False)
    page = quiet.new_page()
    page.goto(address)
    assert page.locator("svg.aw-tree").count() == 0
    link = page.locator('a[href$=".svg"]').first
    assert page.request.get(address + str(link.get_attribute("href"))).ok
    quiet.close()
    page = browser.new_page()
    page.route("**/tree.svg", lambda route: route.abort())
    page.goto(address)
    page.locator('.aw-drawing--file a[href$=".svg"]').wait_for()
    assert broken_rules(page, ".aw-drawing--file") == []
    page.unroute_all()
    page.reload()
    page.locator("#causes").scroll_into_view_if_needed()
    page.wait_for_selector(".aw-drawing svg g.aw-node")
    assert page.locator(".aw-drawing svg g.aw-node").count() == 51
    page.close()
