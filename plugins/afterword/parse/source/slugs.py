"""Anchors made from headings, as GitHub makes them."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[^\w\- ]")


def slugify(text: str) -> str:
    """Give GitHub's slug of a heading's plain text: lower case, punctuation dropped, each blank a hyphen."""
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def github_slug(text: str, seen: dict[str, int]) -> str:
    """Give the slug of the next heading of a page, with `-1`, `-2` … behind one that is taken; `seen` is brought up to date."""
    base = slugify(text)
    slug = base
    while slug in seen:
        seen[base] += 1
        slug = f"{base}-{seen[base]}"
    seen[slug] = 0
    return slug
