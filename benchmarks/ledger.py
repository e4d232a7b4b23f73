"""What reading the history costs: `python -m benchmarks.ledger cold|again|git FOLDER` does one of them and prints the processor time of it, that of git included."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import write_archive
from benchmarks.measurement import FIGURE

VERSIONS = 3
TOGETHER = 10
"""Of each record so many versions are committed, of so many records at once."""


def write_ledger(folder: Path, records: int) -> list[Path]:
    """Write an archive and commit it: each record as a draft, then with an action put off, then as it is."""
    paths = write_archive(folder, records)
    stream: list[bytes] = []
    seconds = 1_700_000_000
    for version in range(VERSIONS):
        for start in range(0, len(paths), TOGETHER):
            seconds += 3_600
            stream.append(
                b"commit refs/heads/main\ncommitter A <a@company.example> %d +0000\ndata 1\nx\n" % seconds
            )
            for path in paths[start : start + TOGETHER]:
                text = _version(path.read_bytes(), version)
                name = path.relative_to(folder).as_posix().encode()
                stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name, len(text), text))
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "fast-import", "--quiet", "--date-format=raw", stream=b"".join(stream))
    return paths


def _version(text: bytes, version: int) -> bytes:
    if version == 0:
        text = text.replace(b"\nstatus: final\n", b"\nstatus: draft\n", 1)
    head, mark, table = text.partition(b"## Action items")
    return head + mark + (table.replace(b"-28 |", b"-27 |") if version < 2 else table)


def _git(folder: Path, *arguments: str, stream: bytes = b"") -> None:
    subprocess.run(["git", *arguments], cwd=folder, input=stream, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Prepare the named run, then time it."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    from afterword.model.archive import Archive
    from afterword.operations.ledger import history_of
    from afterword.operations.settings_file import load_settings
    from afterword.sources.cache import Cache

    settings, _ = load_settings(None, folder)
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as empty:
        kept = Path(empty) if name == "cold" else folder / ".cache"
        begin = _spent()
        if name == "git":
            _git(
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
