"""Time on the clock against the number of records, both in powers of ten, as an SVG that can be read in light and dark."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

from benchmarks.building import table
from benchmarks.building.report import BOTH, SHOWN, Told

LINES = {
    table.ZENSICAL.name: "gold", table.MKDOCS.name: "red", BOTH: "violet", table.HUGO.name: "grey",
    table.COLD.name: "blue", table.PLAIN_COLD.name: "teal", table.TEMPLATE.name: "blue dotted", table.SERVICE.name: "blue dashed",
    table.TITLE.name: "green dashed", table.SENTENCE.name: "green", table.PLAIN_SENTENCE.name: "teal dashed", table.NOTHING.name: "grey dotted",
}  # fmt: skip
"""What is drawn, and by which classes it looks."""

WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 60, 500, 40, 430
LABEL = 17
"""How far apart the names beside the lines are at least."""

STYLE = """
svg { --paper: #fff; --ink: #222; --faint: #ddd; --red: #c0392b; --violet: #8e44ad; --grey: #777; --gold: #a87900; --blue: #1f5fbf; --teal: #0b7f7f; --green: #2b8a3e; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #1e2129; --ink: #e4e6eb; --faint: #3a3f4b; --red: #ff8577; --violet: #d6a2ec; --grey: #a9adb6; --gold: #e3b93c; --blue: #82b1ff; --teal: #5ad1d1; --green: #7bd88f; }
}
text { font: 13px "Liberation Sans", Arial, Helvetica, sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
.grid { stroke: var(--faint); }
.line { fill: none; stroke-width: 2; }
.dashed { stroke-dasharray: 7 4; }
.dotted { stroke-dasharray: 2 4; }
.lead { stroke-width: 1; opacity: .5; }
""" + "\n".join(
    f".{each} {{ stroke: var(--{each}); }} circle.{each}, text.{each} {{ fill: var(--{each}); stroke: none; }}"
    for each in ("red", "violet", "grey", "gold", "blue", "teal", "green")
)

_Points = Sequence[tuple[int, float]]


def plot(told: Told) -> str:
    """Draw what was measured; a run of a single size is a dot."""
    lines = {name: points for name in LINES if (points := _points(told, name))}
    sizes = sorted({size for points in lines.values() for size, _ in points}) or [1]
    walls = [wall for points in lines.values() for _, wall in points] or [1.0]
    low, high = math.floor(math.log10(min(walls))), math.ceil(math.log10(max(walls)))
    across = _scale(math.log10(sizes[0]), math.log10(sizes[-1]), LEFT, RIGHT)
    up = _scale(low, max(high, low + 1), BOTTOM, TOP)
    marks = [
        *(f'<path class="grid" d="M{LEFT} {up(each):.1f}H{RIGHT}"/><text x="{LEFT - 8}" y="{up(each) + 4:.1f}" text-anchor="end">{10.0**each:g} s</text>' for each in range(low, max(high, low + 1) + 1)),
        *(f'<path class="grid" d="M{across(math.log10(size)):.1f} {TOP}V{BOTTOM}"/><text x="{across(math.log10(size)):.1f}" y="{BOTTOM + 20}" text-anchor="middle">{size:,}</text>' for size in sizes),
        f'<text x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 40}" text-anchor="middle">records</text>',
    ]  # fmt: skip
    last = across(math.log10(sizes[-1]))
    ends = {
        name: up(math.log10(points[-1][1])) for name, points in lines.items() if points[-1][0] == sizes[-1]
    }
    heights = _apart(ends)
    for name, points in lines.items():
        look = LINES[name]
        colour = look.split()[0]
        at = [(across(math.log10(size)), up(math.log10(wall))) for size, wall in points]
        x, y = at[-1]
        marks += [
            f'<path class="line {look}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in at)}"/>',
            *(f'<circle class="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in at),
        ]
        if name in heights:
            y = heights[name]
            marks.append(
                f'<path class="line lead {colour}" d="M{x + 5:.1f} {at[-1][1]:.1f}L{last + 14:.1f} {y:.1f}"/>'
            )
            x = last + 10
        marks.append(f'<text class="{colour}" x="{x + 8:.1f}" y="{y + 4:.1f}">{escape(SHOWN[name])}</text>')
    body = "\n".join(marks)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">
<title id="title">Seconds on the clock for a build, by the number of records</title>
<style>{STYLE}</style>
<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="6"/>
<text x="{LEFT}" y="{TOP - 16}">Seconds on the clock for a build</text>
{body}
</svg>
"""


def _points(told: Told, name: str) -> _Points:
    return [(size, runs[name].wall) for size, runs in sorted(told.items()) if name in runs]


def _scale(low: float, high: float, begin: float, end: float) -> Callable[[float], float]:
    """Make what turns values from low to high into places from begin to end."""
    return lambda value: begin + (value - low) / ((high - low) or 1) * (end - begin)


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Move names apart that would lie on each other, in the order of the ends of their lines, and keep them in the picture."""
    ordered = sorted(ends, key=lambda name: ends[name])
    heights = dict[str, float]()
    least = -math.inf
    for name in ordered:
        heights[name] = least = max(ends[name], least)
        least += LABEL
    most = math.inf if not ordered or heights[ordered[-1]] <= BOTTOM else float(BOTTOM)
    for name in reversed(ordered):
        heights[name] = most = min(heights[name], most)
        most -= LABEL
    return heights
