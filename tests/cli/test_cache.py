"""`afterword cache`, and building without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from afterword.operations.reading.keeping import MOST, read_size, stores
from afterword.sources.cache import NOWHERE, PLACE, Cache, user_cache
from afterword.sources.cache_size import kept_files, prune, prune_daily
from afterword.sources.kept_pages import NAME, KeptPages
from tests.conftest import afterword, drawn
from tests.drawn_record import record_with_tree
from tests.drawn_site import smallest_site


def test_what_is_kept_is_told_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it lies, how large it is and what it holds; afterwards nothing is left, and the next build makes it anew."""
    monkeypatch.setenv(PLACE, str(tmp_path / "own"))
    with drawn(tmp_path / "site", smallest_site("2026-03-14-checkout", record_with_tree())) as folder:
        said = afterword("build", "--timings", folder=folder).stdout
        assert re.search(r"^write +[0-9.]+ s +[0-9.]+ s processor$", said, re.MULTILINE)
        assert all(f"\n{stage} " in f"\n{said}" for stage in ("mkdocs", "read", "render", "shell", "in all"))
        told = afterword("cache", folder=folder).stdout
        assert str(folder / ".afterword" / "cache") in told and str(tmp_path / "own") in told
        assert re.search(r" [1-9][0-9]*  +[0-9.]+ KB  finished pages", told)
        assert "1.0 GB allowed" in told
        assert "forgotten" in afterword("cache", "prune", "--all", folder=folder).stdout
        assert "empty" in afterword("cache", folder=folder).stdout
        assert (folder / "site" / "index.html").is_file()


@pytest.mark.slow
def test_without_a_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the option for one build, by the environment for everything."""
    with drawn(tmp_path, smallest_site("2026-03-14-checkout", record_with_tree())) as folder:
        afterword("build", "--no-cache", folder=folder)
        assert not (folder / ".afterword").exists()
        before = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*") if path.is_file()}
        monkeypatch.setenv(PLACE, "off")
        afterword("build", folder=folder)
        assert afterword("search", "pool", folder=folder).stderr == ""
        assert afterword("cache", folder=folder).stdout == "nothing is kept: AFTERWORD_CACHE is off\n"
        assert not (folder / ".afterword").exists()
        assert before == {path: path.stat().st_mtime_ns for path in before}


def test_the_place_may_be_named_without_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the variables of a workflow: else a folder called `~` appears in the repository, and one called `OFF`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for said, place in (("~/kept", tmp_path / "kept"), ("OFF", NOWHERE), ("~nobody-of-this-name/x", None)):
        monkeypatch.setenv(PLACE, said)
        assert user_cache().folder == (place or Path(said))


def test_without_a_home_nothing_of_ones_own_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run as a user whom its system does not know."""

    def unknown(number: int) -> object:
        raise KeyError(number)

    for name in (PLACE, "HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert user_cache().folder == NOWHERE
    with drawn(tmp_path, smallest_site("2026-03-14-checkout", record_with_tree())) as folder:
        assert [each.folder for each in stores(folder)] == [folder.resolve() / ".afterword/cache"]


def test_where_nobody_may_look_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the home of another user, here under a name that no folder can have: all is told as with a cache."""
    with drawn(tmp_path, smallest_site("2026-03-14-checkout", record_with_tree())) as folder:
        monkeypatch.setenv(PLACE, str(folder / "kept"))
        findings, found = (
            afterword(*each, folder=folder, code=None) for each in (("check",), ("search", "pool"))
        )
        assert (findings.returncode, found.returncode) == (1, 0)
        monkeypatch.setenv(PLACE, str(folder / ("x" * 300)))
        assert afterword("check", folder=folder, code=1).stdout == findings.stdout
        assert afterword("search", "pool", folder=folder).stdout == found.stdout
        assert "empty" in afterword("cache", folder=folder).stdout
        assert afterword("cache", "prune", folder=folder).stdout.startswith("0 pages")


def test_sizes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without units; of others the form is told that is expected."""
    assert [read_size(text) for text in ("500MB", "2 gb", "1.5KB", "7")] == [
        500_000_000,
        2_000_000_000,
        1500,
        7,
    ]
    with drawn(tmp_path, smallest_site("2026-03-14-checkout", record_with_tree())) as folder:
        said = afterword("cache", "prune", "--max", "much", folder=folder, code=2).stderr
        assert "'much' is no size, expected a number with its unit such as 500MB or 2GB" in said
        monkeypatch.setenv(MOST, "much")
        assert f"{MOST}: 'much' is no size" in afterword("cache", folder=folder, code=2).stderr


def test_a_cache_stays_as_small_as_it_may_be(tmp_path: Path) -> None:
    """Pages go first, then what was written first; and that is looked at once a day."""
    cache, pages = Cache(tmp_path), KeptPages(tmp_path)
    for number in range(40):
        cache.put(Cache.key(str(number)), "x" * 1000)
        pages.put(str(number), bytes(range(256)) * 20)
    pages.close()
    whole = sum(each.size for each in kept_files(tmp_path))
    assert prune(tmp_path, whole) == 40
    assert len(list(kept_files(tmp_path))) == 40
    prune_daily(tmp_path, whole // 2)
    left = len(list(kept_files(tmp_path)))
    assert left < 20 and cache.get(Cache.key("39")) is not None
    cache.put(Cache.key("more"), "x" * 100_000)
    prune_daily(tmp_path, whole // 2)
    assert len(list(kept_files(tmp_path))) == left + 1
    prune_daily(tmp_path, whole // 2, now=2e9)
    assert sum(each.size for each in kept_files(tmp_path)) <= whole // 2
    assert (tmp_path / NAME).is_file()
