"""Ids of headings: GitHub's slugs, kept clear of those that mean something on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from afterword.parse.source.slugs import github_slug

RESERVED = frozenset({"define", "exports", "module", "require", "window", "document"})
"""Names that scripts ask the page for: an element of this id would answer them."""

OUR_PREFIXES = ("_", "aw-", "n-", "svg-", "fn-", "fnref-")
"""Beginnings of ids that the page makes itself, and of the theme's."""


@dataclass(slots=True)
class HeadingIds:
    """Gives the headings of one page their ids, in the order of the source; `taken` are the page's own ids."""

    taken: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)

    @classmethod
    def beside(cls, ours: Iterable[str]) -> HeadingIds:
        """Begin a page that has these ids of its own."""
        return cls(set(ours) | RESERVED)

    def next(self, text: str) -> str:
        """Give the id of the next heading, by its plain text."""
        return self.keep(github_slug(text, self.seen))

    def of_section(self, slug: str) -> str:
        """Give the id for a heading whose slug is known already."""
        self.seen.setdefault(slug, 0)
        return self.keep(slug)

    def keep(self, slug: str) -> str:
        """Keep a slug for a heading, prefixed where it begins like one of the page's ids or meets one; a slug that is already kept gets a number."""
        made = slug
        if not slug or slug.startswith(OUR_PREFIXES) or slug in self.taken:
            made = f"h-{slug}"
        number = 1
        while made in self.taken:
            made = f"h-{slug}-{number}"
            number += 1
        self.taken.add(made)
        return made
