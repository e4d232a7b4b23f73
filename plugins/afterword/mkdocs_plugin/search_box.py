"""The site's own search box: records in its index, and a name for its dialog."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from afterword.operations.search_box import BoxEntry

DIALOG = '<div class="md-search" data-md-component="search" role="dialog"'
"""The theme gives its dialog a role and no name; screen readers would say "dialog" alone."""

INDEX = Path("search") / "search_index.json"


def name_dialog(html: str) -> str:
    """Name the search dialog of a page as its field is named; a page of another theme stays as it is."""
    field = re.search(r'class="md-search__input"[^>]* aria-label="([^"]*)"', html)
    return html.replace(f"{DIALOG}>", f'{DIALOG} aria-label="{field[1]}">', 1) if field else html


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
