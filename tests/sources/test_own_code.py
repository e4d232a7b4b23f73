"""Code is kept only where nobody but its owner can have put it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.sources.own_code import own_code


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the caches of somebody who has set nothing."""
    for name in ("AFTERWORD_CACHE", "CI"):
        monkeypatch.delenv(name, raising=False)
    place = tmp_path / "caches"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: place / "afterword")
    return place


def test_it_is_in_the_own_cache(home: Path) -> None:
    """The folder is made so that nobody else can look into it."""
    found = own_code()
    assert found is not None
    assert found.folder == home / "afterword" / "code"
    assert found.folder.stat().st_mode & 0o777 == 0o700
    found.put_bytes(found.key("one"), b"\x00code")
    again = own_code()
    assert again is not None
    assert again.get_bytes(found.key("one")) == b"\x00code"


@pytest.mark.parametrize(
    ("name", "setting"),
    [("AFTERWORD_CACHE", "{home}/afterword"), ("AFTERWORD_CACHE", "off"), ("CI", "true")],
)
def test_no_folder_that_is_handed_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, setting: str
) -> None:
    """A folder that the environment names may lie in a repository, and caches of CI go from one run to another."""
    monkeypatch.setenv(name, setting.format(home=home))
    assert own_code() is None
    assert not home.exists()


def in_a_repository(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let a repository hold the cache."""
    (home / ".git").mkdir(parents=True)


def readable_by_others(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let a cache be there that others may look into."""
    (home / "afterword" / "code").mkdir(parents=True)
    (home / "afterword" / "code").chmod(0o750)


def somebody_elses(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a cache be there that another person has made."""
    user = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: user)


def a_link(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let the place of the cache lead elsewhere."""
    (home / "elsewhere").mkdir(parents=True, mode=0o700)
    (home / "afterword").mkdir()
    (home / "afterword" / "code").symlink_to(home / "elsewhere")


def a_file(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let a file be in the place of the cache."""
    (home / "afterword").mkdir(parents=True)
    (home / "afterword" / "code").write_text("")


def nobody_knows_whose(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system not say who runs this."""
    monkeypatch.delattr(os, "geteuid")


@pytest.mark.parametrize(
    "spoilt", [in_a_repository, readable_by_others, somebody_elses, a_link, a_file, nobody_knows_whose]
)
def test_no_folder_that_others_may_have_filled(
    home: Path, monkeypatch: pytest.MonkeyPatch, spoilt: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    """Where somebody else may have had a hand in it nothing is kept, and nothing is looked for."""
    spoilt(home, monkeypatch)
    assert own_code() is None
