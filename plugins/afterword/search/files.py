"""What an index adapter gives to the site."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of a search index; `address` is relative to the site's root, without a leading slash."""

    address: str
    content: bytes


def json_bytes(value: object) -> bytes:
    """Write JSON as compactly as it goes, the keys as they come. Nothing in it is escaped for HTML."""
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return made.encode("utf-8", "replace")


def compressed_size(content: bytes) -> int:
    """Give the bytes of a file over the wire, as servers compress it."""
    return len(gzip.compress(content, 6, mtime=0))
