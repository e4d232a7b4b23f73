"""What pages show of the navigation, as one hash."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from afterword.mkdocs_plugin.pages import ArchivePage
from afterword.mkdocs_plugin.shell_key import stable


def nav_key(nav: Navigation) -> str:
    """Give the hash of what pages show of the navigation."""
    digest = sha256()
    for line in _nav_lines(nav.items, 0):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _nav_lines(items: list[StructureItem], depth: int) -> Iterator[str]:
    for item in items:
        said = [type(item).__name__, str(item.title), str(getattr(item, "url", ""))]
        if isinstance(item, Page):
            typeset = getattr(item, "typeset", None)
            said += [str(item.is_index), str(item.is_homepage), str(getattr(typeset, "title", ""))]
            # Those of the archive's own pages tell of their content, which other pages do not show.
            said += [] if isinstance(item, ArchivePage) else [stable(item.meta)]
        yield f"{depth}\0{chr(0).join(said)}\n"
        yield from _nav_lines(getattr(item, "children", None) or [], depth + 1)
