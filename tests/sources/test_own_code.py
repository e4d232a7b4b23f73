"""Code is kept only where nobody but its owner can have put it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.sources.own_code import HANDED_ON, own_code


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the caches of somebody who has set nothing."""
    for name in HANDED_ON:
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


def test_what_a_link_leads_to_is_taken(home: Path) -> None:
    """Somebody who moves the link afterwards moves nothing here."""
    (home.parent / "real").mkdir()
    home.symlink_to("real")
    found = own_code()
    assert found is not None
    assert found.folder == home.parent / "real" / "afterword" / "code"


def test_a_circle_of_links_is_no_folder(home: Path) -> None:
    """Nothing is kept in what leads nowhere."""
    home.symlink_to(home)
    assert own_code() is None


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("AFTERWORD_CACHE", "{home}/afterword"),
        ("AFTERWORD_CACHE", "off"),
        ("CI", "true"),
        ("TF_BUILD", "True"),
    ],
)
def test_no_folder_that_is_handed_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, setting: str
) -> None:
    """A folder that the environment names may lie in a repository, and caches of CI go from one run to another."""
    monkeypatch.setenv(name, setting.format(home=home))
    assert own_code() is None
    assert not home.exists()


def test_nothing_is_put_into_a_repository(home: Path) -> None:
    """A cache that lies in one is told by what keeps something there that git is to leave it alone, which a folder that is there already is not."""
    in_a_repository(home)
    assert own_code() is None
    assert [each.name for each in home.iterdir()] == [".git"]


def in_a_repository(home: Path, *_: object) -> None:
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


def replaceable(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let everybody put another folder in the place of the cache."""
    (home / "afterword").mkdir(parents=True)
    home.chmod(0o777)


def replaceable_by_a_group(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let a group do so."""
    (home / "afterword").mkdir(parents=True)
    (home / "afterword").chmod(0o775)
    if os.geteuid():
        pytest.skip("a group that is not one's own is given by root alone")
    os.chown(home / "afterword", 0, 4711)


def in_somebody_elses(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let the cache lie in a folder of another person, as where root works in the home of a user."""
    (home / "afterword" / "code").mkdir(parents=True, mode=0o700)
    if os.geteuid():
        pytest.skip("a folder is given away by root alone")
    os.chown(home, 4711, 4711)


def a_file(home: Path, _: pytest.MonkeyPatch) -> None:
    """Let a file be in the place of the cache."""
    (home / "afterword").mkdir(parents=True)
    (home / "afterword" / "code").write_text("")


def nobody_knows_whose(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system not say who runs this."""
    monkeypatch.delattr(os, "geteuid")


@pytest.mark.parametrize(
    "spoilt",
    [
        in_a_repository,
        readable_by_others,
        somebody_elses,
        a_link,
        replaceable,
        replaceable_by_a_group,
        in_somebody_elses,
        a_file,
        nobody_knows_whose,
    ],
)
def test_no_folder_that_others_may_have_filled(
    home: Path, monkeypatch: pytest.MonkeyPatch, spoilt: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    """Where somebody else may have had a hand in it nothing is kept, and nothing is looked for."""
    spoilt(home, monkeypatch)
    assert own_code() is None


def test_a_group_of_ones_own_is_nobody_else(home: Path) -> None:
    """Where each person has such a group, folders are made so that it may write to them; and of a folder such as /tmp others take away what is theirs."""
    (home / "afterword").mkdir(parents=True)
    home.chmod(0o1777)
    status = home.stat()
    if status.st_gid != status.st_uid:
        pytest.skip("nobody has a group of the own number here")
    (home / "afterword").chmod(0o775)
    assert own_code() is not None
