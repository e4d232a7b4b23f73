"""Where the archive of one size lies, and all that is built from it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building.spent import Spent, measured
from benchmarks.committed import commit_archive
from benchmarks.generate import write_archive
from benchmarks.measurement import environment

VERSIONS = 2
"""Of each record so many versions are committed: as it was published, and with its actions done."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for one number of records. The archive in it is never changed; who changes something has a copy."""

    folder: Path
    records: int

    @property
    def archive(self) -> Path:
        """Give the folder of the archive's settings."""
        return self.folder / "archive"

    def write(self) -> Spent:
        """Write the archive and commit it, in a process of its own; whatever was built from another is removed."""
        remove(self.folder)
        self.folder.mkdir(parents=True)
        command = (sys.executable, "-m", "benchmarks.building.place", self.archive, str(self.records))
        return self.run("archive", command, self.folder)

    def run(self, name: str, command: Sequence[str | Path], folder: Path, **more: str) -> Spent:
        """Run a command in a folder and measure it, as somebody does who has set nothing; `more` is added to its environment."""
        usual = {
            name: value for name, value in environment().items() if name not in ("AFTERWORD_CACHE", "CI")
        }
        return measured(command, folder, self.folder / f"{name}.log", {**usual, **more})


def remove(*paths: Path) -> None:
    """Remove files and folders, those that are not there, too; and have it done with before anything is timed."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    os.sync()


def main() -> None:
    """Write the archive. What starts measured commands has to stay small itself: the system counts its memory as theirs until they begin."""
    folder, records = Path(sys.argv[1]), int(sys.argv[2])
    commit_archive(folder, write_archive(folder, records), VERSIONS)


if __name__ == "__main__":
    main()
