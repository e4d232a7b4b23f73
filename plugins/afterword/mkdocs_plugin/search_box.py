"""Records in the index of the site's own search box."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from afterword.operations.site_search.search_box import BoxEntry

INDEX = Path("search") / "search_index.json"


def add_entries(site_dir: Path, entries: Sequence[BoxEntry]) -> None:
    """Add entries to the index that the search plugin has written; a site without that plugin has none, and is left alone."""
    path = site_dir / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    known = {document["location"] for document in index["docs"]}
    index["docs"] += [
        {"location": entry.location, "title": entry.title, "text": entry.text}
        for entry in entries
        if entry.location not in known
    ]
    path.write_text(json.dumps(index, sort_keys=True, separators=(",", ":")), encoding="utf-8")
