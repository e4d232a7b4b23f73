"""Drawings as pixels, by a package that not every installation has."""

from __future__ import annotations

import re

SCALE = 2
"""Pixels a unit of the drawing: its words are 13 units high, and screens are dense."""

_SIGN = re.compile(r"(?<=>)[✓◇](?= )")
_IN_MOST_FONTS = {"✓": "√", "◇": "◊"}
"""A sign that a font lacks has its whole line set in another font, which may be one with serifs."""


def to_png(svg: str, background: str) -> bytes:
    """Draw an SVG as PNG with the system's fonts; what stands nowhere in it is `background`.

    Raises ImportError where the package is missing, ValueError where the drawing cannot be shown.
    """
    # Imported here: an extra brings it.
    import resvg_py

    shown = _SIGN.sub(lambda found: _IN_MOST_FONTS[found[0]], svg)
    return resvg_py.svg_to_bytes(svg_string=shown, zoom=SCALE, background=background)
