"""Starting an archive in a folder that is empty, or is somebody's repository: what is there is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from afterword.authoring.starter_files import EXAMPLE_ID, HOSTS, starter_files
from afterword.operations.loading import CannotRunError, load_settings
from afterword.operations.site_config import documents_folder, find_site_config
from afterword.parse.identity import is_markdown
from afterword.sources.files import SETTINGS_NAME, list_folder, write_new

ARCHIVE = "postmortems"


@dataclass(frozen=True, slots=True)
class Started:
    """What `start_archive` did: paths written, paths that were there and stay as they are, and what the owner has to do by hand."""

    archive: str
    written: tuple[str, ...]
    kept: tuple[str, ...]
    site_config: Path | None
    unignored: tuple[str, ...]


def start_archive(folder: Path, archive: str | None = None, hosts: tuple[str, ...] = HOSTS) -> Started:
    """Write what an archive begins with into `folder`; `archive` is the records' folder below it.

    By default that is what an `afterword.yml` there says, or else `postmortems`, below the documents of a site that is there.
    Raises CannotRunError where the archive would lie outside the folder or outside the site's documents, OSError where nothing can be written.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotRunError(f"{folder} is no folder")
    site_config = find_site_config([folder])
    where = _archive_folder(folder, archive, site_config)
    has_records = (
        any(is_markdown(file.path) for file in list_folder(folder / where))
        if (folder / where).is_dir()
        else False
    )
    written: list[str] = []
    kept: list[str] = [] if site_config is None else [site_config.name]
    for file in starter_files(where, hosts, own_site=site_config is None):
        if has_records and EXAMPLE_ID in file.path:
            continue
        try:
            write_new(folder / file.path, file.text.encode())
            written.append(file.path)
        except FileExistsError:
            kept.append(file.path)
    return Started(where, tuple(written), tuple(kept), site_config, _unignored(folder))


def _archive_folder(folder: Path, archive: str | None, site_config: Path | None) -> str:
    if (folder / SETTINGS_NAME).is_file():
        settings, _ = load_settings(folder / SETTINGS_NAME, folder)
        there = settings.archives[0].folder
        if archive is not None and Path(archive) != Path(there):
            raise CannotRunError(
                f"{SETTINGS_NAME} is there already, and its archive is {there}, not {archive}"
            )
        return there
    root = folder.resolve()
    documents = documents_folder(site_config) if site_config is not None else root
    place = (root / archive).resolve() if archive is not None else documents / ARCHIVE
    if not place.is_relative_to(documents):
        what = f"the site's documents {documents}" if site_config is not None else str(root)
        raise CannotRunError(f"the archive folder {archive} does not lie below {what}")
    if place == root:
        raise CannotRunError("the archive needs a folder of its own, such as postmortems")
    return place.relative_to(root).as_posix()


def _unignored(folder: Path) -> tuple[str, ...]:
    """Give what a build makes and the repository's `.gitignore` does not name."""
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    ignored = {line.strip().strip("/") for line in lines}
    return tuple(f"{name}/" for name in ("site", ".afterword") if name not in ignored)
