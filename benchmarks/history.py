"""`python -m benchmarks.history FOLDER RECORDS COMMITS [SEED]`: a repository whose history is known, written in seconds.

Whatever happens to records in real repositories happens here: branches that are merged and squashed, moves, renames, deletions, reverts and reverts of them,
tables that are laid out anew, clocks that run backwards. The same numbers and seed give the same commits.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.changing_archive import ChangingArchive, Drawn
from benchmarks.committed import git

SETTINGS = "format: 1\ntimezone: Europe/Berlin\n"
"""The archive's zone is not that of the commits: which day it is differs for an hour or two."""


@dataclass(slots=True)
class Known:
    """What is known of the history that was written: `undone` are commits that took another back or were taken back, by their names in git."""

    folder: Path
    commits: int
    undone: frozenset[str]


@dataclass(slots=True)
class _Commit:
    """A commit of the main line: what it wrote (None: took away), and how the archive was before it."""

    mark: int
    files: Mapping[str, bytes | None]
    before: dict[int, Drawn]
    reverts: int | None = None


class History:
    """The archive while it is written, and the stream that git will read."""

    def __init__(self, records: int, commits: int, seed: int) -> None:
        """Begin with nothing but the settings."""
        self.archive = ChangingArchive(records, max(0.1, records / max(commits, 1) * 1.6), seed)
        self.random = self.archive.random
        self.step = dt.timedelta(hours=max(1.0, 24 * 700 / max(commits, 1)))
        self.stream: list[bytes] = []
        self.marks = 0
        self.main: list[_Commit] = []
        self.commit({"afterword.yml": SETTINGS.encode()}, "Begin", {})

    def go_on(self) -> None:
        """Write the next commit of the main line, with the commits of its branch where it merges one."""
        before = dict(self.archive.records)
        draw = self.random.random()
        if draw < 0.06 and self.take_back():
            return
        if draw < 0.16:
            base, tip, files = self.marks, self.marks, {}
            for _ in range(self.random.randrange(2, 4)):
                some = self.archive.happen()
                files |= some
                tip = self.written(
                    some, "On a branch", tip if tip != base else self.main[-1].mark, branch="side"
                )
            self.commit(files, "Merge branch 'side'", before, merged=tip)
        elif draw < 0.26:
            files = {}
            for _ in range(3):
                files |= self.archive.happen()
            self.commit(files, "Close several (#7)\n\n* one\n* two\n* three", before)
        else:
            self.commit(self.archive.happen(), "Change a record", before)

    def take_back(self) -> bool:
        """Revert the last commit of the main line, with its name or as a host's button does."""
        last = self.main[-1]
        if not last.files or len(last.files) > 20 or len(self.main) < 3:
            return False
        now = dict(self.archive.records)
        everyone = {**self.archive.gone, **self.archive.records}
        files = {path: self._was(path, last.before) for path in last.files}
        self.archive.records = dict(last.before)
        self.archive.gone = {
            number: record for number, record in everyone.items() if number not in self.archive.records
        }
        said = (
            f"This reverts commit :{last.mark}."
            if self.random.random() < 0.7
            else "Reverts company/archive#12"
        )
        self.commit(files, f'Revert "Change a record"\n\n{said}', now, reverts=len(self.main) - 1)
        return True

    def _was(self, path: str, before: Mapping[int, Drawn]) -> bytes | None:
        return next((record.text() for record in before.values() if record.path == path), None)

    def commit(
        self,
        files: Mapping[str, bytes | None],
        message: str,
        before: dict[int, Drawn],
        merged: int | None = None,
        reverts: int | None = None,
    ) -> None:
        """Write a commit of the main line."""
        parent = self.main[-1].mark if self.main else None
        mark = self.written(files, message, parent, merged=merged)
        self.main.append(_Commit(mark, files, before, reverts))

    def written(
        self,
        files: Mapping[str, bytes | None],
        message: str,
        parent: int | None,
        merged: int | None = None,
        branch: str = "main",
    ) -> int:
        """Write a commit to the stream."""
        self.archive.now += self.step * self.random.uniform(0.2, 1.8)
        shown = self.archive.now
        # Never two in a row, so that it is plain whose clock was wrong.
        if branch == "main" and self.main and self.marks % 37 == 0:
            shown -= dt.timedelta(days=self.random.randrange(3, 40))
        self.marks += 1
        when = f"Ada Moss <ada@company.example> {int(shown.timestamp())} +0000"
        self.stream.append(
            f"commit refs/heads/{branch}\nmark :{self.marks}\nauthor {when}\ncommitter {when}\n".encode()
        )
        self.stream.append(_sized(message.encode()))
        if parent:
            self.stream.append(f"from :{parent}\n".encode())
        if merged:
            self.stream.append(f"merge :{merged}\n".encode())
        # First what goes: a file may come back under the same name.
        for path in sorted(path for path, text in files.items() if text is None):
            self.stream.append(f"D {path}\n".encode())
        for path, text in sorted((path, text) for path, text in files.items() if text is not None):
            self.stream.append(f"M 100644 inline {path}\n".encode() + _sized(text))
        self.stream.append(b"\n")
        return self.marks

    def undone(self) -> frozenset[int]:
        """Give the marks of commits that were taken back, and of those that took one back."""
        cancelled: set[int] = set()
        for at in range(len(self.main) - 1, -1, -1):
            target = self.main[at].reverts
            if target is not None and at not in cancelled:
                cancelled.add(target)
        reverting = {at for at, commit in enumerate(self.main) if commit.reverts is not None}
        return frozenset(self.main[at].mark for at in cancelled | reverting)


def _sized(content: bytes) -> bytes:
    return f"data {len(content)}\n".encode() + content + b"\n"


def write_history(folder: Path, records: int, commits: int, seed: int = 1) -> Known:
    """Make a repository in an empty folder, with its files checked out."""
    history = History(records, commits, seed)
    while history.marks < commits:
        history.go_on()
    folder.mkdir(parents=True, exist_ok=True)

    git(folder, "init", "--quiet", "--initial-branch=main")
    names: dict[int, str] = {}
    # A message that names a commit must wait for its name: the stream is read in pieces, each after the last.
    process = subprocess.Popen(
        ["git", "fast-import", "--quiet", "--date-format=raw"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("git fast-import has no pipes")
    mark = 0
    for piece in history.stream:
        if piece.startswith(b"commit "):
            if mark:
                process.stdin.write(f"get-mark :{mark}\n".encode())
                process.stdin.flush()
                names[mark] = process.stdout.readline().decode().strip()
            mark += 1
        elif b"This reverts commit :" in piece:
            message = piece.partition(b"\n")[2].removesuffix(b"\n")
            start, _, rest = message.partition(b"commit :")
            number, _, rest = rest.partition(b".")
            piece = _sized(start + b"commit " + names[int(number)].encode() + b"." + rest)
        process.stdin.write(piece)
    process.stdin.write(f"get-mark :{mark}\n".encode())
    process.stdin.close()
    names[mark] = process.stdout.readline().decode().strip()
    if process.wait():
        raise RuntimeError("git fast-import failed")
    git(folder, "checkout", "--quiet", "--force", "main")
    return Known(folder, len(history.main), frozenset(names[each] for each in history.undone()))


if __name__ == "__main__":
    print(write_history(Path(sys.argv[1]), *map(int, sys.argv[2:])).commits)
