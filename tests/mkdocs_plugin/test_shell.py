"""Pages that MkDocs does not build are the same to the byte as those that it would have built."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.drawn_record import TREE as CAUSES
from tests.drawn_record import complete_record, record_with_tree
from tests.mkdocs_plugin.drawn_archive import CONFIG, TREE, built, drawn_archive
from tests.mkdocs_plugin.larger_site import NAV, drawn_site
from tests.mkdocs_plugin.larger_site import built as built_apart

HOOK = "def on_post_page(output, page, config):\n    return output\n"
TITLES = (
    "Checkout returned errors",
    "Drawn",
    'It\'s <b>not</b> & "never" &amp; 100% of {{ page.title }}',
    "awq1zq and /edit/ and /blob/",
    "Ünïcode – 時間 → 🙂",
    "# # #",
)
FEATURES = """\
theme:
  name: material
  font: false
  features: [content.action.edit, content.action.view, navigation.tabs, navigation.sections, navigation.footer, navigation.path, toc.follow]
extra:
  analytics:
    feedback:
      title: Good?
      ratings: [{ icon: material/emoticon-happy-outline, name: Yes, data: 1, note: 'Thanks for {title} at {url}' }]
"""


def _records() -> dict[str, str | bytes | None]:
    records: dict[str, str | bytes | None] = {}
    for number, title in enumerate(TITLES, start=10):
        name = f"docs/postmortems/2026-01-{number}-a.md"
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        text = (
            complete_record(title="TITLE", more=f"It's {title.replace('#', '')}.")
            if number % 2
            else record_with_tree(CAUSES)
        )
        text = text.replace("title: TITLE", f'title: "{quoted}"').replace(
            "title: Checkout returned errors", f'title: "{quoted}"'
        )
        records[name] = text.replace("2026-03-14", f"2026-01-{number}")
    return records


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(CONFIG, id="as usual"),
        pytest.param(CONFIG.partition("theme:")[0] + FEATURES + "plugins: [search, afterword]\n", id="all features", marks=pytest.mark.slow),
        pytest.param(CONFIG.replace("content.action.edit", "toc.integrate, navigation.indexes") + "use_directory_urls: false\n", id="files", marks=pytest.mark.slow),
        pytest.param(CONFIG.replace("site_url: https://example.org/docs/\n", "").replace("edit_uri: edit/main/docs/\n", ""), id="nowhere", marks=pytest.mark.slow),
        pytest.param(CONFIG.replace("material", "readthedocs").replace(", features: [content.action.edit]", ""), id="another theme", marks=pytest.mark.slow),
        pytest.param(CONFIG.replace("[search, afterword]", "[search, tags, offline, { afterword: { cache_safe_plugins: [search, tags, offline] } }]"), id="safe plugins", marks=pytest.mark.slow),
        pytest.param(CONFIG + "nav:\n  - Start: index.md\n  - What happened:\n      - postmortems/index.md\n      - postmortems/actions.md\n      - One: postmortems/2026-01-10-a.md\n      - postmortems/2026-01-11-a.md\n", id="a navigation", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_pages_are_those_that_mkdocs_builds(
    tmp_path: Path, config: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the theme shows; a hook that listens to pages makes MkDocs build them, and the log names it."""
    caplog.set_level(logging.INFO, "mkdocs")
    folder = drawn_archive(
        tmp_path,
        {
            **_records(),
            "mkdocs.yml": config,
        },
    )
    alone = built(folder)
    assert "built anew, one by one" not in caplog.text or "readthedocs" in config
    drawn_archive(folder, {**_records(), "mkdocs.yml": config + "hooks: [hook.py]\n", "hook.py": HOOK})
    theirs = built(folder, "theirs")
    assert "built anew, one by one: hook.py may change them" in caplog.text or "readthedocs" in config
    assert [name for name in {**alone, **theirs} if alone.get(name) != theirs.get(name)] == []


@pytest.mark.parametrize("where", ["mkdocs.yml", "afterword.yml"])
def test_a_plugin_that_leaves_pages_alone_is_named_in_either_file(
    tmp_path: Path, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The site's configuration and the settings add to each other, and search needs no naming."""
    caplog.set_level(logging.INFO, "mkdocs")
    option = "cache_safe_plugins: [tags]"
    plugins = (
        f"[search, tags, {{ afterword: {{ {option} }} }}]"
        if where == "mkdocs.yml"
        else "[search, tags, afterword]"
    )
    changes = {"mkdocs.yml": CONFIG.replace("[search, afterword]", plugins)}
    if where == "afterword.yml":
        changes[where] = f"{TREE[where]}{option}\n"
    built(drawn_archive(tmp_path, changes))
    assert "built anew, one by one" not in caplog.text


@pytest.mark.slow
def test_a_template_that_looks_at_other_pages_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every page could change with any other one, so all are built."""
    caplog.set_level(logging.INFO, "mkdocs")
    folder = drawn_archive(
        tmp_path,
        {
            "overrides/main.html": '{% extends "base.html" %}{% block announce %}{{ pages | length }} pages{% endblock %}\n'
        },
    )
    before = built(folder)
    assert "the template main.html shows what stands on other pages" in caplog.text
    page = before["postmortems/2026/2026-03-14-checkout/index.html"]
    assert b" pages" in page
    drawn_archive(
        folder,
        {"docs/about.md": None, "overrides/main.html": folder.joinpath("overrides/main.html").read_bytes()},
    )
    assert built(folder)["postmortems/2026/2026-03-14-checkout/index.html"] != page


@pytest.mark.slow
@pytest.mark.parametrize("nav", ["", NAV + "  - Our incidents: incidents/index.md\n"])
def test_a_part_of_a_larger_site_is_what_mkdocs_builds(tmp_path: Path, nav: str) -> None:
    """With a blog, tags and templates of its own: both are known to leave pages of records alone, and whoever says so gets the same bytes."""
    folder = drawn_site(tmp_path, nav, with_archive=True, pages={})
    theirs = built_apart(folder, site="theirs")
    assert (
        "built anew, one by one: material/tags, material/blog may change them"
        in (folder / "theirs.log").read_text()
    )
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(
        config.replace(
            "{ folder: incidents }", "{ folder: incidents, cache_safe_plugins: [search, tags, blog] }"
        )
    )
    for site in ("alone", "again"):
        alone = built_apart(folder, site=site)
        assert "one by one" not in (folder / f"{site}.log").read_text()
        assert [name for name in {**alone, **theirs} if alone.get(name) != theirs.get(name)] == []
