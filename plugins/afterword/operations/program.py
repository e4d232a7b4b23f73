"""Which program this is: what was made by another is not taken for its work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import distribution, version
from pathlib import Path

from afterword.model.settings import Settings

_PACKAGE = Path(__file__).parent.parent


@cache
def program_marks(*folders: str) -> tuple[str, ...]:
    """Give what tells this program, or the `folders` of it, from any other: an installation that is being worked on keeps its version.

    Where it was installed from a wheel that is the same on every machine, so that what one has kept another can use.
    """
    listed = tuple(installed_marks(distribution("afterword").read_text("RECORD") or ""))
    return (version("afterword"), *(listed or _marks_of_files(folders)))


def _marks_of_files(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders or (".",):
        for path in sorted((_PACKAGE / folder).rglob("*.*")):
            # Where another process compiles a module, files come and go.
            if path.parent.name != "__pycache__":
                status = path.stat()
                yield f"{path} {status.st_mtime_ns} {status.st_size}"


def contents_of(folder: Path | None) -> Iterator[str]:
    """Yield the names of all files below a folder with the hashes of what they hold; nothing where there is no folder."""
    if folder is not None and folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}"


def installed_marks(record: str) -> Iterator[str]:
    """Yield the files that the record of an installation lists, with their hashes; of one that is being worked on it lists none."""
    for line in sorted(record.splitlines()):
        if line.startswith("afterword/") and ".pyc," not in line:
            yield line


def settings_mark(settings: Settings) -> str:
    """Write settings so that the same ones are written the same in every process: the order of a set differs."""
    return repr((replace(settings, holidays=frozenset()), sorted(settings.holidays)))
