"""A drawing for a page: the engine says where things stand, all that is drawn there is ours."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from afterword.derive.causes.coverage import NodeState
from afterword.model.causes import ActionRef, Gate
from afterword.render.picture.dot import GATE_HEIGHT, GATE_WIDTH
from afterword.render.picture.sketch import (
    ABOVE,
    BELOW_HEAD,
    NOTE_LINE,
    NOTE_SIZE,
    TEXT_LINE,
    TEXT_SIZE,
    Box,
    Edge,
    Sketch,
)
from afterword.render.text.labels import gate_id, state_slug
from afterword.render.text.text_width import FACES
from afterword.render.text.wrap import is_right_to_left, plain

_NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?"
_NAME = r'"?((?:n|gate|w)(?:-\d+)+)"?'
_NODE = re.compile(rf"^node {_NAME} ({_NUMBER}) ({_NUMBER}) ", re.MULTILINE)
_GRAPH = re.compile(rf"^graph {_NUMBER} ({_NUMBER}) ({_NUMBER})$", re.MULTILINE)
_EDGE = re.compile(rf"^edge {_NAME} {_NAME} \d+ ((?:{_NUMBER} )+)", re.MULTILINE)
_ACCEPTED = frozenset(f"state-{state_slug(state)}" for state in (NodeState.ACCEPTED, NodeState.REVIEW_PAST))
_REASON = re.compile(f">([^<>]*?(?:{NodeState.ACCEPTED.value}|{NodeState.REVIEW_PAST.value}))")
_MARKUP = re.compile(r"[&<>\"']")
_SCHEME = re.compile(r"[^/?#]*:")
_POINTS_AN_INCH = 72
_MARGIN = 4
_BENDS = (12, 7, 17)
"""How far before a column of boxes the ways that lead there part."""
_CORNER = 4
_LEVEL = 3
"""Pixels up or down within which a way is straight: a bend of so little looks like a fault."""

_HOLLOW = 8
_NEARLY = 6
"""Of an only way a step that is lower than this is none: it leaves its box a little beside the middle instead."""

_FARTHEST = 100
"""Pixels between neighbours: what is farther apart may have a box in between, and the way is the engine's."""


class _Place(NamedTuple):
    """The left edge, the middle of the height, and the right edge of what stands there."""

    left: int
    middle: int
    right: int


def dress(
    sketch: Sketch, layout: str, link_of: Callable[[ActionRef], str | None], page: str | None = ""
) -> str | None:
    """Draw a sketch where an engine's plain output says, for the inside of a page or a file of its own.

    Statements are links to their lines in the list of `page` (empty: the page that the drawing is in, None: there is none), actions to where `link_of` says
    (relative, or http and https). Each box is a group of class `aw-node` with the id `svg-n-0-1` or, of five whys, `svg-w-2`, the gate
    below it one of class `aw-gate` with the id `svg-gate-0-1`, and each edge one of class `aw-edge` whose `data-to` names what it leads to;
    colours are left to the page's CSS. None where the layout cannot be read or is not one of exactly this sketch: the list then stands alone.
    """
    size = _GRAPH.search(layout)
    places = _places(sketch, layout, float(size[2])) if size else None
    if size is None or places is None:
        return None
    # Straight ways are ours; what an engine thinks of them is read only where one is not.
    routes: Mapping[tuple[str, str], str] | None = None
    edges = []
    bends = _bends(sketch, places)
    ways = Counter(edge.tail for edge in sketch.edges)
    for edge in sketch.edges:
        tail, head = places[edge.tail], places[edge.head]
        if tail.right <= head.left <= tail.right + _FARTHEST:
            way = _straight(tail, head, bends[edge.tail], alone=ways[edge.tail] == 1)
        else:
            if routes is None:
                routes = {(tail, head): points for tail, head, points in _EDGE.findall(layout)}
            way = _curved(tail, head, routes.get((edge.tail, edge.head), ""), float(size[2]))
        edges.append(_edge(edge, way))
    width, height = (round(float(each) * _POINTS_AN_INCH) + 2 * _MARGIN for each in size.groups())
    parts = []
    for box in sketch.boxes:
        parts.append(_box(box, places[box.name], sketch.width, link_of, page))
        if box.gate:
            parts.append(_gate(box, places[gate_id(box.name)]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="aw-tree" role="group" aria-label="{escape(plain(sketch.title))}"'
        f' viewBox="{-_MARGIN} {-_MARGIN} {width} {height}" width="{width}" height="{height}" direction="ltr" font-family="{FACES}" font-size="{TEXT_SIZE}"'
        f' fill="currentColor" text-anchor="middle">\n'
        f'<g class="aw-edges" aria-hidden="true" fill="none" stroke="currentColor">{"".join(edges)}</g>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )


def _places(sketch: Sketch, layout: str, height: float) -> dict[str, _Place] | None:
    """Read where each box and gate stands; None where one is missing, stands twice, or is none of the sketch."""
    found = _NODE.findall(layout)
    centres = {
        name: (round(float(x) * _POINTS_AN_INCH), round((height - float(y)) * _POINTS_AN_INCH))
        for name, x, y in found
    }
    expected = [box.name for box in sketch.boxes]
    expected += [gate_id(box.name) for box in sketch.boxes if box.gate]
    if len(found) != len(expected) or centres.keys() != set(expected):
        return None
    places = {}
    half = sketch.width // 2
    for box in sketch.boxes:
        x, y = centres[box.name]
        places[box.name] = _Place(x - half, y, x + half)
        if box.gate:
            # On the height of its box, whatever stands below: the engine sets it between the two.
            x, _ = centres[gate_id(box.name)]
            hollow = _HOLLOW // 2 if box.gate is Gate.OR else 0
            places[gate_id(box.name)] = _Place(x - GATE_WIDTH // 2, y, x + GATE_WIDTH // 2 - hollow)
    return places


def _edge(edge: Edge, way: str) -> str:
    dashed = ' stroke-dasharray="4 3"' if edge.why else ""
    more = " aw-edge--why" if edge.why else ""
    return f'<g class="aw-edge{more}" data-to="{edge.head}"><path d="{way}"{dashed}/></g>'


def _bends(sketch: Sketch, places: Mapping[str, _Place]) -> dict[str, int]:
    """Say how far before the next column the ways from each place part: those of neighbours must not run into one another."""
    reach: dict[str, list[int]] = {}
    for edge in sketch.edges:
        tail, head = places[edge.tail], places[edge.head]
        found = reach.setdefault(edge.tail, [head.left, tail.middle, tail.middle])
        if head.middle < found[1]:
            found[1] = head.middle
        elif head.middle > found[2]:
            found[2] = head.middle
    bends: dict[str, int] = {}
    taken: dict[int, list[int]] = {}
    for name, (column, top, bottom) in sorted(reach.items(), key=lambda each: each[1]):
        lanes = taken.setdefault(column, [])
        lane = next((number for number, end in enumerate(lanes) if end < top), len(lanes))
        lanes[lane : lane + 1] = [bottom]
        bends[name] = _BENDS[lane % len(_BENDS)]
    return bends


def _straight(tail: _Place, head: _Place, before: int, *, alone: bool) -> str:
    """Go along the middle of the tail to just before the head, then up or down, and in, with round corners."""
    start, end = tail.right, head.left
    rise = head.middle - tail.middle
    if abs(rise) <= _LEVEL:
        return f"M{start},{tail.middle}H{end}"
    if alone and abs(rise) <= _NEARLY:
        return f"M{start},{head.middle}H{end}"
    corner = min(_CORNER, abs(rise) // 2)
    turned = corner if rise > 0 else -corner
    bend = max(start + corner, end - before)
    return (
        f"M{start},{tail.middle}H{bend - corner}q{corner},0 {corner},{turned}V{head.middle - turned}"
        f"q0,{turned} {corner},{turned}H{end}"
    )


def _curved(tail: _Place, head: _Place, points: str, height: float) -> str:
    """Follow the engine's way from the end of one to the beginning of the other; a plain curve where it has none."""
    numbers = [float(each) * _POINTS_AN_INCH for each in points.split()]
    pairs = [
        f"{round(x)},{round(height * _POINTS_AN_INCH - y)}"
        for x, y in zip(numbers[::2], numbers[1::2], strict=False)
    ]
    start, end = f"{tail.right},{tail.middle}", f"{head.left},{head.middle}"
    if len(pairs) < 4 or len(pairs) % 3 != 1:
        return f"M{start}C{tail.right + 40},{tail.middle} {head.left - 40},{head.middle} {end}"
    return f"M{start}C{' '.join(pairs[1:-1])} {end}"


def _box(
    box: Box, place: _Place, width: int, link_of: Callable[[ActionRef], str | None], page: str | None
) -> str:
    x, height = (place.left + place.right) // 2, box.height
    y = place.middle - height // 2
    frames = f'<rect x="{place.left}" y="{y}" width="{width}" height="{height}" rx="{_CORNER}" fill="none" stroke="currentColor"/>'
    if "root-cause" in box.classes:
        frames += f'<rect x="{place.left + 3}" y="{y + 3}" width="{width - 6}" height="{height - 6}" rx="2" fill="none" stroke="currentColor"/>'
    y += ABOVE
    heads = ""
    for head in box.heads:
        text = _group("aw-node__head", head.lines, x, y, NOTE_LINE, NOTE_SIZE)
        if not box.name.startswith("w"):
            # The answer of this question is a node of the tree: the question leads to its own line, and is found by its own name.
            name = f"w-{head.step + 1}"
            link = "" if page is None else f' xlink:href="{page}#aw-why-{head.step + 1}"'
            text = f'<a{link} id="svg-{name}">{text}</a>'
        heads += text
        y += NOTE_LINE * len(head.lines)
    y += BELOW_HEAD if box.heads else 0
    statement = _group("aw-node__text", box.statement, x, y, TEXT_LINE, 0)
    y += TEXT_LINE * len(box.statement)
    notes, linked = _notes(box, x, y, link_of, page)
    inner = frames + (heads if box.name.startswith("w") else "") + statement + ("" if linked else notes)
    classes = " ".join(f"aw-node--{name}" for name in box.classes)
    if page is None:
        return f'<g id="svg-{box.name}" class="aw-node {classes}" role="img" aria-label="{escape(box.label)}">{frames}{heads}{statement}{notes}</g>'
    # Material's instant navigation sets `href` of whatever has one, and stops at a link in SVG, where it cannot be set. It does not know the older name.
    return (
        f'<g id="svg-{box.name}" class="aw-node {classes}"><a xlink:href="{page}#{box.place}" aria-label="{escape(box.label)}">{inner}</a>'
        f"{'' if box.name.startswith('w') else heads}{notes if linked else ''}</g>"
    )


def _notes(
    box: Box, x: int, y: int, link_of: Callable[[ActionRef], str | None], page: str | None
) -> tuple[str, bool]:
    """Set the notes, in which each action and an accepted risk's reason is a link; tell whether there is one."""
    if not box.notes:
        return "", False
    written = text = _group("aw-node__note", box.notes, x, y, NOTE_LINE, NOTE_SIZE)
    after = 0
    for ref in box.actions:
        name = escape(plain(ref.id))
        link = link_of(ref)
        at = _find(name, text, after)
        if at < 0:
            break
        after = at + len(name)
        if link and _is_safe(link):
            anchor = f'<a xlink:href="{escape(link)}">{name}</a>'
            text = text[:at] + anchor + text[after:]
            after = at + len(anchor)
    if page is not None and box.reason and not _ACCEPTED.isdisjoint(box.classes):
        text = _REASON.sub(rf'><a xlink:href="{page}#{box.reason}">\1</a>', text, count=1)
    return text, text is not written


def _find(name: str, text: str, after: int) -> int:
    """Find the whole name of an action in the lines of a note."""
    while (at := text.find(name, after)) >= 0:
        if text[at - 1] in " >" and text[at + len(name)] in ",< ":
            return at
        after = at + 1
    return -1


def _group(name: str, lines: tuple[str, ...], x: int, y: int, step: int, size: int) -> str:
    """Set lines below one another from `y` on; a text that begins in a script of the other direction is read in that direction."""
    marks = f' font-size="{size}"' if size else ""
    if is_right_to_left(lines[0]):
        marks += ' direction="rtl"'
    parts = [f'<g class="{name}"{marks}>']
    y += step - 4
    for line in lines:
        parts.append(f'<text x="{x}" y="{y}">{escape(line)}</text>')
        y += step
    parts.append("</g>")
    return "".join(parts)


def _gate(box: Box, place: _Place) -> str:
    """Draw the symbols of fault trees: a flat back and a round front for AND, a hollow back and a pointed front for OR; the front shows to the outcome."""
    word = box.gate.value if box.gate else ""
    half = GATE_HEIGHT // 2
    top, bottom = place.middle - half, place.middle + half
    left, right = place.left, place.left + GATE_WIDTH
    if word == "AND":
        shape = f"M{right},{top}H{left + half}a{half},{half} 0 0 0 0,{GATE_HEIGHT}H{right}z"
    else:
        shape = (
            f"M{right},{top}H{left + 18}Q{left + 6},{top} {left},{place.middle}Q{left + 6},{bottom} {left + 18},{bottom}H{right}"
            f"q-{_HOLLOW},-{half} 0,-{GATE_HEIGHT}z"
        )
    shift = 2 if word == "AND" else -1
    return (
        f'<g id="svg-{gate_id(box.name)}" class="aw-gate aw-gate--{word.lower()}" role="img" aria-label="{word}">'
        f'<path d="{shape}" fill="none" stroke="currentColor"/>'
        f'<text x="{(left + right) // 2 + shift}" y="{place.middle + 4}" font-size="10">{word}</text></g>'
    )


def escape(text: str) -> str:
    """Escape text for an element or an attribute, if there is anything to escape: nearly never."""
    return html.escape(text) if _MARKUP.search(text) else text


def _is_safe(link: str) -> bool:
    if link.startswith(("//", "\\")) or plain(link) != link:
        return False
    return not _SCHEME.match(link) or link.lower().startswith(("https://", "http://"))
