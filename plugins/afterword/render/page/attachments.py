"""Attachments as they may be published."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from afterword.render.page.svg_safety import safe_svg
from afterword.render.text.wrap import plain

_NOT_SHOWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="40" role="img" aria-label="{words}">'
    '<text x="8" y="25" font-family="sans-serif" font-size="14">{words}</text></svg>\n'
)


def safe_attachment(path: str, content: bytes) -> bytes:
    """Give the content to publish: SVG reduced to what is harmless, everything else as it is.

    An SVG that cannot be read becomes a drawing that says so.
    """
    if PurePosixPath(path).suffix.lower() != ".svg":
        return content
    made = safe_svg(content)
    if made is None:
        words = escape(f"not shown: {plain(PurePosixPath(path).name)} is no SVG that can be read")
        return _NOT_SHOWN.format(words=words).encode()
    return made
