"""Which program reads records: what another one has read is read again."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import afterword

_PACKAGE = Path(afterword.__file__).parent
_READING = ("model", "parse", "derive")
_WRITING = ("search/folding.py", "search/fts_index.py", "operations/search/indexing.py")


def reading_marks() -> Iterator[str]:
    """Yield what tells the modules that read and fold records, and what they are built on, from any others.

    As `program_marks`, in a tenth of its time: neither versions nor the other modules are asked for.
    """
    yield sys.version
    for package in ("comrak", "yaml"):
        found = importlib.util.find_spec(package)
        if found is not None and found.origin:
            yield _mark(found.origin, os.stat(found.origin))  # noqa: PTH116 - as below
    for folder in _READING:
        yield from _marks_below(_PACKAGE / folder)
    for name in _WRITING:
        yield _mark(name, (_PACKAGE / name).stat())


def _marks_below(folder: str | os.PathLike[str]) -> Iterator[str]:
    # As strings: a `Path` for each costs more than all else.
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.endswith(".py"):
                yield _mark(entry.name, entry.stat())
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _marks_below(entry)


def _mark(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_mtime_ns} {status.st_size}"
