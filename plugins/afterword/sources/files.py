"""Files on disk: finding the settings, listing an archive's folder, reading, writing what a build makes."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

SETTINGS_NAME = "afterword.yml"
SITE_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
INCIDENTS_NAME = "incidents.csv"
"""The incident list, where settings name no other."""

HEAD_SIZE = 70_000
"""Bytes that are looked at to tell a record from another file: a header of the allowed size fits."""

LEFT_BEHIND = 3600
"""Seconds after which what waits to be written is no longer anybody's."""

_WAITING = re.compile(r"\.(.+)\.[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below a folder; `path` is relative to that folder, with `/`. `problem` says why it cannot be read, empty otherwise."""

    location: Path
    path: str
    size: int
    problem: str = ""


def find_settings(start: Path) -> Path | None:
    """Look for `afterword.yml` from `start` upwards, as far as the root of the git repository."""
    folder = start if start.is_dir() else start.parent
    for each in (folder, *folder.parents):
        candidate = each / SETTINGS_NAME
        if candidate.is_file():
            return candidate
        if (each / ".git").exists():
            return None
    return None


def find_site_config(folders: Iterable[Path]) -> Path | None:
    """Give the first configuration of a site that lies directly in one of the folders."""
    places = (folder / name for folder in folders for name in SITE_NAMES)
    return next((place for place in places if place.is_file()), None)


def repository_root(start: Path) -> Path | None:
    """Give the root of the git repository around `start`, None outside one."""
    folder = start if start.is_dir() else start.parent
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def list_folder(folder: Path) -> Iterator[FoundFile]:
    """Yield all files below a folder, sorted by path; hidden files and folders are left out.

    A file that leads out of the folder by a symbolic link, or is no ordinary file, is yielded with its problem.
    Linked folders are followed where they stay inside, and never twice.
    """
    base = folder.resolve()
    seen: set[Path] = {base}
    yield from _list(folder, base, "", base, seen)


def _list(folder: Path, here: Path, prefix: str, base: Path, seen: set[Path]) -> Iterator[FoundFile]:
    """List what is below a folder that really lies `here`."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield FoundFile(folder, prefix.rstrip("/"), 0, reason_of(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        location, path = Path(entry.path), prefix + os.fsencode(entry.name).decode("utf-8", "replace")
        try:
            is_link, is_folder = entry.is_symlink(), entry.is_dir()
            # Of files, of which there are ten thousand, nobody asks where they really lie.
            real = location.resolve() if is_link else here / entry.name if is_folder else location
            if is_link and not real.is_relative_to(base):
                yield FoundFile(location, path, 0, "a symbolic link leads out of the archive folder")
            elif is_folder:
                if real not in seen:
                    seen.add(real)
                    yield from _list(location, real, path + "/", base, seen)
            elif entry.is_file():
                yield FoundFile(location, path, entry.stat().st_size)
            else:
                yield FoundFile(location, path, 0, problem_of(location))
        except (OSError, RuntimeError) as error:
            yield FoundFile(location, path, 0, reason_of(error))


def way_to(place: PurePath, start: PurePath | None = None) -> str:
    """Give the way that leads to a place from a folder (default: the current one), with `/`; from one drive of Windows to another none does, and the whole path is given."""
    try:
        return os.path.relpath(place, start).replace(os.sep, "/")
    except ValueError:
        return place.as_posix()


def problem_of(location: Path) -> str:
    """Say why a path cannot be read as a file; empty for an ordinary file. A pipe would be waited for, a device never ends."""
    if location.is_file():
        return ""
    return "not an ordinary file" if location.exists() else "a symbolic link that leads to nothing"


def is_file(location: Path) -> bool:
    """Tell whether a file is there: none is where nobody may look. `Path.is_file` raises there, before Python 3.14."""
    return os.path.isfile(location)  # noqa: PTH113


def read_bytes(location: Path, limit: int | None = None) -> bytes:
    """Read a file, or its first `limit` bytes. Raises OSError where it cannot be read."""
    with location.open("rb") as file:
        return file.read() if limit is None else file.read(limit)


def write_atomically(location: Path, content: bytes) -> None:
    """Write a file so that a reader finds its old content or its new one whole, never a part; its mode stays.

    The new content waits beside the file, hidden and under the number of the process, so that two that write at once are not in each other's way. What a process leaves
    there that is killed, `remove_leftovers` takes away. Raises OSError, with the name of the file that was asked for, where it cannot.
    """
    if location.exists() and not location.is_file():
        location.write_bytes(content)  # a device or a pipe is written to, not replaced
        return
    target = location.resolve()
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        waiting.write_bytes(content)
        if target.exists():
            shutil.copymode(target, waiting)
        waiting.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(location)) from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def remove_leftovers(locations: Iterable[Path], now: float | None = None) -> None:
    """Remove what killed runs of `write_atomically` have left beside files; each folder is read once, what cannot be removed stays.

    It is told by its age: no write takes an hour, and the number of a process says nothing of one on another machine, or of one that has it now.
    """
    names: dict[Path, set[str]] = {}
    for location in locations:
        target = location.resolve()
        names.setdefault(target.parent, set()).add(target.name)
    before = (time.time() if now is None else now) - LEFT_BEHIND
    for folder, known in names.items():
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                found = _WAITING.fullmatch(entry.name)
                if found and found[1] in known and entry.is_file(follow_symlinks=False):
                    waiting = Path(entry.path)
                    with contextlib.suppress(OSError):
                        if waiting.lstat().st_mtime < before:
                            waiting.unlink()


def why_unwritable(location: Path) -> str:
    """Say why a file cannot be written, as far as that can be known before; empty where nothing stands against it."""
    if location.is_dir():
        return "it is a folder"
    if location.exists() and not location.is_file():
        return ""  # a device or a pipe
    folder = location.parent
    if not folder.exists():
        return f"the folder {folder} does not exist"
    if not folder.is_dir():
        return f"{folder} is no folder"
    return "" if os.access(folder, os.W_OK) else f"nothing may be written into the folder {folder}"


def why_no_output(location: Path) -> str:
    """Say why what a command makes is not to be written to a file: it cannot be, or what somebody wrote stands there; empty where nothing stands against it."""
    reason = why_unwritable(location)
    if reason or not location.is_file():
        return reason
    if location.name in (SETTINGS_NAME, *SITE_NAMES):
        return "it holds settings; name another file"
    with contextlib.suppress(OSError), location.open("rb") as file:
        if file.read(7).removeprefix(codecs.BOM_UTF8).startswith(b"---"):
            return "it begins as records do; name another file, or delete it first"
    return ""


def why_no_folder(location: Path) -> str:
    """Say why a folder, and those above it that are not there yet, cannot be made or written into; empty where nothing stands against it."""
    above = next(
        each for each in (location, *location.parents) if os.path.lexists(each) or each == each.parent
    )
    if not above.is_dir():
        return f"{above} is no folder" if above != location else "it is no folder"
    if os.access(above, os.W_OK):
        return ""
    missing = "" if location.parent.exists() else f"the folder {location.parent} does not exist, and "
    return f"{missing}nothing may be written into the folder {above}"


def is_read_only(location: Path) -> bool:
    """Tell whether a file is not meant to be written: replacing it would ask its folder alone. Raises OSError where it is not there."""
    any_write = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not location.stat().st_mode & any_write or not os.access(location, os.W_OK)


def write_new(location: Path, content: bytes) -> None:
    """Write a file that is not there yet, with the folders above it; a part of it is not left.

    Raises FileExistsError where it is there, OSError, with its name, where it cannot be written.
    """
    location.parent.mkdir(parents=True, exist_ok=True)
    file = location.open("xb")
    try:
        with file:
            file.write(content)
    except OSError as error:
        location.unlink()
        raise OSError(error.errno, error.strerror, str(location)) from error


def reason_of(error: OSError | RuntimeError) -> str:
    """Give the system's words for why a file cannot be used, as a part of a message."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def named_reason(error: OSError) -> str:
    """Give the file that the system speaks of, where it names one, and its words."""
    reason = reason_of(error)
    return f"{error.filename}: {reason}" if error.filename else reason
