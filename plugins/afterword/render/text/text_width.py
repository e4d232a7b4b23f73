"""How wide a text is when it is drawn: measured with the faces that drawings name, estimated generously for scripts that these do not have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from afterword.render.text.advances import UNITS, WIDTHS
from afterword.render.text.wrap import clusters

FACES = "Arial, Liberation Sans, Arimo, Helvetica, sans-serif"
"""Faces of one measure, of which every platform has one."""

_JOINED = "\u200d"
_PICTURES = "\U0001f000"
_PICTURE = 1.4
_PART_OF_PICTURE = 0.8
_NARROW_SCRIPTS = ((0x0900, 0x0B7F, 0.85), (0x0E00, 0x0EFF, 0.7))
"""Devanagari to Oriya, Thai and Lao; the signs above and below their letters take no room of their own."""
_LOOSE_MARKS = (("\u0300", "\u036f"), ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"), ("\u20d0", "\u20f0"))
_BOX = 0.5
_HALF = 0.55
_ANY = 1.1


class _Advances(dict[str, float]):
    """The advance of each character at a size of 1; what the faces do not have is estimated once it is asked for."""

    def __missing__(self, character: str) -> float:
        self[character] = width = _estimate(character)
        return width


@lru_cache(maxsize=4096)
def word_width(word: str) -> float:
    """Give the same for a word, of which most come again and again."""
    return text_width(word)


def text_width(text: str) -> float:
    """Give the width of one line at a font size of 1; kerning, which brings letters closer, is left out."""
    if _JOINED in text or (not text.isascii() and max(text) >= _PICTURES):
        return sum(map(_cluster_width, clusters(text)))
    return sum(map(_ADVANCES.__getitem__, text))


def _cluster_width(cluster: str) -> float:
    if len(cluster) == 1 or not (_JOINED in cluster or max(cluster) >= _PICTURES):
        return sum(map(_ADVANCES.__getitem__, cluster))
    # Where the joined picture is missing, its parts are drawn side by side.
    parts = sum(1 for each in cluster if not unicodedata.category(each).startswith(("M", "C")))
    return max(_PICTURE, _PART_OF_PICTURE * parts)


def _estimate(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        # Of the marks for any letter, each that no font of the reader's has is drawn as a box beside it.
        return _BOX if any(first <= character <= last for first, last in _LOOSE_MARKS) else 0.0
    wide = unicodedata.east_asian_width(character)
    if wide in ("W", "F"):
        return _PICTURE if character >= _PICTURES else 1.0
    if wide == "H":
        return _HALF
    code = ord(character)
    return next((width for first, last, width in _NARROW_SCRIPTS if first <= code <= last), _ANY)


def _read() -> _Advances:
    advances = _Advances()
    for width, runs in WIDTHS.items():
        for run in runs.split():
            first, _, last = run.partition("-")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                advances[chr(code)] = width / UNITS
    return advances


_ADVANCES = _read()
