"""What an index adapter gives to the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of a search index; `address` is relative to the site's root, without a leading slash."""

    address: str
    content: bytes
