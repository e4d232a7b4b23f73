"""The history of files as git tells it: one process for the commits, one for each lot of contents."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from afterword.model.commits import Change, Commit
from afterword.sources.git import GitError, begin_git, run_git, start_git

_REGULAR = b"100"
"""How the mode of a file begins that is neither a link nor a submodule."""

_CONFIGURED = ("log.showSignature=false", "log.follow=false", "log.showRoot=true")
"""What a person may have set for reading logs, and would make this one another."""

_LATEST = 253_402_214_400
"""The first second of 9999-12-31: a broken commit may name any number."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with commits, seen at its HEAD; `seconds` is the committer date of that."""

    top: Path
    head: str
    seconds: int


def repository_of(folder: Path) -> Repository:
    """Find the repository that a folder lies in. Raises GitError, in words for whoever builds a site, where its history is not to be had."""
    code, output, errors = run_git(folder, "rev-parse", "--is-shallow-repository", "--show-toplevel")
    if code:
        raise GitError(_refusal(errors, folder))
    shallow, _, top = os.fsdecode(output).removesuffix("\n").partition("\n")
    if shallow == "true":
        raise GitError(
            "this clone is shallow and most commits are missing: fetch the whole history (`fetch-depth: 0` on GitHub, "
            "`GIT_DEPTH: 0` on GitLab, `git fetch --unshallow` by hand)"
        )
    # Names that cannot be read are no commits: before the first one there is no HEAD to speak of.
    code, output, errors = run_git(Path(top), "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if code:
        raise GitError(errors or "nothing is committed yet")
    head = output.decode().strip()
    code, output, errors = run_git(Path(top), *_settings(), "log", "-1", "--no-color", "--format=%ct", head)
    if code:
        raise GitError(f"`git log` failed: {errors}")
    return Repository(Path(top), head, _seconds(output))


class CommitLog:
    """The first-parent history of HEAD as far as it touches files at or below `paths`, which are from the repository's root: git tells it while something else is done.

    Links and submodules count as files that are not there. Of a file that moved its former place is gone and another one there.
    """

    def __init__(self, repository: Repository, paths: Sequence[str]) -> None:
        """Ask for it. Raises GitError where there is no git."""
        self._answer = (
            begin_git(
                repository.top,
                *_settings(),
                "log",
                "--first-parent",
                "--diff-merges=first-parent",
                "--raw",
                "-z",
                "--no-abbrev",
                "--no-renames",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--no-notes",
                "--ignore-submodules=all",
                "--encoding=UTF-8",
                "--format=tformat:%H %ct%n%B",
                repository.head,
                "--",
                *paths,
            )
            if paths
            else None
        )

    def commits(self) -> tuple[Commit, ...]:
        """Give the commits, the oldest first, once. Raises GitError where git fails."""
        if self._answer is None:
            return ()
        code, output, errors = self._answer()
        if code:
            raise GitError(f"`git log` failed: {errors}")
        if output and not output.endswith(b"\0"):
            raise GitError("`git log` ended before it had told everything")
        return tuple(reversed(list(_commits(output))))


def contents_of(
    repository: Repository, blobs: Sequence[str], largest: int
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the bytes of blobs as git reads them, None for what is larger than `largest`. Raises GitError where one is not there.

    Nothing is fetched: what a partial clone leaves with its server is not there.
    """
    if not blobs:
        return
    with tempfile.TemporaryFile() as names:
        names.write("\n".join([*blobs, ""]).encode())
        names.seek(0)
        process = start_git(
            repository.top,
            "cat-file",
            "--batch",
            "--buffer",
            stdin=names,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            GIT_NO_LAZY_FETCH="1",
            GIT_ALLOW_PROTOCOL="none",
        )
        try:
            yield from _answers(process, blobs, largest)
        finally:
            process.kill()
            process.communicate()


def _answers(
    process: subprocess.Popen[bytes], blobs: Sequence[str], largest: int
) -> Iterator[tuple[str, bytes | None]]:
    stream = process.stdout
    for blob in blobs:
        facts = stream.readline().split() if stream else []
        if len(facts) != 3 or stream is None:
            raise GitError(
                f"the content {blob[:12]} is missing: fetch all of them (`git fetch --refetch --no-filter` in a partial clone), "
                "`git fsck` tells more"
            )
        size = int(facts[2])
        if size > largest:
            for _ in _pieces(stream, size, blob):
                pass
            yield blob, None
        else:
            yield blob, b"".join(_pieces(stream, size, blob))
        stream.read(1)


def _pieces(stream: IO[bytes], size: int, blob: str) -> Iterator[bytes]:
    """Yield a content in pieces that are held without harm. Raises GitError where it is cut off."""
    while size:
        piece = stream.read(min(size, 1 << 20))
        if not piece:
            raise GitError(f"git ended before it had given the content {blob[:12]}")
        size -= len(piece)
        yield piece


def _commits(output: bytes) -> Iterator[Commit]:
    """Read what `git log --raw -z` writes: each commit's head, then modes and names of its files, all ended by NUL."""
    commit = b""
    changes: list[Change] = []
    parts = iter(output.split(b"\0"))
    for part in parts:
        text = part.lstrip(b"\n")
        if text.startswith(b":"):
            _, mode, _, blob, _ = text.split()
            there = mode.startswith(_REGULAR)
            changes.append(Change(os.fsdecode(next(parts)), blob.decode() if there else ""))
        elif text:
            if commit:
                yield _commit(commit, changes)
            commit, changes = text, []
    if commit:
        yield _commit(commit, changes)


def _commit(head: bytes, changes: list[Change]) -> Commit:
    facts, _, message = head.partition(b"\n")
    name, _, seconds = facts.partition(b" ")
    return Commit(name.decode(), _seconds(seconds), message.decode("utf-8", "replace"), tuple(changes))


def _seconds(written: bytes) -> int:
    return min(max(int(written or b"0"), 0), _LATEST)


def _settings() -> Sequence[str]:
    return [word for each in _CONFIGURED for word in ("-c", each)]


def _refusal(errors: str, folder: Path) -> str:
    if "not a git repository" in errors:
        return "this is no git repository"
    if "dubious ownership" in errors:
        return f"git does not trust this repository, which belongs to another user: `git config --global --add safe.directory {folder}`"
    return f"git does not answer: {errors}"
