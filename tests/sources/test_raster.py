"""Drawings as pixels."""

from __future__ import annotations

import struct

import pytest

from afterword.sources.raster import SCALE, to_png

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><style>.a{fill:#f00}'
    "@media screen and (prefers-color-scheme:dark){.a{fill:#0f0}}</style>"
    '<rect class="a" width="20" height="20"/><text x="22" y="15">✓ done</text></svg>'
)


def test_a_drawing_is_a_png_of_twice_its_size() -> None:
    """Whatever the fonts of the system; rules for dark screens do no harm."""
    png = to_png(DRAWING, "#fff")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (40 * SCALE, 20 * SCALE)


def test_a_broken_drawing_says_so() -> None:
    """What is no SVG is no picture."""
    with pytest.raises(ValueError, match=r"\S"):
        to_png("<svg", "#fff")
