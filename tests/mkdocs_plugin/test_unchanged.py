"""A site that would be made from just the same is not built again."""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from afterword.mkdocs_plugin.command import UNCHANGED, build
from afterword.mkdocs_plugin.unchanged import SiteState, keep_state, notes_of_unchanged
from afterword.operations.cannot_run import CannotRunError
from afterword.sources.cache import Cache
from tests.git import git
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


def test_a_page_that_shows_another_file_is_built_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An extension of Markdown puts into pages what lies anywhere, such as a glossary beside the documents; one that reads nothing else costs nothing."""
    caplog.set_level(logging.INFO, "mkdocs")
    names = f"markdown_extensions: [toc, pymdownx.details, pymdownx.snippets: {{ base_path: {tmp_path} }}]\n"
    config, page = str(TREE["mkdocs.yml"]), {"docs/about.md": '# About\n\n--8<-- "words.txt"\n'}
    drawn_archive(tmp_path, {"mkdocs.yml": config + names, **page, "words.txt": "The first."})
    time.sleep(0.3)
    for _ in range(2):
        assert b"The first." in built(tmp_path)["about/index.html"]
    (tmp_path / "words.txt").write_text("The second.")
    assert b"The second." in built(tmp_path)["about/index.html"]
    drawn_archive(tmp_path, {"mkdocs.yml": config + "markdown_extensions: [toc, pymdownx.details]\n"})
    time.sleep(0.3)
    built(tmp_path)
    built(tmp_path)
    assert UNCHANGED in caplog.text


def test_a_baseline_that_comes_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says what it would say of a build from nothing."""
    caplog.set_level(logging.INFO, "mkdocs")
    drawn_archive(tmp_path)
    time.sleep(0.3)
    built(tmp_path)
    (tmp_path / ".afterword-baseline.json").write_text("{}")
    caplog.clear()
    built(tmp_path)
    assert "`afterword check --no-baseline`" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="a script takes the place of git")
def test_git_is_asked_again_where_it_did_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A site without what git tells is built again though no file has changed, also where the archive is a repository within another."""
    caplog.set_level(logging.INFO, "mkdocs")
    drawn_archive(tmp_path)
    inner = tmp_path / "docs/postmortems"
    for folder in (tmp_path, inner):
        git(folder, "init", "-q")
        git(folder, "add", "--all")
        git(folder, "commit", "-qm", "All of it")
    fails = tmp_path / "bin/git"
    fails.parent.mkdir()
    git_of_all = shutil.which("git")
    fails.write_text(f'#!/bin/sh\ncase "$*" in *--first-parent*) exit 1;; esac\nexec {git_of_all} "$@"\n')
    fails.chmod(0o755)
    time.sleep(0.3)
    with monkeypatch.context() as failing:
        failing.setenv("PATH", f"{fails.parent}:{os.environ['PATH']}")
        without = built(tmp_path)
        with pytest.raises(CannotRunError, match="1 warning"):
            build(tmp_path / "mkdocs.yml", tmp_path / "strict", strict=True)
    assert "`git log` failed" in caplog.text
    told = built(tmp_path)
    assert told != without
    assert told == built(tmp_path, "other", keep=False)
    assert UNCHANGED not in caplog.text
    git(inner, "commit", "--allow-empty", "-qm", "Nothing new")
    built(tmp_path)
    assert UNCHANGED not in caplog.text
    built(tmp_path)
    assert UNCHANGED in caplog.text


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "{}", "7", '{"state": "now"}', '{"state": "now", "notes": 7}']
)
def test_what_is_kept_in_another_form_says_nothing(tmp_path: Path, text: str) -> None:
    """As another version of the program may keep it: the site is built."""
    state, target = SiteState("now", True, Cache(tmp_path / "cache")), tmp_path / "site"
    target.mkdir()
    keep_state(target, state, [])
    (kept,) = (
        path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != ".gitignore"
    )
    state.cache.put(kept.parent.name + kept.name, text)
    assert notes_of_unchanged(target, state) is None
