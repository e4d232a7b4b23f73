"""Style sheet and scripts of the archive's pages."""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable

from afterword.derive.places.address import relative
from afterword.render.page.site_page import SiteFile

STYLE = "assets/afterword.css"
PAGE = "page"
"""The kind of an ordinary page that lies in an archive's folder, such as one of a handbook."""

SCRIPTS: dict[str, tuple[str, ...]] = {
    "search": ("search.js",),
    "action-list": ("filter.js",),
    "entry": ("lists.js",),
    "facet": ("lists.js",),
    "risk-list": ("filter.js",),
    "record": ("drawing.js", "lighting.js", "timeline.js"),
}
"""The scripts that a kind of page loads after `EVERYWHERE`."""
EVERYWHERE = ("afterword.js",)
OTHERS = frozenset({"lunr.js"})
"""Scripts that are not ours, published byte for byte with their licence."""

_ASIDE = re.compile(rb"^[ \t]*(?:/\*.*?\*/[ \t]*\n|//[^\n]*\n)|^[ \t]+", re.MULTILINE | re.DOTALL)


def asset_files(base: str) -> tuple[SiteFile, ...]:
    """Give the archive's assets: the parts of the style sheet as one, each script on its own, and the modules of the search page in a folder; `base` is the archive's address."""
    folder = files("afterword.render") / "assets"
    style = b"\n".join(part.read_bytes() for part in _sorted(folder / "css") if part.name.endswith(".css"))
    scripts = [part for part in _sorted(folder / "js") if part.name.endswith(".js")]
    modules = [part for part in _sorted(folder / "js" / "search") if part.name.endswith(".js")]
    return (
        SiteFile(base + STYLE, style),
        *(SiteFile(f"{base}assets/{script.name}", _bare(script)) for script in scripts),
        *(SiteFile(f"{base}assets/search/{module.name}", _bare(module)) for module in modules),
    )


def _bare(script: Traversable) -> bytes:
    """Give a script without indentation and without comments that have lines of their own, a seventh of its weight; what others wrote stays as it is.

    No string of ours goes on over lines (a test sees to that), and the names of variables stay, so that errors can be read.
    """
    content = script.read_bytes()
    return content if script.name in OTHERS else _ASIDE.sub(b"", content)


def style_link(address: str, base: str) -> str:
    """Give the element that loads the style sheet of an archive at `base` into the head of the page at `address`."""
    return f'<link rel="stylesheet" href="{escape(relative(address, base + STYLE))}">'


def script_links(address: str, base: str, kind: str) -> str:
    """Give the elements that load a page's scripts, for the end of its content: themes that replace the content alone run what stands in it."""
    scripts = (f"{base}assets/{name}" for name in (*EVERYWHERE, *SCRIPTS.get(kind, ())))
    return "".join(f'<script defer src="{escape(relative(address, script))}"></script>' for script in scripts)


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda part: part.name)
