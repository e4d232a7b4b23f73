"""Raw HTML of a record made harmless: an allow-list of elements and attributes, then a browser's parser to balance what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

import nh3

from afterword.parse.source.text import visible

MAX_OPEN = 50
"""Raw elements open at once; more are dropped, since a browser's cost grows with the depth."""

_INLINE_NAMES = "a abbr b br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup tt u var wbr"
INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK_NAMES = "blockquote caption center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td tfoot th thead tr ul"
BLOCK = frozenset(_BLOCK_NAMES.split())
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "abbr": frozenset({"title"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "ol": frozenset({"start"}),
    "details": frozenset({"open"}),
}
_NUMBERS = frozenset({"width", "height", "colspan", "rowspan", "start"})
_VOID = frozenset({"br", "hr", "img", "wbr"})
_SILENT_NAMES = "script style title textarea template iframe noscript noembed noframes xmp plaintext object svg math select"
_SILENT = frozenset(_SILENT_NAMES.split())
"""Elements whose content is no text for readers."""

_OURS = INLINE | BLOCK | {"section", "strike"}
_OUR_ATTRIBUTES = {
    "*": {"class", "id", "title", "role", "aria-label", "aria-hidden", "tabindex", "lang", "dir"},
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "referrerpolicy"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "details": {"open"},
}
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[?!][^>]*(?:>|\Z)|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?",
)


class RawHtml:
    """Writes the raw HTML of one fragment anew, piece by piece; elements may stay open from one piece to the next.

    `link` and `image` write the opening of an `a` and a whole `img` from what the author gave: they know where addresses lead.
    """

    def __init__(
        self, link: Callable[[str, str], str], image: Callable[[str, str, str, dict[str, str]], str]
    ) -> None:
        self._link = link
        self._image = image
        self._open = 0

    def write(self, html: str, *, inline: bool) -> str:
        """Give the allowed part of some raw HTML; with `inline` only what may stand inside a line of text."""
        allowed = INLINE if inline else INLINE | BLOCK
        return "".join(self._pieces(html, allowed))

    def _pieces(self, html: str, allowed: frozenset[str]) -> Iterator[str]:
        position = 0
        while position < len(html):
            found = _TOKEN.search(html, position)
            yield _text(html[position : found.start() if found else len(html)])
            if found is None:
                return
            position = found.end()
            name = (found["name"] or "").lower()
            if not name:
                continue
            if name in _SILENT and not found["close"]:
                end = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, position)
                position = end.start() if end else len(html)
                continue
            if name in allowed:
                yield self._close(name) if found["close"] else self._opening(name, found["rest"])

    def _close(self, name: str) -> str:
        if name in _VOID or not self._open:
            return ""
        self._open -= 1
        return f"</{_level(name)}>"

    def _opening(self, name: str, rest: str) -> str:
        given = _attributes(name, rest)
        if name == "img":
            sizes = {key: value for key, value in given.items() if key in ("width", "height")}
            return self._image(given.get("src", ""), given.get("alt", ""), given.get("title", ""), sizes)
        if name in _VOID:
            return f"<{name}>"
        if self._open >= MAX_OPEN:
            return ""
        self._open += 1
        if name == "a":
            return self._link(given.get("href", ""), given.get("title", ""))
        written = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
        return f"<{_level(name)}{written}>"


def balance(html: str) -> str:
    """Parse a fragment as a browser does and write it anew: nothing in it reaches beyond its end.

    The fragment is ours, with raw HTML that `RawHtml` wrote: our classes and ids survive.
    """
    return nh3.clean(
        html,
        tags=set(_OURS),
        attributes={name: set(allowed) for name, allowed in _OUR_ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel", "ftp"},
        clean_content_tags=set(),
        link_rel=None,
    )


def _attributes(name: str, rest: str) -> dict[str, str]:
    allowed = _ATTRIBUTES.get(name, frozenset())
    given: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest) if allowed else ():
        key = key.lower()
        value = visible(unescape("".join(values)))
        if key not in allowed or key in given:
            continue
        if key in _NUMBERS and not re.fullmatch(r"[0-9]{1,4}", value):
            continue
        if key in ("colspan", "rowspan") and int(value) > 100:
            continue
        given[key] = "" if key == "open" else value
    return given


def _level(name: str) -> str:
    """Keep the first two levels of headings for the page."""
    return "h3" if name in ("h1", "h2") else name


def _text(text: str) -> str:
    return escape(visible(unescape(text)), quote=False)
