"""Which settings hold: those of the file, of the site here, or the defaults."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from pathlib import Path

from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.span import START
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.site_config import archive_of_site
from afterword.parse.settings.settings import read_settings
from afterword.parse.source.text import decode
from afterword.sources.files import find_settings, find_site_config, read_bytes, reason_of, repository_root


def load_settings(config: Path | None, start: Path) -> tuple[Settings, Path]:
    """Read the settings file, named or found upwards from `start`, and give it with the folder it lies in.

    Without one the defaults hold, from the root of the repository or else from `start`. Raises CannotRunError where a named file cannot be read.
    """
    path = config or find_settings(start)
    if path is None:
        return Settings(), repository_root(start) or (start if start.is_dir() else start.parent)
    try:
        raw = read_bytes(path)
    except OSError as error:
        raise CannotRunError(f"cannot read the settings {path}: {reason_of(error)}") from error
    return settings_from(raw, path.name), path.resolve().parent


@lru_cache(maxsize=1)
def settings_from(raw: bytes, name: str) -> Settings:
    """Read settings from the bytes of their file, which is called `name`; a command asks for the same ones at several times."""
    text, findings = decode(raw)
    settings = read_settings(text, name)
    located = tuple(dataclasses.replace(finding, path=name) for finding in findings)
    return dataclasses.replace(settings, findings=(*located, *settings.findings))


def settings_of_site(settings: Settings, start: Path, root: Path) -> Settings:
    """Without a settings file the archive is that of the site here, as its plugin has it; without a site the defaults hold."""
    site = find_site_config((start if start.is_dir() else start.parent, root))
    found = archive_of_site(site) if site is not None else None
    if found is None or not found[0].is_relative_to(root):
        return settings
    place, documents = found
    address = place.relative_to(documents).as_posix() if place.is_relative_to(documents) else None
    folder = ArchiveFolder(place.relative_to(root).as_posix(), address=address)
    return dataclasses.replace(settings, archives=(folder,))


def settings_faults(settings: Settings) -> str:
    """Give what is wrong with the settings as further lines of a message: it may be why an archive is not found."""
    return "".join(
        f"\n  {finding.path or settings.path}:{finding.span.line}:{finding.span.column}: {finding.message}"
        for finding in settings.findings
    )


def folder_as_named(folder: ArchiveFolder, settings: Settings) -> str:
    """Give an archive's folder for a message, with the place in the settings where it is named; a default has none."""
    if settings.path is None or folder.span == START:
        return folder.folder
    return f"{folder.folder} ({settings.path}:{folder.span.line}:{folder.span.column})"
