"""The archive as data for other programs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from afterword.convert.archive_json import archive_json
from afterword.convert.schema import archive_schema
from afterword.model.settings import ArchiveFolder, Settings
from afterword.operations.checking import check
from afterword.operations.loading import load
from afterword.parse.text import decode
from afterword.parse.yaml_nodes import read_yaml
from afterword.sources.clock import today
from afterword.sources.files import read_bytes, write_atomically

__all__ = ["archive_schema", "export_json", "write_export"]

SITE_NAMES = ("mkdocs.yml", "mkdocs.yaml")
DOCUMENTS = "docs"
"""Where the documents of a site lie whose configuration does not say."""


def export_json(config: Path | None = None, start: Path | None = None, as_of: dt.date | None = None) -> str:
    """Give the archive around `start` as JSON, with all findings; `as_of` is today in the archive's zone by default.

    Raises CannotRunError where there is no archive.
    """
    loaded = load(config, start=start)
    settings = loaded.archive.settings
    day = as_of or today(settings.timezone)
    findings = check(loaded, day)
    archive = dataclasses.replace(loaded.archive, settings=_with_addresses(settings, loaded.root))
    return archive_json(archive, findings, day)


def write_export(text: str, location: Path) -> None:
    """Write an export to a file, whole or not at all. Raises OSError where it cannot be written."""
    write_atomically(location, text.encode("utf-8", "replace"))


def _with_addresses(settings: Settings, root: Path) -> Settings:
    """Give each folder the address that it has on the site beside the settings, if there is one."""
    documents = _documents(root)
    if documents is None:
        return settings
    archives = tuple(_with_address(folder, root, documents) for folder in settings.archives)
    return dataclasses.replace(settings, archives=archives)


def _with_address(folder: ArchiveFolder, root: Path, documents: Path) -> ArchiveFolder:
    place = (root / folder.folder).resolve()
    if folder.address is not None or not place.is_relative_to(documents):
        return folder
    below = place.relative_to(documents).as_posix()
    return dataclasses.replace(folder, address="" if below == "." else below)


def _documents(root: Path) -> Path | None:
    """Find the documents folder of the site in `root`; its configuration is read as text, no code in it runs."""
    for name in SITE_NAMES:
        if (root / name).is_file():
            node, _ = read_yaml(decode(read_bytes(root / name))[0], 1)
            named = node.get("docs_dir") if node is not None else None
            return (root / (named.text if named is not None and named.text else DOCUMENTS)).resolve()
    return None
