"""Text of scripts that are read from right to left, among words of ours that are read from left to right."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape


def isolated(text: str, written: Markup | None = None) -> Markup:
    """Give a text, or what was `written` from it, so that it is read in the direction of its first letter and what stands beside it keeps its place.

    Text without letters read from right to left stays as it is.
    """
    shown = escape(text) if written is None else written
    return Markup("<bdi>{}</bdi>").format(shown) if has_right_to_left(text) else shown


def has_right_to_left(text: str) -> bool:
    """Tell whether any letter of the text is of a script that is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
