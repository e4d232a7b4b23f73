"""A site that somebody has: pages, a blog, tags, templates of its own; and the archive that is put into it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import drawn
from tests.drawn_record import record_with_tree

CONFIG = """\
site_name: Ours
site_url: https://example.org/docs/
repo_url: https://github.com/example/docs
edit_uri: edit/main/docs/
theme:
  name: material
  font: false
  custom_dir: overrides
  features: [navigation.tabs, navigation.sections, navigation.indexes, navigation.footer, navigation.path, content.action.edit]
extra_css: [css/ours.css]
markdown_extensions: [admonition, tables, { toc: { permalink: true } }]
"""
NAV = """\
nav:
  - Start: index.md
  - Guides:
      - guides/index.md
      - Begin here: guides/setup.md
      - tags.md
  - blog/index.md
  - Operations:
      - operations/runbooks.md
"""
PAGES: dict[str, str | bytes] = {
    "overrides/main.html": '{% extends "base.html" %}{% block announce %}<b>Ours</b>{% endblock %}\n',
    "docs/index.md": "# Ours\n\nBegin with [the set-up](guides/setup.md#second).\n",
    "docs/css/ours.css": "body { color: teal }\n",
    "docs/guides/index.md": "# Guides\n",
    "docs/guides/setup.md": "---\ntags: [first, second]\n---\n# Set-up\n\n![a picture](picture.png)\n\n## Second\n",
    "docs/guides/picture.png": b"a picture",
    "docs/operations/runbooks.md": "---\ntags: [second]\n---\n# Runbooks\n\n![the chart](../incidents/chart.png)\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/blog/index.md": "# News\n",
    "docs/blog/posts/first.md": "---\ndate: 2026-01-02\ncategories: [Site]\n---\n# A post\n\nText.\n",
    "docs/incidents/chart.png": b"a chart",
}
HOME = "docs/incidents/index.md"
RECORD_PAGE = "incidents/2026/2026-03-14-checkout/index.html"
RECORD = record_with_tree(status="draft").replace("authors:", "tags: [first]\nauthors:")


def drawn_site(folder: Path, settings: str, *, with_archive: bool, pages: dict[str, str | bytes]) -> Path:
    """Draw the site, with the archive of one record or as it was before; `settings` are further ones, `pages` further files."""
    tree = {**PAGES, **pages}
    plugins = "plugins: [search, tags, blog]\n"
    if with_archive:
        plugins = "plugins: [search, tags, blog, afterword: { folder: incidents }]\n"
        tree["docs/incidents/2026-03-14-checkout.md"] = RECORD
    with drawn(folder, {**tree, "mkdocs.yml": CONFIG + settings + plugins}) as place:
        return place


def built(
    folder: Path, module: str = "mkdocs", site: str = "site", *, strict: bool = True
) -> dict[str, bytes]:
    """Build a drawn site in a process of its own, and read it back; `module` is mkdocs or one that carries it on."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            module,
            "build",
            *(["--strict"] if strict else []),
            "--config-file",
            "mkdocs.yml",
            "--site-dir",
            site,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1772000000"},
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / f"{site}.log").write_text(done.stderr, encoding="utf-8")
    place = folder / site
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }


def sidebar(page: bytes) -> list[str]:
    """Give the words of the entries of a page's main navigation, in their order."""
    text = page.decode()
    navigation = text[text.index('class="md-nav md-nav--primary') : text.index("md-sidebar--secondary")]
    found = re.findall(r'<span class="md-ellipsis">(.*?)</span>', navigation, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]
