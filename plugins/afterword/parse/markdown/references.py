"""Relative links and images: what a record expects beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from afterword.model.markup import Kind, Node
from afterword.model.record import Reference

_IMAGE = Kind.IMAGE
_LINK = Kind.LINK

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What browsers take out of an address before they read its scheme.
_IGNORED = re.compile(r"[\x00-\x20]+")


def read_references(nodes: Iterable[Node]) -> tuple[Reference, ...]:
    """Give the links and images without scheme and host among `nodes`, in their order.

    Targets are kept as written, with their fragment; a link to a heading of the same page (`#…`) is none.
    """
    return tuple(
        Reference(node.url, node.span, node.kind is _IMAGE)
        for node in nodes
        if node.kind in (_LINK, _IMAGE) and _is_relative(node.url)
    )


def _is_relative(url: str) -> bool:
    plain = _IGNORED.sub("", url).replace("\\", "/")
    return bool(plain) and not plain.startswith(("#", "//")) and not _SCHEME.match(plain)
