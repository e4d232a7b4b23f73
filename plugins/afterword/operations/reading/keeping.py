"""What is kept between runs: where, how much of it, and forgetting it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from afterword.operations.cannot_run import CannotRunError
from afterword.operations.settings_file import load_settings
from afterword.sources.cache import NOWHERE, user_cache
from afterword.sources.cache_folder import cache_folder
from afterword.sources.cache_size import kept_files, pages_size, prune
from afterword.sources.files import find_site_config

MOST = "AFTERWORD_CACHE_SIZE"
"""The environment variable that says how large a cache may become."""

USUAL = "1GB"

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(|B|KB|MB|GB|TB)", re.IGNORECASE)
_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of what a folder keeps."""

    name: str
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of what is kept, and what it is kept for."""

    folder: Path
    purpose: str
    shelves: tuple[Shelf, ...]

    @property
    def size(self) -> int:
        """Give the bytes of all of it."""
        return sum(each.size for each in self.shelves)


def read_size(text: str) -> int:
    """Read a size such as 500MB. Raises ValueError, with the form that is expected."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"'{text}' is no size, expected a number with its unit such as 500MB or 2GB")
    return int(float(found[1]) * _UNITS[found[2].upper()])


def allowed_size() -> int:
    """Give the bytes that a cache may take. Raises CannotRunError where the environment names no size."""
    try:
        return read_size(os.environ.get(MOST) or USUAL)
    except ValueError as error:
        raise CannotRunError(f"{MOST}: {error}") from error


def stores(start: Path) -> Iterator[Store]:
    """Yield what is kept: beside the archive around `start`, and of whoever runs this. Both are one where the environment says so, and neither where nothing is kept there."""
    beside = _beside(start)
    own = user_cache().folder
    if beside is not None and beside not in (own, NOWHERE):
        yield _store(beside, "what the site is built from")
    if own != NOWHERE:
        yield _store(own, "histories, records, findings and the index of `afterword search`")


def forget(start: Path, most: int) -> int:
    """Prune all that is kept to `most` bytes a folder; gives how many pages and files are gone."""
    return sum(prune(each.folder, most) for each in stores(start))


def _beside(start: Path) -> Path | None:
    settings, root = load_settings(None, start)
    site = find_site_config((start, root))
    folder = root if settings.path is not None else site.parent if site is not None else None
    return None if folder is None else cache_folder(folder.resolve())


def _store(folder: Path, purpose: str) -> Store:
    number, size = pages_size(folder)
    files = list(kept_files(folder))
    indexes = [each for each in files if each.is_index]
    others = [each for each in files if not each.is_index]
    shelves = (
        Shelf("finished pages, drawings and read records", number, size),
        Shelf("search indexes", len(indexes), sum(each.size for each in indexes)),
        Shelf("histories, findings and templates", len(others), sum(each.size for each in others)),
    )
    return Store(folder, purpose, tuple(each for each in shelves if each.number))
