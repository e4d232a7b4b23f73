"""Which program this is: what was made by another is not taken for its work."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_KINDS = ("*.py", "*.html")


def program_marks(*folders: str) -> Iterator[str]:
    """Yield what tells this program, or the `folders` of it, from any other: an installation that is being worked on keeps its version."""
    yield version("afterword")
    for folder in folders or (".",):
        for module in sorted(each for kind in _KINDS for each in (_PACKAGE / folder).rglob(kind)):
            status = module.stat()
            yield f"{module} {status.st_mtime_ns} {status.st_size}"


def contents_of(folder: Path | None) -> Iterator[str]:
    """Yield the names of all files below a folder with the hashes of what they hold; nothing where there is no folder."""
    if folder is not None and folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}"
