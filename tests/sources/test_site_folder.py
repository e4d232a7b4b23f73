"""A site's folder is brought up to date, and nothing else in it is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from afterword.sources.cache import Cache
from afterword.sources.site_entries import keep_entries, kept_entries
from afterword.sources.site_folder import Entry, Published, SiteFolder
from tests.conftest import drawn
from tests.mkdocs_plugin.drawn_archive import times

SITE: dict[str, str | bytes] = {"index.html": "home", "a/index.html": "a", "a/b/index.html": "b"}


def _published(
    site: Path, files: Mapping[str, str | bytes], before: Mapping[str, Entry] | None = None
) -> tuple[Published, dict[str, Entry]]:
    waiting = site.parent / "waiting"
    waiting.mkdir(exist_ok=True)
    folder = SiteFolder(site, before or {}, waiting)
    for address, content in files.items():
        folder.offer(address, content if isinstance(content, bytes) else content.encode())
    return folder.settle(), folder.entries


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_a_second_time_nothing_is_touched(tmp_path: Path) -> None:
    """Whether what is known of the files was kept or lost."""
    site = tmp_path / "site"
    _, entries = _published(site, SITE)
    before = times(site)
    assert _published(site, SITE, entries)[0] == _published(site, SITE)[0] == Published(0, 0, 3)
    assert times(site) == before


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    """Folders that are empty go with their last file."""
    site = tmp_path / "site"
    _, entries = _published(site, SITE)
    untouched = (site / "index.html").stat().st_mtime_ns
    new = {"index.html": "home", "a": "now a file", "c/index.html": "c"}
    assert _published(site, new, entries)[0] == Published(2, 2, 1)
    assert _read(site) == new
    assert (site / "index.html").stat().st_mtime_ns == untouched
    assert not (site / "a" / "b").exists()
    _published(site, SITE)
    assert _read(site) == SITE


def test_a_site_that_is_half_there_is_known_for_one(tmp_path: Path) -> None:
    """Its home page, or another file that tells, comes before all else: the next build may go on with the folder."""
    folder = SiteFolder(tmp_path / "site", {}, tmp_path)
    for address in ("actions.csv", "a/index.html", "index.html"):
        folder.offer(address, b"x")
    (tmp_path / "0").unlink()
    with pytest.raises(OSError, match="No such file"):
        folder.settle()
    assert [*_read(tmp_path / "site")] == ["index.html"]


def test_hidden_files_in_the_folder_itself_stay(tmp_path: Path) -> None:
    """MkDocs leaves them alone; all others are its own, wherever they came from."""
    site = tmp_path / "site"
    others = {".nojekyll": "", ".git/config": "x", "other.txt": "x", "a/.hidden": "x", "empty/deep/x": "x"}
    with drawn(site, {**others}):
        _published(site, SITE)
    assert _read(site) == {**SITE, ".nojekyll": "", ".git/config": "x"}
    assert not (site / "empty").exists()
    _published(site, {**SITE, ".well-known/security.txt": "mail us"})
    time = (site / ".well-known" / "security.txt").stat().st_mtime_ns
    _, entries = _published(site, {**SITE, ".well-known/security.txt": "mail us"})
    assert SiteFolder(site, entries, tmp_path).is_untouched()
    assert (site / ".well-known" / "security.txt").stat().st_mtime_ns == time


def test_a_file_that_was_touched_is_not_believed(tmp_path: Path) -> None:
    """One of the same size that somebody has written into is no page of ours any more."""
    site = tmp_path / "site"
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    first = SiteFolder(site, {}, waiting)
    first.offer("index.html", b"home", key="k")
    first.settle()
    assert SiteFolder(site, first.entries, waiting).holds("index.html", "k")
    assert not SiteFolder(site, first.entries, waiting).holds("index.html", "another")
    (site / "index.html").write_bytes(b"mine")
    assert not SiteFolder(site, first.entries, waiting).holds("index.html", "k")
    assert _published(site, {"index.html": "home"}, first.entries)[0] == Published(1, 0, 0)
    assert _read(site) == {"index.html": "home"}


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make links")
def test_what_links_lead_to_is_not_emptied(tmp_path: Path) -> None:
    """A linked folder is written through; a linked file is replaced, and what it led to stays."""
    site, other = tmp_path / "site", tmp_path / "other"
    with drawn(other, {"mine.txt": "mine"}):
        site.mkdir()
    (site / "a").symlink_to(other)
    (site / "index.html").symlink_to(other / "mine.txt")
    (site / "nowhere").symlink_to(other / "missing")
    _published(site, SITE)
    assert _read(other) == {"mine.txt": "mine", "index.html": "a", "b/index.html": "b"}
    assert (site / "index.html").read_text() == "home" and not (site / "index.html").is_symlink()
    assert not (site / "nowhere").is_symlink()


def test_what_another_program_has_built_is_taken_over(tmp_path: Path) -> None:
    """Files that are the same keep their time, and those that were offered before win."""
    site = tmp_path / "site"
    _published(site, SITE)
    before = times(site)
    built, waiting = tmp_path / "built", tmp_path / "waiting"
    with drawn(built, {**SITE, "index.html": "theirs", "new/deep/index.html": "new"}):
        folder = SiteFolder(site, {}, waiting)
        folder.offer("index.html", b"home")
        folder.take_over(built)
    assert folder.settle() == Published(1, 0, 3)
    assert _read(site) == {**SITE, "new/deep/index.html": "new"}
    assert before.items() <= times(site).items()


def test_a_site_that_was_brought_back_is_read_and_believed(tmp_path: Path) -> None:
    """As CI does it, all files have other stamps: what has its content still is held, what somebody has changed is not, of the same length or another."""
    site, pages = tmp_path / "site", {"index.html": "home", "a/index.html": "a", "b/index.html": "b"}
    folder = SiteFolder(site, {}, tmp_path)
    for address, content in pages.items():
        folder.offer(address, content.encode(), f"key of {address}")
    folder.settle()
    before = folder.entries
    for path in site.rglob("*.html"):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    (site / "a" / "index.html").write_text("A")
    (site / "b" / "index.html").write_text("longer")
    written = times(site)
    again = SiteFolder(site, before, tmp_path)
    assert [address for address in pages if again.holds(address, f"key of {address}")] == ["index.html"]
    assert not again.holds("index.html", "another key")
    again.keep("index.html")
    for address in ("a/index.html", "b/index.html"):
        again.offer(address, pages[address].encode(), f"key of {address}")
    assert again.settle() == Published(2, 0, 1)
    assert _read(site) == pages
    assert times(site)[str(site / "index.html")] == written[str(site / "index.html")]
    # What is known now are the stamps of now.
    assert SiteFolder(site, again.entries, tmp_path).is_untouched()


def test_what_is_known_is_kept(tmp_path: Path) -> None:
    """Names that are not UTF-8 too; moved together with the site it is found again. Of another folder, or where what is kept was damaged, nothing is known."""
    cache = Cache(tmp_path / "cache")
    entries = {"a/ü\udcff.html": Entry("key", (1, 2, 3), "digest")}
    keep_entries(cache, tmp_path / "site", entries)
    assert kept_entries(cache, tmp_path / "site") == entries
    assert kept_entries(cache, tmp_path / "other") == {}
    shutil.copytree(tmp_path / "cache", tmp_path / "moved" / "cache")
    assert kept_entries(Cache(tmp_path / "moved" / "cache"), tmp_path / "moved" / "site") == entries
    for file in (tmp_path / "cache").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-9])
    assert kept_entries(cache, tmp_path / "site") == {}


def test_a_folder_is_untouched_while_nobody_adds_changes_or_removes(tmp_path: Path) -> None:
    """Hidden files of others do not count; of a folder of which nothing is known nothing is said."""
    site = tmp_path / "site"
    _, entries = _published(site, SITE)
    (site / ".nojekyll").touch()
    assert SiteFolder(site, entries, tmp_path).is_untouched()
    assert not SiteFolder(site, {}, tmp_path).is_untouched()
    (site / "a" / "stray").touch()
    assert not SiteFolder(site, entries, tmp_path).is_untouched()
    (site / "a" / "stray").unlink()
    (site / "index.html").unlink()
    assert not SiteFolder(site, entries, tmp_path).is_untouched()
