"""The pages of records on a built site."""

from __future__ import annotations

from pathlib import Path


def record_pages(site: Path) -> dict[str, str]:
    """Give the HTML of every record's page by its id, redirects of former names left out."""
    texts = {
        page.parent.name: page.read_text(encoding="utf-8") for page in sorted(site.glob("20*/20*/index.html"))
    }
    return {name: html for name, html in texts.items() if 'http-equiv="refresh"' not in html}
