"""What git knows: of the person at the keyboard, and of files as they were. A fixed number of processes, however many files there are."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.sources.git import GitError, run_git, why_failed, why_no_repository

_LINK = "120000"
_QUIET = ("--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
_NO_PARENT = 1
"""The exit code of `merge-base` where two commits have nothing in common."""


@dataclass(frozen=True, slots=True)
class Blob:
    """The content of a file at a commit, by its name in git; `is_link` where it holds the path that a symbolic link leads to."""

    id: str
    size: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class PlacedCommit:
    """A commit as seen from a folder of its repository: the paths of its files are relative to `folder`, which is `prefix` below the root `top`."""

    id: str
    folder: Path
    top: Path
    prefix: str


def user_name(folder: Path) -> str:
    """Give the name that git would sign a commit in `folder` with, nothing where there is no git or no name."""
    try:
        code, output, _ = run_git(folder, "config", "user.name")
    except GitError:
        return ""
    return " ".join(output.decode("utf-8", "replace").split()) if code == 0 else ""


def fork_point(folder: Path, revision: str) -> PlacedCommit:
    """Find the commit at which the work in `folder` left `revision`. Raises GitError where there is none, saying how it may be had."""
    code, output, errors = run_git(
        folder, "rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository"
    )
    if code:
        raise why_no_repository(folder, errors)
    top, prefix, shallow = os.fsdecode(output).split("\n")[:3]
    fetch = "fetch the whole history (`fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab)"
    code, output, _ = run_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if code:
        hint = f": {fetch}, this one is cut off" if shallow == "true" else ""
        raise GitError(f"git knows no commit '{revision}' here{hint or ', expected a branch, tag or commit'}")
    named = output.decode().strip()
    code, output, errors = run_git(folder, "merge-base", named, "HEAD")
    if code:
        reason = "" if code == _NO_PARENT else f" ({errors})"
        hint = f": {fetch}, this one is cut off" if shallow == "true" else ""
        raise GitError(f"'{revision}' and HEAD have no commit in common{reason}{hint}")
    return PlacedCommit(output.decode().strip(), folder, Path(top), prefix)


def seen_from_where_it_was(commit: PlacedCommit, path: str) -> PlacedCommit:
    """Give a commit as seen from the folder that the work since then has moved, known by its file `path`, which was not here: the only one of that name that is gone."""
    output = _answer(commit, "diff", "--name-only", "-z", "--diff-filter=D", *_QUIET, commit.id, "--")
    folders = [os.path.split(os.fsdecode(each)) for each in filter(None, output.split(b"\0"))]
    homes = [folder for folder, name in folders if name == path]
    return replace(commit, prefix=homes[0] and f"{homes[0]}/") if len(homes) == 1 else commit


def files_at(commit: PlacedCommit, paths: Iterable[str]) -> dict[str, Blob]:
    """Give all files that lay at or below `paths` at a commit."""
    output = _answer(
        commit, "ls-tree", "-r", "-z", "-l", "--full-tree", commit.id, "--", *_in_tree(commit, paths)
    )
    found: dict[str, Blob] = {}
    for line in filter(None, output.split(b"\0")):
        facts, _, name = line.partition(b"\t")
        mode, kind, blob, size = facts.decode().split()
        if kind == "blob":
            found[_seen_from(commit, name)] = Blob(blob, int(size), mode == _LINK)
    return found


def changed_since(commit: PlacedCommit, paths: Iterable[str]) -> frozenset[str]:
    """Give the files at or below `paths` that differ between a commit and the folder as it is, whether or not that is staged; of new files those git knows of."""
    output = _answer(commit, "diff", "--name-only", "-z", *_QUIET, commit.id, "--", *_in_tree(commit, paths))
    return frozenset(_seen_from(commit, name) for name in filter(None, output.split(b"\0")))


def contents(commit: PlacedCommit, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """Give the bytes of blobs by their names in git."""
    wanted = sorted(set(blobs))
    if not wanted:
        return {}
    output = _answer(commit, "cat-file", "--batch", stream="\n".join([*wanted, ""]).encode())
    found: dict[str, bytes] = {}
    start = 0
    for blob in wanted:
        end = output.index(b"\n", start)
        facts = output[start:end].split()
        if len(facts) != 3:
            raise GitError(f"git has lost the content {blob}, `git fsck` tells more")
        size = int(facts[2])
        found[blob] = output[end + 1 : end + 1 + size]
        start = end + 2 + size
    return found


def _in_tree(commit: PlacedCommit, paths: Iterable[str]) -> Sequence[str]:
    """Give paths as git sees them from the root; what lies outside of the repository is not known to it."""
    inside = (posixpath.normpath(posixpath.join(commit.prefix, path)) for path in paths)
    # Without any path git would answer for all of them.
    return [path for path in inside if not path.startswith(("../", "/")) and path != ".."] or [":"]


def _seen_from(commit: PlacedCommit, name: bytes) -> str:
    path = name.decode("utf-8", "replace")
    return posixpath.relpath(path, commit.prefix) if commit.prefix else path


def _answer(commit: PlacedCommit, *arguments: str, stream: bytes = b"") -> bytes:
    code, output, errors = run_git(commit.top, *arguments, stream=stream)
    if code:
        raise why_failed(commit.top, arguments[0], errors)
    return output
