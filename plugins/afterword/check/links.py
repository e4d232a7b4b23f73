"""Links and images of a record, and the files that relative ones lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from afterword.check.context import Context
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem, Reference

_IMAGE = Kind.IMAGE
_LINK = Kind.LINK

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_REMOTE = re.compile(r"(https?|ftp):[/\\]*|[/\\]{2,}", re.IGNORECASE)
_PLAIN = re.compile(r"https?://[\w.-]+(?:/[\w./-]*)?", re.ASCII)
"""A remote URL as nearly all are written, which is whole as it stands."""

_BEFORE_QUERY = re.compile(r"[^?#]*")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Target:
    """A relative link with the path it leads to, relative to the folder of `afterword.yml`; `outside` if that leaves the folders of all archives."""

    reference: Reference
    path: str
    outside: bool


def targets(record: Postmortem, context: Context) -> Iterator[Target]:
    """Yield where the relative links of a record lead; none for a file that lies in no archive, since nothing is published beside it."""
    if context.folder(record) is None:
        return
    for reference in record.references:
        path = reference.path_from(record.path)
        if not path or scheme_of(reference.target) or is_remote(reference.target):
            continue
        leaves = path == ".." or path.startswith(("../", "/", "\\"))
        inside = any(
            path == folder.folder.strip("/") or folder.inside(path) is not None
            for folder in context.settings.archives
        )
        yield Target(reference, path, leaves or not inside)


def linked_nodes(record: Postmortem) -> Iterator[Node]:
    """Yield the links and images of the body, headings and footnotes included."""
    return (node for node in record.notable if node.kind in (_LINK, _IMAGE))


def scheme_of(url: str) -> str:
    """Give the scheme of a URL as a browser would read it, in small letters; empty for a relative one."""
    found = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", url))
    return found.group(1).lower() if found else ""


def is_remote(url: str) -> bool:
    """Tell whether a URL leads to another host; one that begins with `//` does."""
    return _REMOTE.match(_IGNORED_BY_BROWSERS.sub("", url)) is not None


def whole(url: str) -> str:
    """Give a remote URL with its scheme and two slashes, the one form that every browser and `host_of` read alike; others stay.

    Browsers make `https:/a//b` a path of the page's own host or a URL of the host a, whichever scheme the page has.
    """
    if _PLAIN.fullmatch(url):
        return url
    written = _IGNORED_BY_BROWSERS.sub("", url)
    found = _REMOTE.match(written)
    if found is None:
        return url
    rest = written[found.end() :]
    place = _BEFORE_QUERY.sub(lambda path: path.group().replace("\\", "/"), rest, count=1)
    return f"{(found.group(1) or 'https').lower()}://{place}"


def host_of(url: str) -> str:
    """Give the host of a remote URL, in small letters and without user and port."""
    return _host_and_port(url).partition(":")[0]


def is_host_among(url: str, hosts: Iterable[str]) -> bool:
    """Tell whether the host of a remote URL is one of the settings' hosts: `a.example`, `*.a.example` or, with a port, `a.example:8080`."""
    place = _host_and_port(url)
    written = (place, place.partition(":")[0])
    return any(
        each.endswith(name[1:]) if name.startswith("*.") else each == name
        for name in map(str.lower, hosts)
        for each in written
    )


def _host_and_port(url: str) -> str:
    authority = whole(url).partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0]
    return authority.rpartition("@")[2].lower()
