"""A small archive in a site, built in this process: a build in one of its own starts Python and reads Material anew."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from afterword.mkdocs_plugin.command import build
from tests.conftest import drawn
from tests.drawn_record import record_with_tree

CONFIG = """\
site_name: Drawn
site_url: https://example.org/docs/
repo_url: https://github.com/example/docs
edit_uri: edit/main/docs/
theme: { name: material, font: false, custom_dir: overrides, features: [content.action.edit] }
plugins: [search, afterword]
"""
SETTINGS = "archive: docs/postmortems\nservices: [{ id: checkout, name: Checkout }, { id: billing, name: Billing }]\n"
RECORD = record_with_tree()
OTHER = RECORD.replace("Checkout returned errors", "Billing stood still").replace("2026-03-14", "2026-02-01")

TREE: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG,
    "afterword.yml": SETTINGS,
    "overrides/README.md": "Ours.\n",
    "docs/index.md": "# Home\n\n[What happened](postmortems/2026-03-14-checkout.md)\n",
    "docs/about.md": "# About\n",
    "docs/postmortems/2026-03-14-checkout.md": RECORD,
    "docs/postmortems/2026-02-01-billing.md": OTHER,
}


def drawn_archive(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Draw the site, with some files changed, and nothing else that was drawn before; those that are None are missing."""
    tree = {name: content for name, content in {**TREE, **(changes or {})}.items() if content is not None}
    for name in ("docs", "overrides"):
        for path in (folder / name).rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in tree:
                path.unlink()
    with drawn(folder, tree) as place:
        return place


def built(folder: Path, site: str = "site", *, keep: bool = True) -> dict[str, bytes]:
    """Build the site and read it back; without `keep` nothing is used that was kept."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "1780000000"
    try:
        build(folder / "mkdocs.yml", folder / site, keep=keep)
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return read(folder / site)


def read(site: Path) -> dict[str, bytes]:
    """Read a site, all of it."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def times(site: Path) -> dict[str, int]:
    """Give when each file of a site was last changed."""
    return {str(path): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
