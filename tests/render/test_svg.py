"""Drawings on a page: placed by the real engine, drawn by us, safe and complete."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest

from afterword.derive.causes.coverage import tree_coverage, why_coverage
from afterword.model.archive import Archive
from afterword.model.causes import ActionRef, Gate
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.render.picture.sketch import Sketch, count_boxes, has_more_boxes, sketch, sketch_of
from afterword.render.picture.svg import dress
from afterword.render.text.labels import gate_id
from tests.render.drawn_trees import HOSTILE, INCIDENT, labelled, laid_out, sketched, tree_of, tree_of_size

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
HYBRID = """---
title: Payments fail
date: 2026-03-14
---

## Root cause analysis

Method: hybrid

1. Why did payments fail?
   Because the pool was exhausted.
2. Why was the pool exhausted?
   Because a job leaked connections.
3. Why did nobody see it?
   Because no alert watched the pool. -> A1

- Payments failed (AND)
  - The pool was exhausted
    - A job leaked connections (root cause) -> A1
  - The retry was too eager -- accepted: rare (platform lead, 2030-01-01)

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Watch the pool | Ada | 2026-12-01 | T-1 | detect | open |
"""


def parsed(svg: str) -> ET.Element:
    """Read a drawing as XML."""
    return ET.fromstring(svg)  # noqa: S314 - made by the test itself


def anchor(ref: ActionRef) -> str | None:
    """Link an action to its row, as a record page does."""
    return f"#{ref.id.lower()}"


def dressed(drawing: Sketch) -> str:
    """Draw a sketch from end to end."""
    svg = dress(drawing, laid_out(drawing), anchor)
    assert svg is not None
    return svg


def read(text: str) -> Sketch:
    """Sketch the causes of a record as an author wrote it."""
    settings = Settings()
    record = parse_record(text.encode(), "2026-03-14-a.md", settings, "2026-03-14-a.md", "")
    archive = Archive.of(settings, [record])
    day = dt.date(2026, 6, 1)
    made = sketch_of(record, tree_coverage(record, archive, day), why_coverage(record, archive, day))
    assert made is not None and count_boxes(record) == len(made.boxes)
    assert has_more_boxes(record, len(made.boxes) - 1) and not has_more_boxes(record, len(made.boxes))
    return made


def count_nodes(svg: str) -> int:
    """Count the statements in a drawing; gates are none."""
    return svg.count('class="aw-node ')


def led_to(svg: str) -> list[str]:
    """Give what the edges of a drawing lead to."""
    return re.findall(r'<g class="aw-edge[^"]*" data-to="([^"]*)"><path ', svg)


@pytest.mark.parametrize("size", [1, 12, 100])
def test_the_drawing_has_the_nodes_of_the_tree(size: int) -> None:
    """Gates and edges aside, there is one group for each node."""
    assert count_nodes(dressed(sketch(*tree_of_size(size)))) == size


def test_nodes_carry_classes_places_and_links() -> None:
    """A node is found by its path, coloured by its classes, and its statement leads to its line in the list."""
    svg = dressed(sketched(INCIDENT))
    assert (
        '<g id="svg-n-0-0-0" class="aw-node aw-node--factor aw-node--root-cause aw-node--state-addressed">'
        '<a xlink:href="#n-0-0-0" aria-label="Batch job leaked connections (root cause)">' in svg
    )
    assert 'aria-label="Test suite did not cover the error path (action overdue: A2, A5)"' in svg
    assert svg.count('class="aw-gate aw-gate--and" role="img" aria-label="AND"') == 2
    assert svg.count('<g id="svg-gate-0-1" class="aw-gate aw-gate--or" role="img" aria-label="OR"') == 1


def test_each_action_is_a_link_of_its_own() -> None:
    """Several actions are several links, none of them inside another."""
    svg = dressed(sketched(INCIDENT))
    assert '>! action overdue: <a xlink:href="#a2">A2</a>, <a xlink:href="#a5">A5</a></text>' in svg
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", svg, re.DOTALL)
    assert len(re.findall(r"<a ", svg)) == 9 + 4


def test_an_action_that_is_not_there_is_no_link() -> None:
    """It does not keep the next one from being reached, and a name that is the beginning of another is not taken for it."""
    drawing = sketched("Outcome\n  Cause -> A1, A12, A2")
    svg = dress(drawing, laid_out(drawing), lambda ref: "#a2" if ref.id == "A2" else None)
    assert svg is not None
    assert ': A1, A12, <a xlink:href="#a2">A2</a></text>' in svg


def test_each_edge_names_what_it_leads_to() -> None:
    """There is one edge to each gate and to each node but the outcome."""
    drawing = sketched(INCIDENT)
    below = [box.name for box in drawing.boxes if box.name != "n-0"]
    gates = [gate_id(box.name) for box in drawing.boxes if box.gate]
    assert sorted(led_to(dressed(drawing))) == sorted(below + gates)
    assert gates == ["gate-0", "gate-0-0", "gate-0-1"]


def test_gates_differ_in_shape_and_word() -> None:
    """AND has a straight back and an arc in front, OR a hollow back and a point."""
    shapes = dict(re.findall(r'aria-label="(AND|OR)"><path d="([^"]+)"', dressed(sketched(INCIDENT))))
    assert "a12,12" in shapes["AND"] and "Q" not in shapes["AND"]
    assert shapes["OR"].count("Q") == 2 and "q" in shapes["OR"]


def test_five_whys_are_a_chain() -> None:
    """The question stands above its answer, each answer leads to the next, and the last one tells its state."""
    text = (
        HYBRID.partition("- Payments failed")[0]
        + "\n## Action items"
        + HYBRID.partition("## Action items")[2]
    )
    drawing = read(text)
    svg = dressed(drawing)
    assert [box.name for box in drawing.boxes] == ["w-1", "w-2", "w-3"]
    assert led_to(svg) == ["w-2", "w-3"]
    assert drawing.boxes[0].heads[0].lines == ("1. Why did payments fail?",)
    assert drawing.boxes[0].notes == () and drawing.boxes[2].notes == ("○ action open: A1",)
    assert '<g id="svg-w-3" class="aw-node aw-node--why aw-node--leaf aw-node--state-action-open">' in svg
    assert '<a xlink:href="#aw-why-1" aria-label="1. Why did payments fail? The pool was exhausted."' in svg
    heights = [place.get("y") for place in parsed(svg).iter(f"{SVG}rect")]
    assert len(heights) == 3


def test_an_answer_that_is_a_node_is_drawn_once() -> None:
    """The question stands in the node; an answer that is none is joined by a dashed edge to the one before it."""
    drawing = read(HYBRID)
    svg = dressed(drawing)
    assert [box.name for box in drawing.boxes] == ["n-0", "n-0-0", "n-0-0-0", "n-0-1", "w-3"]
    assert count_nodes(svg) == 5
    assert '<a xlink:href="#aw-why-2" id="svg-w-2"><g class="aw-node__head"' in svg
    assert [(edge.tail, edge.head) for edge in drawing.edges if edge.why] == [("n-0-0-0", "w-3")]
    assert svg.count('class="aw-edge aw-edge--why" data-to="w-3"') == 1
    assert svg.count("stroke-dasharray") == 1
    assert drawing.title == "Causal tree and five whys: Payments failed"


def test_a_chain_that_joins_nothing_stands_apart() -> None:
    """One drawing shows both, without a way from one to the other."""
    drawing = read(
        HYBRID.replace("Because the pool", "Because the queue").replace("a job leaked", "a batch leaked", 1)
    )
    names = {box.name for box in drawing.boxes}
    assert {"w-1", "w-2", "w-3", "n-0"} <= names
    assert all(edge.tail[0] == "w" and edge.head[0] == "w" for edge in drawing.edges if edge.why)
    assert count_nodes(dressed(drawing)) == 7


def test_an_accepted_risk_leads_to_its_reason() -> None:
    """So does what stands below it, where the reason holds as well."""
    svg = dressed(read(HYBRID))
    assert '<a xlink:href="#n-0-1-reason">◇ risk accepted</a></text>' in svg


def test_every_label_is_shown_as_it_stands() -> None:
    """The texts of the drawing are the lines of the labels, whatever they hold; only known elements and attributes are there."""
    root = labelled("Outcome", gate=Gate.AND, children=tuple(labelled(label) for label in HOSTILE))
    drawing = sketch(*tree_of(root))
    document = parsed(dressed(drawing))
    by_id = {group.get("id"): group for group in document.iter(f"{SVG}g")}
    for box in drawing.boxes:
        shown = tuple("".join(text.itertext()) for text in by_id[f"svg-{box.name}"].iter(f"{SVG}text"))
        assert shown == box.lines
    names = {element.tag.removeprefix(SVG) for element in document.iter()}
    assert names == {"svg", "g", "a", "path", "rect", "text"}
    assert not any(
        name.startswith("on") or "style" in name for element in document.iter() for name in element.attrib
    )
    assert all(link.get(LINK, "").startswith("#") for link in document.iter(f"{SVG}a"))


def test_text_is_set_in_its_own_direction() -> None:
    """A statement that begins in Hebrew or Arabic is read from the right, its state from the left."""
    svg = dressed(sketched("שירות התשלומים (API) נפל\n  Cause with שם inside -> A1 = open"))
    groups = re.findall(r'<g class="(aw-node__\w+)"([^>]*)>', svg)
    assert groups == [
        ("aw-node__text", ' direction="rtl"'),
        ("aw-node__text", ""),
        ("aw-node__note", ' font-size="11"'),
    ]
    assert 'direction="ltr"' in svg.partition(">")[0]


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
    drawing = sketched("Outcome\n  Cause -> A1")
    svg = dress(drawing, laid_out(drawing), lambda _: link)
    assert svg is not None
    assert svg.count("<a ") == svg.count('<a xlink:href="#n-') == 2


def test_addresses_of_other_records_are_escaped_links() -> None:
    """An action of another record is linked there, and quotes cannot leave the attribute."""
    drawing = sketched("Outcome\n  Cause -> A1")
    svg = dress(drawing, laid_out(drawing), lambda _: '../x/?a&b"#a1')
    assert svg is not None
    assert 'href="../x/?a&amp;b&quot;#a1"' in svg


def test_an_action_of_another_record_is_told_apart_by_its_day() -> None:
    """A1 of another record is not taken for this one's: its name, which is the link, has that record's day behind it."""
    svg = dressed(read(HYBRID.replace("(root cause) -> A1", "(root cause) -> 2026-02-01-other#A9, A1")))
    words = re.sub(r"</text><text [^>]*>", " ", svg)
    assert '<a xlink:href="#a9">A9</a> (2026-02-01), <a xlink:href="#a1">A1</a>' in words


def test_another_layout_is_refused() -> None:
    """A layout of other boxes than the sketch's is none of it."""
    small, large = sketched("Outcome\n  One"), sketched("Outcome\n  One\n  Two")
    assert dress(small, laid_out(large), anchor) is None
    assert dress(large, laid_out(small), anchor) is None


@pytest.mark.parametrize(
    "layout",
    [
        "",
        "stop",
        "graph 1 1 1\nstop",
        "graph 1 nan 1\nnode n-0 1 1 1 1 x\nstop",
        "graph 1 1 1\nnode n-0 1 inf 1 1 x\nstop",
        "graph 1 1 1\nnode n-0 1 1 1 1 x\nnode n-0 2 2 1 1 x\nstop",
        "graph 1 1 1\nnode n-1 1 1 1 1 x\nstop",
        'graph 1 1 1\nnode "n-0" 1"><script> 1 1 x\nstop',
    ],
)
def test_what_is_no_layout_draws_nothing(layout: str) -> None:
    """What an engine, or a damaged cache, may give instead of a layout is not shown."""
    assert dress(sketched("Outcome"), layout, anchor) is None


def test_a_statement_cannot_place_itself() -> None:
    """Engines quote the labels in their answer, and a label that reads like a line of it changes nothing."""
    drawing = sketched('Outcome\n  Cause "\n  x node n-0 5 5 1 1 y stop ' + "graph 1 9 9 " * 40)
    assert count_nodes(dressed(drawing)) == 3


def test_the_same_tree_gives_the_same_bytes() -> None:
    """Drawing twice changes nothing."""
    assert dressed(sketched(INCIDENT)) == dressed(sketched(INCIDENT))


def test_the_drawing_stands_alone_too() -> None:
    """It is well-formed XML of its own, named after the outcome, with its natural size."""
    root = parsed(dressed(sketched(INCIDENT)))
    assert root.get("aria-label") == "Causal tree: API returned 500s for 22 minutes"
    assert root.get("role") == "group"
    assert int(root.get("width", "0")) < 1100


def test_an_inline_drawing_stays_small() -> None:
    """Twelve nodes are a good sixth of what a page may weigh."""
    assert len(dressed(sketch(*tree_of_size(12)))) < 9_000
