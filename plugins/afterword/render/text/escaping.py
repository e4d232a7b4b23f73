"""Escaping for HTML and SVG where nearly all that is shown has nothing to escape."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape


def escaped(value: Any) -> str:
    """Give what `markupsafe.escape` gives, in a fifth of the time: as a plain text, which is joined to others and not escaped again."""
    kind = type(value)
    if kind is Markup or (
        kind is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value)
    ):
        return value  # type: ignore[no-any-return]
    return escape(value)
