"""The drawing of a causal tree, in its page or, where it is large, in a file beside it."""

from __future__ import annotations

import re
from datetime import date

from afterword.derive.address import record_address
from afterword.derive.coverage import Coverage, tree_coverage
from afterword.model.archive import Archive
from afterword.model.causes import ActionRef
from afterword.model.record import Postmortem
from afterword.render.links import Links
from afterword.render.page import SiteFile
from afterword.render.svg import dress

LARGEST_INLINE = 40
"""Nodes; the drawing of a larger tree is a file of its own."""

TREE_FILE = "tree.svg"

LEAST_SCALE = 0.75
"""How small a drawing may be shown before it scrolls instead: its words are 13 pixels high."""

_WIDTH = re.compile(r' width="(\d+)"')
BACKGROUND = "#fff"
"""What is behind a drawing in light colours."""

_LIGHT = (
    f"svg{{background:{BACKGROUND};color:#5a6270}}"
    ".aw-node{color:#b9c0cb}.aw-node rect,.aw-gate ellipse{fill:#fff}"
    ".aw-node__text,.aw-gate__text{fill:#1d2129}.aw-node__note{fill:#5a6270}.aw-node--outcome{color:#1d2129}"
    ".aw-node--root-cause{color:#6b3fa0}"
)
_DARK = (
    "svg{background:#1e2129;color:#a6afbf}"
    ".aw-node{color:#4a5162}.aw-node rect,.aw-gate ellipse{fill:#262b38}.aw-node__text,.aw-gate__text{fill:#f2f4f8}"
    ".aw-node__note{fill:#a6afbf}.aw-node--outcome{color:#f2f4f8}.aw-node--root-cause{color:#cfb2ff}"
)


def is_large(record: Postmortem) -> bool:
    """Tell whether the drawing of a record's tree is too large to stand in its page."""
    tree = record.causal_tree
    return tree is not None and sum(1 for _ in tree.outcome.walk()) > LARGEST_INLINE


def dressed(record: Postmortem, coverage: Coverage | None, tree_svg: str | None, links: Links) -> str | None:
    """Make the engine's drawing fit for the page, or for the file beside it; None where there is none that can be shown."""
    if record.causal_tree is None or coverage is None or not tree_svg:
        return None

    def link_of(ref: ActionRef) -> str | None:
        way = links.to_action(ref)
        # Seen from the file, an anchor alone would lie in the file.
        return f"./{way}" if way and way.startswith("#") and is_large(record) else way

    return dress(tree_svg, record.causal_tree, coverage, link_of)


def tree_files(
    record: Postmortem, archive: Archive, as_of: date, tree_svg: str | None
) -> tuple[SiteFile, ...]:
    """Give the drawing of a large tree as a file beside its page; nothing for one that stands in the page."""
    if not is_large(record):
        return ()
    address = record_address(record, archive.settings)
    drawing = dressed(
        record, tree_coverage(record, archive, as_of), tree_svg, Links(archive, record, address)
    )
    if not drawing:
        return ()
    return (SiteFile(address + TREE_FILE, standalone(drawing).encode()),)


def standalone(drawing: str, *, light_only: bool = False) -> str:
    """Give a drawing the colours that it has when it is opened by itself; in a page the page's style sheet says so.

    `light_only` leaves out the dark ones, for programs that do not know on what they are shown.
    """
    dark = "" if light_only else f"@media screen and (prefers-color-scheme:dark){{{_DARK}}}"
    opening, rest = drawing.split(">", 1)
    return f"{opening}><style>{_LIGHT}{dark}</style>{rest}"


def least_width(drawing: str) -> int:
    """Give the width in pixels below which a drawing scrolls rather than shrinks."""
    width = _WIDTH.search(drawing)
    return round(int(width[1]) * LEAST_SCALE) if width else 0
