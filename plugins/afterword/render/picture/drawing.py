"""The drawing of a record's causes, in its page or, where it is large, in a file beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from afterword.check.wording import counted
from afterword.derive.places.address import record_address
from afterword.model.archive import Archive
from afterword.model.causes import ActionRef
from afterword.model.record import Postmortem
from afterword.render.page.links import Links
from afterword.render.page.site_page import SiteFile
from afterword.render.picture.sketch import Sketch, count_boxes, has_more_boxes
from afterword.render.picture.svg import dress

LARGEST_INLINE = 40
"""Nodes; a larger drawing is a file of its own."""

TREE_FILE = "tree.svg"

LEAST_SCALE = 0.75
"""How small a drawing may be shown before it scrolls instead: its words are 13 pixels high."""

_WIDTH = re.compile(r' width="(\d+)"')
BACKGROUND = "#fff"
"""What is behind a drawing in light colours."""

_LIGHT = (
    f"svg{{background:{BACKGROUND};color:#5a6270}}"
    ".aw-node{color:#b9c0cb}.aw-node rect,.aw-gate path{fill:#fff}.aw-gate text{font-weight:700}"
    ".aw-node__text,.aw-gate text{fill:#1d2129}.aw-node__note,.aw-node__head{fill:#5a6270}.aw-node__head{font-style:italic}"
    ".aw-node--outcome{color:#1d2129}.aw-node--outcome rect{stroke-width:2}.aw-node--root-cause{color:#6b3fa0}"
)
_DARK = (
    "svg{background:#1e2129;color:#a6afbf}"
    ".aw-node{color:#4a5162}.aw-node rect,.aw-gate path{fill:#262b38}.aw-node__text,.aw-gate text{fill:#f2f4f8}"
    ".aw-node__note,.aw-node__head{fill:#a6afbf}.aw-node--outcome{color:#f2f4f8}.aw-node--root-cause{color:#cfb2ff}"
)


@dataclass(frozen=True, slots=True)
class DrawingView:
    """A drawing as its page shows it: `html` in the page or `file` beside it; `note` says why there is neither.

    `name` says what is drawn, `nodes` how many statements, and below `least_width` pixels it scrolls rather than shrinks.
    """

    name: str
    nodes: int
    html: Markup | None = None
    file: str = ""
    least_width: int = 0
    note: str = ""


def drawing_view(record: Postmortem, drawing: str | None, links: Links) -> DrawingView:
    """Show the drawing of a record's causes, as `dressed` gives it, in its page."""
    nodes = count_boxes(record)
    name = " and the ".join(
        what
        for what, there in (("causal tree", record.causal_tree), ("five whys", record.five_whys))
        if there is not None
    )
    largest = links.archive.settings.largest_drawing
    if nodes > largest:
        note = (
            f"Not drawn, since it has more than {counted(largest, 'statement')}: the list shows all of them."
        )
        return DrawingView(name, nodes, note=note)
    if drawing is None:
        return DrawingView(name, nodes)
    if nodes > LARGEST_INLINE:
        return DrawingView(name, nodes, file=TREE_FILE)
    width = _WIDTH.search(drawing)
    least = round(int(width[1]) * LEAST_SCALE) if width else 0
    return DrawingView(name, nodes, Markup(drawing), least_width=least)  # noqa: S704 - by `dress`, from numbers and escaped words


def dressed(sketch: Sketch, layout: str, links: Links) -> str | None:
    """Draw a sketch for its record's page, or for the file beside it; None where the layout is not one of it."""
    # Seen from the file, an anchor alone would lie in the file.
    page = "./" if len(sketch.boxes) > LARGEST_INLINE else ""

    def link_of(ref: ActionRef) -> str | None:
        way = links.to_action(ref)
        return page + way if way and way.startswith("#") else way

    return dress(sketch, layout, link_of, page)


def is_inline(record: Postmortem) -> bool:
    """Tell whether the drawing of a record's causes stands in its page, if there is one."""
    return not has_more_boxes(record, LARGEST_INLINE)


def drawing_files(record: Postmortem, archive: Archive, drawing: str | None) -> tuple[SiteFile, ...]:
    """Give the drawing of many causes as a file beside its page; nothing for one that stands in the page."""
    if drawing is None or is_inline(record):
        return ()
    address = record_address(record, archive.settings)
    return (SiteFile(address + TREE_FILE, standalone(drawing).encode()),)


def standalone(drawing: str, *, light_only: bool = False) -> str:
    """Give a drawing the colours that it has when it is opened by itself; in a page the page's style sheet says so.

    `light_only` leaves out the dark ones, for programs that do not know on what they are shown.
    """
    dark = "" if light_only else f"@media screen and (prefers-color-scheme:dark){{{_DARK}}}"
    opening, rest = drawing.split(">", 1)
    return f"{opening}><style>{_LIGHT}{dark}</style>{rest}"
