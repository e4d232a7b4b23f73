"""A repository with commits, and contents as they were: one process for each lot."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from afterword.sources.files import repository_root
from afterword.sources.git import (
    NO_SERVER,
    WHOLE,
    GitError,
    NoHistoryError,
    run_git,
    start_git,
    why_no_repository,
)

AS_USUAL = tuple(
    word
    for each in (
        "log.showSignature=false",
        "log.follow=false",
        "log.showRoot=true",
        "log.diffMerges=first-parent",
    )
    for word in ("-c", each)
)
"""Takes back what a person may have set for reading logs, and would make this one another."""

_LATEST = 253_402_214_400
"""The first second of 9999-12-31: a broken commit may name any number."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with commits, seen at its HEAD; `seconds` is the committer date of that."""

    top: Path
    head: str
    seconds: int


def repository_of(folder: Path) -> Repository:
    """Find the repository that a folder lies in. Raises GitError, in words for whoever builds a site, where its history is not to be had, NoHistoryError where it has none."""
    try:
        code, output, errors = run_git(folder, "rev-parse", "--is-shallow-repository", "--show-toplevel")
    except GitError as error:
        if repository_root(folder.absolute()) is not None:
            raise
        raise NoHistoryError(str(error)) from error
    if code:
        raise why_no_repository(folder, errors)
    shallow, _, top = os.fsdecode(output).removesuffix("\n").partition("\n")
    if shallow == "true":
        raise GitError(
            "this clone is shallow and most commits are missing: fetch the whole history (`fetch-depth: 0` on GitHub, "
            "`GIT_DEPTH: 0` on GitLab, `git fetch --unshallow` by hand)"
        )
    # Names that cannot be read are no commits: before the first one there is no HEAD to speak of.
    code, output, errors = run_git(Path(top), "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if code:
        raise GitError(errors) if errors else NoHistoryError("nothing is committed yet")
    head = output.decode().strip()
    code, output, errors = run_git(Path(top), *AS_USUAL, "log", "-1", "--no-color", "--format=%ct", head)
    if code:
        raise GitError(f"`git log` failed: {errors}")
    return Repository(Path(top), head, seconds_of(output))


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
            **NO_SERVER,
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
                f"the content {blob[:12]} is missing: fetch all of them ({WHOLE} in a partial clone), "
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


def seconds_of(written: bytes) -> int:
    """Read a committer date, in seconds since 1970; one that no calendar has is the nearest that it has, and git says nothing of one before 1970."""
    return min(max(int(written.strip() or b"0"), 0), _LATEST)
