"""The order of an archive's pages in the site's navigation."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.nav import Navigation

from afterword.mkdocs_plugin.pages import ArchivePage

ORDER = ("search", "actions", "services", "classes", "severities", "kinds", "years")
"""The last part of the addresses; MkDocs alone would sort them by letter."""


def order_pages(nav: Navigation) -> None:
    """Sort the archive's pages among the places that they have, on every level; all other pages stay where they are."""
    _sort(nav.items)
    _sort(nav.pages)
    for before, after in zip([None, *nav.pages], [*nav.pages, None], strict=True):
        if before is not None:
            before.next_page = after
        if after is not None:
            after.previous_page = before


def _sort(items: list[Any]) -> None:
    ranked = [(number, rank, item) for number, item in enumerate(items) if (rank := _rank(item)) is not None]
    for (place, _, _), (_, _, item) in zip(ranked, sorted(ranked, key=lambda each: each[1]), strict=True):
        items[place] = item
    for item in items:
        if item.children:
            _sort(item.children)


def _rank(item: object) -> tuple[str, int] | None:
    """Give the place of a page among those of its archive; None for a page that is none of these."""
    if not isinstance(item, ArchivePage):
        return None
    above, _, name = item.archive_page.address.rstrip("/").rpartition("/")
    return (above, ORDER.index(name)) if name in ORDER else None
