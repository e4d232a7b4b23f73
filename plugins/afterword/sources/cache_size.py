"""How large what is kept between runs is, and keeping it small."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from afterword.sources.files import is_file
from afterword.sources.kept_pages import NAME, KeptPages

IGNORED = ".gitignore"
_PRUNED = ".pruned"
_DAY = 24 * 3600
_ROOM = 0.9
"""The part of the allowed size that is left after pruning, so that not every build has to prune."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a cache other than that of finished pages."""

    location: Path
    size: int
    written: float

    @property
    def is_index(self) -> bool:
        """Tell whether it belongs to an index that the terminal searches in."""
        return ".sqlite" in self.location.name


def kept_files(folder: Path) -> Iterator[KeptFile]:
    """Yield the files of a cache's folder, but for that of finished pages."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name in (IGNORED, _PRUNED) or name.startswith(NAME):
                continue
            with contextlib.suppress(OSError):
                location = Path(place, name)
                status = location.stat()
                yield KeptFile(location, status.st_size, status.st_mtime)


def pages_size(folder: Path) -> tuple[int, int]:
    """Give how many finished pages a folder keeps, and the bytes of the file that they are in."""
    if not is_file(folder / NAME):
        return 0, 0
    kept = KeptPages(folder)
    try:
        number, _ = kept.size()
    finally:
        kept.close()
    size = 0
    with contextlib.suppress(OSError):
        size = (folder / NAME).stat().st_size
    return number, size


def prune(folder: Path, most: int) -> int:
    """Forget what was not used for the longest time until a cache takes no more than `most` bytes: first pages, then all else by its age. Gives how many of them."""
    files = sorted(kept_files(folder), key=lambda each: (each.written, str(each.location)))
    total = sum(each.size for each in files)
    gone = 0
    if is_file(folder / NAME):
        kept = KeptPages(folder)
        try:
            gone = kept.prune(max(most - total, 0))
            total += kept.size()[1]
        finally:
            kept.close()
    if total > most:
        for each in files:
            if total <= most * _ROOM:
                break
            with contextlib.suppress(OSError):
                each.location.unlink()
                total -= each.size
                gone += 1
    return gone


def prune_daily(folder: Path, most: int, now: float | None = None) -> None:
    """Prune a cache once a day: looking through it takes longer than a build in which nothing changed."""
    moment = time.time() if now is None else now
    mark = folder / _PRUNED
    with contextlib.suppress(OSError):
        if folder.is_dir() and (not mark.exists() or moment - mark.stat().st_mtime > _DAY):
            mark.touch()
            prune(folder, most)
