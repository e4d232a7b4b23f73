"""The commits of a history as far as they touch some files: git tells it once, and later what is new."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from afterword.model.commits import Change, Commit
from afterword.sources.cache import Cache
from afterword.sources.git import NO_SERVER, GitError, begin_git, run_git, why_failed
from afterword.sources.repository import AS_USUAL, Repository, seconds_of

_REGULAR = b"100"
"""How the mode of a file begins that is neither a link nor a submodule."""

_NAME = re.compile(rb"[0-9a-f]{40,64}")

_LOG = (
    *AS_USUAL,
    "log",
    "--first-parent",
    "-m",  # of a merge, what it brought to its first parent; `--diff-merges` says the same to versions from 2.31 on
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
)


class CommitLog:
    """The first-parent history of HEAD as far as it touches files at or below `paths`, which are from the repository's root: git tells it while something else is done.

    What it told is kept in `cache`. While HEAD is the same git is not asked again, and where HEAD goes on from what it was, for what is new:
    in a large repository it goes through hundreds of thousands of commits to find those of an archive.
    Links and submodules count as files that are not there. Of a file that moved its former place is gone and another one there.
    """

    def __init__(self, repository: Repository, paths: Sequence[str], cache: Cache) -> None:
        """Ask for it. Raises GitError where there is no git."""
        self._top, self._head, self._cache = repository.top, repository.head, cache
        self._place = Cache.key("commits", str(repository.top), *_LOG, *paths)
        before, self._known = self._kept()
        self._answer = None
        if not paths or before == self._head:
            return
        asked = self._head
        if before and _goes_on_from(repository, before):
            asked = f"{before}..{self._head}"
        else:
            self._known = b""
        self._answer = begin_git(repository.top, *_LOG, asked, "--", *paths, **NO_SERVER)

    def commits(self) -> tuple[Commit, ...]:
        """Give the commits, the oldest first, once. Raises GitError where git fails."""
        told = self._known
        if self._answer is not None:
            code, output, errors = self._answer()
            if code:
                raise why_failed(self._top, "log", errors)
            if output and not output.endswith(b"\0"):
                raise GitError("`git log` ended before it had told everything")
            told = output + told
            self._cache.put_bytes(self._place, self._head.encode() + b"\n" + told)
        return tuple(reversed(list(_commits(told))))

    def _kept(self) -> tuple[str, bytes]:
        """Give the commit that was HEAD when git told last, and what it told; both are empty where that is not known."""
        head, _, told = (self._cache.get_bytes(self._place) or b"").partition(b"\n")
        return (head.decode(), told) if _NAME.fullmatch(head) else ("", b"")


def taken_away(repository: Repository, commit: str) -> Iterator[Change]:
    """Yield the files that a commit took away, against its first parent, with what they held before; none for the first commit of all."""
    backwards = ("-r", "-z", "--no-renames", "--diff-filter=A", commit, f"{commit}^")
    _, output, _ = begin_git(repository.top, "diff-tree", *backwards, **NO_SERVER)()
    parts = iter(output.split(b"\0"))
    for facts in filter(None, parts):
        _, mode, _, blob, _ = facts.split()
        path = os.fsdecode(next(parts))
        if mode.startswith(_REGULAR):
            yield Change(path, blob.decode())


def _goes_on_from(repository: Repository, before: str) -> bool:
    """Tell whether the first-parent history of HEAD leads to a commit: not where that is gone, was taken back, or lies on a branch that was merged."""
    code, output, _ = run_git(
        repository.top, "rev-list", "--first-parent", "--parents", f"{before}..{repository.head}", "--"
    )
    oldest = output.splitlines()[-1:]
    return not code and any(line.split()[1:2] == [before.encode()] for line in oldest)


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
    return Commit(name.decode(), seconds_of(seconds), message.decode("utf-8", "replace"), tuple(changes))
