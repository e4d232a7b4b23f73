"""A feed before it is written as Atom or JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from afterword.parse.source.text import is_visible, visible

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML document may hold, beside the control characters that `visible` takes out (XML 1.0, section 2.2)."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed in which nothing has happened."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A piece of news; `id` is a URI that stays. `html` is safe and its links are whole; where it is empty, `text` alone is told.

    `address` is the page it leads to, relative to the site's root, and `fragment` the place there. `topics` are words of a catalogue, by id and name.
    """

    id: str
    title: str
    address: str
    fragment: str
    published: datetime
    updated: datetime
    text: str
    html: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """News of one kind, the newest first; `address` is its own without ending, `page` the address of the page that it belongs to."""

    id: str
    title: str
    about: str
    address: str
    page: str
    author: str
    language: str
    entries: Sequence[FeedEntry]

    @property
    def updated(self) -> datetime:
        """Give when the last of it happened."""
        return max((entry.updated for entry in self.entries), default=NEVER)


@lru_cache(maxsize=2048)
def rfc3339(moment: datetime) -> str:
    """Write a moment as both kinds of feed have it, in UTC (RFC 3339)."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


@lru_cache(maxsize=2048)
def safe_text(text: str) -> str:
    """Take out what neither a reader nor an XML document may be given."""
    if text.isascii() and is_visible(text):
        return text
    return _NO_XML.sub("", visible(text))
