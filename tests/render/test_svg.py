"""Drawings on a page: laid out by the real engine, made safe, and complete."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from afterword.derive.coverage import Coverage
from afterword.model.causes import ActionRef, CausalTree, Gate
from afterword.render.dot import tree_dot
from afterword.render.labels import node_id, node_text, walk_paths
from afterword.render.svg import count_nodes, dress
from afterword.sources.layout import find_engine, lay_out
from tests.render.drawn_trees import HOSTILE, INCIDENT, drawn, labelled, tree_of, tree_of_size

SVG = "{http://www.w3.org/2000/svg}"


def raw(tree: CausalTree, coverage: Coverage) -> str:
    """Lay out one tree by the engine of the installation."""
    result = lay_out([tree_dot(tree, coverage)], find_engine())
    assert result.svgs[0] is not None, result.problem
    return result.svgs[0]


def parsed(svg: str) -> ET.Element:
    """Read a drawing as XML."""
    return ET.fromstring(svg)  # noqa: S314 - made by the test itself


def anchor(ref: ActionRef) -> str | None:
    """Link an action to its row, as a record page does."""
    return f"#{ref.id.lower()}"


def dressed(tree: CausalTree, coverage: Coverage) -> str:
    """Draw one tree from end to end."""
    svg = dress(raw(tree, coverage), tree, coverage, anchor)
    assert svg is not None
    return svg


@pytest.mark.parametrize("size", [1, 12, 100])
def test_the_drawing_has_the_nodes_of_the_tree(size: int) -> None:
    """Gates and edges aside, there is one group for each node, before and after dressing."""
    tree, coverage = tree_of_size(size)
    svg = raw(tree, coverage)
    assert count_nodes(svg) == size
    assert count_nodes(dress(svg, tree, coverage, anchor) or "") == size


def test_nodes_carry_classes_places_and_links() -> None:
    """A node is found by its path, coloured by its classes, and leads to its first action."""
    svg = dressed(*drawn(INCIDENT))
    assert (
        '<g id="svg-n-0-0-0" class="aw-node aw-node--factor aw-node--root-cause aw-node--state-addressed"'
        in svg
    )
    assert (
        '<a xlink:href="#a2" aria-label="Test suite did not cover the error path ! action overdue: A2, A5">'
        in svg
    )
    assert svg.count("<a ") == 3
    assert svg.count('class="aw-gate aw-gate--and" role="img" aria-label="AND"') == 2
    assert '<g id="svg-gate-0-1" class="aw-gate aw-gate--or"' in svg
    assert svg.count('class="aw-gate aw-gate--or"') == 1
    assert svg.count("<path ") == 11


def test_each_edge_names_what_it_leads_to() -> None:
    """There is one edge to each gate and to each node but the outcome."""
    tree, coverage = drawn(INCIDENT)
    led_to = re.findall(r'<g class="aw-edge" data-to="([^"]*)"><path ', dressed(tree, coverage))
    below = [node_id(path) for path, _ in walk_paths(tree) if path != "0"]
    assert sorted(led_to) == sorted([*below, "gate-0", "gate-0-0", "gate-0-1"])


def test_every_label_is_shown_as_it_stands() -> None:
    """The texts of the drawing are the lines of the labels, whatever they hold; only known elements and attributes are there."""
    root = labelled("Outcome", gate=Gate.AND, children=tuple(labelled(label) for label in HOSTILE))
    tree, coverage = tree_of(root)
    document = parsed(dressed(tree, coverage))
    by_id = {group.get("id"): group for group in document.iter(f"{SVG}g")}
    for path, node in walk_paths(tree):
        shown = tuple(text.text for text in by_id[f"svg-{node_id(path)}"].iter(f"{SVG}text"))
        assert shown == node_text(path, node, coverage).lines
    assert {element.tag.removeprefix(SVG) for element in document.iter()} == {
        "svg",
        "g",
        "path",
        "rect",
        "ellipse",
        "text",
    }
    assert not any(
        name.startswith("on") or "style" in name for element in document.iter() for name in element.attrib
    )


def test_the_engine_reads_labels_literally() -> None:
    """The engine itself sees text and neither escapes nor names of characters, so that its widths are right."""
    tree, coverage = drawn('C:\\new \\N &amp; <b> "q" \\')
    texts = [text.text for text in parsed(raw(tree, coverage)).iter(f"{SVG}text")]
    assert texts == list(node_text("0", tree.outcome, coverage).lines)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "\\\\evil",
        " javascript:x",
        "vbscript:x",
        None,
        "",
    ],
)
def test_unsafe_addresses_are_no_links(link: str | None) -> None:
    """Only relative addresses and http and https become links."""
    tree, coverage = drawn("Outcome\n  Cause -> A1")
    svg = dress(raw(tree, coverage), tree, coverage, lambda _: link)
    assert svg is not None
    assert "<a " not in svg


def test_addresses_of_other_records_are_escaped_links() -> None:
    """An action of another record is linked there, and quotes cannot leave the attribute."""
    tree, coverage = drawn("Outcome\n  Cause -> A1")
    svg = dress(raw(tree, coverage), tree, coverage, lambda _: '../x/?a&b"#a1')
    assert svg is not None
    assert 'href="../x/?a&amp;b&quot;#a1"' in svg


def test_the_first_action_with_an_address_is_linked() -> None:
    """An action that leads nowhere does not keep the next one from being reached."""
    tree, coverage = drawn("Outcome\n  Cause -> A1, A2")
    svg = dress(raw(tree, coverage), tree, coverage, lambda ref: "#a2" if ref.id == "A2" else None)
    assert svg is not None
    assert '<a xlink:href="#a2"' in svg


def test_markup_of_the_engine_does_not_pass() -> None:
    """Whatever else stands in an engine's SVG is left behind: scripts, images, handlers, links, styles, titles."""
    tree, coverage = drawn("Outcome")
    clean = raw(tree, coverage)
    dirty = re.sub(
        r"(<g [^>]*class=\"node[^>]*)>",
        r'\1 onclick="x()" style="fill:red"><script>x()</script><a href="javascript:x"/><image href="http://e/"/><path d="M0,0url(x)"/><polygon points="url(x)"/>',
        clean,
    )
    assert dirty != clean
    assert dress(dirty, tree, coverage, anchor) == dress(clean, tree, coverage, anchor)


def test_another_tree_is_refused() -> None:
    """A drawing with other nodes or other lines than the tree's is none of it."""
    small, large, longer = (
        drawn("Outcome\n  One"),
        drawn("Outcome\n  One\n  Two"),
        drawn("Outcome\n  " + "One " * 20),
    )
    assert dress(raw(*small), *large, anchor) is None
    assert dress(raw(*large), *small, anchor) is None
    assert dress(raw(*small), *longer, anchor) is None


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        "<svg></svg>",
        '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g transform="url(x)"/></svg>',
        "\n<svg><!DOCTYPE x [<!ENTITY a 'b'>]></svg>",
    ],
)
def test_unreadable_svg_is_none(svg: str) -> None:
    """What an engine, or a damaged cache, may give instead of a drawing is not shown."""
    assert dress(svg, *drawn("Outcome"), anchor) is None
    assert count_nodes(svg) == 0


def test_the_same_tree_gives_the_same_bytes() -> None:
    """Drawing twice changes nothing."""
    assert dressed(*drawn(INCIDENT)) == dressed(*drawn(INCIDENT))


def test_the_drawing_stands_alone_too() -> None:
    """It is well-formed XML of its own, named after the outcome, with its natural size."""
    root = parsed(dressed(*drawn(INCIDENT)))
    assert root.get("aria-label") == "Causal tree: API returned 500s for 22 minutes"
    assert root.get("role") == "group"
    assert int(root.get("width", "0")) < 1200
