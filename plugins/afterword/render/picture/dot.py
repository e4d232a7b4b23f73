"""Drawings in Graphviz' language, written from the model alone: plain labels, sizes of our own, classes instead of colours, no address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import graphviz

from afterword.render.picture.sketch import Box, Sketch
from afterword.render.text.labels import gate_id

GATE_WIDTH = 36
GATE_HEIGHT = 24

_HEAD = """digraph causes {{
	graph [bgcolor=transparent nodesep=0.18 ordering=out rankdir=LR ranksep=0.3]
	node [fixedsize=true fontname=Arial fontsize=13 margin=0 shape=box width={width}]
	edge [dir=none headport=w tailport=e]
"""
_GATE = "[label={word} class=gate fontsize=10 height={height} id={name} shape=oval width={width}]"
_POINTS = 72
_MEANT = re.compile(r'[\\"&<>]')


def sketch_dot(sketch: Sketch) -> str:
    """Write a sketch as DOT, left to right, the same bytes for the same words and states.

    Boxes have the sizes of the sketch, so that the engine's own idea of letters changes nothing. Gates stand between a box and what is
    below it as nodes of class `gate`. Classes are `outcome`, `factor` or `why`, `root-cause`, `leaf` and `state-…`.
    """
    lines = [_HEAD.format(width=_inches(sketch.width))]
    for box in sketch.boxes:
        lines.extend(_nodes(box))
    # Children stand in one column per level, whether or not a gate stands before them.
    reach = " [minlen=2]" if sketch.has_gates else ""
    for edge in sketch.edges:
        if edge.why:
            marks = f" [class=why style=dashed{' minlen=2' if reach else ''}]"
        else:
            gated = edge.tail.startswith("gate") or edge.head.startswith("gate")
            marks = "" if gated else reach
        lines.append(f'\t"{edge.tail}" -> "{edge.head}"{marks}\n')
    lines.append("}\n")
    return "".join(lines)


def _nodes(box: Box) -> Iterator[str]:
    frame = " peripheries=2" if "root-cause" in box.classes else ""
    classes = " ".join(box.classes)
    yield (
        f'\t"{box.name}" [label={_label(box.lines)} class="{classes}" height={_inches(box.height)} id="{box.name}"{frame}]\n'
    )
    if box.gate:
        name = f'"{gate_id(box.name)}"'
        marks = _GATE.format(
            word=box.gate.value, height=_inches(GATE_HEIGHT), width=_inches(GATE_WIDTH), name=name
        )
        yield f"\t{name} {marks}\n"


def _label(lines: tuple[str, ...]) -> str:
    r"""Escape the lines, so that `\N`, `&lt;` and `<b>` are text to the engine, join them by its line break, and quote the whole."""
    if not any(map(_MEANT.search, lines)):
        return '"' + "\\n".join(lines) + '"'
    # Names of characters (`&amp;`) are resolved by the engine before anything is drawn.
    literal = "\\n".join(str(graphviz.escape(line)).replace("&", "&amp;") for line in lines)
    quoted: str = graphviz.quoting.quote(graphviz.nohtml(literal))
    return quoted if quoted.startswith('"') else f'"{quoted}"'


def _inches(pixels: int) -> str:
    return f"{pixels / _POINTS:.3f}"
