"""Starting an archive in a folder that is empty, or is somebody's repository: what is there is never touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from afterword.authoring.starter_files import (
    EXAMPLE,
    SITE,
    StarterFile,
    is_starter_site,
    starter_files,
)
from afterword.model.settings import Settings
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.found import is_record_file
from afterword.operations.settings_file import load_settings, settings_faults
from afterword.operations.site_config import (
    archive_of_site,
    documents_folder,
    folder_option,
    listed_pages,
)
from afterword.parse.source.text import decode
from afterword.parse.values.identity import is_markdown
from afterword.sources.files import SETTINGS_NAME, find_site_config, list_folder, read_bytes, write_new

ARCHIVE = "postmortems"
HOME = "index.md"


@dataclass(frozen=True, slots=True)
class SiteThere:
    """A site that was there before the archive, the name of its configuration, and what that lacks.

    `folder_option` is the plugin's option of that name, which settings take the place of. `nav_entry` is the archive's home page as it is missing under `nav`; `home_page` the file that is missing where there is no `nav`.
    """

    config: str
    lists_plugin: bool
    folder_option: str | None = None
    nav_entry: str | None = None
    home_page: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """What `start_archive` did: paths written, paths that were there and stay as they are, and what the owner has to do by hand."""

    archive: str
    written: tuple[str, ...]
    kept: tuple[str, ...]
    site: SiteThere | None
    unignored: tuple[str, ...]


def start_archive(folder: Path, archive: str | None, hosts: tuple[str, ...]) -> Started:
    """Write what an archive begins with into `folder`; `archive` is the records' folder below it.

    By default that is what an `afterword.yml` there says, or the plugin in the configuration of a site, or else `postmortems`, below the documents of a
    site that is there. Raises CannotRunError, before anything is written, where the archive would lie outside the folder or outside the site's documents,
    where another one is there already, where the settings have mistakes, and where something else stands in the place of a folder; OSError where
    nothing can be written.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotRunError(f"{folder} is no folder")
    site_config = find_site_config([folder])
    documents = documents_folder(site_config) if site_config is not None else folder.resolve()
    settings = _settings_there(folder, archive)
    if settings is None and site_config is not None:
        archive = _archive_there(site_config, folder.resolve(), archive)
    where = settings.archives[0].folder if settings else _archive_folder(folder.resolve(), archive, documents)
    place = (folder / where).resolve()
    if site_config is not None and not place.is_relative_to(documents):
        raise CannotRunError(
            f"the archive folder {where} does not lie below the site's documents {documents}"
        )
    # Where several archives share a site, nobody but its owner knows what else it holds.
    is_single = settings is None or len(settings.archives) == 1
    is_ours = site_config is None or (place == documents and _began_as_ours(site_config))
    without_example = _holds_markdown(place) and not (place / EXAMPLE).exists()
    wanted = [
        file
        for file in starter_files(where, hosts, own_site=is_single and is_ours)
        if not (site_config is not None and file.path == SITE)
        and not (without_example and file.path.endswith(EXAMPLE))
    ]
    _refuse_blocked_folders(folder, wanted)
    written: list[str] = []
    kept: list[str] = [] if site_config is None else [site_config.name]
    for file in wanted:
        try:
            write_new(folder / file.path, file.text.encode())
            written.append(file.path)
        except FileExistsError:
            kept.append(file.path)
    site = None if site_config is None else _site_there(site_config, place.relative_to(documents), where)
    return Started(where, tuple(written), tuple(kept), site, _unignored(folder))


def _site_there(config: Path, place: Path, archive: str) -> SiteThere:
    lists_plugin, pages = archive_of_site(config) is not None, listed_pages(config)
    option = folder_option(config)
    home = (place / HOME).as_posix()
    if pages is not None:
        return SiteThere(config.name, lists_plugin, option, nav_entry=None if home in pages else home)
    # An archive that is the whole site is listed as such.
    listed = place == Path() or (config.parent / archive / HOME).is_file()
    return SiteThere(config.name, lists_plugin, option, home_page=None if listed else f"{archive}/{HOME}")


def _settings_there(folder: Path, archive: str | None) -> Settings | None:
    path = folder / SETTINGS_NAME
    if not path.is_file():
        return None
    settings, _ = load_settings(path, folder)
    if settings.findings:
        raise CannotRunError(
            f"{SETTINGS_NAME} is there already, with mistakes that are to be mended first{settings_faults(settings)}"
        )
    there = settings.archives[0].folder
    if archive is not None and Path(archive) != Path(there):
        raise CannotRunError(f"{SETTINGS_NAME} is there already, and its archive is {there}, not {archive}")
    return settings


def _archive_there(config: Path, root: Path, archive: str | None) -> str | None:
    """Give the archive that a site without settings has already, as the plugin's option names it or as records lie there, else the one that is asked for."""
    found = archive_of_site(config)
    if found is None or not found[0].is_relative_to(root):
        return archive
    place, documents = found
    option = folder_option(config)
    # Without the option the documents are the archive where none has a folder of its own; so they are of a site that is yet without records.
    if option is None and place == documents and not _holds_records(place):
        return archive
    there = place.relative_to(root).as_posix()
    if archive is not None and (root / archive).resolve() != place.resolve():
        raise CannotRunError(
            f"{config.name} has the plugin already, and its archive is {there}, not {archive}"
        )
    return there


def _began_as_ours(config: Path) -> bool:
    return is_starter_site(decode(read_bytes(config))[0])


def _holds_markdown(place: Path) -> bool:
    return place.is_dir() and any(is_markdown(file.path) for file in list_folder(place))


def _holds_records(place: Path) -> bool:
    return place.is_dir() and any(not file.problem and is_record_file(file) for file in list_folder(place))


def _archive_folder(root: Path, archive: str | None, documents: Path) -> str:
    place = (root / archive).resolve() if archive is not None else documents / ARCHIVE
    if not place.is_relative_to(root):
        what = (
            f"the archive folder {archive}"
            if archive is not None
            else f"the folder {documents} of the site's documents"
        )
        raise CannotRunError(f"{what} does not lie below {root}")
    if not place.is_relative_to(documents):
        raise CannotRunError(
            f"the archive folder {archive} does not lie below the site's documents {documents}"
        )
    if place == root:
        raise CannotRunError("the archive needs a folder of its own, such as postmortems")
    return place.relative_to(root).as_posix()


def _refuse_blocked_folders(folder: Path, wanted: Iterable[StarterFile]) -> None:
    """Say before the first file is written where another one cannot be."""
    for file in wanted:
        for above in reversed(Path(file.path).parents):
            if (folder / above).exists() and not (folder / above).is_dir():
                raise CannotRunError(f"{above.as_posix()} is no folder, and {file.path} would lie in it")


def _unignored(folder: Path) -> tuple[str, ...]:
    """Give what a build makes and the repository's `.gitignore` does not name."""
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    ignored = {line.strip().strip("/") for line in lines}
    return tuple(f"{name}/" for name in ("site", ".afterword") if name not in ignored)
