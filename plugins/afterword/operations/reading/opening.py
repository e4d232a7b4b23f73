"""An archive as the part of a site: its settings, its folder below the documents, its addresses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from afterword.model.finding import Finding
from afterword.model.history import History
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.span import START
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.ledger import Asked, ask
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.settings_file import folder_as_named, load_settings, settings_faults
from afterword.operations.site_config import address_below, usual_folder
from afterword.sources.cache_folder import cache_folder
from afterword.sources.clock import today
from afterword.sources.kept_pages import KeptPages

_PLAIN = re.compile(r"[^/.\\][^/\\]*(?:/[^/.\\][^/\\]*)*")
"""A path that goes straight down."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A loaded archive whose folders have their addresses, with the documents folder of the site it is part of, and what git was `asked` of it."""

    loaded: Loaded
    docs_dir: Path
    reading: ArchiveReading
    settings_path: Path | None = None
    asked: Asked | History | None = None

    def src(self, path: str) -> str:
        """Turn a path relative to the settings file's folder into one relative to the documents folder."""
        inside = _inside(self.docs_dir, self.loaded.root)
        if inside is not None and path.startswith(inside) and _is_plain(path):
            return path.removeprefix(inside)
        return os.path.relpath(self.loaded.root / path, self.docs_dir).replace(os.sep, "/")

    def by_path(self, addresses: Mapping[str, str]) -> Mapping[str, str]:
        """Give by path what is known by `src`."""
        return {self.path(src): address for src, address in addresses.items()}

    def folder_src(self, folder: ArchiveFolder) -> str:
        """Give what the `src` of all files of an archive begin with."""
        src = self.src(folder.folder)
        return "" if src == "." else src + "/"

    def moved(self, src: str, address: str) -> str:
        """Give the address of an ordinary page, or of its file: below an archive that has an address of its own it goes along.

        What lies in the documents folder itself stays, so that the site keeps its home page.
        """
        for folder in self.loaded.archive.settings.archives:
            place = self.src(folder.folder) + "/"
            if place != "./" and src.startswith(place) and address.startswith(place):
                return (folder.address or "") + address.removeprefix(place)
        return address

    def path(self, src: str) -> str:
        """Turn a path relative to the documents folder into one relative to the settings file's folder."""
        inside = _inside(self.docs_dir, self.loaded.root)
        if inside is not None and _is_plain(src):
            return inside + src
        return os.path.relpath(self.docs_dir / src, self.loaded.root).replace(os.sep, "/")


@lru_cache(maxsize=16)
def _inside(folder: Path, root: Path) -> str | None:
    """Give what paths from `root` to all that lies in a folder below it begin with, None where it lies elsewhere."""
    below = os.path.relpath(folder, root).replace(os.sep, "/")
    return None if below.startswith("..") else "" if below == "." else f"{below}/"


def _is_plain(path: str) -> bool:
    """Tell whether a path is written as it would be once it was made relative: there are ten thousand, and making one takes long."""
    return _PLAIN.fullmatch(path) is not None


def open_archive(
    site_folder: Path,
    docs_dir: Path,
    config: str | None = None,
    folder: str | None = None,
    progress: Progress | None = None,
    as_of: dt.date | None = None,
) -> Opened:
    """Read the archive of the site in `site_folder`; `config` names its settings file, `folder` the archive below `docs_dir` where there is none.

    Raises CannotRunError where an archive does not lie below the documents folder, is not there at all, or has the address of another.
    """
    as_named, docs_dir = docs_dir, docs_dir.resolve()
    named = site_folder / config if config else None
    if named is not None and not named.is_file():
        raise CannotRunError(f"the option `config` names {config}, and {named} is no file")
    settings, root = load_settings(named, site_folder.resolve())
    root = root.resolve()
    if settings.path is None:
        root = docs_dir
        settings = dataclasses.replace(settings, archives=(ArchiveFolder(usual_folder(docs_dir, folder)),))
    elif folder:
        settings = dataclasses.replace(
            settings, findings=(*settings.findings, _superfluous(folder, settings.path))
        )
    archives = tuple(_with_address(each, settings, root, docs_dir) for each in settings.archives)
    _refuse_one_address(archives)
    settings = dataclasses.replace(settings, archives=archives)
    docs_dir = _as_named(as_named, docs_dir, site_folder, [root / each.folder for each in archives])
    asked = ask(settings, root)
    found = find(start=root, settings=settings, root=root)
    now = today(settings.timezone)
    # Of an earlier day another text of the actions is searched than that which stands in the files.
    kept = KeptPages(cache_folder(root if settings.path else site_folder))
    reading = ArchiveReading(found, as_of or now, kept, whole=as_of is not None and as_of < now)
    return Opened(
        reading.loaded(progress), docs_dir, reading, root / settings.path if settings.path else None, asked
    )


def _as_named(as_named: Path, docs_dir: Path, site_folder: Path, archives: Sequence[Path]) -> Path:
    """Give the documents folder by its name where it is a link, and the archives' folders are named below it: else their files would lie beside it."""
    named = site_folder.resolve() / os.path.relpath(as_named, site_folder)
    return named if all(each.is_relative_to(named) for each in archives) else docs_dir


def _with_address(folder: ArchiveFolder, settings: Settings, root: Path, docs_dir: Path) -> ArchiveFolder:
    place = (root / folder.folder).resolve()
    if not place.is_dir():
        raise CannotRunError(
            f"the archive folder {folder_as_named(folder, settings)} does not exist below {root}{settings_faults(settings)}"
        )
    below = address_below(place, docs_dir)
    if below is None:
        raise CannotRunError(
            f"the archive folder {folder_as_named(folder, settings)} must be the documents folder {docs_dir} or lie below it: "
            "set `docs_dir` in mkdocs.yml or `archive` in afterword.yml"
        )
    address = folder.address if folder.address is not None else below
    return dataclasses.replace(folder, address=address.strip("/") + "/" if address.strip("/") else "")


def _refuse_one_address(archives: Sequence[ArchiveFolder]) -> None:
    """Fail where an archive's `address` is that which another has by its folder: the pages of one would take the places of the other's."""
    folders: dict[str | None, str] = {}
    for each in archives:
        there = folders.setdefault(each.address, each.folder)
        if there != each.folder:
            raise CannotRunError(
                f"the archives {there} and {each.folder} both have the address '{each.address}': give one of them another `address`"
            )


def _superfluous(folder: str, path: str) -> Finding:
    message = f"the plugin's option `folder: {folder}` is not used, {path} says where the archive is"
    return Finding("settings", message, START, hint="remove the option from mkdocs.yml", path=path)
