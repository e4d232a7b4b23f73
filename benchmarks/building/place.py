"""Where the archive of one size lies, and all that is built from it."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from benchmarks.building.spent import Spent, measured
from benchmarks.committed import commit_archive
from benchmarks.generate import write_archive
from benchmarks.measurement import environment

VERSIONS = 2
"""Of each record so many versions are committed: as it was published, and with its actions done."""


ASIDE = "aside"
"""Where, in the work folder, all lies that was taken away."""


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
        """Write the archive and commit it, in a process of its own; whatever was built from another is taken away."""
        self.clear(self.folder)
        self.folder.mkdir(parents=True)
        command = (sys.executable, "-m", "benchmarks.building.place", self.archive, str(self.records))
        return self.run("archive", command, self.folder)

    def clear(self, *paths: Path) -> None:
        """Take away files and folders, those that are not there, too; and have it done with before anything is timed.

        They are put aside without their contents, to be deleted when everything is measured (`delete_cleared`): for some minutes after files were deleted, ext4
        may take longer to make each new one, and a second run would take longer than the first.
        """
        for path in paths:
            if path.exists():
                aside = self.folder.parent / ASIDE / uuid4().hex
                aside.parent.mkdir(exist_ok=True)
                path.rename(aside)
                _empty(aside)
        os.sync()

    def run(self, name: str, command: Sequence[str | Path], folder: Path, **more: str) -> Spent:
        """Run a command in a folder and measure it, as somebody does who has set nothing; `more` is added to its environment."""
        usual = {
            name: value for name, value in environment().items() if name not in ("AFTERWORD_CACHE", "CI")
        }
        return measured(command, folder, self.folder / f"{name}.log", {**usual, **more})


def _empty(folder: Path) -> None:
    """Leave nothing in the files of a folder, but in those that it has in common with another: a clone has the objects of git so."""
    for path in folder.rglob("*"):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
            # Some are closed to who runs this, and keep what they hold.
            with suppress(OSError):
                os.truncate(path, 0)


def delete_cleared(work: Path) -> None:
    """Delete what was taken away from all places in a work folder."""
    shutil.rmtree(work / ASIDE, ignore_errors=True)


def main() -> None:
    """Write the archive. What starts measured commands has to stay small itself: the system counts its memory as theirs until they begin."""
    folder, records = Path(sys.argv[1]), int(sys.argv[2])
    commit_archive(folder, write_archive(folder, records), VERSIONS)


if __name__ == "__main__":
    main()
