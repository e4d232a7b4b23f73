"""An archive as it really lies somewhere: in a git repository, with a history of its own."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

NAME, ADDRESS = "A", "a@company.example"
"""Whoever commits everything."""

TOGETHER = 10
"""So many records are committed at once."""

_Written = tuple[dt.datetime, Path, int]
"""When a record was written, and which version of it."""

_PUBLISHED = re.compile(rb"^published: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_DONE = re.compile(rb"\| done \d{4}-\d\d-\d\d \|")
_BETWEEN = dt.timedelta(days=20)


def commit_archive(folder: Path, paths: Sequence[Path], versions: int) -> None:
    """Commit all that lies in a folder: first what is no record, then the records in the order of their publication, each in so many versions.

    The last version is the file as it is. In those before it no action is done, and where there are more than two the first is a draft. They lie twenty
    days apart. The same files give the same commits.
    """
    records = {path: path.read_bytes() for path in paths}
    others = sorted(path for path in _files(folder) if path not in records)
    written = sorted(
        (_published(text) + version * _BETWEEN, path, version)
        for path, text in records.items()
        for version in range(versions)
    )
    begin = written[0][0] if written else dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
    stream = [commit_head(begin - dt.timedelta(days=1)), *(file_at(each.relative_to(folder).as_posix(), each.read_bytes()) for each in others)]  # fmt: skip
    for some in _together(written):
        stream.append(commit_head(max(at for at, _, _ in some.values())))
        stream += [
            file_at(
                path.relative_to(folder).as_posix(), _version(records[path], versions - version - 1, versions)
            )
            for path, (_, _, version) in some.items()
        ]
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "fast-import", "--quiet", "--date-format=raw", stream=b"".join(stream))
    git(folder, "reset", "--quiet")


def _together(written: Sequence[_Written]) -> Iterator[dict[Path, _Written]]:
    """Yield what is committed at once, in order: no more records than that, and none of them twice."""
    some: dict[Path, _Written] = {}
    for each in written:
        if len(some) == TOGETHER or each[1] in some:
            yield some
            some = {}
        some[each[1]] = each
    if some:
        yield some


def git(folder: Path, *arguments: str, stream: bytes = b"", day: dt.date | None = None) -> bytes:
    """Run git in a folder, and give what it prints; what it commits is of that day."""
    known = {} if day is None else {f"GIT_{who}_{what}": told for who in ("AUTHOR", "COMMITTER") for what, told in (("NAME", NAME), ("EMAIL", ADDRESS), ("DATE", f"{day}T12:00:00Z"))}  # fmt: skip
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=stream,
        env={**os.environ, **known},
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


def _files(folder: Path) -> list[Path]:
    inside = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in inside if ".git" not in path.relative_to(folder).parts]


def _published(text: bytes) -> dt.datetime:
    day = _PUBLISHED.search(text)
    if day is None:
        raise ValueError("a record without the day of its publication")
    return dt.datetime.fromisoformat(f"{day[1].decode()}T12:00:00+00:00")


def _version(text: bytes, back: int, versions: int) -> bytes:
    """Give a record as it was so many versions ago."""
    if back and back == versions - 1 and versions > 2:
        text = text.replace(b"\nstatus: final\n", b"\nstatus: draft\n", 1)
    head, mark, table = text.partition(b"## Action items")
    return head + mark + (_DONE.sub(b"| open |", table) if back else table)


def commit_head(at: dt.datetime) -> bytes:
    """Give what a commit of that moment begins with, as `git fast-import` reads it."""
    return b"commit refs/heads/main\ncommitter %b <%b> %d +0000\ndata 1\nx\n" % (
        NAME.encode(),
        ADDRESS.encode(),
        at.timestamp(),
    )


def file_at(name: str, content: bytes) -> bytes:
    """Give what writes a file in a commit, likewise."""
    return b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content)
