"""What a folder holds, quickly: enough to tell which files have changed since the last time."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from afterword.sources.files import reason_of

Stamp = tuple[int, int, int]
"""When a file's content and when its entry were changed, in nanoseconds, and its size."""

_MEANT = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class FolderState:
    """Files that may be records, by their path below the folder: where each lies, and its stamp. `problems` are paths that cannot be read, and why."""

    files: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


def folder_state(folder: Path) -> FolderState:
    """Look through a folder as `list_folder` does, at a tenth of its time: a path is resolved only where a link is followed."""
    state = FolderState()
    base = os.path.realpath(folder)
    _look(os.fspath(folder), base, "", base, {base}, state)
    return state


def _look(folder: str, real: str, prefix: str, base: str, seen: set[str], state: FolderState) -> None:
    below: list[tuple[str, str, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                path = prefix + (name if name.isascii() else os.fsencode(name).decode("utf-8", "replace"))
                try:
                    if entry.is_symlink():
                        place = os.path.realpath(entry.path)
                        if place != base and not place.startswith(base + os.sep):
                            continue
                    else:
                        place = f"{real}{os.sep}{name}"
                    if entry.is_dir():
                        below.append((name, path, place))
                    elif may_be_record(name) and stat.S_ISREG((status := entry.stat()).st_mode):
                        stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
                        state.files[path] = (entry.path, stamp)
                except OSError as error:
                    state.problems.append((path, reason_of(error)))
    except OSError as error:
        state.problems.append((prefix.rstrip("/"), reason_of(error)))
    # In the order of names: a folder that is linked is read under the first of its paths.
    for name, path, place in sorted(below):
        if place not in seen:
            seen.add(place)
            _look(os.path.join(folder, name), place, path + "/", base, seen, state)  # noqa: PTH118 - strings, ten thousand times


def may_be_record(name: str) -> bool:
    """Tell whether a file's name allows it to be a record; whether it is one, only its reader knows."""
    return name.lower().endswith(_MEANT) or name[:4].isdecimal()
