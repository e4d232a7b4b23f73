"""What is known of the files of a site from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from afterword.sources.cache import Cache
from afterword.sources.site_folder import Entry, make_entry

FORMAT = "1"
"""Changes with the form in which entries are kept."""


def kept_entries(cache: Cache, folder: Path) -> dict[str, Entry]:
    """Give what was last kept of the site in a folder, by address; nothing where it cannot be read."""
    text = cache.get(_key(cache, folder))
    if text is None:
        return {}
    return {
        address: make_entry(key, (size, changed, moved), digest)
        for address, key, size, changed, moved, digest in json.loads(text)
    }


def keep_entries(cache: Cache, folder: Path, entries: Mapping[str, Entry]) -> None:
    """Keep what is known of the site in a folder, in the place of what was known before."""
    rows = [[address, each.key, *each.stamp, each.digest] for address, each in sorted(entries.items())]
    cache.put(_key(cache, folder), json.dumps(rows, separators=(",", ":")))


def _key(cache: Cache, folder: Path) -> str:
    return Cache.key("published", FORMAT, cache.way_to(folder))
