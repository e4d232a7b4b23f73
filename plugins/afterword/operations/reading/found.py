"""Finding the files of an archive, and those that are named beside it, before any is read."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from afterword.model.archive import Attachment
from afterword.model.finding import Finding, Nature
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.span import START
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.settings_file import (
    folder_as_named,
    load_settings,
    settings_faults,
    settings_of_site,
)
from afterword.operations.snapshot import snapshot_path
from afterword.parse.values.identity import is_markdown, is_meant_as_record, is_named_as_record
from afterword.sources.files import (
    HEAD_SIZE,
    INCIDENTS_NAME,
    SETTINGS_NAME,
    FoundFile,
    list_folder,
    problem_of,
    read_bytes,
    reason_of,
    way_to,
)

STRAY_SUFFIXES = ("", ".md", ".markdown", ".qmd", ".erb", ".txt")
"""What is judged below a folder that is named on the command line and lies in no archive."""

Waiting = tuple[FoundFile, ArchiveFolder | None, str]
"""A file that is to be read as a record, the folder that it lies in (None: named, and in no archive), and its path."""

Examine = Callable[[str, Settings], tuple[Finding, ...]]
"""Is given the whole text of a file, and gives what should not stand in it."""


@dataclass(slots=True)
class Found:
    """The files of an archive, before any record is read; `named` as in `Loaded`.

    Whether an attachment is linked is not known yet. `elsewhere` says where pages and attachments lie that are not to be read at their path below `root`.
    `examine` looks through the text of records, whole or not, and of linked attachments, where it is asked for. `incidents` is the path of the incident list, None where there is none: it is neither a record nor an attachment.
    `tickets` is that of the trackers' snapshot, and so is this one.
    """

    settings: Settings
    root: Path
    waiting: list[Waiting] = dataclasses.field(default_factory=list)
    attachments: list[Attachment] = dataclasses.field(default_factory=list)
    pages: list[str] = dataclasses.field(default_factory=list)
    findings: list[Finding] = dataclasses.field(default_factory=list)
    named: frozenset[str] | None = None
    elsewhere: dict[str, Path] = dataclasses.field(default_factory=dict)
    incidents: str | None = None
    tickets: str | None = None
    examine: Examine | None = None

    def paths(self) -> frozenset[str]:
        """Give the paths of all that may have findings of its own."""
        paths = {*self.pages, *(path for _, _, path in self.waiting)}
        paths.update(each.path for each in self.attachments)
        paths.update(each.path for each in self.findings)
        paths.update(self.lists())
        return frozenset(paths)

    def lists(self) -> tuple[str, ...]:
        """Give the paths of the incident list and of the trackers' snapshot, where they are there."""
        return tuple(path for path in (self.incidents, self.tickets) if path)

    def location_of(self, path: str) -> Path:
        """Give where a page or an attachment is to be read."""
        return self.elsewhere.get(path, self.root / path)

    def report(self, path: str, problem: str) -> None:
        """Note that a file cannot be read, and why."""
        self.findings.append(
            Finding("unreadable-file", f"not read: {problem}", START, Nature.ERROR, path=path)
        )


def find(
    config: Path | None = None,
    start: Path | None = None,
    paths: Sequence[Path] = (),
    settings: Settings | None = None,
    root: Path | None = None,
    strays: bool = True,
) -> Found:
    """Find the files of the archive around `start` (default: the current folder), and those named in `paths` beside it.

    `settings` and `root` replace those of the file where an adapter knows better. Without `strays`, named files that lie in no archive are left out.
    Raises CannotRunError for a path that does not exist and where there is neither an archive folder nor a path that may be judged without one.
    """
    begin = (start or (paths[0] if paths else Path())).absolute()
    _expect(paths)
    if settings is None or root is None:
        settings, root = load_settings(config, begin)
        if settings.path is None:
            settings = settings_of_site(settings, begin, root.resolve())
    root = root.resolve()
    folders = [(folder, root / folder.folder) for folder in settings.archives]
    if not (paths and strays) and not any(place.is_dir() for _, place in folders):
        names = ", ".join(folder_as_named(folder, settings) for folder, _ in folders)
        raise CannotRunError(
            f"no archive folder {names} below {root}; start one with `afterword init`, say in {SETTINGS_NAME} where the archive is (`archive: FOLDER`), "
            f"or name files to `afterword check`{settings_faults(settings)}"
        )
    found = Found(settings, root)
    found.incidents = _incident_list(found)
    snapshot = snapshot_path(settings)
    found.tickets = snapshot if snapshot and os.path.lexists(root / snapshot) else None
    for folder, place in folders:
        if place.is_dir():
            _list_archive(folder, place, (settings.path, *found.lists()), found)
        elif len(folders) > 1:
            found.findings.append(_no_folder(folder, settings.path))
    found.named = _name(paths, folders, root, found, strays) if paths else None
    return found


def find_documents(config: Path | None, paths: Sequence[Path]) -> Found:
    """Find the Markdown named in `paths`, or below folders there, wherever it lies and whether or not it is a record; without any, the archive's records.

    Raises as `find` does; the archive may be missing where paths are named.
    """
    if not paths:
        return find(config)
    _expect(paths)
    settings, root = load_settings(config, paths[0].absolute())
    root = root.resolve()
    found = Found(settings, root)
    named: set[str] = set()
    for path in paths:
        place, relative = _placed(path, root)
        if place.is_dir():
            named |= _add_strays(place, relative, (), found)
        elif relative not in named:
            _add_stray(place, relative, found)
            named.add(relative)
    found.named = frozenset(named)
    return found


def incident_lists(settings: Settings) -> tuple[str, ...]:
    """Give the paths at which an incident list may lie, of which the first that is there is read: the one that settings name, else beside them, else in an archive's folder."""
    if settings.incidents is not None:
        return (settings.incidents,)
    folders = (folder.folder for folder in settings.archives)
    beside = (INCIDENTS_NAME,) if settings.path is not None else ()
    return (*beside, *(INCIDENTS_NAME if each == "." else f"{each}/{INCIDENTS_NAME}" for each in folders))


def _incident_list(found: Found) -> str | None:
    settings = found.settings
    path = next((each for each in incident_lists(settings) if (found.root / each).is_file()), None)
    if path is None and settings.incidents is not None:
        message = f"the incident list {settings.incidents} does not exist"
        hint = "make it, or take `incidents` out of the settings"
        found.findings.append(
            Finding(
                "settings", message, settings.incidents_span, Nature.UNREADABLE, hint, settings.path or ""
            )
        )
    return path


def _list_archive(folder: ArchiveFolder, place: Path, others: Collection[str | None], found: Found) -> None:
    base = PurePosixPath(folder.folder).as_posix()
    base = "" if base == "." else f"{base}/"
    for file in list_folder(place):
        path = f"{base}{file.path}"
        if path in others:
            continue
        if file.problem:
            found.report(path, file.problem)
            continue
        try:
            is_record = is_record_file(file)
        except OSError as error:
            found.report(path, reason_of(error))
            continue
        if is_record:
            found.waiting.append((file, folder, path))
        elif is_markdown(file.path):
            found.pages.append(path)
        else:
            found.attachments.append(Attachment(path, file.path, folder.label, file.size, linked=False))


def is_record_file(file: FoundFile) -> bool:
    """Tell whether a file below an archive folder is meant as a record. Raises OSError where that stands in its header, which cannot be read."""
    name = file.location.name
    return is_named_as_record(name) or is_meant_as_record(name, read_bytes(file.location, HEAD_SIZE))


def _no_folder(folder: ArchiveFolder, settings_path: str | None) -> Finding:
    message = f"the archive folder {folder.folder} does not exist"
    hint = "make it, or take it out of `archives`"
    return Finding("settings", message, folder.span, Nature.UNREADABLE, hint, settings_path or "")


def _name(
    paths: Sequence[Path],
    folders: Sequence[tuple[ArchiveFolder, Path]],
    root: Path,
    found: Found,
    with_strays: bool,
) -> frozenset[str]:
    """Sort the named paths into those of the archive and strays, and add the strays to what is read, where they are wanted."""
    known = {*found.pages, *(path for _, _, path in found.waiting)}
    named: set[str] = set()
    for path in paths:
        place, relative = _placed(path, root)
        home = any(place.is_relative_to(folder.resolve()) for _, folder in folders)
        if place.is_dir():
            inside = "" if relative == "." else relative + "/"
            named |= {each for each in known if each.startswith(inside)}
            named |= {finding.path for finding in found.findings if finding.path.startswith(inside)}
            named |= {path for path in found.lists() if path.startswith(inside)}
            if not home and with_strays:
                named |= _add_strays(place, relative, folders, found)
        elif home or relative in found.lists():
            named.add(relative)
        elif with_strays:
            _add_stray(place, relative, found)
            named.add(relative)
    return frozenset(named)


def _expect(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise CannotRunError(f"{path} does not exist")


def _placed(path: Path, root: Path) -> tuple[Path, str]:
    """Give where a named path lies, a symbolic link itself not followed, and its path from `root`."""
    place = path.resolve() if not path.is_symlink() else path.parent.resolve() / path.name
    return place, way_to(place, root)


def _add_stray(place: Path, relative: str, found: Found) -> None:
    problem = problem_of(place)
    if problem:
        found.report(relative, problem)
    else:
        found.waiting.append((FoundFile(place, relative, 0), None, relative))


def _add_strays(
    place: Path, relative: str, folders: Sequence[tuple[ArchiveFolder, Path]], found: Found
) -> set[str]:
    added: set[str] = set()
    archives = [folder.resolve() for _, folder in folders]
    if any(archive.is_relative_to(place) for archive in archives if archive.is_dir()):
        return added
    for file in list_folder(place):
        path = (PurePosixPath(relative) / file.path).as_posix()
        if file.problem:
            found.report(path, file.problem)
        elif path in found.lists():
            pass
        elif PurePosixPath(file.path).suffix.lower() in STRAY_SUFFIXES:
            found.waiting.append((file, None, path))
        else:
            continue
        added.add(path)
    return added
