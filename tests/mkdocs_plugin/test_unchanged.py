"""A site that would be made from just the same is not built again."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest

from afterword.mkdocs_plugin.command import UNCHANGED
from tests.mkdocs_plugin.drawn_archive import RECORD, TREE, built, drawn_archive, times

RECORD_FILE = "docs/postmortems/2026-03-14-checkout.md"


def test_nothing_is_built_until_something_changes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A text, a file of the site, or a warning that is to be said again has it built; the same state has not."""
    caplog.set_level(logging.INFO, "mkdocs")

    def is_unchanged() -> bool:
        caplog.clear()
        built(tmp_path)
        return UNCHANGED in caplog.text

    drawn_archive(tmp_path)
    time.sleep(0.3)  # what was written a moment ago could change once more without showing it
    assert not is_unchanged()
    before = times(tmp_path / "site")
    assert is_unchanged()
    assert times(tmp_path / "site") == before
    assert "records (`afterword check` lists them)" in caplog.text or "no findings" in caplog.text

    (tmp_path / RECORD_FILE).write_text(RECORD.replace("The pool is small", "The pool was small"), "utf-8")
    time.sleep(0.3)
    assert not is_unchanged()
    assert is_unchanged()

    page = tmp_path / "site/index.html"
    content = page.read_bytes()
    page.write_bytes(b"x" * len(content))
    assert not is_unchanged()
    assert page.read_bytes() == content

    drawn_archive(tmp_path, {"docs/about.md": "# About\n\n[Nowhere](nowhere.md)\n"})
    time.sleep(0.3)
    assert not is_unchanged()
    assert "nowhere.md" in caplog.text
    assert not is_unchanged()
    assert "nowhere.md" in caplog.text

    drawn_archive(tmp_path, {"mkdocs.yml": str(TREE["mkdocs.yml"]) + "hooks: [hook.py]\n", "hook.py": "\n"})
    time.sleep(0.3)
    assert not is_unchanged()
    assert not is_unchanged()
