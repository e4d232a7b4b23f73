"""The archive as data for other programs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from afterword.convert import front_matter_schema as front_matter
from afterword.convert.archive_json import archive_json
from afterword.convert.schema import archive_schema
from afterword.convert.vale import STYLE, vale_style
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking.checking import check
from afterword.operations.reading.ledger import on_day, still_there, withheld
from afterword.operations.reading.loading import Progress, load
from afterword.operations.settings_file import load_settings, settings_faults
from afterword.operations.site_config import with_addresses
from afterword.sources.clock import today
from afterword.sources.files import write_atomically

DRAFTS = tuple(front_matter.DIALECTS)
"""The drafts of JSON Schema that front matter can be described in, the usual one first."""

__all__ = [
    "DRAFTS",
    "archive_schema",
    "export_json",
    "front_matter_schema",
    "write_export",
    "write_vale_style",
]


def export_json(
    config: Path | None, as_of: dt.date | None, progress: Progress | None
) -> tuple[str, tuple[str, ...]]:
    """Give the archive around the current folder as JSON, with all findings, and what git does not tell of it; `as_of` is today in the archive's zone by default.

    Raises CannotRunError where there is no archive.
    """
    loaded = load(config, progress=progress)
    settings = loaded.archive.settings
    day = as_of or today(settings.timezone)
    then = on_day(loaded, day, progress=progress).archive
    findings = still_there(check(loaded, day), loaded.archive, then)
    archive = dataclasses.replace(then, settings=with_addresses(settings, loaded.root))
    return archive_json(archive, findings, day), withheld(then.history)


def front_matter_schema(config: Path | None = None, draft: str = DRAFTS[0]) -> str:
    """Give the JSON Schema of the front matter of the records around the current folder; without settings that of the built-in words.

    Raises CannotRunError where the settings have faults: a schema made from a part of them would refuse what they allow.
    """
    settings, _ = load_settings(config, Path.cwd())
    if settings.findings:
        raise CannotRunError(f"the settings have faults{settings_faults(settings)}")
    return front_matter.front_matter_schema(settings, draft)


def write_export(text: str, location: Path) -> None:
    """Write an export to a file, whole or not at all. Raises OSError where it cannot be written."""
    write_atomically(location, text.encode("utf-8", "replace"))


def write_vale_style(folder: Path) -> list[Path]:
    """Write the style for Vale below `folder`, its `StylesPath`, and give the files in their order. Raises OSError where they cannot be written."""
    place = folder / STYLE
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in sorted(vale_style().items()):
        write_atomically(place / name, text.encode())
        written.append(place / name)
    return written
