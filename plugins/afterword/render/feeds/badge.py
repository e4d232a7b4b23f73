"""A flat badge of two parts for READMEs and catalogues: what it is about, and what there is to say."""

from __future__ import annotations

from enum import StrEnum
from xml.etree import ElementTree as ET

from afterword.render.feeds.feed import safe_text
from afterword.render.text.text_width import FACES, text_width

HEIGHT = 20
_SIZE = 11
_BASE = 14
_MARGIN = 6
_ROUND = 3
_LABEL = "#4b515c"
_INK = "#ffffff"


class BadgeTone(StrEnum):
    """The colour of what there is to say: those of the site's states in light; white on each has a contrast of at least 6 to 1."""

    WAITING = "#a81c12"
    OPEN = "#2a4fae"
    SETTLED = "#1c6636"
    NOTHING = "#5a6270"


def badge(label: str, message: str, tone: BadgeTone, title: str, description: str = "") -> bytes:
    """Draw a badge as SVG, the same bytes for the same words; `title` is what a screen reader says, `description` is read on demand."""
    label, message = safe_text(label), safe_text(message)
    left, right = _width(label), _width(message)
    height, total = str(HEIGHT), _number(left + right)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": total,
            "height": height,
            "viewBox": f"0 0 {total} {height}",
            "role": "img",
            "aria-label": safe_text(title),
        },
    )
    ET.SubElement(root, "title").text = safe_text(title)
    if description:
        ET.SubElement(root, "desc").text = safe_text(description)
    ET.SubElement(root, "rect", {"width": total, "height": height, "rx": str(_ROUND), "fill": tone.value})
    outline = f"M{_ROUND} 0H{_number(left)}V{height}H{_ROUND}a{_ROUND} {_ROUND} 0 0 1-{_ROUND}-{_ROUND}V{_ROUND}a{_ROUND} {_ROUND} 0 0 1 {_ROUND}-{_ROUND}z"
    ET.SubElement(root, "path", {"d": outline, "fill": _LABEL})
    words = ET.SubElement(root, "g", {"fill": _INK, "font-family": FACES, "font-size": str(_SIZE)})
    _words(words, label, _MARGIN, left)
    _words(words, message, left + _MARGIN, right)
    drawn: str = ET.tostring(root, encoding="unicode")
    return (drawn + "\n").encode()


def _words(parent: ET.Element, text: str, at: float, width: float) -> None:
    """Write a part; its length is stated, so that it fits whatever face is used."""
    place = {"x": _number(at), "y": str(_BASE), "textLength": _number(width - 2 * _MARGIN)}
    ET.SubElement(parent, "text", place).text = text


def _width(text: str) -> float:
    return round(text_width(text) * _SIZE, 1) + 2 * _MARGIN


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
