"""A layout engine's SVG made fit for a page: written anew from its geometry and the model's words, nothing else passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree as ET

from afterword.derive.coverage import Coverage
from afterword.model.causes import ActionRef, CausalNode, CausalTree
from afterword.render.labels import node_id, node_text, walk_paths
from afterword.render.wrap import plain

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"-?\d+(?:\.\d+)?"
_VIEW_BOX = re.compile(rf"{_NUMBER} {_NUMBER} ({_NUMBER}) ({_NUMBER})")
_TRANSFORM = re.compile(rf"(?:(?:scale|rotate|translate)\({_NUMBER}(?:[ ,]{_NUMBER})?\) ?)+")
_GEOMETRY = {
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "ellipse": ("cx", "cy", "rx", "ry"),
}
_MEASURES = re.compile(r"[MLCSQHVZmlcsqhvz0-9eE ,.+\-]+")
_POINTS = re.compile(rf"(?:{_NUMBER},{_NUMBER} ?)+")
_SCHEME = re.compile(r"[^/?#]*:")
_MORE_THAN_TENTHS = re.compile(r"(\.\d)\d+")
_HEAD = re.compile(r"->((?:n|gate)(?:-\d+)+)(?::\w+)?")
_GATE = re.compile(r"gate(?:-\d+)+")
_CORNER = "4"
_INHERITED = 'fill="none" stroke="currentColor" text-anchor="middle"'
"""Said once for the whole drawing, so that it reads without a style sheet."""


class _Line(NamedTuple):
    text: str
    css_class: str
    size: int


def dress(
    svg: str,
    tree: CausalTree,
    coverage: Coverage,
    link_of: Callable[[ActionRef], str | None],
) -> str | None:
    """Make the drawing of a tree safe and usable inside a page or as a file of its own.

    Nodes are links to the first of their actions that `link_of` gives an address for (relative, or http and https). Each node is a group
    of class `aw-node` with the id `svg-n-0-1`, the gate below it one of class `aw-gate` with the id `svg-gate-0-1`, and each edge one of class
    `aw-edge` whose `data-to` names what it leads to; colours are left to the page's CSS. None where the SVG cannot be read or does not show
    exactly the nodes of the tree: the list form then stands alone.
    """
    root = _parsed(svg)
    drawing = root.find(f"{_SVG}g") if root is not None else None
    if root is None or drawing is None:
        return None
    view = _VIEW_BOX.fullmatch(root.get("viewBox", ""))
    transform = drawing.get("transform", "")
    if not view or not _TRANSFORM.fullmatch(transform):
        return None
    waiting = {node_id(path): (path, node) for path, node in walk_paths(tree)}
    parts: list[str] = []
    edges: list[str] = []
    for group in drawing.iter(f"{_SVG}g"):
        names = group.get("class", "").split()
        if "edge" in names:
            edges.append(_edge(group))
        elif "gate" in names:
            parts.append(_gate(group))
        elif "node" in names:
            found = waiting.pop(group.get("id", ""), None)
            part = _node(group, names, *found, coverage, link_of) if found else None
            if part is None:
                return None
            parts.append(part)
    if waiting:
        return None
    label = escape(f"Causal tree: {plain(tree.outcome.label.text[:200])}")
    width, height = (str(round(float(size))) for size in view.groups())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="aw-tree" role="group" aria-label="{label}" viewBox="{view.group()}"'
        f' width="{width}" height="{height}" font-family="sans-serif"><g transform="{transform}" {_INHERITED}>\n'
        + f'<g class="aw-edges" aria-hidden="true">{"".join(edges)}</g>\n'
        + "\n".join(parts)
        + "\n</g></svg>"
    )


def count_nodes(svg: str) -> int:
    """Count the nodes of a tree in its SVG, dressed or as the engine wrote it; gates are no nodes, unreadable SVG has none."""
    root = _parsed(svg)
    if root is None:
        return 0
    classes = (group.get("class", "").split() for group in root.iter(f"{_SVG}g"))
    return sum(1 for names in classes if "aw-node" in names or ("node" in names and "gate" not in names))


def _parsed(svg: str) -> ET.Element | None:
    start = svg.find("<svg")
    # The document type that engines write is skipped; a further one could declare entities, which the parser would expand.
    if start < 0 or "<!DOCTYPE" in svg[start:] or "<!ENTITY" in svg[start:]:
        return None
    try:
        return ET.fromstring(svg[start:])  # noqa: S314 - no entities, see above
    except (ET.ParseError, ValueError):
        return None


def _node(
    group: ET.Element,
    names: list[str],
    path: str,
    node: CausalNode,
    coverage: Coverage,
    link_of: Callable[[ActionRef], str | None],
) -> str | None:
    text = node_text(path, node, coverage)
    lines = [_Line(line, "aw-node__text", 13) for line in text.statement]
    lines += [_Line(line, "aw-node__note", 11) for line in text.notes]
    written = _texts(group, lines)
    if written is None:
        return None
    classes = " ".join(
        (
            "aw-node",
            *(f"aw-node--{name}" for name in names if re.fullmatch(r"[a-z-]+", name) and name != "node"),
        )
    )
    body = "".join(_shapes(group, boxed=True)) + written
    label = escape(" ".join(text.lines))
    covered = coverage.nodes.get(path)
    named = [resolved.ref for resolved in covered.actions] if covered else node.actions
    link = next(filter(_is_safe, map(link_of, named)), None)
    opened = f'<g id="svg-{node_id(path)}" class="{classes}"'
    if link:
        # Material's instant navigation sets `href` of whatever has one, and stops at a link in SVG, where it cannot be set. It does not know the older name.
        return f'{opened}><a xlink:href="{escape(link)}" aria-label="{label}">{body}</a></g>'
    return f'{opened} role="img" aria-label="{label}">{body}</g>'


def _edge(group: ET.Element) -> str:
    """Write an edge with the name of what it leads to, by which scripts find the way to the outcome."""
    head = _HEAD.search(group.findtext(f"{_SVG}title", ""))
    return f'<g class="aw-edge" data-to="{head[1] if head else ""}">{"".join(_shapes(group))}</g>'


def _gate(group: ET.Element) -> str:
    word = "".join(each.text or "" for each in group.iter(f"{_SVG}text"))
    word = word if word in ("AND", "OR") else ""
    written = _texts(group, [_Line(word, "aw-gate__text", 10)]) or ""
    name = group.get("id", "")
    known = f'id="svg-{name}" ' if _GATE.fullmatch(name) else ""
    return f'<g {known}class="aw-gate aw-gate--{word.lower()}" role="img" aria-label="{word}">{"".join(_shapes(group))}{written}</g>'


def _shapes(group: ET.Element, *, boxed: bool = False) -> Iterator[str]:
    """Yield the shapes, the outer of a double frame first, so that its filling does not cover the inner."""
    for element in reversed(list(group.iter())):
        kind = element.tag.removeprefix(_SVG)
        measures = {name: element.get(name, "") for name in _GEOMETRY.get(kind, ())}
        if not measures or not all(map(_MEASURES.fullmatch, measures.values())):
            continue
        if boxed and kind == "polygon" and _POINTS.fullmatch(measures["points"]):
            kind, measures = "rect", _box(measures["points"])
        written = " ".join(f'{name}="{_short(value)}"' for name, value in measures.items())
        yield f"<{kind} {written}/>"


def _box(points: str) -> dict[str, str]:
    """Give the rectangle of a polygon: shorter, and with round corners."""
    pairs = [tuple(map(float, pair.split(","))) for pair in points.split()]
    left, right = min(pair[0] for pair in pairs), max(pair[0] for pair in pairs)
    top, bottom = min(pair[1] for pair in pairs), max(pair[1] for pair in pairs)
    sizes = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    return {name: f"{size:.2f}".rstrip("0").rstrip(".") for name, size in sizes.items()} | {"rx": _CORNER}


def _texts(group: ET.Element, lines: list[_Line]) -> str | None:
    """Set our lines at the engine's places; None where it broke them otherwise."""
    places = [(each.get("x", ""), each.get("y", "")) for each in group.iter(f"{_SVG}text")]
    if len(places) != len(lines) or not all(
        re.fullmatch(_NUMBER, each) for place in places for each in place
    ):
        return None
    set_lines = [
        (line, f'<text x="{_short(x)}" y="{_short(y)}">{escape(line.text, quote=False)}</text>')
        for (x, y), line in zip(places, lines, strict=True)
    ]
    groups = groupby(set_lines, key=lambda each: (each[0].css_class, each[0].size))
    return "".join(
        f'<g class="{css_class}" fill="currentColor" stroke="none" font-size="{size}">{"".join(text for _, text in each)}</g>'
        for (css_class, size), each in groups
    )


def _short(measures: str) -> str:
    """Round down to tenths of a point: what more there is, no screen shows."""
    return _MORE_THAN_TENTHS.sub(r"\1", measures)


def _is_safe(link: str | None) -> bool:
    if not link or link.startswith(("//", "\\")) or plain(link) != link:
        return False
    return not _SCHEME.match(link) or link.lower().startswith(("https://", "http://"))
