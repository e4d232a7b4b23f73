"""How git is started: in words that are looked for, with paths that mean themselves, and without a lock that would stand in the way of a person who commits."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from afterword.sources.files import repository_root

Answer = tuple[int, bytes, str]
"""The exit code of git, its output, and the line that says why it did not answer."""


_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": f"{os.devnull}/none",  # of an empty one, git would say that it is out of date
}
"""The last two: a commit says the same in each clone, whatever somebody has put in the place of others (`git replace`), or before them (`info/grafts`)."""

_QUOTED = re.compile(r"'(.+)'")

NO_SERVER = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
"""Keeps git from fetching what a partial clone leaves with its server, one by one; versions before 2.44 know the second alone."""

WHOLE = "`git fetch --refetch --no-filter`"
"""What makes a partial clone whole."""

_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"})
"""What git sets for hooks and the like: the repository in which something happens, which it then takes for that of any folder, and any folder for its root."""


class GitError(Exception):
    """Git cannot answer; the text is for the person at the terminal."""


class NoHistoryError(GitError):
    """There is nothing to tell: no repository, or no commit."""


def run_git(folder: Path, *arguments: str, stream: bytes = b"") -> Answer:
    """Ask git. Raises GitError where there is no git."""
    pipe = subprocess.PIPE
    with start_git(folder, *arguments, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        output, errors = process.communicate(stream)
    return process.returncode, output, _complaint(process.returncode, errors)


def begin_git(folder: Path, *arguments: str, **environment: str) -> Callable[[], Answer]:
    """Begin to ask git, and give what waits for its answer, once. Raises GitError where there is no git."""
    with ExitStack() as files:
        output, errors = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        process = start_git(
            folder, *arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, **environment
        )
        left = files.pop_all()

    def answer() -> Answer:
        with left:
            process.wait()
            output.seek(0)
            errors.seek(0)
            return process.returncode, output.read(), _complaint(process.returncode, errors.read())

    return answer


def start_git(
    folder: Path,
    *arguments: str,
    stdin: int | IO[bytes],
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
    **environment: str,
) -> subprocess.Popen[bytes]:
    """Start git in a folder, with more of an `environment` where it is given. Raises GitError where there is no git.

    The repository around the folder is asked, whatever hook this runs in; where there is none, the one that the environment names.
    """
    git = shutil.which("git")
    if git is None:
        raise GitError("git is not installed, or not on PATH")
    left_out = _OF_HOOKS if repository_root(folder.absolute()) is not None else ()
    around = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.Popen(  # noqa: S603 - git as found on PATH, and no shell
        [git, "--literal-pathspecs", *arguments],
        cwd=folder,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env={**around, **_ENVIRONMENT, **environment},
    )


def why_no_repository(folder: Path, complaint: str) -> GitError:
    """Give the error for a folder in which git finds no repository that it would tell anything of."""
    # Later versions have words of their own for a file that leads to no repository.
    if "not a git repository" in complaint or "gitfile" in complaint:
        root = repository_root(folder.absolute())
        if root is None or not (root / ".git").is_file():
            return NoHistoryError("this is no git repository")
        return GitError(
            f"the repository that {root / '.git'} names is not there: a linked worktree or a submodule needs the one that it belongs to, in a container, too"
        )
    # The second is how 2.35.2 to 2.36, and older versions that were mended later, put it.
    if "dubious ownership" in complaint or "unsafe repository" in complaint:
        # Git names the root, which is what has to be trusted, and not the folder that was asked about.
        named = _QUOTED.search(complaint)
        trusted = shlex.quote(named[1] if named else str(folder))
        return GitError(
            f"git does not trust this repository, which belongs to another user: `git config --global --add safe.directory {trusted}`"
        )
    return GitError(f"git does not answer: {complaint}")


def why_failed(folder: Path, command: str, complaint: str) -> GitError:
    """Give the error for a command that did not answer, with the way out where a partial clone may lack what it needs."""
    code, _, _ = run_git(
        folder, "config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"
    )
    hint = "" if code else f"; this clone is partial, fetch all of it: {WHOLE}"
    return GitError(f"`git {command}` failed: {complaint}{hint}")


def _complaint(code: int, errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    if lines:
        # Warnings, and what GIT_TRACE writes, stand before it.
        return next((line for line in lines if line.startswith("fatal: ")), lines[0]).removeprefix("fatal: ")
    return f"it was ended by signal {-code}" if code < 0 else ""
