"""An archive's pages in the site's navigation.

A site that is an archive lists its pages. Where the archive is a folder of a larger site, the navigation stays what it would be without Afterword, and
only the pages of that folder show it with the archive's own pages in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from afterword.mkdocs_plugin.pages import ArchivePage
from afterword.operations.site.site_places import Place

log = get_plugin_logger("afterword")

MISSING_ENTRY = "the navigation does not lead to %s: write %s, and MkDocs lists it"
MISSING_IN_NAV = "the navigation does not lead to %s: name %s under `nav` in the site's configuration"

ORDER = (
    "search",
    "actions",
    "owners",
    "teams",
    "risks",
    "health",
    "figures",
    "services",
    "classes",
    "severities",
    "kinds",
    "years",
)
"""The last part of the addresses; MkDocs alone would sort them by letter."""


def order_pages(nav: Navigation) -> None:
    """Sort the archive's pages among the places that they have, on every level; all other pages stay where they are."""
    if not any(map(_rank, nav.pages)):
        # Other plugins have linked pages in orders of their own.
        return
    _sort(nav.items)
    _sort(nav.pages)
    for before, after in zip([None, *nav.pages], [*nav.pages, None], strict=True):
        if before is not None:
            before.next_page = after
        if after is not None:
            after.previous_page = before


def named_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each page to which the setting `nav` gives a title."""
    if isinstance(nav, list):
        for item in nav:
            yield from named_titles(item)
    elif isinstance(nav, dict):
        for title, item in nav.items():
            if isinstance(item, str):
                yield item, str(title)
            else:
                yield from named_titles(item)


def own_navs(
    nav: Navigation, pages: Sequence[Page], places: Iterable[Place], *, is_written: bool
) -> Iterator[tuple[str, Navigation]]:
    """Yield the `src` of each of `pages` that lies in an archive below a larger site, with the navigation that it shows.

    Where the site's own does not lead to such an archive, the log says so, and what to do; `is_written` where somebody has written that one.
    """
    for place in places:
        inside = [page for page in pages if page.file.src_uri.startswith(place.folder)]
        home = next((page for page in inside if page.url.removesuffix("index.html") == place.base), None)
        if not place.folder or home is None:
            continue
        if home not in nav.pages:
            log.info(MISSING_IN_NAV if is_written else MISSING_ENTRY, place.folder, home.file.src_uri)
        seen = seen_from_inside(nav, home, inside)
        yield from ((page.file.src_uri, seen) for page in inside)


def seen_from_inside(nav: Navigation, home: Page, inside: Sequence[Page]) -> Navigation:
    """Give a copy of `nav` with the archive's index pages below its home page, which is added at the end where it is missing; `inside` are all pages of the archive.

    `nav` itself keeps its items, and pages of other parts keep their parents. A `nav` that names one of the index pages already is given back as it is.
    """
    pages = sorted((page for page in inside if _rank(page)), key=lambda page: _rank(page) or ("", 0))
    if not any(page in nav.pages for page in pages):
        sources = frozenset(page.file.src_uri for page in inside)
        items = _with_pages(nav.items, home, pages, sources, at_root=True)
        if items is None:
            items = [*nav.items, _section(home, [home, *pages])]
        _set_parents(items, home, sources)
        nav = Navigation(items, nav.pages)
    listed = {page.file.src_uri for page in _pages(nav.items)}
    for page in inside:
        # Themes show the section that is open, and a record opens that of its archive.
        if page.file.src_uri not in listed:
            page.parent = home.parent
    return nav


def _with_pages(
    items: Sequence[StructureItem],
    home: Page,
    pages: Sequence[Page],
    sources: Collection[str],
    *,
    at_root: bool = False,
) -> list[StructureItem] | None:
    """Give copies of the sections that lead to the home page; None where it is not below `items`."""
    for place, item in enumerate(items):
        before, after = items[:place], items[place + 1 :]
        if item is home:
            if at_root or not all(page.file.src_uri in sources for page in _pages(items)):
                return [*before, _section(home, [home, *pages]), *after]
            return [*before, home, *pages, *after]
        if isinstance(item, Section):
            children = _with_pages(item.children, home, pages, sources)
            if children is not None:
                return [*before, _section(item, children), *after]
    return None


def _section(named_like: Page | Section, children: list[StructureItem]) -> Section:
    return Section(str(named_like.title), children)


def _set_parents(
    items: Iterable[StructureItem], home: Page, sources: Collection[str], parent: Section | None = None
) -> None:
    """Let what lies inside, and the copied sections, know what they lie in; sections that hold other pages keep their place in the site."""
    for item in items:
        pages = list(_pages([item]))
        if home in pages or (pages and all(page.file.src_uri in sources for page in pages)):
            item.parent = parent
            if isinstance(item, Section):
                _set_parents(item.children, home, sources, item)


def _pages(items: Iterable[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


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
