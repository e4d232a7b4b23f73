"""What an index adapter gives to the site."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of a search index; `address` is relative to the site's root, without a leading slash."""

    address: str
    content: bytes


def rows_mark(ids: Iterable[str]) -> str:
    """Give eight signs that stand for the records of the catalogue in their order: an index whose rows are others was loaded after a new site was put in place of the catalogue's."""
    return blake2b("\n".join(ids).encode("utf-8", "replace"), digest_size=4).hexdigest()


def json_bytes(value: object) -> bytes:
    """Write JSON as compactly as it goes, the keys as they come. Nothing in it is escaped for HTML."""
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return made.encode("utf-8", "replace")


def compressed_size(content: bytes) -> int:
    """Give the bytes of a file over the wire, as servers compress it."""
    return len(gzip.compress(content, 6, mtime=0))
