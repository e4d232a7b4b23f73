"""What reading the history costs: `python -m benchmarks.ledger cold|again|git FOLDER` does one of them and prints the processor time of it, that of git included."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.committed import commit_archive, commit_head, file_at, git
from benchmarks.generate import write_archive
from benchmarks.measurement import FIGURE

VERSIONS = 3
"""Of each record so many versions are committed."""

OTHERS = 100_000
"""Commits of a large repository that touch no record."""


def write_ledger(folder: Path, records: int) -> list[Path]:
    """Write an archive and commit it: each record as a draft, then as it was published, then with its actions done."""
    paths = write_archive(folder, records)
    commit_archive(folder, paths, VERSIONS)
    return paths


def write_large_ledger(folder: Path, records: int) -> list[Path]:
    """Write the same, and go on with all that others commit to a large repository."""
    paths = write_ledger(folder, records)
    begin = dt.datetime.fromtimestamp(int(git(folder, "log", "-1", "--format=%ct")), dt.UTC)
    stream = []
    for number in range(OTHERS):
        stream.append(commit_head(begin + dt.timedelta(seconds=number)))
        if not number:
            stream.append(b"from refs/heads/main^0\n")
        stream.append(file_at(f"src/{number % 40}/{number % 23}.txt", b"%d" % number))
    git(folder, "fast-import", "--quiet", "--date-format=raw", stream=b"".join(stream))
    git(folder, "reset", "--quiet", "--hard")
    return paths


def main() -> None:
    """Prepare the named run, then time it."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    from afterword.model.archive import Archive
    from afterword.operations.reading.ledger import history_of
    from afterword.operations.settings_file import load_settings
    from afterword.sources.cache import Cache

    settings, _ = load_settings(None, folder)
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as empty:
        kept = Path(empty) if name == "cold" else folder / ".cache"
        begin = _spent()
        if name == "git":
            git(
                folder,
                "log",
                "--first-parent",
                "--raw",
                "-z",
                "--no-abbrev",
                "--no-renames",
                "--",
                "postmortems",
            )
        else:
            history = history_of(Archive.of(settings, ()), folder, Cache(kept))
            if history.absent:
                sys.exit(history.absent)
        print(f"{FIGURE}{_spent() - begin:.6f}")


def _spent() -> float:
    both = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


if __name__ == "__main__":
    main()
