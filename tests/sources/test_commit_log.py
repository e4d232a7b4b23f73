"""What git told of commits is kept: it is asked for what is new, and tells what it would have told of all."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from afterword.model.commits import Commit
from afterword.sources.cache import NOWHERE, Cache
from afterword.sources.commit_log import CommitLog
from afterword.sources.repository import repository_of
from tests.git import git

PATHS = ("archive", "other/place")


def _commit(folder: Path, path: str, content: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message=Tell {content}\n\nIn two parts: ü")


def _told(folder: Path, cache: Cache) -> tuple[Commit, ...]:
    return CommitLog(repository_of(folder), PATHS, cache).commits()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with commits that touch an archive, and others."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "it")
    for number, path in enumerate(("readme", "archive/a.md", "src/x", "archive/ü b.md", "other/place/c.md")):
        _commit(tmp_path / "it", path, str(number))
    return tmp_path / "it"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `git log` was asked for of an archive, each time, by the range."""
    ranges: list[str] = []
    begin = subprocess.Popen.__init__

    def noting(self: object, arguments: list[str], **options: object) -> None:
        if "--raw" in arguments:
            ranges.append(arguments[arguments.index("--") - 1])
        begin(self, arguments, **options)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", noting)
    return ranges


def test_git_is_asked_for_what_is_new(folder: Path, tmp_path: Path, asked: list[str]) -> None:
    """Nothing while HEAD is the same, the new commits where it goes on, and all where it does not, or other paths are asked for."""
    cache = Cache(tmp_path / "kept")
    first = git(folder, "rev-parse", "HEAD")
    assert len(_told(folder, cache)) == len(_told(folder, cache)) == 3
    _commit(folder, "src/x", "more")
    _commit(folder, "archive/a.md", "more")
    second = git(folder, "rev-parse", "HEAD")
    assert [each.message.split("\n")[0] for each in _told(folder, cache)] == [
        "Tell 1",
        "Tell 3",
        "Tell 4",
        "Tell more",
    ]
    assert asked == [first, f"{first}..{second}"]
    git(folder, "commit", "--quiet", "--amend", "--message=Told otherwise")
    third = git(folder, "rev-parse", "HEAD")
    assert _told(folder, cache)[-1].message.strip() == "Told otherwise"
    git(folder, "reset", "--quiet", "--hard", first)
    assert len(_told(folder, cache)) == 3
    CommitLog(repository_of(folder), PATHS[:1], cache).commits()
    assert asked[2:] == [third, first, first]


def test_a_branch_that_was_merged_is_not_gone_on_from(folder: Path, tmp_path: Path, asked: list[str]) -> None:
    """HEAD has left its commits on the side: the merge brought them at once."""
    cache = Cache(tmp_path / "kept")
    git(folder, "switch", "--quiet", "--create", "side")
    _commit(folder, "archive/side.md", "on the side")
    assert len(_told(folder, cache)) == 4
    git(folder, "switch", "--quiet", "main")
    _commit(folder, "archive/a.md", "on main")
    git(folder, "merge", "--quiet", "--no-ff", "--message=Merge it", "side")
    told = _told(folder, cache)
    assert told == _told(folder, Cache(NOWHERE))
    assert [each.message.strip() for each in told[-1:]] == ["Merge it"]
    assert asked[1] == asked[2] == git(folder, "rev-parse", "HEAD")


@pytest.mark.parametrize("damage", ["", "--output=x\nmore", "0" * 40 + "\nnothing that git would tell"])
def test_what_was_damaged_is_asked_for_again(folder: Path, tmp_path: Path, damage: str) -> None:
    """Whatever stands there: a commit that is not known, or what git would take for an option."""
    cache = Cache(tmp_path / "kept")
    told = _told(folder, cache)
    log = CommitLog(repository_of(folder), PATHS, cache)
    cache.put(log._place, damage)
    assert _told(folder, cache) == told
    assert _told(folder, cache) == told
    assert not (folder / "x").exists()


def test_what_was_replaced_in_one_clone_says_the_same(folder: Path) -> None:
    """`git replace` is a clone's own, and a commit is made into the same site everywhere."""
    before = _told(folder, Cache(NOWHERE))
    head = git(folder, "rev-parse", "HEAD")
    git(folder, "commit", "--quiet", "--amend", "--message=Another")
    git(folder, "replace", head, git(folder, "rev-parse", "HEAD"))
    git(folder, "reset", "--quiet", "--hard", head)
    assert git(folder, "log", "-1", "--format=%s") == "Another"
    assert _told(folder, Cache(NOWHERE)) == before
    (folder / ".git/info/grafts").write_text(f"{head}\n")
    assert _told(folder, Cache(NOWHERE)) == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_a_history(folder: Path, tmp_path: Path, seed: int) -> None:
    """Commits, merges, amended and dropped ones, in any order: with what is kept, git tells what it tells without."""
    dice, cache = random.Random(seed), Cache(tmp_path / "kept")  # noqa: S311 - for a test
    for number in range(25):
        what = dice.choice(["commit", "commit", "commit", "amend", "back", "merge", "take"])
        if what == "commit":
            path = dice.choice(["archive/a.md", "archive/b.md", "src/x", "other/place/c.md"])
            _commit(folder, path, f"{seed} {number}")
        elif what == "amend":
            git(folder, "commit", "--quiet", "--amend", f"--message=Amended {number}")
        elif what == "back":
            git(folder, "reset", "--quiet", "--hard", "HEAD~1")
        else:
            name = f"side{number}"
            git(folder, "switch", "--quiet", "--create", name)
            for more in range(dice.randrange(1, 3)):
                _commit(folder, f"archive/{name}-{more}.md", f"{seed} {number} {more}")
            if dice.random() < 0.5:
                assert _told(folder, cache) == _told(folder, Cache(NOWHERE))
            git(folder, "switch", "--quiet", "main")
            fast = "--ff-only" if what == "take" else "--no-ff"
            git(folder, "merge", "--quiet", fast, f"--message=Merge {name}", name)
        if dice.random() < 0.7:
            assert _told(folder, cache) == _told(folder, Cache(NOWHERE))
