"""Where the page of a found record can be looked at."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from afterword.derive.search_answer import FoundRecord
from afterword.operations.search.searching import Searched
from afterword.render.page.site_url import SiteUrl


def page_of(record: FoundRecord, searched: Searched) -> str:
    """Give the address of a record's page, at the part that matches best: of the published site, else the file of the one that was built here; empty without either."""
    best = record.passages[0] if record.passages else None
    anchor = best.anchor if best and best.marks else ""
    published = SiteUrl.of(searched.site_url).whole(record.address, anchor)
    if published:
        return published
    file = (
        Path(searched.built, *record.address.strip("/").split("/"), "index.html") if searched.built else None
    )
    if file is None or not file.is_file():
        return ""
    return file.as_uri() + (f"#{quote(anchor, safe='-._~')}" if anchor else "")
