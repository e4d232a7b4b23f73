"""The smallest site with an archive, in files."""

from __future__ import annotations

SITE = """\
site_name: Drawn
site_url: https://example.org/
theme: { name: material, font: false }
plugins: [search, afterword]
"""


def smallest_site(name: str, record: str) -> dict[str, str | bytes]:
    """Draw a site with a home page and an archive of one record, and without settings; `name` is that of the record's file."""
    return {"mkdocs.yml": SITE, "docs/index.md": "# Home\n", f"docs/postmortems/{name}.md": record}
